// Makes one script of the worker and Pyodide's: bundled by esbuild, what nothing names dropped by terser.
// usage: node bundle.mjs JOB.json
// job: {modules, worker, script, out, thorough}

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const require = createRequire(join(job.modules, "index.js"));
const { build } = require("esbuild");
const { minify } = require("terser");

const built = await build({
  entryPoints: [job.worker],
  alias: { "pyodide-script": job.script },
  bundle: true,
  format: "esm",
  write: false,
  legalComments: "none",
  logLevel: "error",
  external: ["node:*", "ws"],
  // A worker made of a blob has no address that anything could be looked up beside.
  define: { "import.meta.url": '"https://worker.invalid/"', "globalThis.process": "undefined", process: "undefined" },
});
const { code } = await minify(built.outputFiles[0].text, {
  module: true,
  toplevel: true,
  ecma: 2022,
  compress: { passes: job.thorough ? 3 : 1, unsafe_arrows: false },
  format: { comments: false, ascii_only: true },
});
writeFileSync(job.out, code);
