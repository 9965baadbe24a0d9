// The loader: fetches the runtime's files for the page, counted, watched for stalls, held against the
// manifest. What has arrived is kept, so a broken worker is replaced without fetching anything again.

/** How long a download may bring no byte at all before it counts as stalled, in milliseconds. */
const STALL = 12_000;

/** A failure with a code that the messages have words for. */
export class EngineFailure extends Error {
  constructor(code, detail = "") {
    super(detail || code);
    this.code = code;
  }
}

/**
 * Fetches files of one release. `count` is called with the bytes of each piece that arrives.
 * @typedef {{path: string, size: number, sha256: string}} File
 */
export class Loader {
  #base;
  #parts = new Map();
  #watched = new Map();
  #timer = 0;
  /** True once a try has failed: then the browser's own cache is not believed any more. */
  #doubt = false;
  count = () => {};

  /** @param {URL} base the folder that holds manifest.json */
  constructor(base) {
    this.#base = base;
  }

  /** The manifest of this release; fetched once. */
  manifest() {
    return this.#once("manifest.json", async () => {
      const { bytes } = await this.#fetch(new URL("manifest.json", this.#base), "manifest.json");
      try {
        return JSON.parse(new TextDecoder().decode(await bytes));
      } catch (error) {
        throw error instanceof EngineFailure ? error : new EngineFailure("wrong_file", "manifest.json");
      }
    });
  }

  /** One file as bytes, equal to the manifest's. */
  bytes(file) {
    return this.#once(file.path, async () => (await this.#get(file)).bytes);
  }

  /** One WebAssembly file, compiled while it streams. */
  compiled(file) {
    return this.#once(file.path, async () => {
      const { response, bytes } = await this.#get(file);
      const streamed = compileStreaming(response).catch(() => null);
      const whole = await bytes; // the size and hash are right, else this throws
      try {
        return (await streamed) ?? (await WebAssembly.compile(whole));
      } catch (error) {
        throw new EngineFailure("no_webassembly", String(error));
      }
    });
  }

  async #once(key, make) {
    if (!this.#parts.has(key)) this.#parts.set(key, make());
    try {
      return await this.#parts.get(key);
    } catch (error) {
      this.#parts.delete(key);
      this.#doubt = true;
      throw error;
    }
  }

  async #get(file) {
    const name = file.path.split("/").pop();
    const { response, bytes } = await this.#fetch(new URL(`../${file.path}`, this.#base), name, file.size);
    const checked = bytes.then(async (data) => {
      if (data.length !== file.size) throw new EngineFailure(data.length < file.size ? "truncated" : "wrong_file", name);
      if ((await digest(data)) !== file.sha256) throw new EngineFailure("wrong_file", name);
      return data;
    });
    checked.catch(() => {}); // read later, but it may fail before
    return { response, bytes: checked };
  }

  /** Start one download: the response, to be streamed once, and a promise of all its bytes. */
  async #fetch(address, name, size = 0) {
    const stop = new AbortController();
    const key = {};
    this.#watched.set(key, stop);
    this.#alive();
    const done = () => {
      this.#watched.delete(key);
      if (!this.#watched.size) clearTimeout(this.#timer);
    };
    try {
      const options = { signal: stop.signal, credentials: "same-origin", cache: this.#doubt ? "reload" : "default" };
      const response = await fetch(address, options).catch(() => {
        throw reasonOf(stop.signal) ?? new EngineFailure("offline", name);
      });
      if (!response.ok) throw new EngineFailure("file_missing", `${name}: ${response.status}`);
      // A proxy's page in place of the file. The hash would tell as well; this tells at once.
      if (/\bhtml\b/.test(response.headers.get("content-type") ?? "")) throw new EngineFailure("wrong_file", name);
      const bytes = this.#read(response.clone(), name, size, stop.signal).finally(done);
      bytes.catch(() => stop.abort());
      return { response, bytes };
    } catch (error) {
      done();
      stop.abort();
      throw error;
    }
  }

  async #read(response, name, size, signal) {
    const chunks = [];
    let length = 0;
    const reader = response.body.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        this.#alive();
        chunks.push(value);
        length += value.length;
        if (size) this.count(value.length);
      }
    } catch {
      throw reasonOf(signal) ?? new EngineFailure("truncated", name);
    }
    const whole = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }

  /** A byte came, of whichever file: a slow line may serve them one after the other. */
  #alive() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const stop of this.#watched.values()) stop.abort(new EngineFailure("stalled"));
    }, STALL);
  }
}

/**
 * Compile a response as it streams; the browser keeps compiled code for an unchanged address that
 * comes with the right type, so a response is wrapped only where the host's type is wrong.
 */
async function compileStreaming(response) {
  const type = response.headers.get("content-type");
  const fit = type === "application/wasm" ? response : new Response(response.body, { headers: { "content-type": "application/wasm" } });
  return WebAssembly.compileStreaming(fit);
}

/** SHA-256 in hex; null-safe: `crypto.subtle` is absent on plain http beyond localhost. */
async function digest(data) {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return (await import("./sha256.js")).sha256(data);
  const hash = new Uint8Array(await subtle.digest("SHA-256", data));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Why we gave a download up, if we did: not every browser hands the reason to whoever reads the body. */
function reasonOf({ aborted, reason }) {
  return aborted && reason instanceof EngineFailure ? reason : null;
}
