// <menkan-checker>: brings the questions that stand in the page to life, in place. Longer than most modules: it is one
// element from its birth to its last verdict; what only some readers need is in carry.js, table.js and embed.js.
// Attributes in: `slug`. The markup inside is made by menkan.guides.form; without this script it is a
// readable list of questions and rules. Event out: "menkan-verdict" with the Verdict JSON as detail.

import { answerOf, fieldsOf, fill, grouped, keep, kept, linked, present, textOf, texts } from "./answers.js";
import { engine } from "./engine.js";
import { onIntent } from "./intent.js";

const ANNOUNCE_AFTER = 700;
const messagesOf = new Map();

/** The words of a language: one small file, fetched once a visit. */
function messages(lang) {
  if (!messagesOf.has(lang)) {
    const address = new URL(`messages.${lang}.json`, import.meta.url);
    const words = fetch(address).then((response) => response.json());
    messagesOf.set(lang, words);
    // The form works without them, in the words that stand in it; the next checker asks again.
    words.catch(() => messagesOf.delete(lang));
  }
  return messagesOf.get(lang).catch(() => ({}));
}

class MenkanChecker extends HTMLElement {
  #fields = [];
  #words = {};
  #asking = false;
  #again = false;
  #announce = 0;
  #live;
  #onProgress = ({ detail }) => this.#progress(detail);

  get slug() {
    return this.getAttribute("slug");
  }

  async connectedCallback() {
    if (this.#live) {
      engine.addEventListener("progress", this.#onProgress);
      return;
    }
    this.#live = true;
    if (!this.querySelector("form")) await (await import("./embed.js")).bringForm(this);
    const form = this.querySelector("form");
    if (!form) return;
    this.#fields = fieldsOf(this);
    for (const { kind, inputs, box } of this.#fields) {
      if (box.dataset.default) inputs[0].value = present(kind);
    }
    const carried = linked(this.slug);
    fill(this.#fields, carried ?? kept(this.slug));
    engine.addEventListener("progress", this.#onProgress);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => this.#changed(event.target.closest("[data-input]")));
    form.addEventListener("focusout", (event) => this.#group(event.target));
    form.addEventListener("focusin", (event) => this.#ungroup(event.target));
    onIntent(form, () => this.#warmUp());
    this.querySelector("[data-actions]")?.addEventListener("click", (event) => this.#act(event));
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-retry]")) this.#ask();
    });
    for (const { inputs } of this.#fields) this.#group(inputs[0]);
    this.#words = await messages(this.lang || document.documentElement.lang);
    this.dataset.live = "";
    if (this.#given()) this.#ask();
    if (carried) this.scrollIntoView({ block: "start" });
  }

  disconnectedCallback() {
    engine.removeEventListener("progress", this.#onProgress);
    clearTimeout(this.#announce);
  }

  /** True once somebody answered something; what the page filled in by itself does not count. */
  #given() {
    return this.#fields.some((field) => {
      const text = textOf(field);
      return text !== "" && !(field.box.dataset.default && field.box.dataset.touched === undefined && text.startsWith(present(field.kind).slice(0, 10)));
    });
  }

  #warmUp() {
    engine.start().catch(() => {
      // Said when an answer is asked for; a failed warm-up alone is nobody's business.
    });
  }

  #changed(box) {
    if (box) box.dataset.touched = "";
    keep(this.slug, texts(this.#fields));
    if (this.#given()) this.#ask();
    else this.#reset();
  }

  async #ask() {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    try {
      do {
        this.#again = false;
        if (!engine.warm) this.#state("loading");
        const answers = Object.fromEntries(
          Object.entries(texts(this.#fields)).map(([name, text]) => [
            name,
            answerOf(this.#fields.find((field) => field.name === name).kind, text),
          ]),
        );
        const reply = await engine.ask({ checker: this.slug, answers, lenient: true, text: true });
        if (reply.error) throw Object.assign(new Error(reply.error.detail), { code: reply.error.code });
        if (!this.#again) this.#show(reply);
      } while (this.#again);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#asking = false;
    }
  }

  #state(name) {
    if (this.dataset.state === name) return;
    this.dataset.state = name;
    const badge = this.querySelector("[data-badge]");
    badge.textContent = this.#stateText(name) || badge.textContent;
    this.querySelector("[data-progress]").hidden = name !== "loading";
    this.querySelector("[data-failure]").hidden = name !== "failed";
  }

  /** What a state is called: a verdict has words that answer the checker's own question. */
  #stateText(name) {
    return this.querySelector("[data-badge]").dataset[name] ?? this.#words.states?.[name] ?? "";
  }

  #progress({ stage, loaded, total }) {
    const box = this.querySelector("[data-progress]");
    const bar = box.querySelector("progress");
    const line = box.querySelector("output");
    const share = total ? loaded / total : 0;
    if (stage === "load" && share < 1) {
      bar.value = share;
      const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
      line.textContent = put(this.#words.progress?.load, { loaded: megabytes(loaded), total: megabytes(total) });
    } else {
      bar.removeAttribute("value");
      line.textContent = this.#words.progress?.start ?? "";
    }
  }

  #fail(error) {
    this.#state("failed");
    const reason = this.#words.failures?.[error.code] ?? this.#words.failures?.crashed ?? "";
    this.querySelector("[data-failure-text]").textContent = reason;
    this.#say(`${this.#words.states?.failed}${this.#words.colon ?? ": "}${reason}`);
  }

  #reset() {
    delete this.dataset.state;
    this.#state("idle");
    for (const { box } of this.#fields) {
      this.#idle(box, false);
      this.#error(box, "");
    }
    for (const rule of this.querySelectorAll("[data-rule]")) this.#rule(rule, null);
    for (const value of this.querySelectorAll("[data-value]")) this.#value(value, null);
    this.querySelector("[data-changes]").hidden = true;
    this.querySelector("[data-needs]").hidden = true;
    this.#arrange();
  }

  /** Show one reply of the door: the badge, rules in their groups, values, what is left, errors at their fields. */
  #show(reply) {
    const { verdict, errors } = reply;
    for (const { name, box } of this.#fields) {
      const error = errors.find((item) => item.input === name);
      this.#error(box, error ? this.errorText(error) : "");
      // Greyed, never removed: a question that cannot change the verdict any more.
      const open = verdict.needs.includes(name) || textOf(this.#fields.find((field) => field.name === name)) !== "";
      this.#idle(box, !open);
    }
    this.#state(verdict.verdict);
    for (const rule of this.querySelectorAll("[data-rule]")) {
      this.#rule(rule, verdict.rules.find(({ id }) => id === rule.dataset.rule));
    }
    for (const value of this.querySelectorAll("[data-value]")) this.#value(value, verdict.values[value.dataset.value]);
    this.#list("[data-changes]", verdict.changes.map(({ input, to }) => put(this.#words.change, { question: this.#label(input), answer: this.answerText(input, to) })));
    this.#list("[data-needs]", verdict.needs.map((name) => this.#label(name)));
    this.#arrange();
    this.#say(this.#summary(verdict));
    this.dispatchEvent(new CustomEvent("menkan-verdict", { bubbles: true, detail: verdict }));
  }

  #idle(box, idle) {
    box.toggleAttribute("data-idle", idle);
    box.querySelector("[data-idle-note]").hidden = !idle;
  }

  #rule(element, rule) {
    const status = rule ? rule.note ?? rule.status : "idle";
    element.dataset.status = rule?.status ?? "idle";
    const mark = element.querySelector("[data-mark]");
    mark.textContent = this.#words.marks?.[rule?.status ?? "idle"] ?? "";
    const sentences = [...element.querySelectorAll("[data-when]")];
    const fitting = sentences.find((item) => item.dataset.when === status) ?? sentences.find((item) => item.dataset.when === rule?.status);
    for (const sentence of sentences) sentence.hidden = sentence !== fitting;
    const advice = element.querySelector("[data-advice]");
    if (advice) advice.hidden = !rule || rule.status === "met" || (rule.status === "unknown" && !rule.note);
  }

  #value(element, value) {
    const { unit } = element.dataset;
    const shown = element.querySelector("dd");
    const known = value !== null && value !== undefined;
    element.toggleAttribute("data-known", known);
    shown.textContent = known ? this.#valueText(value, unit) : "—";
  }

  #valueText(value, unit) {
    if (typeof value === "boolean") return this.#words[value ? "yes" : "no"];
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return new Intl.DateTimeFormat(this.lang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${value}T00:00Z`));
    if (/^\d{4}-\d\d-\d\dT/.test(value)) return new Intl.DateTimeFormat(this.lang, { dateStyle: "long", timeStyle: "short" }).format(new Date(value));
    return unit ? put(unit, { number: grouped(String(value)) }) : grouped(String(value));
  }

  /** An answer of the door in words: an option's label, a number with its unit, a date. */
  answerText(name, to) {
    const { kind, box, inputs } = this.#fields.find((field) => field.name === name);
    if (kind === "bool" || kind === "choice") {
      return inputs.find((input) => input.value === String(to))?.closest("label").textContent.trim() ?? String(to);
    }
    return this.#valueText(to, box.dataset.unit);
  }

  #label(name) {
    return this.querySelector(`[data-input="${CSS.escape(name)}"] [data-label]`)?.textContent.trim() ?? name;
  }

  #list(selector, lines) {
    const box = this.querySelector(selector);
    box.hidden = !lines.length;
    box.querySelector("ul").replaceChildren(
      ...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })),
    );
  }

  /** Move each rule under the heading of its group, in the order of the page. */
  #arrange() {
    const groups = { met: "met", not_met: "not_met", unknown: "open", idle: "open" };
    const rules = [...this.querySelectorAll("[data-rule]")].sort((a, b) => a.dataset.place - b.dataset.place);
    for (const group of this.querySelectorAll("[data-group]")) {
      const own = rules.filter((rule) => groups[rule.dataset.status] === group.dataset.group);
      const list = group.querySelector("ul");
      if (own.some((rule, place) => list.children[place] !== rule) || list.children.length !== own.length) list.replaceChildren(...own);
      group.hidden = !own.length;
    }
  }

  /** The words for one error of the door. */
  errorText({ code, accepts }) {
    const words = this.#words.errors ?? {};
    return put(words[code] ?? words.other, { minimum: grouped(String(accepts?.minimum ?? "")), maximum: grouped(String(accepts?.maximum ?? "")), other: accepts?.not_before ? this.#label(accepts.not_before) : "" });
  }

  #error(box, text) {
    const place = box.querySelector("[data-error]");
    if (place.textContent === text) return;
    place.textContent = text;
    place.hidden = !text;
    for (const input of box.querySelectorAll("input")) {
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }

  #summary(verdict) {
    const count = (status) => verdict.rules.filter((rule) => rule.status === status).length;
    return put(this.#words.summary, {
      verdict: this.#stateText(verdict.verdict),
      met: count("met"),
      not_met: count("not_met"),
      open: count("unknown"),
    });
  }

  /** Tell a screen reader once, when the typing has come to rest. */
  #say(text) {
    clearTimeout(this.#announce);
    this.#announce = setTimeout(() => {
      const place = this.querySelector("[data-announce]");
      if (place && place.textContent !== text) place.textContent = text;
    }, ANNOUNCE_AFTER);
  }

  #group(input) {
    if (input?.matches?.("[inputmode]") && input !== document.activeElement) input.value = grouped(plain(input.value));
  }

  #ungroup(input) {
    if (input.matches?.("[inputmode]")) input.value = plain(input.value);
  }

  async #act(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.value === "reset") {
      this.querySelector("form").reset();
      for (const { kind, inputs, box } of this.#fields) {
        delete box.dataset.touched;
        if (box.dataset.default) inputs[0].value = present(kind);
      }
      keep(this.slug, {});
      this.#reset();
      this.#fields[0]?.inputs[0].focus();
    } else if (button.value === "table") {
      const { openTable } = await import("./table.js");
      await openTable(this, this.#fields, this.#words);
    } else {
      const carry = await import("./carry.js");
      await carry[button.value](this, this.#fields, this.#words, button);
    }
  }
}

/** Fill {names} in a sentence. */
function put(sentence = "", words = {}) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
}

function plain(text) {
  return /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text;
}

customElements.define("menkan-checker", MenkanChecker);
