// The element on another site's page is empty: bring the form that our own pages have, and its style.

/**
 * Fill an empty checker from the built site; says in its place what could not be found.
 * @param {HTMLElement} host a `<menkan-checker slug lang>` without a form
 */
export async function bringForm(host) {
  const lang = host.lang || document.documentElement.lang;
  const name = `${encodeURIComponent(host.getAttribute("slug") ?? "")}.${encodeURIComponent(lang)}.html`;
  const address = new URL(`forms/${name}`, import.meta.url);
  const response = await fetch(address).catch(() => null);
  if (!response?.ok) {
    host.textContent = `menkan-checker: ${address.href}: ${response?.status ?? "unreachable"}`;
    return;
  }
  const form = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("menkan-checker");
  // Sources stand in the guide, which is on our site.
  for (const link of form.querySelectorAll('a[href^="#"]')) {
    link.href = new URL(`../../${lang}/${form.dataset.guide}${link.getAttribute("href")}`, import.meta.url).href;
  }
  for (const { name, value } of form.attributes) if (!host.hasAttribute(name)) host.setAttribute(name, value);
  host.classList.add("mk");
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("style.css", import.meta.url).href;
  host.append(style, ...form.childNodes);
}
