// <menkan-filter>: a field that narrows the lists of the .mk-questions around it. Without a script
// the lists stand whole and there is no field.

/** The words of a text that all have to be found. @param {string} text */
const wordsOf = (text) => text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);

export class MenkanFilter extends HTMLElement {
  #all = null;
  #items = [];
  #status = document.createElement("span");

  connectedCallback() {
    this.#all = this.closest(".mk-questions");
    if (!this.#all || this.firstChild) return;
    this.#items = [...this.#all.querySelectorAll("li")].map((item) => ({
      item,
      text: item.textContent.normalize("NFKC").toLowerCase(),
    }));
    const label = document.createElement("label");
    label.className = "mk-filter";
    const name = document.createElement("span");
    name.textContent = this.dataset.label;
    const field = document.createElement("input");
    field.type = "search";
    field.autocomplete = "off";
    field.addEventListener("input", () => this.#narrow(wordsOf(field.value)));
    label.append(name, field);
    this.#status.setAttribute("role", "status");
    this.#status.className = "mk-filter-status";
    this.append(label, this.#status);
    this.#narrow([]);
  }

  /** @param {string[]} words */
  #narrow(words) {
    let count = 0;
    for (const { item, text } of this.#items) {
      item.hidden = !words.every((word) => text.includes(word));
      count += !item.hidden;
    }
    for (const list of this.#all.querySelectorAll("ul")) {
      const empty = [...list.children].every((item) => item.hidden);
      list.hidden = empty;
      const heading = list.previousElementSibling;
      if (/^H\d$/.test(heading?.tagName)) heading.hidden = empty;
    }
    this.#status.textContent = count
      ? this.dataset.count.replace("{count}", count).replace("{total}", this.#items.length)
      : this.dataset.none;
  }
}

customElements.get("menkan-filter") ?? customElements.define("menkan-filter", MenkanFilter);
