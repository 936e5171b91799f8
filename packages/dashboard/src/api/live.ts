import { effect, signal } from "@preact/signals";

/** Whether the reader has stopped everything that renews itself. */
export const isPaused = signal(false);

export const isVisible = signal(document.visibilityState === "visible");
document.addEventListener("visibilitychange", () => {
  isVisible.value = document.visibilityState === "visible";
});

/** Raised to have everything asked for anew at once. */
const nudges = signal(0);
export function renewAll(): void {
  nudges.value += 1;
}

/**
 * Resolves when the time has passed and somebody looks at the page that is not paused, at once when all is to be renewed,
 * and when the signal is aborted.
 */
export function untilDue(milliseconds: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const isDue = signal(false);
    const before = nudges.value;
    const timer = setTimeout(() => {
      isDue.value = true;
    }, milliseconds);
    const stop = effect(() => {
      if (nudges.value !== before || (isDue.value && isVisible.value && !isPaused.value)) end();
    });
    function end() {
      clearTimeout(timer);
      stopped.removeEventListener("abort", end);
      resolve();
      // Not within the effect itself.
      queueMicrotask(() => stop());
    }
    stopped.addEventListener("abort", end);
    if (stopped.aborted) end();
  });
}

/** A signal that is aborted with the given one, and as soon as nobody looks any more. */
export function whileLooking(stopped: AbortSignal): { looking: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  stopped.addEventListener("abort", abort);
  const stop = effect(() => {
    if (!isVisible.value || isPaused.value) abort();
  });
  return {
    looking: controller.signal,
    end: () => {
      stop();
      stopped.removeEventListener("abort", abort);
    },
  };
}
