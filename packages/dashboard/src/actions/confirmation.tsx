import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Field } from "../parts/field.tsx";
import { texts } from "../texts.ts";
import { chooseAmong, type Target } from "./action.ts";
import type { Ask } from "./ask.ts";
import { TargetTable } from "./target-table.tsx";
import { toId, useRun } from "./use-run.ts";
import type { Preview } from "./use-targets.ts";

interface Props {
  what: Ask;
  preview: Preview;
  isRunning: Signal<boolean>;
  onClose: () => void;
}

/** Exactly what will be touched, the reason for it, and then what became of each. */
export function Confirmation({ what: { action }, preview, isRunning, onClose }: Props) {
  const { fitting, misfits, isWhole } = preview;
  const isOnly = fitting.length === 1;
  const chosen = useSignal<ReadonlySet<string>>(new Set(chooseAmong(action, fitting).map(toId)));
  const { results, run } = useRun(action, isRunning);
  const reason = useSignal("");
  const isMissing = useSignal(false);
  const isOver = results.value.size > 0 && !isRunning.value;
  const input = useRef<HTMLInputElement>(null);
  const closeButton = useRef<HTMLButtonElement>(null);
  // What had the focus before is not there any more.
  useEffect(() => (input.current ?? closeButton.current)?.focus(), [isOver]);
  const all = [...results.value.values()];
  const failed = all.filter(({ kind }) => kind === "failed").length;
  const again = fitting.filter((target) => {
    const result = results.value.get(toId(target));
    return result?.kind === "failed" && result.mayTryAgain;
  });

  function confirm(targets: readonly Target[]) {
    isMissing.value = reason.value.trim() === "";
    if (isMissing.value) input.current?.focus();
    else void run(targets, reason.value.trim());
  }
  const targets = fitting.filter((target) => chosen.value.has(toId(target)));
  const finished = all.filter(({ kind }) => kind !== "running").length;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm(targets);
      }}
    >
      {isWhole ? null : <p class="notice is-unknown">{texts.actions.part}</p>}
      {fitting.length === 0 ? (
        <p class="notice">{texts.actions.nothing[action]}</p>
      ) : (
        <TargetTable
          action={action}
          targets={fitting}
          chosen={chosen}
          results={results.value}
          isFixed={isOnly || isRunning.value || isOver}
        />
      )}
      {misfits.length > 0 ? (
        <details>
          <summary>{texts.actions.leftOut(misfits.length)}</summary>
          <ul>
            {misfits.map(({ target, why }) => (
              <li key={toId(target)}>
                {target.connection.name}: {texts.actions.misfits[why]}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {fitting.length > 0 && results.value.size === 0 ? (
        <Field id="action-reason" label={texts.actions.reason}>
          <input
            id="action-reason"
            ref={input}
            type="text"
            maxLength={500}
            autocomplete="off"
            aria-required="true"
            aria-invalid={isMissing.value}
            aria-describedby="action-reason-help"
            value={reason}
            onInput={({ currentTarget }) => {
              reason.value = currentTarget.value;
              isMissing.value = false;
            }}
          />
          <span id="action-reason-help" class={isMissing.value ? "problem" : "soft"}>
            {texts.actions.reasonHelp}
          </span>
        </Field>
      ) : null}
      {results.value.size > 0 ? (
        <output>
          <progress aria-label={texts.actions.progress} max={results.value.size} value={finished} />{" "}
          {texts.actions.summary(texts.actions.done[action], finished - failed, failed)}
        </output>
      ) : null}
      <div class="dialog-actions">
        {results.value.size === 0 && fitting.length > 0 ? (
          <button type="submit" class="primary" disabled={targets.length === 0}>
            {texts.actions.confirm[action](targets.length)}
          </button>
        ) : null}
        {isOver && again.length > 0 ? (
          <button type="button" onClick={() => confirm(again)}>
            {texts.actions.again(again.length)}
          </button>
        ) : null}
        <button ref={closeButton} type="button" disabled={isRunning.value} onClick={onClose}>
          {isOver ? texts.actions.close : texts.actions.back}
        </button>
      </div>
    </form>
  );
}
