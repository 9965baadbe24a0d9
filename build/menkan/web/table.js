// Many shops at once: a CSV in, a table of verdicts out, all in the browser. Loaded when asked for.

import { plainNumber, present } from "./answers.js";
import { decode, parse, write } from "./csv.js";
import { engine } from "./engine.js";

/** Rows per question to the worker: small enough to cancel at once, large enough to be quick. */
const BATCH = 100;
/** Rows shown at once; the download has them all. */
const SHOWN = 100;
const MOST_ROWS = 200_000;

/**
 * Open the panel of a checker, or go to the one that is open.
 * @param {HTMLElement} host the checker
 * @param {{name: string, kind: string, box: HTMLElement, inputs: HTMLInputElement[]}[]} fields its fields
 * @param {object} words the messages of the page's language
 */
export async function openTable(host, fields, words) {
  if (!host.querySelector(".mk-table")) {
    const address = new URL(`table.${host.lang}.json`, import.meta.url);
    const table = await (await fetch(address)).json();
    if (!host.querySelector(".mk-table")) new Panel(host, fields, { ...words, table });
  }
  host.querySelector(".mk-table").focus();
}

class Panel {
  #host;
  #fields;
  #words;
  #header = [];
  #rows = [];
  #results = [];
  #filter = "all";
  #running = null;
  #places = {};

  constructor(host, fields, words) {
    this.#host = host;
    this.#fields = fields;
    this.#words = words;
    const say = words.table;
    const file = make("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv", hidden: true });
    const paste = make("textarea", { rows: 3, placeholder: say.paste, ariaLabel: say.paste, spellcheck: false });
    this.#places = {
      message: make("p", { className: "mk-error", role: "alert", hidden: true }),
      columns: make("div", { className: "mk-columns-map", hidden: true }),
      progress: make("div", { className: "mk-progress", hidden: true }),
      result: make("div", { className: "mk-table-result" }),
    };
    const choose = make("button", { type: "button", textContent: say.choose });
    const template = make("button", { type: "button", textContent: say.template });
    const close = make("button", { type: "button", textContent: say.close });
    this.element = make("section", { className: "mk-table", tabIndex: -1, ariaLabel: say.title }, [
      make("p", { className: "mk-group-title", textContent: say.title }),
      make("p", { className: "mk-help", textContent: say.help }),
      make("div", { className: "mk-actions" }, [choose, template, close, file]),
      paste,
      ...Object.values(this.#places),
    ]);
    host.append(this.element);
    choose.addEventListener("click", () => file.click());
    file.addEventListener("change", () => file.files[0] && this.#file(file.files[0]));
    paste.addEventListener("input", () => this.#read(paste.value));
    // A long table is read and not shown: laying out ten thousand lines of text takes a browser half a minute.
    paste.addEventListener("paste", (event) => {
      const text = event.clipboardData.getData("text");
      if (text.length < 5000) return;
      event.preventDefault();
      paste.value = "";
      this.#read(text);
    });
    template.addEventListener("click", () => download(`${host.slug}.csv`, write([fields.map(({ name }) => name), fields.map((field) => this.#example(field))])));
    close.addEventListener("click", () => this.close());
    this.element.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.element.dataset.over = "";
    });
    this.element.addEventListener("dragleave", () => delete this.element.dataset.over);
    this.element.addEventListener("drop", (event) => {
      event.preventDefault();
      delete this.element.dataset.over;
      const [dropped] = event.dataTransfer.files;
      if (dropped) this.#file(dropped);
      else this.#read(event.dataTransfer.getData("text"));
    });
  }

  close() {
    this.#running?.abort();
    this.element.remove();
    this.#host.querySelector("[value=table]")?.focus();
  }

  async #file(file) {
    if (file.size > 50e6) this.#tell(this.#words.table.too_large);
    else this.#read(decode(await file.arrayBuffer()));
  }

  #read(text) {
    const say = this.#words.table;
    this.#running?.abort();
    this.#results = [];
    this.#places.result.replaceChildren();
    const rows = parse(text);
    if (rows.length < 2) return this.#tell(text.trim() ? say.no_rows : "");
    if (rows.length > MOST_ROWS) return this.#tell(say.too_large);
    [this.#header, ...this.#rows] = rows;
    this.#tell("");
    this.#columns();
  }

  /** Show which column answers which question; names and labels that match are chosen already. */
  #columns() {
    const say = this.#words.table;
    const same = (a, b) => a.normalize("NFKC").trim().toLowerCase() === b.normalize("NFKC").trim().toLowerCase();
    const selects = new Map();
    const lines = this.#fields.map(({ name, box }) => {
      const label = box.querySelector("[data-label]").textContent.trim();
      const select = make("select", {}, [
        make("option", { value: "", textContent: box.dataset.default ? say.today : say.unanswered }),
        ...this.#header.map((title, place) => make("option", { value: String(place), textContent: title || `${place + 1}` })),
      ]);
      const found = this.#header.findIndex((title) => same(title, name) || same(title, label));
      select.value = found < 0 ? "" : String(found);
      selects.set(name, select);
      return make("label", {}, [make("span", { textContent: label }), select]);
    });
    const go = make("button", { type: "button", className: "mk-primary", textContent: put(say.check, { count: this.#rows.length }) });
    go.addEventListener("click", () => {
      const columns = {};
      for (const [name, select] of selects) if (select.value !== "") columns[name] = Number(select.value);
      this.#run(columns);
    });
    this.#places.columns.replaceChildren(make("p", { className: "mk-group-title", textContent: say.columns }), ...lines, go);
    this.#places.columns.hidden = false;
  }

  async #run(columns) {
    const say = this.#words.table;
    if (!Object.keys(columns).length) return this.#tell(say.no_columns);
    this.#tell("");
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    const bar = make("progress", { max: this.#rows.length, value: 0, ariaLabel: say.title });
    const line = make("output");
    const cancel = make("button", { type: "button", textContent: say.cancel });
    cancel.addEventListener("click", () => running.abort());
    this.#places.progress.replaceChildren(bar, line, cancel);
    this.#places.progress.hidden = false;
    this.#results = [];
    try {
      for (let done = 0; done < this.#rows.length && !running.signal.aborted; done += BATCH) {
        const batch = this.#rows.slice(done, done + BATCH).map((row) => this.#answers(row, columns));
        const reply = await engine.ask({ checker: this.#host.slug, batch, lenient: true, text: true });
        if (reply.error) throw Object.assign(new Error(reply.error.detail), { code: reply.error.code });
        if (running.signal.aborted) break;
        this.#results.push(...reply.replies);
        bar.value = this.#results.length;
        line.textContent = put(say.progress, { done: this.#results.length, total: this.#rows.length });
      }
    } catch (error) {
      this.#tell(this.#words.failures[error.code] ?? this.#words.failures.crashed);
    }
    if (this.#running !== running) return;
    this.#places.progress.hidden = true;
    this.#filter = "all";
    this.#show(SHOWN);
  }

  /** A row's cells as answers: yes and no in words, an option by its name or label, dates with strokes. */
  #answers(row, columns) {
    const answers = {};
    for (const { name, kind, box, inputs } of this.#fields) {
      const text = name in columns ? (row[columns[name]] ?? "").trim() : box.dataset.default ? present(kind) : "";
      if (text === "") continue;
      answers[name] = this.#cell(kind, text, inputs);
    }
    return answers;
  }

  #cell(kind, text, inputs) {
    const word = text.normalize("NFKC").toLowerCase();
    if (kind === "bool") {
      if (this.#words.table.yes.includes(word)) return "true";
      return this.#words.table.no.includes(word) ? "false" : text;
    }
    if (kind === "choice") {
      const option = inputs.find((input) => input.value === word || input.closest("label").textContent.trim().toLowerCase() === word);
      return option?.value || text;
    }
    if (kind === "int" || kind === "decimal") return plainNumber(text);
    const day = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(text);
    return day ? `${day[1]}-${day[2].padStart(2, "0")}-${day[3].padStart(2, "0")}` : text;
  }

  #example({ kind, inputs }) {
    if (kind === "bool") return this.#words.yes;
    if (kind === "choice") return inputs[0].value;
    return kind === "date" ? present("date") : kind === "datetime" ? `${present("datetime")}+08:00` : "0";
  }

  #show(limit) {
    const { states, table: say } = this.#words;
    const kinds = ["eligible", "not_eligible", "undetermined", "error"];
    const kindOf = (reply) => (reply.errors.length ? "error" : reply.verdict.verdict);
    const counts = Object.fromEntries(kinds.map((kind) => [kind, 0]));
    for (const reply of this.#results) counts[kindOf(reply)] += 1;
    const name = (kind) => (kind === "error" ? say.errors : kind === "all" ? say.all : states[kind]);
    const filters = ["all", ...kinds].map((kind) => {
      const count = kind === "all" ? this.#results.length : counts[kind];
      const button = make("button", { type: "button", textContent: `${name(kind)} ${count}`, disabled: !count && kind !== "all" });
      button.setAttribute("aria-pressed", String(this.#filter === kind));
      button.addEventListener("click", () => {
        this.#filter = kind;
        this.#show(SHOWN);
        this.#places.result.querySelector("[aria-pressed=true]")?.focus();
      });
      return button;
    });
    const fitting = [...this.#results.entries()].filter(([, reply]) => this.#filter === "all" || kindOf(reply) === this.#filter);
    const body = fitting.slice(0, limit).map(([place, reply]) => {
      const kind = kindOf(reply);
      const row = make("tr", {}, [
        make("td", { textContent: String(place + 1) }),
        make("td", { textContent: this.#rows[place][0] }),
        make("td", { textContent: name(kind) }),
        make("td", { textContent: this.#why(reply) }),
      ]);
      row.dataset.kind = kind;
      return row;
    });
    const more = make("button", { type: "button", textContent: put(say.more, { count: fitting.length - limit }), hidden: fitting.length <= limit });
    more.addEventListener("click", () => this.#show(limit + 10 * SHOWN));
    const save = make("button", { type: "button", className: "mk-primary", textContent: say.download });
    save.addEventListener("click", () => this.#save());
    const head = [say.row, this.#header[0] || "1", say.verdict, say.why].map((text) => Object.assign(make("th", { textContent: text }), { scope: "col" }));
    this.#places.result.replaceChildren(
      make("div", { className: "mk-actions", role: "group", ariaLabel: say.filter }, filters),
      make("div", { className: "mk-scroll", tabIndex: 0, role: "region", ariaLabel: say.rows }, [
        make("table", {}, [make("thead", {}, [make("tr", {}, head)]), make("tbody", {}, body)]),
      ]),
      make("div", { className: "mk-actions" }, [more, save]),
    );
  }

  /** What fails, or is in the way, or still missing, in words. */
  #why({ verdict, errors }) {
    const { separator } = this.#words.table;
    if (errors.length) return errors.map((error) => `${this.#label(error.input)}${this.#words.colon}${this.#host.errorText(error)} (${error.value})`).join(separator);
    const failing = verdict.rules.filter(({ status }) => status === "not_met").map(({ id }) => this.#rule(id));
    if (failing.length) return failing.join(separator);
    return verdict.needs.map((name) => this.#label(name)).join(separator);
  }

  #label(name) {
    return this.#fields.find((field) => field.name === name)?.box.querySelector("[data-label]").textContent.trim() ?? String(name);
  }

  #rule(id) {
    return this.#host.querySelector(`[data-rule="${CSS.escape(id)}"] [data-rule-label]`).textContent.trim();
  }

  /** All rows with their cells, the verdict, each rule's status, what is missing and what is wrong. */
  #save() {
    const rules = this.#results[0].verdict.rules.map(({ id }) => id);
    const values = Object.keys(this.#results[0].verdict.values);
    const rows = this.#results.map(({ verdict, errors }, place) => [
      ...this.#header.map((_, column) => this.#rows[place][column] ?? ""),
      errors.length ? "" : verdict.verdict,
      ...verdict.rules.map(({ status, note }) => (errors.length ? "" : note ?? status)),
      ...values.map((name) => (errors.length ? "" : verdict.values[name] ?? "")),
      verdict.needs.join(" "),
      errors.map((error) => `${error.input}: ${error.code}`).join("; "),
    ]);
    const titles = [...this.#header, "verdict", ...rules, ...values, "needs", "error"];
    download(`${this.#host.slug}-verdicts.csv`, write([titles, ...rows]));
  }

  #tell(text) {
    this.#places.message.textContent = text;
    this.#places.message.hidden = !text;
    if (text) this.#places.columns.hidden = true;
  }
}

function make(tag, properties = {}, children = []) {
  const { role, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  if (role) element.setAttribute("role", role);
  element.append(...children);
  return element;
}

function download(name, text) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function put(sentence, words) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
}
