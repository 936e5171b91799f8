import { useSignal } from "@preact/signals";
import { VpnBrokerError } from "@vpn-broker/client";
import { useEffect, useRef } from "preact/hooks";
import { texts } from "../texts.ts";
import { apiUrl, ending, isRefusal, signIn } from "./session.ts";

/** Asks for an API key. It goes nowhere but to the API, and is kept for as long as this tab is. */
export function SignIn() {
  const problem = useSignal("");
  const isBusy = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    document.title = texts.signIn.documentTitle;
    input.current?.focus();
  }, []);
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const apiKey = input.current?.value.trim() ?? "";
    if (apiKey === "") {
      problem.value = texts.signIn.missing;
      return;
    }
    isBusy.value = true;
    problem.value = "";
    try {
      await signIn(apiKey);
    } catch (error) {
      problem.value = explain(error);
      input.current?.focus();
    }
    isBusy.value = false;
  }
  return (
    <main class="sign-in">
      <h1>{texts.brand}</h1>
      {ending.value ? <output class="notice block">{texts.signIn.endings[ending.value]}</output> : null}
      <form onSubmit={(event) => void submit(event)} aria-busy={isBusy.value}>
        <label for="api-key">{texts.signIn.key}</label>
        <input
          id="api-key"
          ref={input}
          type="password"
          autocomplete="off"
          spellcheck={false}
          aria-describedby="api-key-help api-key-problem"
          aria-invalid={problem.value !== ""}
        />
        <p id="api-key-problem" class="problem" role="alert">
          {problem.value}
        </p>
        <button type="submit" class="primary" disabled={isBusy.value}>
          {isBusy.value ? texts.signIn.busy : texts.signIn.button}
        </button>
      </form>
      <p id="api-key-help" class="soft">
        {texts.signIn.help}
      </p>
      <p class="soft">{texts.signIn.api(apiUrl)}</p>
    </main>
  );
}

function explain(error: unknown): string {
  if (isRefusal(error)) return texts.signIn.refused;
  if (error instanceof TypeError) return texts.signIn.malformed;
  return error instanceof VpnBrokerError ? texts.signIn.failed(error.message) : texts.signIn.failed(String(error));
}
