// Makes Node look like a browser's worker to Pyodide's script, so that what is measured and tried here
// takes the ways it will take there. Imported first; keeps what the caller needs of Node.

export const { argv, exit } = process;

const fail = (error) => {
  console.error(String(error?.message ?? error).trim().slice(-2000));
  exit(1);
};
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

globalThis.self = globalThis;
globalThis.WorkerGlobalScope = Object;
globalThis.location = new URL("https://worker.invalid/");
Object.defineProperty(globalThis, "process", { value: undefined });
