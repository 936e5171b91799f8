import type { Stats } from "@vpn-broker/client";
import { toRequests } from "../app/route.ts";
import { writeFilters } from "../list/filters.ts";
import { texts } from "../texts.ts";
import { total } from "./chart-scale.ts";

/** Where and by which codes requests ended within the window. */
export function Breakdown({ stats: { errors, regions } }: { stats: Stats }) {
  return (
    <div class="columns">
      <section aria-labelledby="errors-title">
        <h2 id="errors-title">{texts.breakdown.errors}</h2>
        {errors.length === 0 ? (
          <p class="soft">{texts.breakdown.noErrors}</p>
        ) : (
          <table>
            <caption class="visually-hidden">{texts.breakdown.errors}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.breakdown.code}</th>
                <th scope="col">{texts.breakdown.vendor}</th>
                <th scope="col" class="number">
                  {texts.breakdown.requests}
                </th>
              </tr>
            </thead>
            <tbody>
              {errors.map(({ code, provider, count }) => (
                <tr key={`${code} ${provider}`}>
                  <th scope="row">
                    <a href={toRequests(writeFilters({ errorCode: code, provider }))}>{code}</a>
                  </th>
                  <td>{texts.providers[provider]}</td>
                  <td class="number">{count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section aria-labelledby="regions-title">
        <h2 id="regions-title">{texts.breakdown.regions}</h2>
        {regions.length === 0 ? (
          <p class="soft">{texts.breakdown.noRegions}</p>
        ) : (
          <table>
            <caption class="visually-hidden">{texts.breakdown.regions}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.breakdown.region}</th>
                <th scope="col" class="number">
                  {texts.breakdown.requests}
                </th>
                <th scope="col" class="number">
                  {texts.charts.successRate}
                </th>
              </tr>
            </thead>
            <tbody>
              {regions.map(({ provider, region, ended, successRate }) => (
                <tr key={`${provider} ${region}`}>
                  <th scope="row">
                    <a href={toRequests(writeFilters({ provider, region }))}>
                      {texts.providers[provider]}, {region}
                    </a>
                  </th>
                  <td class="number">{total(ended)}</td>
                  <td class="number">
                    {successRate === undefined ? "–" : `${Number((successRate * 100).toFixed(1))} %`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </div>
  );
}
