// Runs write_verdicts.py inside Pyodide:  node run_in_pyodide.mjs PYODIDE_DIR ROOT SITE_JSON COUNT
//
// ROOT holds build/ and checkers/. The lines go to standard output, as they do natively.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, root, site, count] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(resolve(folder, "pyodide.mjs")));
const pyodide = await loadPyodide({ indexURL: resolve(folder) + "/" });
for (const [mount, path] of [["/build", "build"], ["/site", "."]]) {
  pyodide.FS.mkdirTree(mount);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: resolve(root, path) }, mount);
}
pyodide.globals.set("site", readFileSync(site, "utf8"));
pyodide.globals.set("count", Number(count));
const text = pyodide.runPython(`
import sys
sys.dont_write_bytecode = True
sys.path[:0] = ["/build", "/site", "/site/tests/rules"]
from write_verdicts import lines
"".join(line + "\\n" for line in lines(site, count))
`);
process.stdout.write(text);
