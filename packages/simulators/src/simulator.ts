import type { Settings } from "./settings.ts";

/** The one pair of credentials a simulator accepts, the stand-in for a cloud account. */
export interface AccessKey {
  readonly id: string;
  readonly secret: string;
}

/** What both simulators are started with. */
export interface SimulatorOptions<Estate> {
  readonly accessKey: AccessKey;
  /** TCP port; 0, the default, takes a free one. */
  readonly port?: number;
  /** Address to listen on, 127.0.0.1 by default. */
  readonly host?: string;
  /** Where the cloud's state is kept across restarts; without it the state ends with the process. */
  readonly stateFile?: string;
  /** Milliseconds since the epoch; a test's own clock goes here. */
  readonly now?: () => number;
  /** Replaces the default gateways and customer gateways. */
  readonly estate?: Estate;
  /** How long a create, change or delete takes at this cloud. */
  readonly provisioningMilliseconds?: number;
  /** Any of the settings that `PUT /__control/settings` takes. */
  readonly settings?: Partial<Settings>;
}

/** A running simulator. */
export interface Simulator {
  /** Base URL without a trailing slash, e.g. `http://127.0.0.1:4101`. */
  readonly url: string;
  close(): Promise<void>;
}
