import { computed, signal } from "@preact/signals";
import { readRoute } from "./route.ts";

// The browser would restore a place before there is anything at it.
history.scrollRestoration = "manual";

const hash = signal(location.hash);
let scrolled = 0;
window.addEventListener("hashchange", () => {
  scrolled = scrollY;
  hash.value = location.hash;
});

export const route = computed(() => readRoute(hash.value));

/** How far down the page was that was left last: once it is gone nobody can tell. */
export const scrolledBefore = (): number => scrolled;

/** Goes there; with `replace` Back does not lead here again. */
export function goTo(href: string, { replace = false } = {}): void {
  if (!replace) {
    location.hash = href;
    return;
  }
  history.replaceState(null, "", href);
  hash.value = href;
}
