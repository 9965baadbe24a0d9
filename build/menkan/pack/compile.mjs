// Runs Pyodide under Node to find what the checkers use and to compile it with the browser's own Python.
// usage: node compile.mjs JOB.json; the job names folders and files, see runtime.py.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const inside = readFileSync(job.inside, "utf8");
const { loadPyodide } = await import(pathToFileURL(join(job.pyodide, "pyodide.mjs")));

async function start() {
  const python = await loadPyodide({
    indexURL: job.pyodide,
    env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0", SOURCE_DATE_EPOCH: "315532800" },
    fullStdLib: false,
  });
  python.runPython(inside);
  return python;
}

const put = (python, host, name) => python.FS.writeFile(name, new Uint8Array(readFileSync(host)));
const call = (python, name, ...words) => python.globals.get(name)(...words);

try {
  const tracer = await start();
  put(tracer, job.app, "/app.zip");
  const found = call(tracer, "trace", "/app.zip", job.site, JSON.stringify(job.requests));
  writeFileSync(job.found, found);

  const compiler = await start();
  job.mounts.forEach((root, index) => {
    compiler.FS.mkdirTree(`/mnt/${index}`);
    compiler.FS.mount(compiler.FS.filesystems.NODEFS, { root }, `/mnt/${index}`);
    compiler.runPython(`import sys; sys.path.append("/mnt/${index}")`);
  });
  put(compiler, job.app, "/app.zip");
  call(compiler, "trim", JSON.stringify(JSON.parse(found).modules), "/stdlib.zip");
  for (const [source, target] of [["/app.zip", job.appOut], ["/stdlib.zip", job.stdlibOut]]) {
    call(compiler, "compile_archive", source, "/out.zip");
    writeFileSync(target, compiler.FS.readFile("/out.zip"));
  }
} catch (error) {
  // A Python error prints its traceback; the last lines tell what the caller shows.
  console.error(String(error?.message ?? error).trim());
  process.exit(1);
}
