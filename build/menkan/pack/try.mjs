// Plays the page to a packed worker, in Node: starts it with its real files and puts requests to it.
// usage: node try.mjs JOB.json
// job: {worker, wasm, library, app, site, version, requests, out}; writes [first message, ...others].

import { argv, exit } from "./browser.mjs";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const job = JSON.parse(readFileSync(argv[2], "utf8"));
let listener;
let settle;
self.addEventListener = (_, found) => {
  listener = found;
};
self.postMessage = (message) => message.begun || settle(message);
await import(pathToFileURL(job.worker));

const send = (data) =>
  new Promise((resolve) => {
    settle = resolve;
    listener({ data });
  });
const parts = {
  wasm: new WebAssembly.Module(readFileSync(job.wasm)),
  library: new Uint8Array(readFileSync(job.library)),
  app: new Uint8Array(readFileSync(job.app)),
  version: job.version,
};
const said = [await send({ kind: "start", parts, site: job.site })];
if (!said[0].failure) for (const text of job.requests) said.push(await send({ kind: "answer", text }));
writeFileSync(job.out, JSON.stringify(said));
exit(0);
