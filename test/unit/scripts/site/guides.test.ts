import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { attentionReasons } from "../../../../functions/domain/connections/attention-reasons.ts";
import { groupReasons } from "../../../../functions/domain/connections/group-attention.ts";
import { matches } from "../../../../functions/domain/connections/matches.ts";
import { maxWaitSeconds, quotaLimits, shares, webhookAttemptSeconds } from "../../../../functions/domain/limits.ts";
import { capabilities } from "../../../../functions/domain/provider/capabilities.ts";
import { longestWindowHours } from "../../../../functions/domain/stats/get-stats.ts";
import { defaultRateLimit } from "../../../../functions/domain/tenants/tenant.ts";
import { permissions as alibaba } from "../../../../functions/providers/alibaba/permissions.ts";
import { permissions as tencent } from "../../../../functions/providers/tencent/permissions.ts";
import { nextPause } from "../../../../functions/webhooks/schedule.ts";
import { AlibabaCloud } from "../../../../packages/simulators/src/alibaba/cloud.ts";
import { faultSchema } from "../../../../packages/simulators/src/faults.ts";
import { TencentCloud } from "../../../../packages/simulators/src/tencent/cloud.ts";
import { readGuide } from "../../../../scripts/site/read-guide.ts";
import { read, useSite } from "../../../support/use-site.ts";

const { root, textOf, ofType } = useSite();

describe("the guides", () => {
  const samples = readdirSync(join(root, "docs/site/samples"));

  it.each(samples)("show the sample %s whole, as a page and as Markdown", (name) => {
    const sample = readFileSync(join(root, "docs/site/samples", name), "utf8").trimEnd();
    const written = ofType("text/markdown").filter(({ body }) => String(body).includes(` title=${name}\n${sample}\n`));
    expect(written).toHaveLength(1);
    const pages = ofType("text/html").map(({ body }) => read(String(body)).replaceAll(" ", ""));
    expect(pages.filter((page) => page.includes(sample.replaceAll(/\s/g, "")))).toHaveLength(1);
  });

  it("have no empty block", () => {
    for (const { path, body } of ofType("text/html")) expect(String(body), path).not.toMatch(/<code>\s*<\/code>/);
    for (const { path, body } of ofType("text/markdown")) expect(String(body), path).not.toMatch(/^```.+\n\s*```$/m);
  });

  it.each([
    ["```ts file=samples/none.ts\n\n```", /ENOENT.*none\.ts/],
    ["```ts file=samples/empty.ts\n```", /a\.md includes samples\/empty\.ts, which is empty/],
    ["```ts file=samples/empty.ts lines=3\n\n```", /a\.md has a block without anything in it: ```ts file/],
  ])("are not built with %j", (block, error) => {
    const folder = mkdtempSync(join(tmpdir(), "guide-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, "samples"));
    writeFileSync(join(folder, "samples/empty.ts"), "\n");
    writeFileSync(join(folder, "a.md"), `# Title\n\nWords.\n\n${block}\n`);
    expect(() => readGuide(folder, { source: "a.md", path: "/docs/a", group: "Guides" })).toThrow(error);
  });

  it("tell each id that a request is found by, and each reason to look at one", () => {
    for (const told of [...matches, ...attentionReasons, ...groupReasons]) {
      expect(textOf("/docs/finding.md")).toContain(`\`${told}\``);
    }
    expect(textOf("/docs/finding.md").replaceAll(/\s+/g, " ")).toContain(
      `A window is \`1h\` to \`${longestWindowHours}h\`, or \`1d\` to \`${longestWindowHours / 24}d\`.`,
    );
  });

  it("tell the limits that the broker has", () => {
    const { waits, dryRunRate, dryRuns, dryRunQueue, revealRate, exampleRate, examples } = quotaLimits;
    const limits = textOf("/docs/limits.md").replaceAll(/ +/g, " ");
    const words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    const { perSecond, burst } = defaultRateLimit;
    const apart = [...new Set([shares.providerApi, shares.secretsApi, shares.exampleApi])];
    for (const told of [
      `| ${perSecond} a second, ${burst} at once`,
      `| ${shares.api}, unless the operators gave fewer; besides, ${apart.join()} each of dry runs`,
      `| ${maxWaitSeconds} seconds; ${words[waits.max]} such calls of one key at once`,
      `| ${dryRunRate.max} a minute for one key; ${words[dryRuns.max]} under way and ${words[dryRunQueue.max - dryRuns.max]} waiting`,
      `| ${revealRate.max} a minute for one key`,
      `| ${exampleRate.max} a minute for one key; ${words[examples.max]} at once`,
    ]) {
      expect(limits).toContain(told);
    }
  });

  it("tell each way in which a simulated vendor misbehaves, and each action that the broker calls", () => {
    const page = textOf("/docs/local.md");
    const rows = [...page.slice(page.indexOf("| `kind`")).matchAll(/^\| `([\w-]+)` +\|(.*)$/gm)].slice(1);
    const kinds = faultSchema.options.map(({ shape }) => shape.kind.value);
    expect(rows.map(([, kind]) => kind ?? "").toSorted()).toEqual(kinds.toSorted());
    const common = ["action", "kind", "times", "gatewayId"];
    for (const { shape } of faultSchema.options) {
      const told = rows.find(([, kind]) => kind === shape.kind.value)?.[2];
      for (const member of Object.keys(shape)) {
        if (common.includes(member)) expect(page).toContain(`\`${member}\``);
        // Of two with the same settings the second says so.
        else if (!told?.includes("the same")) expect(told).toContain(`\`${member}\``);
      }
    }
    const lines = page.replaceAll(/\n +/g, " ");
    const cloudDeps = { now: () => 0, random: () => 0 };
    for (const [title, permissions, cloud] of [
      [capabilities.alibaba.title, alibaba, new AlibabaCloud(cloudDeps)],
      [capabilities.tencent.title, tencent, new TencentCloud(cloudDeps)],
    ] as const) {
      const actions = Object.keys(permissions);
      expect(lines).toContain(`- ${title}: ${actions.map((action) => `\`${action}\``).join(", ")}.`);
      expect(actions.filter((action) => !cloud.actions.includes(action))).toEqual([]);
    }
  });

  it("tell how the tunnels are watched after the end", () => {
    const page = textOf("/docs/statuses.md").replaceAll(/\s+/g, " ");
    const workflow = readFileSync(join(root, "workflows/watch-tunnels.asl.json"), "utf8");
    expect(workflow).toMatch(
      /\["StillNegotiating"\],\s*"IntervalSeconds": 10,\s*"BackoffRate": 1.5,\s*"MaxDelaySeconds": 120,/,
    );
    expect(page).toContain("after 10 seconds, then in pauses that grow to two minutes");
  });

  it("tell the schedule of webhooks", () => {
    const pauses = Array.from({ length: 8 }, (_, index) => nextPause(index + 1, 0)).filter(
      (pause) => pause !== undefined,
    );
    const units = [
      ["h", 3600],
      ["min", 60],
      ["s", 1],
    ] as const;
    const words = pauses.map((seconds) => {
      const [unit, size] = units.find(([, one]) => seconds >= one) ?? ["s", 1];
      return `${seconds / size} ${unit}`;
    });
    const page = textOf("/docs/webhooks.md").replaceAll(/\s+/g, " ");
    expect(page).toContain(`eight attempts over 27 hours, after ${words.join(", ")}.`);
    expect(page).toContain(`within ${webhookAttemptSeconds} seconds`);
    expect(pauses).toHaveLength(7);
  });
});
