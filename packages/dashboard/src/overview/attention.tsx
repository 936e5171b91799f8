import type { Attention, AttentionReason } from "@vpn-broker/client";
import { Choice } from "../parts/choice.tsx";
import { texts } from "../texts.ts";
import { Alike } from "./attention-alike.tsx";
import { Group } from "./attention-group.tsx";
import { Item } from "./attention-item.tsx";
import { countReasons, covers, foldAlike } from "./suggest.ts";

interface Props {
  attention: Attention;
  /** The only reason that is shown. */
  only: AttentionReason | undefined;
  onOnly: (reason: AttentionReason | undefined) => void;
  onMore: () => void;
}

/** What needs a person, each with why and what to do: what several have in common comes first. */
export function AttentionList({ attention: { groups, items, nextCursor }, only, onOnly, onMore }: Props) {
  if (groups.length === 0 && items.length === 0 && nextCursor === undefined) {
    return <p class="notice is-succeeded">✓ {texts.attention.none}</p>;
  }
  const counts = countReasons(items);
  const shown = items.filter((item) =>
    only === undefined ? !groups.some((group) => covers(group, item)) : only === item.reason,
  );
  return (
    <>
      {counts.size > 1 || only !== undefined ? (
        <Choice
          name="reason"
          label={texts.attention.reasonsTitle}
          isLabelHidden
          values={["", ...counts.keys()]}
          toText={(reason) =>
            reason === ""
              ? texts.attention.all(items.length)
              : texts.attention.reason(texts.attention.reasons[reason], counts.get(reason) ?? 0)
          }
          chosen={only ?? ""}
          onChoose={(reason) => onOnly(reason === "" ? undefined : reason)}
        />
      ) : null}
      <ul class="attention">
        {only === undefined
          ? groups.map((group) => (
              <Group key={JSON.stringify({ ...group, action: "", count: 0 })} group={group} items={items} />
            ))
          : null}
        {foldAlike(shown).map((alike) => {
          const [first] = alike;
          if (!first) return null;
          const key = `${first.reason} ${first.connection.id}`;
          return alike.length === 1 ? <Item key={key} item={first} /> : <Alike key={key} items={alike} first={first} />;
        })}
        {nextCursor === undefined ? null : (
          <li>
            <button type="button" onClick={onMore}>
              {texts.attention.more(items.length)}
            </button>
          </li>
        )}
      </ul>
    </>
  );
}
