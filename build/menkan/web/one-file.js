// The first script of a page that is one file: what the other scripts fetch stands in the page itself,
// packed with gzip, and nothing is fetched from anywhere.

const files = new Map(
  [...document.querySelectorAll("script[data-file]")].map((element) => [element.dataset.file, element]),
);

/** Unpack one file of the page into a response, as a server would give it. */
async function unpacked(element) {
  const packed = Uint8Array.from(atob(element.textContent.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": element.dataset.type } });
}

globalThis.fetch = async (address) => {
  const element = files.get(new URL(address).pathname.replace("/menkan/", ""));
  return element ? unpacked(element) : new Response("", { status: 404 });
};

await import("./checker.js");
