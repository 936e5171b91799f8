import { isPaused, renewAll } from "../api/live.ts";
import { away, answeredAt } from "../api/reach.ts";
import { texts } from "../texts.ts";
import { Time } from "../time/time.tsx";

const marks = { live: "●", paused: "‖", away: "✕" };

/** Says whether the page renews itself, and stops it. */
export function LiveSwitch() {
  const paused = isPaused.value;
  const state = paused ? "paused" : away.value ? "away" : "live";
  return (
    <div class={`live is-${state}`}>
      <span class="live-state">
        <span aria-hidden="true">{marks[state]}</span> {texts.live[state]}
      </span>
      <button
        type="button"
        onClick={() => {
          isPaused.value = !paused;
        }}
      >
        {paused ? texts.live.resume : texts.live.pause}
      </button>
    </div>
  );
}

/** Says that the API does not answer, and of when what is shown is. */
export function AwayNotice() {
  const error = away.value;
  if (!error) return null;
  return (
    <div class="away" role="alert">
      <p>
        <strong>{texts.away.title}</strong>{" "}
        {answeredAt.value === undefined ? null : (
          <>
            {texts.away.shown} <Time at={new Date(answeredAt.value).toISOString()} />.{" "}
          </>
        )}
        {texts.away.again} <span class="soft">{error.message}</span>
      </p>
      <button type="button" onClick={renewAll}>
        {texts.away.now}
      </button>
    </div>
  );
}
