import type { LimitOptions } from '../../endpoint/options/limit-options.js';
import { DEFAULT_HTTP_LIMITS } from '../../http/http-limits.js';
import { OptionError } from '../../options/option-error.js';
import type { Kind } from '../setting.js';

type Quota = keyof NonNullable<LimitOptions['settings']>;

/** Of the limits of HTTP. */
type Limit = 'maxConnections' | 'reservedConnections' | 'maxUnauthenticatedPerAddress' | 'signInTimeoutMs';

/** What was set, by the names of winrm/config. */
export type QuotaSettings = Readonly<Record<string, number>>;

interface Rule {
  readonly target: Quota | Limit;
  readonly minimum?: number;
  readonly maximum?: number;
}

const { maxRequestsInFlight } = DEFAULT_HTTP_LIMITS;
const MINIMUM = 1;
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

/** `NAME=NUMBER`, or several with commas; names in any letter case. Adds to what was given before. In a file a map. */
export const quotaSettings: Kind<QuotaSettings> = {
  placeholder: '<name=n>',
  read: (text, previous = {}) => ({ ...previous, ...Object.fromEntries(text.split(',').map(readEntry)) }),
  schema: (type) => {
    const rules = Object.entries(RULES).map(([name, { minimum = MINIMUM, maximum = MAXIMUM }]) => {
      return [name, type.Optional(type.Integer({ minimum, maximum }))] as const;
    });
    return type.Object(Object.fromEntries(rules), { additionalProperties: false });
  },
};

function readEntry(entry: string): readonly [name: string, value: number] {
  const [, given = '', digits = ''] = /^\s*(\w+)=(\d{1,10})\s*$/.exec(entry) ?? [];
  const name = SETTING_NAMES.find((known) => known.toLowerCase() === given.toLowerCase());
  const rule = name === undefined ? undefined : RULES[name];
  if (name === undefined || !rule)
    throw new OptionError(`Expected NAME=NUMBER, NAME one of ${SETTING_NAMES.join(', ')}.`);
  const { minimum = MINIMUM, maximum = MAXIMUM } = rule;
  const value = Number(digits);
  if (value >= minimum && value <= maximum) return [name, value];
  throw new OptionError(`${name} is a number from ${minimum} to ${maximum}.`);
}

/** What was set, by the option of `startEndpoint` that it belongs to. */
export function splitSettings(given: QuotaSettings = {}): Required<Pick<LimitOptions, 'limits' | 'settings'>> {
  const entries = Object.entries(given).flatMap(([name, value]) => {
    const target = RULES[name]?.target;
    return target === undefined ? [] : [[target, value] as const];
  });
  const isLimit = ([target]: readonly [string, number]) => target in DEFAULT_HTTP_LIMITS;
  return {
    limits: Object.fromEntries(entries.filter(isLimit)),
    settings: Object.fromEntries(entries.filter((entry) => !isLimit(entry))),
  };
}
