import type { ComponentChildren } from "preact";

/** What may be wider or longer than its place: it can be scrolled, by keyboard too. */
export function Scroll({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <section class="scroll" aria-label={name} tabIndex={0}>
      {children}
    </section>
  );
}
