import {
  type Client,
  type Clock,
  type Connection,
  createClient,
  ProblemError,
  type VpnBrokerError,
} from "@vpn-broker/client";
import type { Config } from "../../../functions/entries/config.ts";
import type { Access, AccessOptions } from "./access.ts";
import { Failure, hideSecrets, KeyMissingError, UnreachableError } from "./failure.ts";
import { toUnreachable, whyNeverSent } from "./never-sent.ts";
import { paint } from "./text/look.ts";
import { plainLines, toJson } from "./text/plain.ts";
import { cut } from "./text/width.ts";
import { version } from "./version.ts";

/** Where text goes. */
export interface Screen {
  isTerminal: boolean;
  /** `Infinity` where nobody looks. */
  columns: number;
  hasColors: boolean;
  /** Settles when there is room for more; never fails. */
  write: (text: string) => Promise<void>;
}

/** What a run is given of its process. */
export interface Host {
  environment: Record<string, string | undefined>;
  stdout: Screen;
  stderr: Screen;
  /** Everything on stdin; undefined when that is a terminal. */
  readInput: () => Promise<string | undefined>;
  /** What a person answers; absent where there is nobody. */
  ask?: ((question: string) => Promise<string>) | undefined;
  now: () => Date;
  /** What the client waits by; absent = real time. */
  clock?: Clock | undefined;
  /** Aborted when the process is to end, with an `Interruption`. */
  signal: AbortSignal;
}

/** What goes on at the broker when this process ends: what a person needs to find it again. */
export interface Underway {
  clientToken?: string;
  id?: string;
  /** Something that must not be done twice. */
  once?: true;
}

export interface Session extends Host {
  /** Documents instead of text, on both streams. */
  json: boolean;
  options: AccessOptions;
  /** Those that the command has, given or not, as members. */
  optionNames: ReadonlySet<string>;
  underway: Underway;
  exitCode: number;
  /** Where the broker is and the key for it; throws `Failure`. */
  findAccess: () => Promise<Access>;
  /** The broker's address alone; throws `UsageError`. */
  findBroker: () => Promise<string>;
  connect: () => Promise<Client>;
  /** The result: the document with `--json`, the text otherwise. */
  print: (document: unknown, text: string) => Promise<void>;
  /** Something for people beside the result; with `--json` a document with the facts. */
  note: (text: string, facts?: object) => void;
  /** A line below all others that is written anew each time, on a terminal only; without a text it goes. */
  live: (text?: string) => void;
  /** Whether a call was sent again that may have been performed before. */
  isInDoubt: () => boolean;
  /** How long the broker has given no answer; for ever where it has never given one. */
  silentMilliseconds: () => number;
  /** Text without the keys and secrets that this run has met. */
  hideSecrets: (text: string) => string;
}

/** How often a call is sent again, and for how many seconds in all. */
const persistence = { maxRetries: 10, timeoutSeconds: 120 };

export function createSession(host: Host, json: boolean): Session {
  const secrets: string[] = [];
  let heardAt: number | undefined;
  let isInDoubt = false;
  let access: Access | undefined;
  let liveLine = "";
  const isLive = host.stderr.isTerminal && !json;
  const session: Session = {
    ...host,
    json,
    options: {},
    optionNames: new Set(),
    underway: {},
    exitCode: 0,
    async findAccess() {
      if (access) return access;
      const { findAccess } = await loadAccess();
      // Once: a key file may be a pipe.
      access = findAccess(await readConfig(host), session.options);
      secrets.push(access.key);
      return access;
    },
    async findBroker() {
      const { findBroker } = await loadAccess();
      return findBroker(await readConfig(host), session.options).base;
    },
    async connect() {
      const { base, key } = await session.findAccess();
      const options = {
        url: base,
        apiKey: key,
        userAgent: `vpn-broker-cli/${version}`,
        ...persistence,
        async fetch(...call: Parameters<typeof fetch>) {
          const response = await fetch(...call);
          // Somebody's page, no answer that was cut off: trying again would not help.
          const isPage = response.ok && !response.headers.get("content-type")?.includes("json");
          if (isPage) throw new ProblemError({ status: response.status });
          if (response.status < 500) heardAt = performance.now();
          return response;
        },
        onRetry(error: VpnBrokerError, delayMilliseconds: number) {
          const why = whyNeverSent(error);
          // What has not listened yet will not in a minute either.
          if (heardAt === undefined && why) throw new UnreachableError(toUnreachable(base, why));
          if (!why && error.status !== 429) isInDoubt = true;
          const seconds = (delayMilliseconds / 1000).toFixed(1);
          session.note(`${error.message}; trying again in ${seconds} s`, { code: error.code });
        },
      };
      return createClient(options, host.clock);
    },
    // Of none, a pipe has no line.
    print: (document, text) => host.stdout.write(session.json ? `${toJson(document, 2)}\n` : text && `${text}\n`),
    note(text, facts = {}) {
      const shown = session.hideSecrets(text);
      const line = session.json ? toJson({ progress: { message: shown, ...facts } }) : plainLines(shown);
      void host.stderr.write(`${liveLine && clearLine}${line}\n${liveLine}`);
    },
    live(text = "") {
      if (!isLive || text === liveLine) return;
      // One that is longer than the terminal could not be taken back.
      liveLine = text && paint(cut(text, host.stderr.columns - 1), "dim", host.stderr);
      void host.stderr.write(`${clearLine}${liveLine}`);
    },
    isInDoubt: () => isInDoubt,
    silentMilliseconds: () => performance.now() - (heardAt ?? -Infinity),
    hideSecrets: (text) => hideSecrets(text, secrets),
  };
  return session;
}

// Help needs neither.
const loadAccess = () => import("./access.ts");

/** What the environment says to the command line. Throws `Failure`. */
export async function readConfig({ environment }: Pick<Host, "environment">): Promise<Config<"cli">> {
  const config = await import("../../../functions/entries/config.ts");
  try {
    return config.readConfig("cli", environment);
  } catch (error) {
    const { message } = error as Error;
    throw message.includes("VPN_BROKER_API_KEY") ? new KeyMissingError(`${message}.`) : new Failure(`${message}.`);
  }
}

const clearLine = "\r\u001b[K";

/** What a person does who wants to see it again. */
export function toNextStep({ id, clientToken, once }: Underway): string | undefined {
  if (once) return "Whether it was done is not known: look before you repeat it.";
  if (id) return `The request goes on: vpn-broker watch ${id}`;
  if (clientToken === undefined) return undefined;
  return (
    "Whether the request was accepted is not known. With the same token it is accepted once, however often: " +
    `--client-token ${clientToken}`
  );
}

/** Throws a `Failure` for a connection that a key may not read: `what` needs one that it may. */
export function requireConnection(made: object, what: string): Connection {
  if ("request" in made) return made as Connection;
  throw new Failure(`The key may not read requests, so ${what} needs another one: give it connections:read.`);
}
