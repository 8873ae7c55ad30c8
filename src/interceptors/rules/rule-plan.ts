import { CimStatus, type CimStatusName } from '../../cim/model/cim-status.js';
import { NameMap } from '../../cim/model/name-map.js';
import { type FaultKey, faultTable } from '../../soap/fault-table.js';
import { didYouMean } from '../../strings/nearest-name.js';
import type { Delivery } from '../../wsman/wsman-service.js';
import type { PlainValues } from '../match/exchange-match.js';
import { checkTogether, type GivenMember, type MemberNamed } from './check-together.js';
import type { RuleAction, RuleDelay } from './rule.js';
import { RuleError } from './rule-error.js';

/** What takes the place of an operation's own answer. */
export type PlannedAnswer =
  | {
      readonly kind: 'method';
      /** Undefined: that of the method, which is carried out. */
      readonly returnValue: number | string | undefined;
      readonly outputs: PlainValues;
      /** Where the two stand in the rule. */
      readonly places: { readonly returnValue: string; readonly outputs: string };
    }
  | { readonly kind: 'error'; readonly status: CimStatusName; readonly message: string | undefined }
  | { readonly kind: 'fault'; readonly key: FaultKey; readonly message: string | undefined }
  | { readonly kind: 'http'; readonly status: number }
  | { readonly kind: 'malformed'; readonly as: 'xml' | 'empty' | 'html' }
  | { readonly kind: 'none' };

/** What a rule does, in the order in which it is done: wait, carry out, wait, answer, deliver. */
export interface RulePlan {
  readonly before: readonly RuleDelay[];
  /** The operation is carried out: the answer needs it, or the rule says so. */
  readonly carriesOut: boolean;
  readonly after: readonly RuleDelay[];
  /** Undefined: the operation's own. */
  readonly answer: PlannedAnswer | undefined;
  /** Bytes that are left of the envelope. */
  readonly truncate: number | undefined;
  /** Undefined: just sent. */
  readonly delivery: Delivery | undefined;
}

const cimErrors = new NameMap(Object.keys(CimStatus).map((name) => [name, name as CimStatusName] as const));
const faults = new NameMap(Object.keys(faultTable).map((name) => [name, name as FaultKey] as const));

/**
 * Makes one plan of what a rule does, be it one action or a list.
 *
 * @throws RuleError for names that there are not, and for actions that do not go together
 */
export function planActions(then: RuleAction | readonly RuleAction[]): RulePlan {
  const members = membersOf(then);
  checkTogether(members);
  const answer = answerOf(members);
  const carryOut = memberNamed(members, 'carryOut');
  const delays = members.filter((one) => one.name === 'delay');
  const isBefore = ({ step }: GivenMember) => carryOut === undefined || step < carryOut.step;
  return {
    before: delays.filter(isBefore).map(({ value }) => value),
    carriesOut: carryOut !== undefined || answer === undefined,
    after: delays.filter((delay) => !isBefore(delay)).map(({ value }) => value),
    answer,
    truncate: memberNamed(members, 'truncate')?.value,
    delivery: deliveryOf(members),
  };
}

/** All members with their places, in their order. */
function membersOf(then: RuleAction | readonly RuleAction[]): readonly GivenMember[] {
  if (!isList(then)) return membersAt(then, 0, 'then');
  return then.flatMap((action, step) => membersAt(action, step, `then[${step}]`));
}

/** Which `Array.isArray` does not tell the compiler of one that is read only. */
function isList(then: RuleAction | readonly RuleAction[]): then is readonly RuleAction[] {
  return Array.isArray(then);
}

function membersAt(action: RuleAction, step: number, place: string): readonly GivenMember[] {
  return Object.entries(action)
    .filter(([name, value]) => value !== undefined && !(name === 'carryOut' && value === false))
    .map(([name, value]) => ({ name, value, step, place: `${place}.${name}` }) as GivenMember); // entries lose which is whose
}

function memberNamed<K extends keyof RuleAction>(members: readonly GivenMember[], name: K): MemberNamed<K> | undefined {
  return members.find((one): one is MemberNamed<K> => one.name === name);
}

function answerOf(members: readonly GivenMember[]): PlannedAnswer | undefined {
  const message = memberNamed(members, 'message')?.value;
  for (const { name, value, place } of members) {
    switch (name) {
      case 'cimError':
        return { kind: 'error', status: named(cimErrors, value, place, 'CIM error'), message };
      case 'fault':
        return { kind: 'fault', key: named(faults, value, place, 'fault'), message };
      case 'http':
        return { kind: 'http', status: value };
      case 'malformed':
        return { kind: 'malformed', as: value };
      case 'connection':
        if ((memberNamed(members, 'at')?.value ?? 'before') === 'before') return { kind: 'none' };
    }
  }
  const [returnValue, outputs] = [memberNamed(members, 'returnValue'), memberNamed(members, 'outputs')];
  if (returnValue === undefined && outputs === undefined) return undefined;
  return {
    kind: 'method',
    returnValue: returnValue?.value,
    outputs: outputs?.value ?? {},
    places: { returnValue: returnValue?.place ?? '', outputs: outputs?.place ?? '' },
  };
}

function named<T>(known: NameMap<T>, name: unknown, place: string, what: string): T {
  const found = known.get(String(name));
  if (found !== undefined) return found;
  throw new RuleError(place, `there is no ${what} '${String(name)}'${didYouMean(String(name), known.keys())}`);
}

function deliveryOf(members: readonly GivenMember[]): Delivery | undefined {
  const how = memberNamed(members, 'connection')?.value;
  const when = memberNamed(members, 'at')?.value ?? 'before';
  const stall = memberNamed(members, 'stall')?.value;
  const bytesPerSecond = memberNamed(members, 'bytesPerSecond')?.value;
  const relatesTo = memberNamed(members, 'relatesTo')?.value;
  const status = memberNamed(members, 'http')?.value;
  const delivery: Delivery = {
    ...(how && { end: { how, when } }),
    ...(stall && { stallAfter: stall.after }),
    ...(bytesPerSecond !== undefined && { bytesPerSecond }),
    ...(relatesTo !== undefined && { relatesTo }),
    ...(memberNamed(members, 'wrongSignature')?.value && { forgedSignature: true }),
    ...(status && { status }),
  };
  return Object.keys(delivery).length === 0 ? undefined : delivery;
}
