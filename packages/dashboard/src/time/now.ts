import { signal } from "@preact/signals";
import { isPaused, isVisible } from "../api/live.ts";

/** The time for what is told relative to it, in milliseconds, as long as somebody looks at what is not paused. */
export const now = signal(Date.now());
setInterval(() => {
  if (isVisible.value && !isPaused.value) now.value = Date.now();
}, 1000);
