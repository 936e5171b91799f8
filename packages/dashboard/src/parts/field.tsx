import type { ComponentChildren } from "preact";

/** A control under its name; the name is said to be of the control by its id, so that it is nothing but the name. */
export function Field({ id, label, children }: { id: string; label: string; children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
    </div>
  );
}
