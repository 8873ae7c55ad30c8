import type { RuleAction, RuleDelay } from './rule.js';
import { RuleError } from './rule-error.js';

type Name = keyof RuleAction;

/** A member of an action, and where it stands. */
export type GivenMember = {
  readonly [K in Name]-?: {
    readonly name: K;
    readonly value: NonNullable<RuleAction[K]>;
    /** Which action of the list it belongs to. */
    readonly step: number;
    readonly place: string;
  };
}[Name];

/** The member of a name. */
export type MemberNamed<K extends Name> = Extract<GivenMember, { readonly name: K }>;

const OWN_ANSWERS: readonly Name[] = ['returnValue', 'outputs', 'cimError', 'fault', 'http', 'malformed'];
const OF_AN_ENVELOPE: readonly Name[] = ['truncate', 'relatesTo'];
const OF_A_BODY: readonly Name[] = ['stall', 'bytesPerSecond', 'wrongSignature'];

/** What a member does not go with, and why. */
const APART: readonly (readonly [Name, readonly Name[], string])[] = [
  ['cimError', ['returnValue', 'outputs'], 'an error has no ReturnValue'],
  ['fault', ['returnValue', 'outputs', 'cimError'], 'there is one answer'],
  ['http', ['returnValue', 'outputs', 'cimError', 'fault', ...OF_AN_ENVELOPE, ...OF_A_BODY], 'it has no envelope'],
  ['malformed', ['returnValue', 'outputs', 'cimError', 'fault', 'http', ...OF_AN_ENVELOPE], 'it has no envelope'],
  ['stall', ['connection'], 'it ends when the client gives up'],
];

/** What does nothing without others beside it in the same action. */
const NEEDS: readonly (readonly [Name, readonly Name[], string])[] = [
  ['at', ['connection'], 'it says when the connection ends'],
  ['message', ['cimError', 'fault'], 'it is the text of one of these'],
];

/** @throws RuleError for members that do not go together, that stand there twice, or that do nothing as they stand */
export function checkTogether(members: readonly GivenMember[]): void {
  const given = new Map<Name, GivenMember>();
  for (const member of members) {
    const other = given.get(member.name);
    if (other !== undefined && member.name !== 'delay')
      throw new RuleError(member.place, `it stands at ${other.place} already`);
    given.set(member.name, member);
  }
  for (const [name, others, why] of [...APART, ...ofConnection(given)]) {
    const member = given.get(name);
    const other = others.map((one) => given.get(one)).find((one) => one !== undefined);
    if (member && other) throw new RuleError(member.place, `it does not go with ${other.place}: ${why}`);
  }
  for (const [name, others, why] of NEEDS) {
    const member = given.get(name);
    if (member && !others.some((one) => given.get(one)?.step === member.step))
      throw new RuleError(member.place, `it goes with ${others.join(' or ')}: ${why}`);
  }
  checkCarryOut(given);
  for (const { name, value, place } of members) if (name === 'delay') checkDelay(value, place);
}

function checkDelay(delay: RuleDelay, place: string): void {
  if (typeof delay === 'number' || !('uniform' in delay)) return;
  const [least, most] = delay.uniform;
  if (most < least) throw new RuleError(`${place}.uniform`, `it ends (${most}) before it begins (${least})`);
}

function ofConnection(given: ReadonlyMap<Name, GivenMember>): typeof APART {
  const at = given.get('at')?.value ?? 'before';
  if (at === 'before')
    return [['connection', [...OWN_ANSWERS, ...OF_AN_ENVELOPE, ...OF_A_BODY], 'it ends before there is an answer']];
  return at === 'within' ? [['connection', ['http'], 'there is no body to end within']] : [];
}

function checkCarryOut(given: ReadonlyMap<Name, GivenMember>): void {
  const carryOut = given.get('carryOut');
  const outputs = given.get('outputs');
  if (outputs && !given.has('returnValue') && carryOut === undefined)
    throw new RuleError(outputs.place, 'it goes with returnValue, or with carryOut, whose outputs it changes');
  if (carryOut === undefined) return;
  const earlier = [...OWN_ANSWERS, 'connection' as const].map((name) => given.get(name));
  const answer = earlier.find((one) => one !== undefined && one.step < carryOut.step);
  if (answer) throw new RuleError(carryOut.place, `it comes after the answer of ${answer.place}`);
}
