import { type CatalogueEntry, createErrorCatalogue } from "../../functions/contract/error-catalogue.ts";
import type { Retry } from "../../functions/contract/error-meaning.ts";
import { problems } from "../../functions/contract/problems.ts";
import type { ProblemCode } from "../../functions/domain/errors.ts";
import { capabilities } from "../../functions/domain/provider/capabilities.ts";
import { providers } from "../../functions/domain/values.ts";
import { loadErrorTables } from "../../functions/providers/error-tables.ts";
import type { Page } from "./page.ts";
import { plain } from "./plain.ts";

const retryText: Record<Retry, string> = {
  safe: "**Safe.** The same request may be sent or redriven as it is.",
  useless: "**Useless** until something has changed; it does no harm.",
  "check-first": "**Check first:** only after a look at the vendor.",
};
const retryWord: Record<Retry, string> = { safe: "safe", useless: "useless", "check-first": "check first" };

/** The lists of codes for the page of errors, and a page for each code. */
export async function writeErrors(): Promise<{ lists: string; pages: Page[] }> {
  const catalogue = createErrorCatalogue(await loadErrorTables());
  return { lists: writeLists(catalogue), pages: catalogue.map(writePage) };
}

function writeLists(catalogue: readonly CatalogueEntry[]): string {
  const of = (kind: CatalogueEntry["kind"]) => catalogue.filter((entry) => entry.kind === kind);
  return [
    "## Problems",
    "The `code` of an answer that is not a success.",
    "| Code | Status | Again | Meaning |\n| --- | --- | --- | --- |",
    ...of("problem").map(
      (entry) => `| ${linkTo(entry)} | ${statusOf(entry)} | ${retryWord[entry.retry]} | ${plain(entry.meaning)} |`,
    ),
    "## Job errors",
    "The `error.code` of a request that did not end well.",
    "| Code | Again | Meaning |\n| --- | --- | --- |",
    ...of("job").map((entry) => `| ${linkTo(entry)} | ${retryWord[entry.retry]} | ${plain(entry.meaning)} |`),
    "## Vendor codes",
    "`error.providerCode` is the vendor's own code. Each one leads to the code of the broker's that it stands behind.",
    ...providers.flatMap((provider) => [
      `### ${capabilities[provider].title} {#${provider}}`,
      catalogue
        .flatMap((entry) => entry.vendorCodes.map((vendorCode) => ({ entry, vendorCode })))
        .filter(({ vendorCode }) => vendorCode.provider === provider)
        .map(
          ({ entry, vendorCode: { code } }) =>
            `- \`${code}\`: [${entry.code}](/docs/errors/${entry.code}#${idOf(provider, code)})`,
        )
        .toSorted()
        .join("\n"),
    ]),
  ]
    .join("\n\n")
    .replaceAll("|\n\n|", "|\n|");
}

const linkTo = ({ code }: CatalogueEntry) => `[\`${code}\`](/docs/errors/${code})`;
const statusOf = ({ code }: CatalogueEntry) => problems[code as ProblemCode].status;
const idOf = (provider: string, code: string) => `${provider}-${code}`;

function writePage(entry: CatalogueEntry): Page {
  const { code, kind, meaning, fix, retry, vendorCodes } = entry;
  const what =
    kind === "problem"
      ? `A [problem](/docs/errors#problems), answered with HTTP status ${statusOf(entry)}.`
      : "A [job error](/docs/errors#job-errors): the `error.code` of a request.";
  const vendors = providers.flatMap((provider) => {
    const codes = vendorCodes.filter((one) => one.provider === provider);
    if (codes.length === 0) return [];
    return [
      `### ${capabilities[provider].title}`,
      ...codes.map((one) => `#### \`${one.code}\` {#${idOf(provider, one.code)}}\n\n${plain(one.advice)}`),
    ];
  });
  const markdown = [
    `# ${code}`,
    plain(meaning),
    what,
    `## What to do`,
    plain(fix),
    `## Sending it again`,
    retryText[retry],
    ...(vendors.length > 0
      ? [
          "## The vendors' codes behind it",
          "`error.providerCode` is one of these; `error.advice` is what stands under it.",
          ...vendors,
        ]
      : []),
    "[All errors](/docs/errors)",
  ].join("\n\n");
  return { path: `/docs/errors/${code}`, title: code, description: meaning, markdown };
}
