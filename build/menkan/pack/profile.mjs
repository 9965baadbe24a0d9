// Runs one Python function in Pyodide under Node, started as the page's worker starts it.
// usage: node profile.mjs JOB.json
// job: {python, script, wasm, library, app, version, module, name, text, prefix, reply, entered}
// Writes the function's reply and, where the module counts (see wasm.py), the numbers of the
// functions that were entered.

import { argv, exit } from "./browser.mjs";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const job = JSON.parse(readFileSync(argv[2], "utf8"));
const { startPython } = await import(pathToFileURL(job.python));
const { default: create } = await import(pathToFileURL(job.script));

let counters = [];
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (...words) => {
  const instance = await instantiate(...words);
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
if (job.entered) writeFileSync(job.entered, JSON.stringify(entered.sort((a, b) => a - b)));
exit(0);
