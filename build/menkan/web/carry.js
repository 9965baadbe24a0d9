// Carrying a checker along: a link, a text, a printed page. Loaded when one of the buttons is pressed; each
// function is named after its button.

import { linkTo, textOf, texts } from "./answers.js";

/** Copy a link that holds the answers in its fragment. */
export function link(host, fields, words, button) {
  return copy(linkTo(host.slug, texts(fields)), words, button);
}

/** Copy question, answers, verdict, reasons, source and address as plain text. */
export function text(host, fields, words, button) {
  const said = (selector, within = host) => within.querySelector(selector)?.textContent.trim() ?? "";
  const answers = fields.map((field) => {
    const given = textOf(field);
    const shown = given === "" ? words.unanswered : host.answerText(field.name, given);
    return `- ${said("[data-label]", field.box)}${words.colon}${shown}`;
  });
  const rules = [...host.querySelectorAll("[data-rule]")].map((rule) =>
    ["[data-mark]", "[data-rule-label]", "[data-when]:not([hidden])"].map((part) => said(part, rule)).join(" ").trim(),
  );
  const lines = [host.dataset.question, said("[data-badge]"), "", ...answers, "", ...rules, "", said("[data-source]"), here()];
  return copy(lines.join("\n"), words, button);
}

/** Print this one checker, with the page's address and the day. */
export function print(host) {
  const day = new Intl.DateTimeFormat(host.lang, { dateStyle: "long" }).format(new Date());
  host.dataset.printed = `${here()} · ${day}`;
  document.documentElement.dataset.print = "";
  const restore = () => {
    delete host.dataset.printed;
    delete document.documentElement.dataset.print;
  };
  addEventListener("afterprint", restore, { once: true });
  window.print();
}

function here() {
  return location.href.split("#")[0];
}

async function copy(value, words, button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(value);
    button.textContent = words.copied.done;
  } catch {
    button.textContent = words.copied.failed;
    prompt(words.copied.by_hand, value);
  }
  setTimeout(() => {
    button.textContent = label;
  }, 2000);
}
