import type { Connection } from "@vpn-broker/client";
import { Fragment } from "preact";
import { texts } from "../texts.ts";
import { compareParameters } from "./parameters.ts";

/** What was asked for beside what the vendor says of it; what differs is marked, and in words. */
export function ParameterTable({ connection }: { connection: Connection }) {
  const parameters = compareParameters(connection);
  const differing = parameters.filter(({ differs }) => differs).length;
  const others = parameters.filter(({ isOther }) => isOther).length;
  const hasVendor = connection.reported !== undefined || differing > 0;
  const hasPeer = parameters.some(({ peer }) => peer !== undefined);
  const { columns } = texts.parameters;
  return (
    <section aria-labelledby="parameters-title">
      <div class="section-head">
        <h2 id="parameters-title">{texts.parameters.title}</h2>
        <span class={differing + others > 0 ? "problem" : "soft"}>{texts.parameters.differing(differing, others)}</span>
      </div>
      {connection.reported ? <p class="soft">{texts.parameters.empty}</p> : null}
      <table class="parameters">
        <caption class="visually-hidden">{texts.parameters.title}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.asked}</th>
            {hasVendor ? <th scope="col">{columns.vendor}</th> : null}
            {hasPeer ? <th scope="col">{columns.peer}</th> : null}
          </tr>
        </thead>
        <tbody>
          {parameters.map(({ path, asked, reported, peer, differs, isOther }) => (
            <tr key={path} class={differs || isOther ? "is-differing" : ""}>
              <th scope="row">
                <code>
                  {path.split(".").map((part, index) => (
                    <Fragment key={index}>
                      {index === 0 ? null : "."}
                      <wbr />
                      {part}
                    </Fragment>
                  ))}
                </code>
              </th>
              <td>{asked}</td>
              {hasVendor ? (
                <td>
                  {reported}{" "}
                  {differs || isOther ? (
                    <strong class="problem">≠ {isOther ? texts.parameters.other : texts.parameters.differs}</strong>
                  ) : null}
                </td>
              ) : null}
              {hasPeer ? <td>{peer}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
