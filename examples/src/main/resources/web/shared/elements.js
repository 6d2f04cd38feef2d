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

/** Shows a theme, "light", "dark" or "system", and remembers it for the first paint of the next page. */
export function showTheme(theme) {
  const root = document.documentElement;
  try {
    if (theme === "system") {
      delete root.dataset.theme;
      localStorage.removeItem("stateward-theme");
    } else {
      root.dataset.theme = theme;
      localStorage.setItem("stateward-theme", theme);
    }
  } catch {
    // Not kept, then; it holds for this page.
  }
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.setAttribute("aria-checked", String(isDark()));
  }
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

const system = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === undefined ? system.matches : chosen === "dark";
}

/** Follows the system's theme until one is chosen; says so to the page, which may keep it. */
function themeSwitch(button) {
  toggle(button, isDark(), (dark) => {
    const theme = dark ? "dark" : "light";
    showTheme(theme);
    document.dispatchEvent(new CustomEvent("themechosen", { detail: theme }));
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
