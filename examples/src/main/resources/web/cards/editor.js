// The dialog in which a card is edited. It sends what the person changed, and nothing else.

import { text } from "/shared/table.js";

const $ = (id) => document.getElementById(id);

export class Editor {
  #act;
  #card = null; // as it was when the dialog opened

  constructor(act) {
    this.#act = act;
    $("editor-close").addEventListener("click", () => $("editor").close());
    $("editor").addEventListener("close", () => (this.#card = null));
    $("editing").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
  }

  open(card) {
    this.#card = card;
    $("edit-title").value = card.title;
    $("edit-note").value = card.note;
    $("edit-labels").value = card.labels.join(", ");
    text($("editor-news"), "");
    $("editor").showModal();
    $("edit-title").focus();
  }

  /** Hears of the cards as they are now, and says what happens to the one that is edited. */
  follow(cards, renamed) {
    if (this.#card === null) {
      return;
    }
    const other = renamed.find(([before]) => before === this.#card.id);
    if (other) {
      this.#card = { ...this.#card, id: other[1] };
    }
    const now = cards.get(this.#card.id);
    const news =
      now === undefined
        ? "This card was removed meanwhile."
        : now.title !== this.#card.title || now.note !== this.#card.note || String(now.labels) !== String(this.#card.labels)
          ? "This card was changed meanwhile. Only what you change here is sent."
          : "";
    text($("editor-news"), news);
  }

  #save() {
    const card = this.#card;
    const labels = [...new Set($("edit-labels").value.split(",").map((label) => label.trim()).filter(Boolean))];
    const fields = {
      title: $("edit-title").value.trim(),
      note: $("edit-note").value.replace(/\s+/g, " ").trim(),
      added: labels.filter((label) => !card.labels.includes(label)).join(","),
      removed: card.labels.filter((label) => !labels.includes(label)).join(","),
    };
    const changed = Object.fromEntries(
      Object.entries(fields).filter(([name, value]) => value !== (card[name] ?? "")),
    );
    if (Object.keys(changed).length > 0) {
      this.#act("edit", { card: card.id, ...changed });
    }
    $("editor").close();
  }
}
