import type { MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { because, NO_ADMINISTRATORS, tablesOn } from '../table-paths.js';
import { ConfigurationCode } from './configuration-code.js';
import { CONFIGURATION_CLASS } from './connection.js';

/** The configuration of an adapter of the lab: 1 has a lease, 2 addresses of its own, 3 is not plugged in. */
export const configuration = (index: number) => `${CONFIGURATION_CLASS}.Index=${index}`;
export const LEASED = configuration(1);
export const STATIC = configuration(2);
export const UNPLUGGED = configuration(3);

const REASONS = {
  ...because('a change holds at once', 1),
  ...because('every adapter of the model can be set', 64),
  ...because('nothing fails in a model for a reason that nobody knows', 65),
  ...because('it asks nothing of what could fail so', 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80),
  ...because('it asks nothing of what could fail so', 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 92, 93, 94, 95, 96),
  ...because('it asks nothing of what could fail so', 97, 98, 100),
  ...because('a setting of TCP/IP is locked by nobody', 2147786788),
};

/** What every method of one adapter answers besides. @param input what it takes, and would do */
function ofAdapters(input: TableValues): readonly ReachedCode[] {
  return [
    { code: ConfigurationCode.ipNotEnabled, when: 'the adapter is not connected', on: UNPLUGGED, input },
    { ...denied(input), on: STATIC },
  ];
}

function denied(input: TableValues): ReachedCode {
  const when = 'the caller is no administrator';
  return { code: ConfigurationCode.accessDenied, when, given: [NO_ADMINISTRATORS], input };
}

/** A method of one adapter. @param input of a call that is in order */
export function ofAdapter(method: string, input: TableValues, reached: readonly ReachedCode[]): MethodTable {
  return table(STATIC, method, [...reached, ...ofAdapters(input)]);
}

/** A method of all adapters. */
export function ofAll(method: string, input: TableValues, reached: readonly ReachedCode[]): MethodTable {
  return table(CONFIGURATION_CLASS, method, [...reached, denied(input)]);
}

/** A method that Windows has no more. */
export function gone(method: string, on: string, when: string, input: TableValues): MethodTable {
  return table(on, method, [{ code: ConfigurationCode.notSupported, when, input }]);
}

function table(on: string, method: string, reached: readonly ReachedCode[]): MethodTable {
  const documented = method === 'EnableStatic' ? REASONS : without(REASONS, 2147786788);
  const isGone = reached.every(({ code }) => code !== ConfigurationCode.success);
  const reasons = isGone ? { ...documented, 0: 'there is nothing to be set', 91: 'whoever asks' } : documented;
  return tablesOn(CONFIGURATION_CLASS, on)(method, reached, reasons);
}

function without(reasons: Readonly<Record<number, string>>, code: number): Readonly<Record<number, string>> {
  return Object.fromEntries(Object.entries(reasons).filter(([one]) => Number(one) !== code));
}
