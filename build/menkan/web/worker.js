// The worker: one Python behind one JSON door. Knows nothing of pages, words or addresses: all its
// files are handed to it, and nothing can be fetched from here.
//
// In:  {id, kind: "start", parts, site} | {id, kind: "answer", text}
// Out: {id, begun: true}, then {id, text} | {id, failure: {code, detail}}

import createPyodideModule from "pyodide-script";
import { PythonError, startPython } from "./python.js";

const DOOR = "menkan.rules.door";
const closed = () => Promise.reject(new TypeError("The checker may not reach the network"));
for (const way of ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "importScripts"]) {
  Object.defineProperty(self, way, { value: closed, configurable: false, writable: false });
}

let answer;

self.addEventListener("message", async ({ data }) => {
  const { id, kind } = data;
  // Tells a worker that thinks from one that is gone.
  self.postMessage({ id, begun: true });
  try {
    let text = null;
    if (kind === "start") {
      const find = await startPython(createPyodideModule, data.parts);
      const opened = JSON.parse(find(DOOR, "open_site")(data.site));
      answer = find(DOOR, "answer");
      text = JSON.stringify(opened);
    } else text = answer(data.text);
    self.postMessage({ id, text });
  } catch (error) {
    self.postMessage({ id, failure: describe(error) });
  }
});

/** Make one short line of any error: an uncaught Python error prints over a megabyte. */
function describe(error) {
  const detail = String(error?.message ?? error).trim().split("\n").pop().slice(0, 300);
  if (/memory/i.test(detail) && !/out of bounds/.test(detail)) return { code: "out_of_memory", detail };
  // The door lets no Python exception out, so what comes here broke the interpreter or lacked a part of it.
  const lacking = error instanceof PythonError ? /^(ModuleNotFound|Import)Error/.test(detail) : true;
  return { code: lacking ? "part_missing" : "crashed", detail };
}
