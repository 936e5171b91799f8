import type { ComponentChildren } from "preact";

export interface Column {
  name: string;
  isNumber?: boolean;
}

interface Props {
  caption: string;
  columns: readonly Column[];
  rows: readonly { key: string | number; class?: string; cells: readonly ComponentChildren[] }[];
}

/** A table whose first column names the row. */
export function DataTable({ caption, columns, rows }: Props) {
  const classOf = (column: Column | undefined) => (column?.isNumber ? "number" : undefined);
  return (
    <table>
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.name} scope="col" class={classOf(column)}>
              {column.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, class: kind, cells: [head, ...cells] }) => (
          <tr key={key} class={kind}>
            <th scope="row" class={classOf(columns[0])}>
              {head}
            </th>
            {cells.map((cell, index) => (
              <td key={index} class={classOf(columns[index + 1])}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
