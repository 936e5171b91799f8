export interface Part {
  kind: "words" | "time" | "request";
  text: string;
}

const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z`;
/** The broker's ids are base32 of that length. */
const request = "(?<![A-Za-z0-9_-])[a-z2-7]{26}(?![A-Za-z0-9_-])";
const named = new RegExp(`(${time}|${request})`);

/** A sentence of the API's, with the times and the requests in it apart from its words. */
export function splitSentence(text: string): Part[] {
  return text
    .split(named)
    .map((part, index): Part => {
      if (index % 2 === 0) return { kind: "words", text: part };
      return { kind: part.includes(":") ? "time" : "request", text: part };
    })
    .filter((part) => part.text !== "");
}
