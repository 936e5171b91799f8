// What a page can do beyond being read: copy, search, change its colours. No HTML is made from text.
const root = document.documentElement;

for (const figure of document.querySelectorAll("figure.code:not(.drawing)")) {
  const button = make("button", { type: "button", className: "copy", textContent: "Copy" });
  button.addEventListener("click", async () => {
    const text = figure.querySelector("code")?.textContent ?? "";
    button.textContent = (await copy(text)) ? "Copied" : "Not copied";
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  figure.append(button);
}

/** Outside https and this computer a browser has no clipboard; a selection that is copied will do. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", { value: text, readOnly: true, className: "visually-hidden" });
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

const themeButton = document.querySelector("button.theme");
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const theme = () => root.dataset.theme ?? (prefersDark.matches ? "dark" : "light");
const nameTheme = () => (themeButton.textContent = theme() === "dark" ? "Light" : "Dark");
themeButton.hidden = false;
themeButton.addEventListener("click", () => {
  root.dataset.theme = theme() === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch {
    // It then lasts as long as the page.
  }
  nameTheme();
});
prefersDark.addEventListener("change", nameTheme);
nameTheme();

const search = document.querySelector(".search");
const input = search.querySelector("input");
const results = search.querySelector("ul");
const state = search.querySelector("[role=status]");
let loading;
search.hidden = false;

/** Loaded once, when somebody first wants it. */
const load = () =>
  (loading ??= fetch(search.dataset.index)
    .then((response) => response.json())
    .catch(() => {
      loading = undefined;
      return [];
    }));

input.addEventListener("focus", () => {
  void load();
});
input.addEventListener("input", () => {
  void show();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    input.focus();
    input.select();
  }
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  if (event.key === "Enter" && event.target === input) results.querySelector("a")?.click();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const places = [input, ...results.querySelectorAll("a")];
  places[(places.indexOf(document.activeElement) + step + places.length) % places.length]?.focus();
});
document.addEventListener("click", (event) => {
  if (!search.contains(event.target)) results.hidden = true;
});
results.addEventListener("click", () => {
  results.hidden = true;
});

function close() {
  input.value = "";
  results.hidden = true;
  input.blur();
}

async function show() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const entries = await load();
  const found = entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, 12);
  results.replaceChildren(...found.map(({ entry }) => toItem(entry)));
  results.hidden = words.length === 0;
  if (words.length > 0 && found.length === 0) {
    results.replaceChildren(make("li", { textContent: "Nothing found", className: "nothing" }));
  }
  state.textContent = words.length === 0 ? "" : `${found.length} results`;
}

/** Every word must be somewhere; in a heading it counts most, and most of all where it is the heading. */
function scoreOf([, page, heading, text], words) {
  let score = 0;
  for (const word of words) {
    const title = heading.toLowerCase();
    if (title === word) score += 40;
    else if (title.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))) score += 12;
    else if (title.includes(word)) score += 8;
    else if (page.toLowerCase().includes(word)) score += 5;
    else if (text.toLowerCase().includes(word)) score += 1;
    else return 0;
  }
  return score;
}

function toItem([path, page, heading, text]) {
  const link = make("a", { href: `${search.dataset.root}${path}` });
  const where = heading === page ? page : `${page} › ${heading}`;
  link.append(make("strong", { textContent: where }), make("span", { textContent: text.slice(0, 110) }));
  const item = make("li", {});
  item.append(link);
  return item;
}

function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
