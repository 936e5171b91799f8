import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { route } from "../app/router.ts";
import { keepFocus } from "../parts/keep-focus.ts";
import { Loading } from "../parts/message.tsx";
import { texts } from "../texts.ts";
import { type Ask, asked } from "./ask.ts";
import { Confirmation } from "./confirmation.tsx";
import { useTargets } from "./use-targets.ts";

/** The preview of what somebody wants done, over everything else. */
export function ActionDialog() {
  const what = asked.value;
  return what ? <OpenDialog what={what} /> : null;
}

function OpenDialog({ what }: { what: Ask }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { preview, failure } = useTargets(what);
  const isRunning = useSignal(false);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  const opened = useRef(route.value);
  useEffect(() => {
    // Whoever goes elsewhere does not want it any more.
    if (route.value !== opened.current && !isRunning.peek()) close();
  }, [route.value]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="action-title"
      onClose={() => {
        asked.value = undefined;
        // The button that led here may be gone with what was done, now or with the next answer.
        keepFocus();
        setTimeout(keepFocus, 1000);
      }}
      onCancel={(event) => {
        // What is under way is seen to its end.
        if (isRunning.value) event.preventDefault();
      }}
    >
      <h2 id="action-title">{texts.actions.titles[what.action](what.connections?.length === 1)}</h2>
      <p>{texts.actions.effects[what.action]}</p>
      {failure.value === undefined ? null : (
        <p class="notice is-failed" role="alert">
          {failure.value}
        </p>
      )}
      {preview.value ? (
        <Confirmation what={what} preview={preview.value} isRunning={isRunning} onClose={close} />
      ) : (
        <>
          {failure.value === undefined ? <Loading /> : null}
          <div class="dialog-actions">
            <button type="button" onClick={close}>
              {texts.actions.back}
            </button>
          </div>
        </>
      )}
    </dialog>
  );
}
