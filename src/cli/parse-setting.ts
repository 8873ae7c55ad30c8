import { InvalidArgumentError } from 'commander';
import type { EndpointOptions } from '../endpoint/options/endpoint-options.js';
import { DEFAULT_HTTP_LIMITS } from '../http/http-limits.js';

type Setting = keyof NonNullable<EndpointOptions['settings']>;

/** Of the limits of HTTP. */
type Limit = 'maxConnections' | 'reservedConnections' | 'maxUnauthenticatedPerAddress' | 'signInTimeoutMs';

/** What `--setting` sets, by name. */
export type SettingsArgument = Readonly<Partial<Record<Setting | Limit, number>>>;

interface Rule {
  readonly target: keyof SettingsArgument;
  readonly minimum?: number;
  readonly maximum?: number;
}

const { maxRequestsInFlight } = DEFAULT_HTTP_LIMITS;
const MAXIMUM = 0xffff_ffff;

/**
 * The names of winrm/config, with its bounds; it has none for enumerations and for memory (MS-WSMV 2.2.4.7, 2.2.4.36); and those of
 * connections.
 */
const RULES: Readonly<Record<string, Rule>> = {
  MaxTimeoutms: { target: 'maxTimeoutMs', minimum: 500 },
  MaxBatchItems: { target: 'maxBatchItems' },
  MaxConcurrentOperations: { target: 'maxConcurrentOperations', maximum: maxRequestsInFlight },
  MaxConcurrentOperationsPerUser: { target: 'maxConcurrentOperationsPerUser', maximum: maxRequestsInFlight },
  MaxEnumerationsPerUser: { target: 'maxEnumerationsPerUser' },
  MaxEnumerationMemorykb: { target: 'maxEnumerationMemoryKb' },
  MaxEnumerationMemorykbPerUser: { target: 'maxEnumerationMemoryKbPerUser' },
  MaxModelMemorykb: { target: 'maxModelMemoryKb' },
  EnumerationTimeoutms: { target: 'enumerationTimeoutMs', minimum: 500 },
  MaxConnections: { target: 'maxConnections', maximum: 100_000 },
  ReservedConnections: { target: 'reservedConnections', minimum: 0, maximum: 100_000 },
  MaxUnauthenticatedPerAddress: { target: 'maxUnauthenticatedPerAddress', maximum: 100_000 },
  SignInTimeoutms: { target: 'signInTimeoutMs', minimum: 500 },
};

export const SETTING_NAMES: readonly string[] = Object.keys(RULES);

/** `NAME=NUMBER`, or several with commas; names in any letter case. Adds to what was given before. */
export function parseSettings(text: string, previous: SettingsArgument = {}): SettingsArgument {
  const found = text.split(',').map((entry): SettingsArgument => {
    const [, given = '', digits = ''] = /^\s*(\w+)=(\d{1,10})\s*$/.exec(entry) ?? [];
    const name = SETTING_NAMES.find((known) => known.toLowerCase() === given.toLowerCase());
    const rule = name === undefined ? undefined : RULES[name];
    if (!rule) throw new InvalidArgumentError(`Expected NAME=NUMBER, NAME one of ${SETTING_NAMES.join(', ')}.`);
    const { target, minimum = 1, maximum = MAXIMUM } = rule;
    const value = Number(digits);
    if (value >= minimum && value <= maximum) return { [target]: value };
    throw new InvalidArgumentError(`${name} is a number from ${minimum} to ${maximum}.`);
  });
  return Object.assign({}, previous, ...found) as SettingsArgument;
}

/** What was set, by the option of `startEndpoint` that it belongs to. */
export function splitSettings(given: SettingsArgument = {}): Required<Pick<EndpointOptions, 'limits' | 'settings'>> {
  const entries = Object.entries(given);
  const isLimit = ([name]: readonly [string, unknown]) => name in DEFAULT_HTTP_LIMITS;
  return {
    limits: Object.fromEntries(entries.filter(isLimit)),
    settings: Object.fromEntries(entries.filter((entry) => !isLimit(entry))),
  };
}
