import type { VpnBrokerError } from "@vpn-broker/client";
import { useEffect, useRef } from "preact/hooks";
import { Field } from "../parts/field.tsx";
import { texts } from "../texts.ts";
import { type Filters, type textFilters, withFilter } from "./filters.ts";
interface Props {
  name: (typeof textFilters)[number] | "tenant";
  filters: Filters;
  /** What the API said to the filters. */
  error?: VpnBrokerError | undefined;
  onChange: (filters: Filters, isTyping: boolean) => void;
}

const typingMilliseconds = 350;

/** A filter that is written: it counts once the writer pauses. */
export function TextFilter({ name, filters, error, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef(0);
  const latest = useRef({ filters, onChange });
  latest.current = { filters, onChange };
  const value = filters[name] ?? "";
  // The address may say otherwise by now, but never to who is writing.
  useEffect(() => {
    if (input.current && document.activeElement !== input.current) input.current.value = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  function apply() {
    clearTimeout(timer.current);
    const text = input.current?.value.trim() ?? "";
    const now = latest.current;
    if (text !== (now.filters[name] ?? "")) now.onChange(withFilter(now.filters, name, text), true);
  }
  function wait() {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(apply, typingMilliseconds);
  }
  const flaw = error?.errors?.find(({ pointer }) => pointer === `/${name}`)?.detail;
  return (
    <Field id={`filter-${name}`} label={texts.filters[name]}>
      <input
        id={`filter-${name}`}
        ref={input}
        type="text"
        name={name}
        autocomplete="off"
        spellcheck={false}
        maxLength={128}
        placeholder={name === "tenant" ? texts.filters.allTenants : texts.filters.whole}
        aria-invalid={flaw !== undefined}
        aria-describedby={`flaw-${name}`}
        defaultValue={value}
        onInput={wait}
        onChange={apply}
      />
      {flaw === undefined ? null : (
        <span id={`flaw-${name}`} class="problem">
          {flaw}
        </span>
      )}
    </Field>
  );
}
