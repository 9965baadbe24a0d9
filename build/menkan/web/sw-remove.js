// Stands in place of the service worker where a site wants none: takes an earlier one, and what it
// kept, out of readers' browsers. Open pages stay as they are.

const PREFIX = `menkan ${new URL(self.registration.scope).pathname} `;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(remove()));

async function remove() {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
  await self.registration.unregister();
}
