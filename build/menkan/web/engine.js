// The engine: one worker for the whole visit, replaced when it breaks. Knows nothing of pages or words.

import { EngineFailure, Loader } from "./loader.js";

export { EngineFailure };

/** How long one answer may take before the worker counts as hung, in milliseconds. */
const PATIENCE = 10_000;
/** How long Python may take to start once everything is here; half a core needs 3 s. */
const BOOT = 18_000;
/** How long an idle worker may take to say that it has begun, before it counts as gone. */
const PULSE = 3_000;

/**
 * Starts Python in a worker on first need and asks it questions.
 *
 * There are two runtimes. The small one has the parts of Python that checkers use; should one ever
 * reach for another part, the same question goes to the whole one, which is fetched only then.
 * Fires "progress" ({detail: {stage, loaded, total}}) while starting.
 */
export class Engine extends EventTarget {
  #loader;
  #worker = null;
  #ready = null;
  #waiting = new Map();
  #last = 0;
  #loaded = 0;
  #total = 0;
  /** Why there is no worker. */
  #lost = new EngineFailure("gone");

  /** @param {URL} base the folder that holds manifest.json */
  constructor(base) {
    super();
    this.#loader = new Loader(base);
    this.#loader.count = (bytes) => {
      this.#loaded += bytes;
      this.#tell("load");
    };
  }

  /** True once a first answer can come without loading anything. */
  warm = false;

  /** True once something asked for a part that the small runtime lacks. */
  whole = false;

  /** Start, or join the start that is under way. Rejects with an EngineFailure; may be called again then. */
  start() {
    this.#ready ??= this.#begin().then(
      () => {
        this.warm = true;
      },
      (error) => {
        this.#drop(error);
        throw error;
      },
    );
    return this.#ready;
  }

  /**
   * Put one request through the JSON door.
   * @param {object} request what `menkan.rules.door.answer` takes
   * @param {number} [patience] milliseconds until the worker is replaced
   * @returns {Promise<object>} its reply
   */
  async ask(request, patience = PATIENCE) {
    const text = JSON.stringify(request);
    for (let replaced = false; ; ) {
      try {
        await this.start();
        const reply = this.#read(await this.#send({ kind: "answer", text }, patience, "hung"));
        // Somebody uses the checkers: from now on the site may be kept for later.
        import("./offline.js").catch(() => {});
        return reply;
      } catch (error) {
        if (error.code === "part_missing" && !this.whole) this.whole = true;
        else if (error.code === "gone" && !replaced) replaced = true;
        else throw plainly(error);
      }
    }
  }

  #read(text) {
    const reply = JSON.parse(text);
    const { code, detail } = reply.error ?? {};
    if (code !== "checker_failed") return reply;
    let failure = null;
    if (detail.startsWith("MemoryError")) failure = "out_of_memory";
    else if (/^(ModuleNotFound|Import)Error/.test(detail) && !this.whole) failure = "part_missing";
    if (!failure) return reply;
    const error = new EngineFailure(failure, detail);
    this.#drop(error);
    throw error;
  }

  async #begin() {
    if (typeof WebAssembly !== "object") throw new EngineFailure("no_webassembly");
    if (typeof Worker !== "function") throw new EngineFailure("no_worker");
    const manifest = await this.#loader.manifest();
    try {
      await this.#boot(manifest);
    } catch (error) {
      if (error.code !== "part_missing" || this.whole) throw error;
      this.#drop(error);
      this.whole = true;
      await this.#boot(manifest);
    }
  }

  async #boot(manifest) {
    const files = { ...manifest.files, ...(this.whole ? manifest.whole : {}) };
    this.#loaded = 0;
    this.#total = Object.values(files).reduce((sum, file) => sum + file.size, 0);
    const script = this.#loader.bytes(files["worker.js"]);
    const rest = Promise.all([
      this.#loader.compiled(files["python.wasm"]),
      ...["stdlib.zip", "app.zip", "site.json"].map((name) => this.#loader.bytes(files[name])),
    ]);
    rest.catch(() => {}); // awaited below, but it may fail before
    this.#spawn(await script);
    const [wasm, library, app, site] = await rest;
    this.#tell("start");
    const text = new TextDecoder().decode(site);
    const parts = { wasm, library, app, version: manifest.python };
    await this.#send({ kind: "start", parts, site: text }, BOOT, "hung");
  }

  /** A worker made of a blob inherits the page's Content-Security-Policy; one from an address escapes it. */
  #spawn(script) {
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    let worker;
    try {
      worker = new Worker(address, { type: "module" });
    } catch (error) {
      throw new EngineFailure("no_worker", String(error));
    } finally {
      setTimeout(() => URL.revokeObjectURL(address), BOOT);
    }
    worker.addEventListener("message", ({ data }) => worker === this.#worker && this.#receive(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      // Without words it is the browser that refused the script, not the script that failed.
      if (worker === this.#worker) this.#drop(new EngineFailure(event.message ? "gone" : "no_worker", event.message));
    });
    this.#worker = worker;
  }

  #send(message, patience, code) {
    return new Promise((resolve, reject) => {
      if (!this.#worker) throw this.#lost;
      const id = ++this.#last;
      const wait = { resolve, reject, timer: 0, pulse: 0, begun: false };
      wait.begin = () => {
        wait.begun = true;
        clearTimeout(wait.pulse);
        wait.timer = setTimeout(() => this.#drop(new EngineFailure(code)), patience);
      };
      wait.feel = () => {
        // A worker that thinks about an earlier question says nothing and is not gone.
        const busy = [...this.#waiting.values()].some(({ begun }) => begun);
        if (busy) wait.pulse = setTimeout(wait.feel, PULSE);
        else this.#drop(new EngineFailure("gone"));
      };
      wait.pulse = setTimeout(wait.feel, PULSE);
      this.#waiting.set(id, wait);
      this.#worker.postMessage({ id, ...message });
    });
  }

  #tell(stage) {
    this.dispatchEvent(new CustomEvent("progress", { detail: { stage, loaded: this.#loaded, total: this.#total } }));
  }

  #receive({ id, begun, text, failure }) {
    const wait = this.#waiting.get(id);
    if (!wait) return;
    if (begun) {
      wait.begin();
      return;
    }
    this.#waiting.delete(id);
    clearTimeout(wait.timer);
    if (failure) {
      const error = new EngineFailure(failure.code, failure.detail);
      wait.reject(error);
      // Whatever a worker says after an error of its own is not to be trusted.
      this.#drop(error);
    } else wait.resolve(text);
  }

  /** Forget the worker; the next question starts another. */
  #drop(error) {
    this.#lost = error;
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = null;
    this.warm = false;
    for (const wait of this.#waiting.values()) {
      clearTimeout(wait.timer);
      clearTimeout(wait.pulse);
      wait.reject(error);
    }
    this.#waiting.clear();
  }
}

/** A failure as readers are told it. */
function plainly(error) {
  if (!["gone", "part_missing"].includes(error.code)) return error;
  return new EngineFailure("crashed", error.message);
}

/** The engine of this visit: modules are loaded once, so every page under instant navigation shares it. */
export const engine = new Engine(new URL(".", import.meta.url));
