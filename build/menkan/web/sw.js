// The service worker: one release of the whole site, kept whole or not at all. The build puts two lines
// above: `const FILES = {path: sha256}` and `const LATER = [path, …]`, the guides of a site with so many
// that each is kept when it is read. A new release is fetched beside the old one, held against the list,
// and takes over when the last page of the old one is closed; nobody's page is reloaded.

const SCOPE = new URL(self.registration.scope);
/** Other sites of the same origin have caches too; ours begin with this. */
const PREFIX = `menkan ${SCOPE.pathname} `;
/** How many files are fetched at a time. */
const LANES = 6;

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const sha256 = async (data) => hex(await crypto.subtle.digest("SHA-256", data));
const later = new Set(LATER);
const named = sha256(new TextEncoder().encode(JSON.stringify(FILES))).then((hash) => PREFIX + hash.slice(0, 16));
/** Where a file of this content is kept: an unchanged file of the last release is found there too. */
const place = (path) => new URL(`${path}?sha256=${FILES[path]}`, SCOPE).href;

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
self.addEventListener("fetch", (event) => {
  const path = event.request.method === "GET" ? pathOf(event.request) : null;
  if (path) event.respondWith(kept(path, event.request));
});

async function ours() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

async function keepAll() {
  const name = await named;
  const olds = await Promise.all((await ours()).map((each) => caches.open(each)));
  const cache = await caches.open(name);
  for (const { url } of await clients.matchAll({ includeUncontrolled: true })) later.delete(pathOf({ url }));
  const paths = Object.keys(FILES);
  const lane = async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) await keep(cache, olds, path);
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } catch (error) {
    // A release that is not whole never takes over; what has arrived spares the next try.
    paths.length = 0;
    throw error;
  }
}

async function keep(cache, olds, path) {
  const address = place(path);
  if (await cache.match(address)) return;
  for (const old of olds) {
    const same = await old.match(address);
    if (same) return cache.put(address, same);
  }
  if (later.has(path)) return;
  await bring(cache, path);
}

async function bring(cache, path) {
  const response = await fetch(new URL(path, SCOPE), { cache: "no-cache", credentials: "same-origin" });
  const data = await response.arrayBuffer();
  if (!response.ok || (await sha256(data)) !== FILES[path]) throw new Error(`not of this release: ${path}`);
  const type = response.headers.get("content-type") ?? "application/octet-stream";
  await cache.put(place(path), new Response(data, { headers: { "content-type": type } }));
}

/** This release is in charge now, so no page of another one is open. */
async function forgetOthers() {
  const name = await named;
  await Promise.all((await ours()).filter((each) => each !== name).map((each) => caches.delete(each)));
}

/** The path of a file of this release that a request asks for, or null. */
function pathOf(request) {
  const address = new URL(request.url);
  if (address.origin !== SCOPE.origin || !address.pathname.startsWith(SCOPE.pathname)) return null;
  const path = decodeURIComponent(address.pathname.slice(SCOPE.pathname.length));
  const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  return Object.hasOwn(FILES, file) ? file : null;
}

async function kept(path, request) {
  const cache = await caches.open(await named);
  const found = await cache.match(place(path));
  if (found) return found;
  // Read for the first time, or the browser has emptied the cache.
  if (later.has(path)) await bring(cache, path).catch(() => {});
  return (await cache.match(place(path))) ?? fetch(request);
}
