import { signal } from "@preact/signals";

const announced = signal("");

/** Says something to who does not see the page. */
export function announce(text: string): void {
  announced.value = text;
}

export function Announcer() {
  return <output class="visually-hidden">{announced}</output>;
}
