import { computed, signal } from "@preact/signals";
import { type Client, createClient, type CurrentKey, ProblemError } from "@vpn-broker/client";
import type { Ending } from "./choices.ts";

interface Session {
  apiKey: string;
  holder: CurrentKey;
}

const keptAs = "vpn-broker.session";
const activeAs = "vpn-broker.active";
const idleMilliseconds = 30 * 60_000;

/** When somebody last touched the page, in milliseconds. */
let activeAt = Number(read(activeAs));
const session = signal<Session | undefined>(restore());
/** What the key that signed in is and may do. */
export const holder = computed(() => session.value?.holder);
/** Why nobody is signed in any more; absent = nobody was. */
export const ending = signal<Ending | undefined>(undefined);

/** The API's address: the dashboard is beside `/v1`, whatever path is in front of both. */
export const apiUrl = location.origin + location.pathname.replace(/\/dashboard\/?$/, "");

/** Few retries: the page says itself that there is no answer, and asks again. */
const connect = (apiKey: string) =>
  createClient({ url: apiUrl, apiKey, maxRetries: 1, attemptTimeoutSeconds: 15, timeoutSeconds: 25 });

const connected = computed(() => session.value && connect(session.value.apiKey));

/** The API for who is signed in. Throws when nobody is. */
export function api(): Client {
  const client = connected.value;
  if (!client) throw new Error("nobody is signed in");
  return client;
}

/** Throws what the API says of the key. */
export async function signIn(apiKey: string): Promise<void> {
  const signedIn = { apiKey, holder: await connect(apiKey).key() };
  keep(keptAs, JSON.stringify(signedIn));
  noteActivity();
  ending.value = undefined;
  session.value = signedIn;
}

export function signOut(why: Ending): void {
  keep(keptAs, undefined);
  session.value = undefined;
  ending.value = why;
}

/** Whether the key is not accepted any more. */
export const isRefusal = (error: unknown): boolean => error instanceof ProblemError && error.status === 401;

function noteActivity(): void {
  activeAt = Date.now();
  keep(activeAs, String(activeAt));
}

function isIdle(): boolean {
  return Date.now() - activeAt > idleMilliseconds;
}

/** Forgets the key after half an hour in which nobody touched the page, also while the computer slept. */
export function watchActivity(): void {
  let noted = 0;
  const note = () => {
    if (!session.value || Date.now() - noted < 5000) return;
    if (isIdle()) return signOut("idle");
    noted = Date.now();
    noteActivity();
  };
  const look = () => {
    if (session.value && isIdle()) signOut("idle");
  };
  for (const event of ["pointerdown", "keydown", "wheel"]) addEventListener(event, note, { passive: true });
  document.addEventListener("visibilitychange", look);
  setInterval(look, 15_000);
}

function restore(): Session | undefined {
  const kept = read(keptAs);
  if (kept === null || !isIdle()) return kept === null ? undefined : (JSON.parse(kept) as Session);
  keep(keptAs, undefined);
  return undefined;
}

/** A browser may keep nothing, and says so by throwing: then the key lasts until the page is left. */
function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string | undefined): void {
  try {
    if (value === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // See above.
  }
}
