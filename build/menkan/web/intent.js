// The reader's first sign of wanting a verdict: a touch or the focus, the pointer coming near, the
// questions scrolled into view. Never before the page itself has loaded, never where data is saved.

/** How near the pointer must come, in pixels. */
const NEAR = 60;
/** How much of the questions must be in view after scrolling. */
const SHARE = 0.25;

/**
 * Call `start` once, at the first sign of intent.
 * @param {HTMLElement} element what the reader would use
 * @param {() => void} start
 */
export function onIntent(element, start) {
  // The first answer starts everything anyway; before it, nobody asked for the bytes.
  if (navigator.connection?.saveData) return;
  const over = new AbortController();
  const { signal } = over;
  const seen = new IntersectionObserver(([entry]) => entry.isIntersecting && sign(), { threshold: SHARE });
  const sign = () => {
    over.abort();
    seen.disconnect();
    whenLoaded(start);
  };
  for (const kind of ["pointerdown", "focusin"]) element.addEventListener(kind, sign, { signal });
  addEventListener("pointermove", (event) => event.pointerType === "mouse" && isNear(element, event) && sign(), { signal, passive: true });
  // What is in view from the start is no sign; what was scrolled to is.
  addEventListener("wheel", () => seen.observe(element), { signal, passive: true, once: true });
  addEventListener("touchmove", () => seen.observe(element), { signal, passive: true, once: true });
}

function isNear(element, { clientX, clientY }) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return clientX > left - NEAR && clientX < right + NEAR && clientY > top - NEAR && clientY < bottom + NEAR;
}

function whenLoaded(start) {
  if (document.readyState === "complete") start();
  else addEventListener("load", () => setTimeout(start), { once: true });
}
