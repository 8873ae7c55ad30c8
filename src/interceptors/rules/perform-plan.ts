import { CimError } from '../../cim/model/cim-error.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import type { DecodedAnswer } from './method-answer.js';
import type { RuleDelay } from './rule.js';
import type { PlannedAnswer, RulePlan } from './rule-plan.js';

/** A rule that fires at an exchange, and how far it has come. */
export interface Firing {
  readonly id: string;
  readonly plan: RulePlan;
  /** The how-manieth of the rule. */
  readonly number: number;
  /** For a method, where the rule has one. */
  readonly answer: DecodedAnswer | undefined;
  /** All waits are over and what is to be carried out is: the answer is as the rule says. */
  isDone: boolean;
}

/** What a plan is carried out with. */
export interface PlanContext<T> {
  carryOut(): Promise<T>;
  /** @throws what ends the exchange meanwhile */
  wait(delay: RuleDelay): Promise<void>;
  /** The answer of the rule for a method, made of that of the method where it was carried out. */
  answerWith(own: T | undefined): Promise<T>;
}

/**
 * Does what a rule says up to the answer; what becomes of that on its way is for the message.
 *
 * @throws CimError, WsmanFault: the answer of the rule; where the operation was carried out and failed, its own error
 */
export async function performPlan<T>(firing: Firing, { carryOut, wait, answerWith }: PlanContext<T>): Promise<T> {
  const { before, carriesOut, after, answer } = firing.plan;
  for (const delay of before) await wait(delay);
  const own = carriesOut ? await settled(carryOut) : undefined;
  for (const delay of after) await wait(delay);
  firing.isDone = true;
  if (answer !== undefined && answer.kind !== 'method') throw errorOf(answer, firing.id);
  return answer === undefined && own !== undefined ? own.again() : answerWith(await own?.again());
}

/** How something ended that was waited for; it does so `again` for whoever asks. */
export async function settled<T>(run: () => Promise<T>): Promise<{ again(): Promise<T> }> {
  try {
    const result = await run();
    return { again: async () => result };
  } catch (error) {
    return { again: () => Promise.reject(error) };
  }
}

/** What has no envelope ends the operation by a fault that is never sent: the message says another thing in its place. */
function errorOf(answer: Exclude<PlannedAnswer, { kind: 'method' }>, id: string): CimError | WsmanFault {
  if (answer.kind === 'error')
    return new CimError(answer.status, answer.message ?? `${answer.status}, as rule ${id} wants it.`);
  return answer.kind === 'fault'
    ? new WsmanFault(answer.key, answer.message)
    : new WsmanFault('EndpointUnavailable', `No answer, as rule ${id} wants it.`);
}
