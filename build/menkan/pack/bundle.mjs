// Makes one script of several: bundled by esbuild, then what nothing names is dropped by terser.
// usage: node bundle.mjs JOB.json
// job: {modules, entry, alias, address, format, out, thorough}; address is what the scripts take for their own.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const require = createRequire(join(job.modules, "index.js"));
const { build } = require("esbuild");
const { minify } = require("terser");

const built = await build({
  entryPoints: [job.entry],
  alias: job.alias,
  bundle: true,
  format: job.format,
  write: false,
  legalComments: "none",
  logLevel: "error",
  external: ["node:*", "ws"],
  define: { "import.meta.url": JSON.stringify(job.address), "globalThis.process": "undefined", process: "undefined" },
});
const { code } = await minify(built.outputFiles[0].text, {
  module: job.format === "esm",
  toplevel: true,
  ecma: 2022,
  compress: { passes: job.thorough ? 3 : 1 },
  format: { comments: false, ascii_only: true },
});
writeFileSync(job.out, code);
