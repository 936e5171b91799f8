import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { ActionDialog } from "../actions/action-dialog.tsx";
import { texts } from "../texts.ts";
import { AwayNotice, LiveSwitch } from "./live-switch.tsx";
import { toOverview, toRequests } from "./route.ts";
import { route } from "./router.ts";
import { SearchBox } from "./search-box.tsx";
import { Settings } from "./settings.tsx";

/** What is around every page. */
export function Shell({ children }: { children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  const here = route.value;
  const { page } = here;
  const place = here.page === "request" ? here.id : page;
  const before = useRef(place);
  useLayoutEffect(() => {
    if (before.current === place) return;
    before.current = place;
    // The list goes back to where it was read by itself.
    if (page !== "requests") scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [place]);
  const current = (isHere: boolean) => (isHere ? "page" : undefined);
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {texts.shell.skip}
      </button>
      <header class="top">
        <a class="brand" href={toOverview()}>
          {texts.brand}
        </a>
        <nav aria-label={texts.shell.navigation}>
          <a href={toOverview()} aria-current={current(page === "overview")}>
            {texts.overview.title}
          </a>
          <a href={toRequests()} aria-current={current(page === "requests")}>
            {texts.list.title}
          </a>
        </nav>
        <SearchBox />
        <LiveSwitch />
        <Settings />
      </header>
      <AwayNotice />
      <main ref={main} id="main" tabIndex={-1}>
        {children}
      </main>
      <ActionDialog />
    </>
  );
}
