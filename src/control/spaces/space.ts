import type { HostFacts } from '../../endpoint/hosts/host-facts.js';

/** What whoever opens a space says of it. */
export interface SpaceWish {
  readonly name?: string | undefined;
  /** Makes its generated identifiers repeatable. Default: that of the endpoint. */
  readonly seed?: number | undefined;
  /** The stream that it ends with. */
  readonly stream?: string | undefined;
  /** Milliseconds after which it ends; of one without a stream. */
  readonly lifetime?: number | undefined;
}

/** Where a space is. */
export interface SpaceFacts {
  readonly http?: string | undefined;
  readonly https?: string | undefined;
  /** SHA-256 of the certificate of HTTPS, and of its control API where that has TLS. */
  readonly fingerprint?: string | undefined;
  /** The hosts that it stands for; absent where it is the only one, without a name. */
  readonly hosts?: readonly HostFacts[] | undefined;
  readonly user: string;
  readonly control: string;
}

/** What lets one in: told once, to whoever opened it. */
export interface SpaceSecrets {
  readonly password: string;
  readonly controlToken: string;
}

/** An endpoint that runs as a space. */
export interface StartedSpace {
  readonly facts: SpaceFacts;
  readonly secrets: SpaceSecrets;
  close(): Promise<void>;
}

/** Starts the endpoint of a space. */
export type StartSpace = (space: { readonly name: string; readonly seed: number | undefined }) => Promise<StartedSpace>;

/** A space as it is listed. */
export interface ListedSpace extends SpaceFacts {
  readonly name: string;
  /** Of the process, which is that of the endpoint. */
  readonly pid: number;
  readonly opened: string;
  /** When it ends at the latest; undefined for one that ends with a stream. */
  readonly expires?: string;
}
