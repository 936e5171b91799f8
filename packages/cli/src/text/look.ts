import { styleText } from "node:util";
import type { Status } from "@vpn-broker/client";
import type { Session } from "../session.ts";

/** How text is to look: as wide as the terminal, or whole where a program reads it. */
export interface Look {
  isTerminal: boolean;
  columns: number;
  hasColors: boolean;
  now: Date;
}

export const lookOf = ({ stdout, now }: Pick<Session, "stdout" | "now">): Look => ({ ...stdout, now: now() });

type Format = Parameters<typeof styleText>[0];

const formats: Partial<Record<Status, Format>> = {
  succeeded: "green",
  failed: "red",
  canceled: "dim",
  unknown: ["bold", "red"],
};

/** The text in its status's colour, where there are colours. */
export function paintStatus(text: string, status: Status, look: Pick<Look, "hasColors">): string {
  return paint(text, formats[status], look);
}

export function paint(text: string, format: Format | undefined, { hasColors }: Pick<Look, "hasColors">): string {
  return format && hasColors ? styleText(format, text, { validateStream: false }) : text;
}

/** The time of day, with the day when that is not today's. */
export function toClock(at: string, now: Date): string {
  const [day = "", time = ""] = at.slice(0, 19).split("T");
  return now.toISOString().startsWith(day) ? time : `${day} ${time}`;
}
