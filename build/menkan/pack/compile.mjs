// Compiles zips of Python sources to byte code with the browser's own Python, in Pyodide under Node.
// usage: node compile.mjs JOB.json
// job: {inside, pyodide, mounts, app, appOut, modules, stdlibOut}; see runtime.py.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { loadPyodide } = await import(pathToFileURL(join(job.pyodide, "pyodide.mjs")));

try {
  const python = await loadPyodide({
    indexURL: job.pyodide,
    // -OO: byte code without docstrings and asserts, which is what the interpreter itself then writes.
    args: ["-OO"],
    env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0", SOURCE_DATE_EPOCH: "315532800" },
  });
  job.mounts.forEach((root, index) => {
    python.FS.mkdirTree(`/mnt/${index}`);
    python.FS.mount(python.FS.filesystems.NODEFS, { root }, `/mnt/${index}`);
    python.pyimport("sys").path.append(`/mnt/${index}`);
  });
  python.runPython(readFileSync(job.inside, "utf8"));
  const call = (name, ...words) => python.globals.get(name)(...words);
  const tasks = [];
  if (job.app) {
    python.FS.writeFile("/app.zip", new Uint8Array(readFileSync(job.app)));
    tasks.push(["/app.zip", job.appOut]);
  }
  if (job.modules) {
    call("trim", JSON.stringify(job.modules), "/stdlib.zip");
    tasks.push(["/stdlib.zip", job.stdlibOut]);
  }
  for (const [source, target] of tasks) {
    call("compile_archive", source, "/out.zip");
    writeFileSync(target, python.FS.readFile("/out.zip"));
  }
} catch (error) {
  // A Python error prints its traceback; the last lines tell what the caller shows.
  console.error(String(error?.message ?? error).trim());
  process.exit(1);
}
