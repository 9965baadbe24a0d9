// Runs one Python function in Pyodide under Node, started as the page's worker starts it.
// usage: node profile.mjs JOB.json
// job: {python, script, wasm, library, app, version, module, name, text, prefix, reply, entered, read}
// Writes the function's reply; where the module counts (see wasm.py), the numbers of the functions that
// were entered; where Binaryen let it tell of every load and store, a byte for each address up to
// `readTo`, 1 where something was read.

import { argv, exit } from "./browser.mjs";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const job = JSON.parse(readFileSync(argv[2], "utf8"));
const { startPython } = await import(pathToFileURL(job.python));
const { default: create } = await import(pathToFileURL(job.script));

let counters = [];
const read = new Uint8Array(job.readTo ?? 0);
const hooks = {
  load_ptr(_, size, offset, pointer) {
    const address = (pointer + offset) >>> 0;
    if (address < read.length) for (let at = address; at < address + size; at++) read[at] = 1;
    return pointer;
  },
};
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (module, imports) => {
  if (job.read) {
    // Every hook gives back its last word, the address or value that it was told of.
    for (const { name } of WebAssembly.Module.imports(module)) {
      if (/^(load|store|memory|struct|array)_/.test(name)) imports.env[name] ??= hooks[name] ?? ((...words) => words.at(-1));
    }
  }
  const instance = await instantiate(module, imports);
  if (!instance.exports || !job.prefix) return instance;
  const all = Object.entries(instance.exports);
  counters = all.filter(([name]) => name.startsWith(job.prefix));
  if (!counters.length) return instance;
  // Pyodide takes exported globals for addresses; the counters are none of its business.
  return { exports: Object.fromEntries(all.filter(([name]) => !name.startsWith(job.prefix))) };
};

const find = await startPython(create, {
  wasm: new WebAssembly.Module(readFileSync(job.wasm)),
  library: new Uint8Array(readFileSync(job.library)),
  app: new Uint8Array(readFileSync(job.app)),
  version: job.version,
});
writeFileSync(job.reply, find(job.module, job.name)(job.text));
const entered = counters.filter(([, { value }]) => value).map(([name]) => Number(name.slice(job.prefix.length)));
if (job.read) writeFileSync(job.read, read);
if (job.entered) writeFileSync(job.entered, JSON.stringify(entered.sort((a, b) => a - b)));
exit(0);
