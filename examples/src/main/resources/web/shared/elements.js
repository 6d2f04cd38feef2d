// What every page has: the switch in the header, badge, toggle, toast, source excerpt.

/** Makes a button with role="switch" one: it calls back with whether it is now on. */
export function toggle(button, isOn, changed) {
  button.setAttribute("aria-checked", String(isOn));
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-checked") !== "true";
    button.setAttribute("aria-checked", String(on));
    changed(on);
  });
}

/** Shows a meaning: tone is good, wait, bad or plain; the icon says it again without colour. */
export function badge(element, tone, icon, word) {
  element.dataset.tone = tone;
  element.replaceChildren(span(icon, true), span(word, false));
}

/** Says something for a few seconds, or until Escape. */
export function toast(message, tone = "plain") {
  const box = document.getElementById("toasts");
  const element = document.createElement("div");
  element.className = "toast";
  element.dataset.tone = tone;
  element.setAttribute("role", tone === "bad" ? "alert" : "status");
  element.append(span(tone === "bad" ? "⚠" : "ℹ", true), span(message, false));
  box.replaceChildren(element);
  setTimeout(() => element.remove(), 8000);
}

/** Lets a button open a dialog with a source excerpt, which is loaded then. */
export function excerpt(button, dialog, address) {
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  button.addEventListener("click", async () => {
    dialog.showModal();
    const code = dialog.querySelector("pre code");
    try {
      const response = await fetch(address);
      code.textContent = response.ok ? await response.text() : `Status ${response.status}`;
    } catch {
      code.textContent = "The source could not be loaded. Close this and try again.";
    }
  });
}

/** Follows the system's theme until the switch in the header is used. */
function themeSwitch(button) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  toggle(button, isDark(), (dark) => {
    root.dataset.theme = dark ? "dark" : "light";
    try {
      localStorage.setItem("stateward-theme", root.dataset.theme);
    } catch {
      // Not kept, then; it holds for this page.
    }
  });
  system.addEventListener("change", () => button.setAttribute("aria-checked", String(isDark())));
}

function span(text, decoration) {
  const element = document.createElement("span");
  element.textContent = text;
  if (decoration) {
    element.setAttribute("aria-hidden", "true");
  }
  return element;
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.getElementById("toasts")?.replaceChildren();
  }
});

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  themeSwitch(button);
}
