import { Choice } from "../parts/choice.tsx";
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
          toText={(mode) => texts.settings.timeModes[mode]}
          chosen={timeMode.value}
          onChoose={(mode) => {
            timeMode.value = mode;
          }}
        />
        <Choice
          name="theme"
          label={texts.settings.theme}
          values={themes}
          toText={(one) => texts.settings.themes[one]}
          chosen={theme.value}
          onChoose={(one) => {
            theme.value = one;
          }}
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
