import { useEffect, useRef } from "preact/hooks";
import { texts } from "../texts.ts";
import { toSearch } from "./route.ts";
import { goTo, route } from "./router.ts";

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
  const here = route.value;
  const isFound = useRef(false);
  useEffect(() => {
    if (!input.current) return;
    // What was searched for stays in sight on the page that it led to, and no further.
    if (here.page === "search") input.current.value = here.query.get("q") ?? "";
    else if (!isFound.current || here.page !== "request") input.current.value = "";
    isFound.current = here.page === "search";
  }, [here]);
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
          placeholder={texts.search.label}
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
