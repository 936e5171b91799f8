import type { Signal } from "@preact/signals";
import { texts } from "../texts.ts";
import { Time } from "../time/time.tsx";
import { themes, timeModes } from "./choices.ts";
import { theme, timeMode } from "./preferences.ts";
import { holder, signOut } from "./session.ts";

/** How the reader wants times and colours, who is signed in, and the way out. */
export function Settings() {
  const { tenant, name, scopes = [], expiresAt } = holder.value ?? {};
  return (
    <div class="menu">
      <button type="button" popovertarget="settings">
        {texts.settings.title}
      </button>
      <div id="settings" class="menu-body" popover="auto">
        <Choice
          name="times"
          label={texts.settings.times}
          values={timeModes}
          names={texts.settings.timeModes}
          chosen={timeMode}
        />
        <Choice
          name="theme"
          label={texts.settings.theme}
          values={themes}
          names={texts.settings.themes}
          chosen={theme}
        />
        <p class="soft">
          {texts.settings.signedIn(name, tenant)}
          <br />
          {scopes.join(", ")}
          {expiresAt === undefined ? null : (
            <>
              <br />
              {texts.settings.expires} <Time at={expiresAt} />
            </>
          )}
        </p>
        <button type="button" onClick={() => signOut("signed-out")}>
          {texts.settings.signOut}
        </button>
      </div>
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  name: string;
  label: string;
  values: readonly Value[];
  names: Readonly<Record<Value, string>>;
  chosen: Signal<Value>;
}

function Choice<Value extends string>({ name, label, values, names, chosen }: ChoiceProps<Value>) {
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {values.map((value) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={chosen.value === value}
            onChange={() => {
              chosen.value = value;
            }}
          />
          <span>{names[value]}</span>
        </label>
      ))}
    </fieldset>
  );
}
