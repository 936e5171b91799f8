import { signal } from "@preact/signals";
import { isVisible } from "../api/live.ts";

/** The time for what is told relative to it, in milliseconds, as long as somebody looks. */
export const now = signal(Date.now());
setInterval(() => {
  if (isVisible.value) now.value = Date.now();
}, 1000);
