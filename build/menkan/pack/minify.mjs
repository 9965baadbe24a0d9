// Takes comments and spare space out of scripts and styles, each by itself: names and imports stay.
// usage: node minify.mjs JOB.json; job: {modules, folder, files}

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { transform } = createRequire(join(job.modules, "index.js"))("esbuild");

for (const name of job.files) {
  const path = join(job.folder, name);
  const loader = name.endsWith(".css") ? "css" : "js";
  try {
    const { code } = await transform(readFileSync(path, "utf8"), { loader, minify: true, target: "es2022", legalComments: "none", charset: "utf8" });
    writeFileSync(path, code);
  } catch (error) {
    console.error(`${name}: ${error.message.split("\n").slice(0, 3).join(" ")}`);
    process.exit(1);
  }
}
