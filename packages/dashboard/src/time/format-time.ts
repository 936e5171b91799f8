import type { TimeMode } from "../app/choices.ts";
import { texts } from "../texts.ts";

const two = (number: number) => String(number).padStart(2, "0");

interface Parts {
  day: string;
  time: string;
}

function split(at: Date, isUtc: boolean): Parts {
  if (isUtc) return { day: at.toISOString().slice(0, 10), time: at.toISOString().slice(11, 19) };
  return {
    day: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`,
  };
}

/** A time as it stands in a row: without its day where that is today's. `now` is in milliseconds. */
export function formatTime(time: string, mode: TimeMode, now: number): string {
  const at = new Date(time);
  if (mode === "relative") return formatRelative((now - at.getTime()) / 1000);
  const isUtc = mode === "utc";
  const { day, time: clock } = split(at, isUtc);
  const shown = day === split(new Date(now), isUtc).day ? clock : `${day} ${clock.slice(0, 5)}`;
  return isUtc ? `${shown}Z` : shown;
}

/** The whole of it, for whoever wants it exactly. */
export function formatExactly(time: string, mode: TimeMode): string {
  const at = new Date(time);
  if (mode === "utc") return at.toISOString();
  const { day, time: clock } = split(at, false);
  const minutes = -at.getTimezoneOffset();
  const offset = `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  return `${day} ${clock}.${String(at.getMilliseconds()).padStart(3, "0")} ${offset}`;
}

function formatRelative(secondsAgo: number): string {
  if (Math.abs(secondsAgo) < 1) return texts.time.now;
  const length = formatLargest(Math.abs(secondsAgo));
  return secondsAgo > 0 ? texts.time.ago(length) : texts.time.in(length);
}

const units = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
  [1, "s"],
] as const;

/** In its largest unit: what changes each second nobody can read. */
function formatLargest(seconds: number): string {
  const [length, unit] = units.find(([length]) => seconds >= length) ?? [1, "s"];
  return `${Math.floor(seconds / length)} ${unit}`;
}

/** A length of time in at most two units, and under a second in milliseconds. */
export function formatDuration(seconds: number): string {
  if (seconds <= 0) return "0 s";
  if (seconds < 1) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  const at = units.findIndex(([length]) => whole >= length);
  const [length, unit] = units[at] ?? [1, "s"];
  const next = units[at + 1];
  const rest = next ? Math.floor((whole % length) / next[0]) : 0;
  const first = `${Math.floor(whole / length)} ${unit}`;
  return next && rest > 0 ? `${first} ${rest} ${next[1]}` : first;
}

/** What an input of the type `datetime-local` holds for a time, in the zone that the reader sees. */
export function toInput(time: string, mode: TimeMode): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return "";
  const { day, time: clock } = split(at, mode === "utc");
  return `${day}T${clock}`;
}

/** The other way; undefined for what is no time. */
export function fromInput(text: string, mode: TimeMode): string | undefined {
  const at = new Date(mode === "utc" ? `${text}Z` : text);
  return text === "" || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
