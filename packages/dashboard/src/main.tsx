import { render } from "preact";
import { App } from "./app/app.tsx";
import { watchActivity } from "./app/session.ts";

const root = document.getElementById("app");
if (!root) throw new Error("the page has no place for the dashboard");
watchActivity();
render(<App />, root);
