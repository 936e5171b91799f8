import { Fragment } from "preact";
import { Time } from "./time.tsx";

const times = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/;

/** What the API says, with the times in it as the reader wants times. */
export function Sentence({ text }: { text: string }) {
  return (
    <>
      {text.split(times).map((part, index) => (
        <Fragment key={index}>{index % 2 === 1 ? <Time at={part} /> : part}</Fragment>
      ))}
    </>
  );
}
