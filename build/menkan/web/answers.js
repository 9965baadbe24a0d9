// Answers: read from a form's fields, written into them, kept in the tab and carried in a link.
// Everything that comes from outside (a link, the tab's storage) goes through `fill`, which only ever
// sets values of fields that exist.

const KEEP = "menkan:";

/**
 * The fields of a checker's form.
 * @param {HTMLElement} host
 * @returns {{name: string, kind: string, box: HTMLElement, inputs: HTMLInputElement[]}[]}
 */
export function fieldsOf(host) {
  return [...host.querySelectorAll("[data-input]")].map((box) => ({
    name: box.dataset.input,
    kind: box.dataset.kind,
    box,
    inputs: [...box.querySelectorAll("input, select")],
  }));
}

/** What stands in a field as plain text; "" where it is unanswered. */
export function textOf({ kind, inputs }) {
  if (kind === "bool" || kind === "choice") return inputs.find((input) => input.checked)?.value ?? "";
  const [input] = inputs;
  // A half-typed date has value ""; the browser tells of it only here.
  if (input.validity.badInput) return input.dataset.bad ?? "?";
  if (kind === "int" || kind === "decimal") return plainNumber(input.value);
  return input.value.trim();
}

/** A field's text as the JSON door reads it: a wall time gets the offset this device's clock had then. */
export function answerOf(kind, text) {
  if (kind === "datetime" && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text)) return text + offset(text);
  return text;
}

/** Numbers as people type them, in half-width digits and without grouping: "１，０００" is "1000". */
export function plainNumber(text) {
  const plain = text.normalize("NFKC").replace(/[\s\u2009\u202f]/g, "").replaceAll("。", ".");
  return /^[-+]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain) ? plain.replaceAll(",", "") : plain;
}

/** The offset from UTC that this device's clock had at a wall time, as "+08:00". */
function offset(wall) {
  const minutes = -new Date(wall).getTimezoneOffset();
  const two = (number) => String(Math.trunc(Math.abs(number))).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(Math.abs(minutes) % 60)}`;
}

/** Group a number's whole part for reading; anything else stays as it is. */
export function grouped(text) {
  const found = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  return found ? found[1] + found[2].replace(/\B(?=(\d{3})+$)/g, ",") + (found[3] ?? "") : text;
}

/** Today or now on this device, as the field of that kind holds it. */
export function present(kind) {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString();
  return kind === "date" ? local.slice(0, 10) : local.slice(0, 16);
}

/**
 * Put texts into fields; unknown names and options that do not exist are left out.
 * @param {ReturnType<typeof fieldsOf>} fields
 * @param {Record<string, string>} texts
 * @returns {string[]} names that were not taken
 */
export function fill(fields, texts) {
  const refused = new Set(Object.keys(texts));
  for (const { name, kind, inputs } of fields) {
    if (!Object.hasOwn(texts, name)) continue;
    const text = String(texts[name]).slice(0, 64);
    if (kind === "bool" || kind === "choice") {
      const option = inputs.find((input) => input.value === text);
      if (!option) continue;
      option.checked = true;
    } else {
      inputs[0].value = text;
      if (inputs[0].value === "" && text !== "") continue; // the browser's picker refused it
    }
    refused.delete(name);
  }
  return [...refused];
}

/** The given answers as texts, without those that the page filled in and nobody touched. */
export function texts(fields) {
  return Object.fromEntries(fields.map((field) => [field.name, textOf(field)]).filter(([, text]) => text !== ""));
}

/** Keep the texts for this tab: they outlast a reload and a change of language, and no longer. */
export function keep(slug, given) {
  try {
    if (Object.keys(given).length) sessionStorage.setItem(KEEP + slug, JSON.stringify(given));
    else sessionStorage.removeItem(KEEP + slug);
  } catch {
    // Storage is off or full: the answers still stand in the form.
  }
}

/** The texts kept for this tab, or {}. */
export function kept(slug) {
  try {
    const value = JSON.parse(sessionStorage.getItem(KEEP + slug) ?? "{}");
    return value && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}

/** A link to this page that holds the answers in its fragment, which no browser sends to a server. */
export function linkTo(slug, given) {
  const link = new URL(location.href);
  link.hash = new URLSearchParams({ check: slug, ...given }).toString();
  return link.href;
}

/** The answers that this page's own address carries for a checker, or null. */
export function linked(slug) {
  const words = new URLSearchParams(location.hash.slice(1));
  if (words.get("check") !== slug) return null;
  words.delete("check");
  return Object.fromEntries(words);
}
