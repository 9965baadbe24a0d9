// The engine: one worker for the whole visit, replaced when it breaks. Knows nothing of pages or words.

/** How long one answer may take before the worker counts as hung, in milliseconds. */
const PATIENCE = 10_000;
/** How long the start may go without any progress. */
const SILENCE = 20_000;

/** A failure with a code that the messages have words for. */
export class EngineFailure extends Error {
  constructor(code, detail = "") {
    super(detail || code);
    this.code = code;
  }
}

/**
 * Starts Pyodide in a worker on first need and asks it questions.
 * Fires "progress" ({detail: {stage, loaded, total}}) while starting.
 */
export class Engine extends EventTarget {
  #base;
  #worker = null;
  #ready = null;
  #waiting = new Map();
  #last = 0;

  /** @param {URL} base the folder that holds manifest.json and worker.js */
  constructor(base) {
    super();
    this.#base = base;
  }

  /** True once a first answer can come without loading anything. */
  warm = false;

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
    await this.start();
    const text = await this.#send({ kind: "answer", text: JSON.stringify(request) }, patience, "hung");
    return JSON.parse(text);
  }

  async #begin() {
    let manifest;
    try {
      const response = await fetch(new URL("manifest.json", this.#base), { signal: AbortSignal.timeout?.(SILENCE) });
      if (!response.ok) throw new EngineFailure("file_missing", `manifest.json: ${response.status}`);
      manifest = await response.json();
    } catch (error) {
      if (error instanceof EngineFailure) throw error;
      if (error instanceof SyntaxError) throw new EngineFailure("wrong_file", "manifest.json");
      throw new EngineFailure(error?.name === "TimeoutError" ? "stalled" : "offline", "manifest.json");
    }
    // A worker from a blob inherits the page's Content-Security-Policy; one loaded from its address escapes it.
    const code = `import ${JSON.stringify(new URL("worker.js", this.#base).href)};`;
    const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    try {
      this.#worker = new Worker(address, { type: "module" });
    } catch (error) {
      throw new EngineFailure("no_worker", String(error));
    }
    const worker = this.#worker;
    worker.addEventListener("message", ({ data }) => this.#receive(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#drop(new EngineFailure("crashed", event.message));
    });
    const base = new URL("..", this.#base).href;
    try {
      await this.#send({ kind: "start", manifest, base }, SILENCE, "stalled");
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  #send(message, patience, code) {
    return new Promise((resolve, reject) => {
      const id = ++this.#last;
      const wait = { resolve, reject, patience, code, timer: 0 };
      this.#waiting.set(id, wait);
      this.#wind(wait);
      this.#worker.postMessage({ id, ...message });
    });
  }

  #wind(wait) {
    clearTimeout(wait.timer);
    wait.timer = setTimeout(() => this.#drop(new EngineFailure(wait.code)), wait.patience);
  }

  #receive({ id, text, failure, progress }) {
    if (progress) {
      for (const wait of this.#waiting.values()) this.#wind(wait);
      this.dispatchEvent(new CustomEvent("progress", { detail: progress }));
      return;
    }
    const wait = this.#waiting.get(id);
    if (!wait) return;
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
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = null;
    this.warm = false;
    for (const wait of this.#waiting.values()) {
      clearTimeout(wait.timer);
      wait.reject(error);
    }
    this.#waiting.clear();
  }
}

/** The engine of this visit: modules are loaded once, so every page under instant navigation shares it. */
export const engine = new Engine(new URL(".", import.meta.url));
