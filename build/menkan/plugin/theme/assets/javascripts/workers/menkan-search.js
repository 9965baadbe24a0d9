// Runs before the theme's search worker and puts each query into the words of its index: the other
// script into the index's own, runs of Chinese characters into its words, questions into keywords.
//
// The theme has every page load the index and read it in. Most readers never search, so its place is
// taken by one without entries; theirs are loaded when a reader goes to the box, or asks.

// Workers stand at <language>/assets/javascripts/workers/.
const ENTRIES = new URL("../../../search/entries.json", self.location);
// The theme's messages.
const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;

/** How often the index holds each word of Chinese characters. @type {Map<string, number>} */
let words = new Map();
/** @type {{ignore: string[], script: Record<string, string>}} */
let known = { ignore: [], script: {} };

const HAN = /\p{sc=Han}+/gu;
// The theme takes a run apart by the index but never looks at its last character; this one is for that.
const END = "々";
// Words that are nowhere on the page begin with U+2063: its guide is found by them, nobody reads them.
const UNSEEN = /<p>\u2063.*?<\/p>\s*/gsu;

function learn({ ignore, script, docs }) {
  known = { ignore, script };
  words = new Map();
  for (const { title, text } of docs) {
    for (const field of [title, text]) {
      for (const run of field.matchAll(HAN)) words.set(run[0], (words.get(run[0]) ?? 0) + 1);
    }
  }
}

/** The fewest words of the index that make up a run; characters in no word stand alone. */
function cut(run) {
  const best = [{ cost: 0, parts: [] }];
  for (let end = 1; end <= run.length; end++) {
    let found = null;
    for (let start = Math.max(0, end - 8); start < end; start++) {
      const part = run.slice(start, end);
      const is = words.has(part);
      if (!is && part.length > 1) continue;
      const cost = best[start].cost + (is ? (part.length > 1 ? 2 : 3) : 10);
      if (!found || cost < found.cost) found = { cost, parts: [...best[start].parts, { part, is }] };
    }
    best.push(found);
  }
  return best[run.length].parts;
}

/**
 * The queries to try, one after the other until one finds something: all words together, any of
 * them, any by its beginning (for another form of a word).
 * @param {string} query
 */
function attempts(query) {
  if (/["+~^:]/.test(query)) return [query]; // somebody who knows the operators means them
  const plain = query.normalize("NFKC").replace(/./gsu, (one) => known.script[one] ?? one);
  const parts = [];
  for (const piece of plain.split(/[\s，。？！、；：,?!;]+/u).filter(Boolean)) {
    for (const [run] of piece.matchAll(/\p{sc=Han}+|[^\p{sc=Han}]+/gu)) {
      if (/\p{sc=Han}/u.test(run)) parts.push(...cut(run));
      else parts.push({ part: run, is: true });
    }
  }
  const kept = parts.filter(({ part, is }) => is && !known.ignore.includes(part.toLowerCase()));
  // The theme leaves the first word optional where it is Chinese: let that be the commonest.
  kept.sort((one, other) => (words.get(other.part) ?? 0) - (words.get(one.part) ?? 0));
  const shown = [...new Set((kept.length ? kept : parts).map(({ part, is }) => (is && /\p{sc=Han}/u.test(part) ? part + END : part)))];
  const short = shown.map((word) => (/^[\p{L}]{6,}$/u.test(word) && !/\p{sc=Han}/u.test(word) ? word.slice(0, -3) : word));
  const found = [shown.join(" "), short.join(" ")];
  // In the theme's language, quotes ask for all words.
  return [...new Set(shown.length > 1 ? [`"${found[0]}"`, ...found] : found)];
}

/** What the theme wants its search set up with. */
let setup = null;
/** @type {Promise<boolean> | null} */
let started = null;
/** Told when the theme's worker is ready. */
let ready = null;
/** The last query that came before that. @type {string | null} */
let waiting = null;
/** @type {string[]} */
let left = [];

/** Load the entries and start the theme's worker with them. */
async function start() {
  const response = await fetch(ENTRIES);
  if (!response.ok) throw new Error(`${ENTRIES.pathname}: ${response.status}`);
  const entries = await response.json();
  learn(entries);
  const done = new Promise((resolve) => (ready = resolve));
  importScripts("__THEME_WORKER__");
  tell(SETUP, { ...setup, docs: entries.docs });
  await done;
  return true;
}

/** Start unless that is done; false where it failed. */
function wake() {
  started ??= start().catch((error) => {
    started = null; // the next letter tries again
    console.error("The search could not be loaded.", error);
    return false;
  });
  return started;
}

function tell(type, data) {
  dispatchEvent(new MessageEvent("message", { data: { type, data } }));
}

function ask() {
  tell(QUERY, left.shift());
}

addEventListener("message", async (event) => {
  const { type, data } = event.data;
  if (!event.isTrusted) return; // our own
  event.stopImmediatePropagation();
  if (type === SETUP) {
    setup = data;
    reply({ type: READY });
  } else if (type === QUERY && !data && !started) {
    reply({ type: RESULT, data: { items: [] } });
  } else if (type === QUERY) {
    waiting = data;
    if (!(await wake()) || waiting !== data) return; // or a later one has come
    left = attempts(data);
    ask();
  }
});
// A page tells when its box has the focus; loading begins before the first letter.
new BroadcastChannel("menkan-search").onmessage = () => setup && wake();

const reply = self.postMessage.bind(self);
self.postMessage = (message) => {
  if (message.type === READY) ready();
  else if (message.type === RESULT && message.data.items.length === 0 && left.length) ask();
  else {
    for (const found of message.data?.items?.flat() ?? []) found.text = found.text?.replace(UNSEEN, "");
    reply(message);
  }
};
