import axe from "axe-core";
import type { Page } from "playwright-core";

interface Finding {
  id: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** What axe-core finds on the page as it is, by every rule that it has, and whether it is wider than its window. */
export async function findFlaws(page: Page): Promise<string[]> {
  // The page's policy would refuse it as a script of the page.
  await page.evaluate(axe.source);
  const findings = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: Finding[] }> } };
    return (await axe.run()).violations;
  });
  const tooWide = await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  return [
    ...findings.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} ${failureSummary}`).join("; ")}`,
    ),
    ...(tooWide > 0 ? [`${tooWide} pixels wider than its window`] : []),
  ];
}
