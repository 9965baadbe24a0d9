// Keeps the site for later, once a reader has used a checker: registers the service worker.
// Imported after the first verdict; an empty file takes its place where the site does not want this.

// Scripts stand at <site>/menkan/web-…/, so the site's root is two folders up from here.
const root = new URL("../..", import.meta.url);
const saving = navigator.connection?.saveData === true;

if (navigator.serviceWorker && root.origin === location.origin && location.pathname.startsWith(root.pathname) && !saving) {
  const idle = globalThis.requestIdleCallback ?? setTimeout;
  idle(() => {
    navigator.serviceWorker.register(new URL("sw.js", root), { scope: root.pathname }).catch(() => {
      // A browser or host that allows none costs only the offline copy.
    });
  });
}
