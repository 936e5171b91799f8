interface Props<Value extends string> {
  /** Of the group of radio buttons. */
  name: string;
  label: string;
  /** Whether the label is there for who does not see the page only. */
  isLabelHidden?: boolean;
  values: readonly Value[];
  toText: (value: Value) => string;
  chosen: Value;
  onChoose: (value: Value) => void;
}

/** One of a few, all in sight. */
export function Choice<Value extends string>(props: Props<Value>) {
  const { name, label, isLabelHidden = false, values, toText, chosen, onChoose } = props;
  return (
    <fieldset class="choice">
      <legend class={isLabelHidden ? "visually-hidden" : ""}>{label}</legend>
      {values.map((value) => (
        <label key={value}>
          <input type="radio" name={name} value={value} checked={chosen === value} onChange={() => onChoose(value)} />
          <span>{toText(value)}</span>
        </label>
      ))}
    </fieldset>
  );
}
