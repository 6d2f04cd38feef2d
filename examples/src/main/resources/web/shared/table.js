// Rows by id: made once, changed in place, moved as little as possible.

const FLASH = 450; // milliseconds that a change stands out

export class KeyedRows {
  #body;
  #create;
  #update;
  #rows = new Map();

  /** create returns an empty <tr>; update fills it from the data, which it is given whole. */
  constructor(body, create, update) {
    this.#body = body;
    this.#create = create;
    this.#update = update;
  }

  /** Shows these entries, [id, data] from the top, and makes those in changed stand out once. */
  show(entries, changed) {
    const focused = document.activeElement;
    const kept = new Map();
    let next = this.#body.firstElementChild;
    for (const [id, data] of entries) {
      const row = this.#rows.get(id) ?? this.#create(id);
      this.#update(row, data);
      if (row === next) {
        next = next.nextElementSibling;
      } else {
        this.#body.insertBefore(row, next);
      }
      kept.set(id, row);
      if (changed.has(id)) {
        flash(row);
      }
    }
    while (next) {
      const gone = next;
      next = next.nextElementSibling;
      gone.remove();
    }
    this.#rows = kept;
    if (focused !== document.activeElement && focused?.isConnected) {
      focused.focus({ preventScroll: true }); // moving a row takes its focus away
    }
  }
}

/** Sets a text only where it differs, so that nothing is laid out again for nothing. */
export function text(element, value) {
  if (element.textContent !== value) {
    element.textContent = value;
  }
}

const flashes = new WeakMap();

function flash(row) {
  clearTimeout(flashes.get(row));
  row.classList.add("changed");
  flashes.set(row, setTimeout(() => row.classList.remove("changed"), FLASH));
}
