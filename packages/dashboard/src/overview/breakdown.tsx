import type { Stats } from "@vpn-broker/client";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { texts } from "../texts.ts";
import { total } from "./chart-scale.ts";
import { percent } from "./percent.ts";
import { toList } from "./whose.ts";

/** By which codes and where requests ended within the window, and which hosts do not take their webhooks now. */
export function Breakdown({ stats: { errors, regions, failingWebhooks } }: { stats: Stats }) {
  const words = texts.breakdown;
  const requests: Column = { name: words.requests, isNumber: true };
  return (
    <div class="columns">
      <Part
        id="errors"
        title={words.errors}
        none={words.noErrors}
        columns={[{ name: words.code }, { name: words.vendor }, requests]}
        rows={errors.map(({ code, provider, count }) => ({
          key: `${code} ${provider}`,
          cells: [<a href={toList({ errorCode: code, provider })}>{code}</a>, texts.providers[provider], count],
        }))}
      />
      <Part
        id="regions"
        title={words.regions}
        none={words.noRegions}
        columns={[{ name: words.region }, requests, { name: texts.charts.successRate, isNumber: true }]}
        rows={regions.map(({ provider, region, ended, successRate }) => ({
          key: `${provider} ${region}`,
          cells: [
            <a href={toList({ provider, region })}>
              {texts.providers[provider]}, {region}
            </a>,
            total(ended),
            percent(successRate),
          ],
        }))}
      />
      <Part
        id="hosts"
        title={words.hosts}
        none={words.noHosts}
        columns={[{ name: words.host }, requests]}
        rows={failingWebhooks.map(({ host, requests: count }) => ({ key: host, cells: [host, count] }))}
      />
    </div>
  );
}

type PartProps = Omit<Parameters<typeof DataTable>[0], "caption"> & { id: string; title: string; none: string };

function Part({ id, title, none, columns, rows }: PartProps) {
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {rows.length === 0 ? <p class="soft">{none}</p> : <DataTable caption={title} columns={columns} rows={rows} />}
    </section>
  );
}
