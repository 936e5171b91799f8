import { useSignal } from "@preact/signals";
import type { ListConnectionsQuery } from "@vpn-broker/client";
import { useEffect, useRef } from "preact/hooks";
import { noteFailure } from "../api/reach.ts";
import { announce } from "../parts/announce.tsx";
import { texts } from "../texts.ts";
import { toCsv } from "./csv.ts";
import { readAll } from "./read-all.ts";

/** As many rows as a browser writes without trouble. */
const maxRows = 20_000;

/** Writes all that the filters let through into a file, not only the rows that are shown. */
export function ExportButton({ query }: { query: ListConnectionsQuery }) {
  const progress = useSignal<number | undefined>(undefined);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  async function write() {
    progress.value = 0;
    try {
      const { connections, isWhole } = await readAll(query, {
        max: maxRows,
        signal: stop.current.signal,
        onProgress: (count) => {
          progress.value = count;
        },
      });
      download(toCsv(connections));
      announce(isWhole ? texts.list.exported(connections.length) : texts.list.exportedPart(connections.length));
    } catch (error) {
      if (!stop.current.signal.aborted) announce(texts.list.exportFailed(noteFailure(error)?.message ?? ""));
    }
    progress.value = undefined;
  }
  return (
    <button type="button" disabled={progress.value !== undefined} onClick={() => void write()}>
      {progress.value === undefined ? texts.list.export : texts.list.exporting(progress.value)}
    </button>
  );
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `vpn-connections-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
