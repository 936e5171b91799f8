import type { Provider, RequestErrorCode, Status, VpnBrokerError } from "@vpn-broker/client";
import { errorCodes, providers, statuses } from "../api/values.ts";
import { timeMode } from "../app/preferences.ts";
import { isOperator } from "../app/reach-of-key.ts";
import { Field } from "../parts/field.tsx";
import { texts } from "../texts.ts";
import { fromInput, toInput } from "../time/format-time.ts";
import { countFilters, type Filters, textFilters, timeFilters, withFilter } from "./filters.ts";
import { TextFilter } from "./text-filter.tsx";

interface Props {
  filters: Filters;
  error: VpnBrokerError | undefined;
  /** Called with each change at once; `isTyping` where more of it is likely to come. */
  onChange: (filters: Filters, isTyping: boolean) => void;
}

/** Every filter of the API. There is no button: what is chosen counts. */
export function FilterBar({ filters, error, onChange }: Props) {
  const { status = [], ...others } = filters;
  const toggle = (one: Status) =>
    onChange(
      withFilter(filters, "status", status.includes(one) ? status.filter((other) => other !== one) : [...status, one]),
      false,
    );
  const count = countFilters(others);
  return (
    <search class="filters" aria-label={texts.filters.title}>
      <fieldset class="chips">
        <legend class="visually-hidden">{texts.filters.status}</legend>
        {statuses.map((one) => (
          <label key={one} class={`chip is-${one}`}>
            <input
              type="checkbox"
              name="status"
              value={one}
              checked={status.includes(one)}
              onChange={() => toggle(one)}
            />
            <span>{texts.statuses[one]}</span>
          </label>
        ))}
      </fieldset>
      <details open={count > 0}>
        <summary>{texts.filters.more(count)}</summary>
        <div class="filter-grid">
          {isOperator.value ? <TextFilter name="tenant" filters={filters} error={error} onChange={onChange} /> : null}
          <Select
            id="filter-provider"
            label={texts.filters.provider}
            value={filters.provider}
            values={providers}
            names={texts.providers}
            onChange={(value: Provider | undefined) => onChange(withFilter(filters, "provider", value), false)}
          />
          {textFilters.map((name) => (
            <TextFilter key={name} name={name} filters={filters} error={error} onChange={onChange} />
          ))}
          <Select
            id="filter-errorCode"
            label={texts.filters.errorCode}
            value={filters.errorCode}
            values={errorCodes}
            names={texts.errorCodes}
            onChange={(value: RequestErrorCode | undefined) => onChange(withFilter(filters, "errorCode", value), false)}
          />
          {timeFilters.map((name) => (
            <Field key={name} id={`filter-${name}`} label={texts.filters.times(texts.filters[name], timeMode.value)}>
              <input
                id={`filter-${name}`}
                type="datetime-local"
                step="1"
                value={toInput(filters[name] ?? "", timeMode.value)}
                onChange={({ currentTarget }) =>
                  onChange(withFilter(filters, name, fromInput(currentTarget.value, timeMode.value)), false)
                }
              />
            </Field>
          ))}
        </div>
      </details>
    </search>
  );
}

interface SelectProps<Value extends string> {
  id: string;
  label: string;
  value: Value | undefined;
  values: readonly Value[];
  names: Readonly<Record<Value, string>>;
  onChange: (value: Value | undefined) => void;
}

function Select<Value extends string>({ id, label, value, values, names, onChange }: SelectProps<Value>) {
  return (
    <Field id={id} label={label}>
      <select
        id={id}
        value={value ?? ""}
        onChange={({ currentTarget }) => onChange(values.find((one) => one === currentTarget.value))}
      >
        <option value="">{texts.filters.any}</option>
        {values.map((one) => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </select>
    </Field>
  );
}
