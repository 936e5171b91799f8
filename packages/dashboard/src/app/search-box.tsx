import { useEffect, useRef } from "preact/hooks";
import { texts } from "../texts.ts";
import { toSearch } from "./route.ts";
import { goTo } from "./router.ts";

/** Takes any id that a request has met; `/` leads here from wherever nobody is writing. */
export function SearchBox() {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    function focus(event: KeyboardEvent) {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    }
    addEventListener("keydown", focus);
    return () => removeEventListener("keydown", focus);
  }, []);
  function submit(event: SubmitEvent) {
    event.preventDefault();
    const text = input.current?.value.trim() ?? "";
    if (text !== "") goTo(toSearch(text));
  }
  return (
    <search>
      <form class="search" onSubmit={submit}>
        <label for="search" class="visually-hidden">
          {texts.search.label}
        </label>
        <input
          id="search"
          ref={input}
          type="search"
          autocomplete="off"
          spellcheck={false}
          maxLength={256}
          placeholder={texts.search.placeholder}
          aria-keyshortcuts="/"
        />
        <kbd aria-hidden="true">/</kbd>
      </form>
    </search>
  );
}

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.closest("input, textarea, select, dialog") !== null || target.isContentEditable);
