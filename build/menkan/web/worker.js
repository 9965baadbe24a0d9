// The worker: one Pyodide behind one JSON door. Knows nothing of pages or words.
//
// In:  {id, kind: "start", manifest, base} | {id, kind: "answer", text}
// Out: {id, text} | {id, failure: {code, detail}} and, while starting, {progress: {stage, loaded, total}}

/** How long a download may bring no byte before it counts as stalled, in milliseconds. */
const STALL = 15_000;
/** How long Python may take to start once everything is here; half a core needs 4 s. */
const BOOT = 20_000;

/** A failure with a code that the page has words for. */
class Failure extends Error {
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

let door;

self.addEventListener("message", async ({ data }) => {
  const { id, kind } = data;
  try {
    let text = null;
    if (kind === "start") door = await start(data.manifest, data.base);
    else text = door.answer(data.text);
    self.postMessage({ id, text });
  } catch (error) {
    self.postMessage({ id, failure: describe(error) });
  }
});

/** Make one short line of any error: an uncaught Python error prints over a megabyte. */
function describe(error) {
  const text = String(error?.message ?? error).trim().split("\n").pop().slice(0, 300);
  if (error?.code && typeof error.code === "string") return { code: error.code, detail: text };
  if (/memory/i.test(text)) return { code: "out_of_memory", detail: text };
  return { code: "crashed", detail: text };
}

async function start(manifest, base) {
  if (typeof WebAssembly !== "object") throw new Failure("no_webassembly", "WebAssembly is off");
  const total = Object.values(manifest.files).reduce((sum, file) => sum + file.size, 0);
  let loaded = 0;
  const count = (bytes) => {
    loaded += bytes;
    self.postMessage({ progress: { stage: "load", loaded, total } });
  };
  const url = (name) => new URL(manifest.files[name].path, base).href;
  const got = Object.fromEntries(
    Object.entries(manifest.files).map(([name, file]) => [name, download(name, file, url(name), count)]),
  );
  const whole = Promise.all(Object.values(got).map((item) => item.then(({ verified }) => verified)));
  // A download may fail while nobody awaits it yet; `race` below reports it.
  whole.catch(() => {});
  return deadline(Promise.race([boot(got, url, manifest.lock, whole), whole.then(() => new Promise(() => {}))]), whole);
}

/** Reject when the boot takes too long after every file has arrived. */
function deadline(work, whole) {
  return new Promise((resolve, reject) => {
    work.then(resolve, reject);
    whole.then(() => setTimeout(() => reject(new Failure("hung", "Python did not start")), BOOT), () => {});
  });
}

async function boot(got, url, lock, whole) {
  const response = async (name) => (await got[name]).response;
  // Pyodide fetches its WebAssembly and library by address and never settles when that goes wrong.
  // It is handed what we have fetched, counted and watched; nothing else can be fetched from here.
  const handed = new Map(["pyodide.asm.wasm", "stdlib.zip"].map((name) => [url(name), name]));
  self.fetch = (address) => {
    const name = handed.get(String(address?.url ?? address));
    return name ? response(name) : Promise.reject(new TypeError("The checker may not reach the network"));
  };
  await Promise.all([response("pyodide.mjs"), response("pyodide.asm.mjs")]);
  const { loadPyodide } = await import(url("pyodide.mjs"));
  const python = await loadPyodide({
    indexURL: new URL(".", url("pyodide.mjs")).href,
    stdLibURL: url("stdlib.zip"),
    lockFileContents: JSON.stringify(lock),
    env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0" },
  });
  await whole; // no answer before every file's hash was right
  self.postMessage({ progress: { stage: "start", loaded: 1, total: 1 } });
  python.FS.writeFile("/app.zip", new Uint8Array(await (await response("app.zip")).arrayBuffer()));
  python.pyimport("sys").path.insert(0, "/app.zip");
  const opened = python.pyimport("menkan.rules.door");
  opened.open_site(await (await response("site.json")).text());
  return opened;
}

/**
 * Fetch one file and watch it arrive.
 * @returns {Promise<{response: Response, verified: Promise<void>}>} the response, to be read once, and
 *   a promise that settles when all bytes are here and their hash is right.
 */
async function download(name, file, address, count) {
  const stop = new AbortController();
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(new Failure("stalled", name)), STALL);
  };
  alive();
  let response;
  try {
    response = await nativeFetch(address, { signal: stop.signal, credentials: "same-origin" });
  } catch (error) {
    clearTimeout(timer);
    throw error instanceof Failure ? error : new Failure("offline", name);
  }
  if (!response.ok) {
    clearTimeout(timer);
    throw new Failure("file_missing", `${name}: ${response.status}`);
  }
  const verified = watch(response.clone(), name, file, count, alive).finally(() => clearTimeout(timer));
  verified.catch(() => {});
  const type = response.headers.get("content-type") ?? "";
  if (/\bhtml\b/.test(type)) {
    // A proxy's page in place of the file. The hash would tell as well; this tells at once.
    stop.abort();
    clearTimeout(timer);
    throw new Failure("wrong_file", name);
  }
  // Streaming compilation, and with it the browser's cache of compiled code, wants the right type
  // and the response as it came; a server that says otherwise costs only that cache.
  if (name.endsWith(".wasm") && type !== "application/wasm") {
    response = new Response(response.body, { headers: { "content-type": "application/wasm" } });
  }
  return { response, verified };
}

async function watch(copy, name, file, count, alive) {
  const chunks = [];
  let size = 0;
  const reader = copy.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      alive();
      chunks.push(value);
      size += value.length;
      count(value.length);
    }
  } catch (error) {
    throw error instanceof Failure ? error : new Failure("truncated", name);
  }
  if (size !== file.size) throw new Failure(size < file.size ? "truncated" : "wrong_file", name);
  // `crypto.subtle` is absent on plain http; the size has been compared then, and that is all.
  if (!self.crypto?.subtle) return;
  const digest = await self.crypto.subtle.digest("SHA-256", await new Blob(chunks).arrayBuffer());
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== file.sha256) throw new Failure("wrong_file", name);
}

const nativeFetch = self.fetch.bind(self);
