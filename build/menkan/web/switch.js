// The language switch, kept true: instant navigation changes the page below a header that stays.
// Pages have equal paths in all languages, so the address tells everything.

/**
 * The address of this page in another language.
 * @param {string} here the page's address
 * @param {string} from the code of its language
 * @param {string} to the code of the other
 */
export function inLanguage(here, from, to) {
  const address = new URL(here);
  // Scripts stand at <site>/menkan/web-…/, so the site's root is two folders up from here.
  const root = new URL("../..", import.meta.url).pathname;
  if (address.pathname.startsWith(`${root}${from}/`)) {
    address.pathname = `${root}${to}/${address.pathname.slice(root.length + from.length + 1)}`;
  }
  return address.href;
}

// Before any other listener sees the click, the theme's included.
addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("[data-menkan-switch] a");
    if (link) link.href = inLanguage(location.href, link.closest("[data-menkan-switch]").dataset.code, link.dataset.code);
  },
  { capture: true },
);
