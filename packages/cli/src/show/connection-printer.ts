import type { Connection } from "@vpn-broker/client";
import type { Session } from "../session.ts";
import type { Look } from "../text/look.ts";
import { toJson } from "../text/plain.ts";
import { type Fitted, fitColumns, toHeadings, toLeftOut, toLines, toTabs } from "../text/table.ts";
import { connectionColumns, toConnectionRow } from "./connection-rows.ts";

export interface Printer {
  print: (connection: Connection) => Promise<void>;
  end: () => Promise<void>;
}

/** Prints requests as they come, however many: a document, tab-separated lines, or a table. */
export function createPrinter(session: Session, look: Look): Printer {
  if (session.json) return createDocumentPrinter(session);
  return look.isTerminal ? createTablePrinter(session, look) : createTabsPrinter(session, look);
}

/** One document, a line of it for each request. */
function createDocumentPrinter({ stdout }: Session): Printer {
  let before = '{"items":[\n';
  return {
    async print(connection) {
      await stdout.write(`${before}${toJson(connection)}`);
      before = ",\n";
    },
    end: () => stdout.write(before === ",\n" ? "\n]}\n" : '{"items":[]}\n'),
  };
}

function createTabsPrinter({ stdout }: Session, look: Look): Printer {
  return {
    print: (connection) => stdout.write(`${toTabs([toConnectionRow(connection, look)]).join()}\n`),
    end: async () => undefined,
  };
}

/** How many rows the columns are fitted to: the others are cut to these. */
const fittedRows = 100;

function createTablePrinter(session: Session, look: Look): Printer {
  let page: Connection[] = [];
  let fitted: Fitted | undefined;

  async function flush(): Promise<void> {
    const rows = page.map((one) => toConnectionRow(one, look));
    const columns = connectionColumns(page, look);
    const lines: string[] = [];
    if (!fitted && rows.length > 0) {
      fitted = fitColumns(columns, rows, look.columns);
      lines.push(...toHeadings(fitted));
    }
    if (fitted) lines.push(...toLines({ ...fitted, columns: columns.slice(0, fitted.columns.length) }, rows));
    page = [];
    await session.stdout.write(lines.map((line) => `${line}\n`).join(""));
  }

  return {
    async print(connection) {
      page.push(connection);
      if (page.length === fittedRows) await flush();
    },
    async end() {
      await flush();
      for (const line of fitted ? toLeftOut(fitted) : []) session.note(line);
    },
  };
}
