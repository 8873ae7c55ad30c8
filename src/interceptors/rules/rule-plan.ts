import { CimStatus, type CimStatusName } from '../../cim/model/cim-status.js';
import { NameMap } from '../../cim/model/name-map.js';
import { type FaultKey, faultTable } from '../../soap/fault-table.js';
import { didYouMean } from '../../strings/nearest-name.js';
import type { Delivery } from '../../wsman/wsman-service.js';
import type { PlainValues } from '../match/exchange-match.js';
import { checkTogether, type GivenMember } from './check-together.js';
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
  const given = (name: keyof RuleAction) => members.find((member) => member.name === name);
  const memberOf = <K extends keyof RuleAction>(name: K) => given(name)?.value as RuleAction[K] | undefined;
  const answer = answerOf(members);
  const carryOut = given('carryOut');
  const delays = members.filter(({ name }) => name === 'delay');
  const isBefore = ({ step }: GivenMember) => carryOut === undefined || step < carryOut.step;
  return {
    before: delays.filter(isBefore).map(({ value }) => value as RuleDelay),
    carriesOut: carryOut !== undefined || answer === undefined,
    after: delays.filter((delay) => !isBefore(delay)).map(({ value }) => value as RuleDelay),
    answer,
    truncate: memberOf('truncate'),
    delivery: deliveryOf(memberOf),
  };
}

/** All members with their places, in their order. */
function membersOf(then: RuleAction | readonly RuleAction[]): readonly GivenMember[] {
  const isList = Array.isArray(then);
  const actions: readonly RuleAction[] = isList ? then : [then as RuleAction];
  return actions.flatMap((action, step) =>
    Object.entries(action)
      .filter(([name, value]) => value !== undefined && !(name === 'carryOut' && value === false))
      .map(([name, value]) => ({
        name: name as keyof RuleAction,
        value,
        step,
        place: `then${isList ? `[${step}]` : ''}.${name}`,
      })),
  );
}

function answerOf(members: readonly GivenMember[]): PlannedAnswer | undefined {
  const given = (name: keyof RuleAction) => members.find((member) => member.name === name);
  const message = given('message')?.value as string | undefined;
  for (const { name, value, place } of members) {
    switch (name) {
      case 'cimError':
        return { kind: 'error', status: named(cimErrors, value, place, 'CIM error'), message };
      case 'fault':
        return { kind: 'fault', key: named(faults, value, place, 'fault'), message };
      case 'http':
        return { kind: 'http', status: value as number };
      case 'malformed':
        return { kind: 'malformed', as: value as 'xml' | 'empty' | 'html' };
      case 'connection':
        if ((given('at')?.value ?? 'before') === 'before') return { kind: 'none' };
    }
  }
  const [returnValue, outputs] = [given('returnValue'), given('outputs')];
  if (returnValue === undefined && outputs === undefined) return undefined;
  return {
    kind: 'method',
    returnValue: returnValue?.value as number | string | undefined,
    outputs: (outputs?.value ?? {}) as PlainValues,
    places: { returnValue: returnValue?.place ?? '', outputs: outputs?.place ?? '' },
  };
}

function named<T>(known: NameMap<T>, name: unknown, place: string, what: string): T {
  const found = known.get(String(name));
  if (found !== undefined) return found;
  throw new RuleError(place, `there is no ${what} '${String(name)}'${didYouMean(String(name), known.keys())}`);
}

function deliveryOf(
  memberOf: <K extends keyof RuleAction>(name: K) => RuleAction[K] | undefined,
): Delivery | undefined {
  const [how, when = 'before'] = [memberOf('connection'), memberOf('at')];
  const delivery: Delivery = {
    ...(how && { end: { how, when } }),
    ...(memberOf('stall') && { stallAfter: memberOf('stall')?.after }),
    ...(memberOf('bytesPerSecond') !== undefined && { bytesPerSecond: memberOf('bytesPerSecond') }),
    ...(memberOf('relatesTo') !== undefined && { relatesTo: memberOf('relatesTo') }),
    ...(memberOf('wrongSignature') && { forgedSignature: true }),
    ...(memberOf('http') && { status: memberOf('http') }),
  };
  return Object.keys(delivery).length === 0 ? undefined : delivery;
}
