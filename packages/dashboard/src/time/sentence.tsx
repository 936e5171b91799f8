import { Fragment } from "preact";
import { toRequest } from "../app/route.ts";
import { splitSentence } from "./split-sentence.ts";
import { Time } from "./time.tsx";

/** What the API says, with the times in it as the reader wants times, and a way to the requests that it names. */
export function Sentence({ text }: { text: string }) {
  return (
    <>
      {splitSentence(text).map(({ kind, text: part }, index) => (
        <Fragment key={index}>
          {kind === "time" ? (
            <Time at={part} />
          ) : kind === "request" ? (
            <a href={toRequest(part)}>{part.slice(0, 12)}</a>
          ) : (
            part
          )}
        </Fragment>
      ))}
    </>
  );
}
