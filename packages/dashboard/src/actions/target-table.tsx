import type { Signal } from "@preact/signals";
import { toRequest } from "../app/route.ts";
import { Scroll } from "../parts/scroll.tsx";
import { DeliveryBadge, StatusBadge } from "../parts/status-badge.tsx";
import { texts } from "../texts.ts";
import type { ActionName, Target } from "./action.ts";
import { type Result, toId } from "./use-run.ts";

interface Props {
  action: ActionName;
  targets: readonly Target[];
  chosen: Signal<ReadonlySet<string>>;
  results: ReadonlyMap<string, Result>;
  /** Whether the choice is over. */
  isFixed: boolean;
}

/** Each request that an action would touch, to be chosen or not, and what became of it. */
export function TargetTable({ action, targets, chosen, results, isFixed }: Props) {
  const { columns } = texts.actions;
  const toggle = (id: string) => {
    const next = new Set(chosen.value);
    if (!next.delete(id)) next.add(id);
    chosen.value = next;
  };
  return (
    <Scroll name={texts.actions.touched}>
      <table>
        <caption class="visually-hidden">{texts.actions.touched}</caption>
        <thead>
          <tr>
            <th scope="col">
              <label>
                {isFixed ? null : (
                  <input
                    type="checkbox"
                    aria-label={texts.actions.all}
                    checked={chosen.value.size === targets.length}
                    onChange={({ currentTarget }) => {
                      chosen.value = new Set(currentTarget.checked ? targets.map(toId) : []);
                    }}
                  />
                )}{" "}
                {columns.name}
              </label>
            </th>
            <th scope="col">{results.size > 0 ? columns.before : columns.state}</th>
            <th scope="col">{columns.gateway}</th>
            {results.size > 0 ? <th scope="col">{columns.result}</th> : null}
          </tr>
        </thead>
        <tbody>
          {targets.map(({ connection: { id, name, status, vpnGatewayId, error }, delivery }) => (
            <tr key={id}>
              <th scope="row">
                <label>
                  <input
                    type="checkbox"
                    checked={chosen.value.has(id)}
                    disabled={isFixed}
                    onChange={() => toggle(id)}
                  />{" "}
                  {name} <code class="id">{id.slice(0, 12)}</code>
                </label>
              </th>
              <td>
                {delivery ? <DeliveryBadge state={delivery.state} /> : <StatusBadge status={status} />}
                {delivery ? (
                  <span class="soft block">{texts.deliveries.attempts(delivery.attempts.length)}</span>
                ) : null}
                {error && !delivery ? (
                  <span class="block">
                    <code>{error.code}</code>{" "}
                    {status === "unknown" ? (
                      <strong>{texts.actions.lookFirst}</strong>
                    ) : error.retryable ? null : (
                      <span class="soft">{texts.actions.useless}</span>
                    )}
                  </span>
                ) : null}
              </td>
              <td>
                <code>{vpnGatewayId}</code>
              </td>
              {results.size > 0 ? (
                <td>
                  <ResultText result={results.get(id)} done={texts.actions.done[action]} />{" "}
                  {targets.length > 1 && results.has(id) ? <a href={toRequest(id)}>{texts.actions.watch}</a> : null}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function ResultText({ result, done }: { result: Result | undefined; done: string }) {
  if (!result) return <span class="soft">{texts.actions.results.none}</span>;
  if (result.kind === "failed") return <span class="problem">✕ {result.why}</span>;
  return <>{result.kind === "done" ? `✓ ${done}` : texts.actions.results.running}</>;
}
