import { useSignal } from "@preact/signals";
import { texts } from "../texts.ts";
import { announce } from "./announce.tsx";

/** Puts a text on the clipboard, and says so. */
export function CopyButton({ text, name }: { text: string; name: string }) {
  const isCopied = useSignal(false);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      isCopied.value = true;
      announce(texts.copy.done(name));
      setTimeout(() => {
        isCopied.value = false;
      }, 1500);
    } catch {
      announce(texts.copy.failed);
    }
  }
  return (
    <button type="button" class="copy" aria-label={texts.copy.button(name)} onClick={() => void copy()}>
      {isCopied.value ? texts.copy.short.done : texts.copy.short.button}
    </button>
  );
}

/** An id in full, with a button to copy it. */
export function CopyableId({ text, name }: { text: string; name: string }) {
  return (
    <span class="copyable">
      <code>{text}</code> <CopyButton text={text} name={name} />
    </span>
  );
}
