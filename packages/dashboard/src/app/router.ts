import { computed, signal } from "@preact/signals";
import { readRoute } from "./route.ts";

const hash = signal(location.hash);
window.addEventListener("hashchange", () => {
  hash.value = location.hash;
});

export const route = computed(() => readRoute(hash.value));

/** Goes there; with `replace` Back does not lead here again. */
export function goTo(href: string, { replace = false } = {}): void {
  if (!replace) {
    location.hash = href;
    return;
  }
  history.replaceState(null, "", href);
  hash.value = href;
}
