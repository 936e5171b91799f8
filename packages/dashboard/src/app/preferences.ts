import { effect, signal, type Signal } from "@preact/signals";
import { themes, timeModes } from "./choices.ts";

/** What the reader prefers, kept in this browser: nothing of it is a secret. */
export const theme = remember("theme", themes);
export const timeMode = remember("times", timeModes);

effect(() => {
  if (theme.value === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme.value;
});

function remember<Value extends string>(name: string, values: readonly [Value, ...Value[]]): Signal<Value> {
  const key = `vpn-broker.${name}`;
  const kept = read(key);
  const chosen = signal(values.find((value) => value === kept) ?? values[0]);
  effect(() => write(key, chosen.value));
  return chosen;
}

/** A browser may keep nothing, and says so by throwing. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // It counts until the page is left.
  }
}
