import { ListPage } from "../list/list-page.tsx";
import { SearchPage } from "../list/search-page.tsx";
import { OverviewPage } from "../overview/overview-page.tsx";
import { Announcer } from "../parts/announce.tsx";
import { Empty } from "../parts/message.tsx";
import { RequestPage } from "../request/request-page.tsx";
import { texts } from "../texts.ts";
import { mayRead } from "./reach-of-key.ts";
import { toOverview } from "./route.ts";
import { route } from "./router.ts";
import { holder } from "./session.ts";
import { Shell } from "./shell.tsx";
import { SignIn } from "./sign-in.tsx";

export function App() {
  return (
    <>
      {holder.value ? (
        <Shell>
          <Page />
        </Shell>
      ) : (
        <SignIn />
      )}
      <Announcer />
    </>
  );
}

function Page() {
  const here = route.value;
  if (!mayRead.value) {
    return (
      <Empty title={texts.noReading.title}>
        <p>{texts.noReading.advice}</p>
      </Empty>
    );
  }
  switch (here.page) {
    case "overview":
      return <OverviewPage query={here.query} />;
    case "requests":
      return <ListPage query={here.query} />;
    case "search":
      return <SearchPage id={here.query.get("q") ?? ""} />;
    case "request":
      return <RequestPage key={here.id} id={here.id} />;
    case "nowhere":
      return (
        <Empty title={texts.nowhere.title}>
          <p>
            <a href={toOverview()}>{texts.nowhere.action}</a>
          </p>
        </Empty>
      );
  }
}
