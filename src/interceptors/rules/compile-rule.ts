import type { Namespaces } from '../../cim/contracts/namespaces.js';
import type { HostNames } from '../../cim/hosts/host-names.js';
import type { CimMethod } from '../../cim/model/cim-class.js';
import type { JsonSchema } from '../../options/shape/json-schema.js';
import type { WsmanOperationName } from '../../wsman/wsman-operation.js';
import { compileMatch, type IsA } from '../match/compile-match.js';
import type { ExchangeFacts } from '../match/exchange-facts.js';
import { wantedOperations, wantedSpan } from './check-condition.js';
import { type Candidate, findCandidates } from './find-candidates.js';
import { type DecodedAnswer, decodeAnswer } from './method-answer.js';
import type { Rule, RuleCondition } from './rule.js';
import { type CounterContext, RuleCounter } from './rule-counter.js';
import { RuleError } from './rule-error.js';
import { planActions, type RulePlan } from './rule-plan.js';

/** What rules are made for. */
export interface RuleContext extends CounterContext {
  readonly namespaces: Namespaces;
  readonly isA: IsA;
  /** The computers that are asked; undefined where there is one without a name. */
  readonly hosts?: HostNames | undefined;
  /** The JSON Schema of one rule; asked for with the first. */
  schema(): JsonSchema;
}

/**
 * What is left to be looked at when the names in the header of a message are known: nothing, its selectors, or the CIM operation that it
 * leads to. `no`: the rule is not meant.
 */
export type Left = 'no' | 'nothing' | 'selectors' | 'model';

/** A rule as it is asked at the seams. */
export interface CompiledRule {
  readonly id: string;
  readonly rule: Rule;
  readonly plan: RulePlan;
  readonly counter: RuleCounter;
  /** By operation, namespace, class, method and user: it is the same for the same names. */
  byNames(facts: ExchangeFacts): Left;
  bySelectors(facts: ExchangeFacts): boolean;
  /** A CIM operation is about to be carried out. */
  byModel(facts: ExchangeFacts): boolean;
  /** Its answer for a method; undefined where it does not fit the declaration, and so the rule not the call. */
  answerFor(method: CimMethod): DecodedAnswer | undefined;
}

/** @param rule has the shape of one @throws RuleError for one that could never match */
export function compileRule(rule: Rule, id: string, context: RuleContext): CompiledRule {
  const { when } = rule;
  const plan = planActions(rule.then);
  const isOfMethods = plan.answer?.kind === 'method';
  const { names, wsman } = wantedOperations(when);
  if (isOfMethods && !wsman.has('Invoke'))
    throw new RuleError('then', 'a ReturnValue and outputs are of methods, and the operation calls none');
  const span = wantedSpan(when);
  const candidates = findCandidates(when, context.namespaces);
  const answerFor = answersOf(plan, context.namespaces);
  checkAnswer(plan, candidates, answerFor);
  const { selectors, input, ...byNames } = when;
  const [named, values] = [compileMatch(byNames, context.isA), compileMatch({ selectors, input }, context.isA)];
  const needsModel = isOfMethods || input !== undefined || names.some(({ byMessage }) => !byMessage);
  return {
    id,
    rule,
    plan,
    counter: new RuleCounter(id, when, span, context),
    byNames: judgeNames(when, isOfMethods ? new Set(['Invoke']) : wsman, needsModel, context),
    bySelectors: (facts) => values.matches(facts),
    // Values differ oftener than names.
    byModel: (facts) => values.matches(facts) && named.matches(facts),
    answerFor: (method) => {
      const answer = answerFor(method);
      return answer instanceof RuleError ? undefined : answer;
    },
  };
}

/** Messages whose selectors name an instance: those of an association do not, its filter does. */
const NAMING: ReadonlySet<string | undefined> = new Set<WsmanOperationName>(['Get', 'Put', 'Delete', 'Invoke']);

function judgeNames(
  when: RuleCondition,
  wsman: ReadonlySet<string | undefined>,
  needsModel: boolean,
  { isA }: RuleContext,
): (facts: ExchangeFacts) => Left {
  const { input: _input, selectors, class: className, ...others } = when;
  const [byAll, byOthers] = [compileMatch({ ...others, class: className }, isA), compileMatch(others, isA)];
  return (facts) => {
    if (!wsman.has(facts.operation)) return 'no';
    // A query, or an association, names its class in the body.
    const isNameless = className !== undefined && facts.class === undefined;
    if (!(isNameless ? byOthers : byAll).matches(facts)) return 'no';
    if (needsModel || isNameless) return 'model';
    if (selectors === undefined) return 'nothing';
    return NAMING.has(facts.operation) ? 'selectors' : 'model';
  };
}

type AnswerFor = (method: CimMethod) => DecodedAnswer | RuleError;

/** Methods never change once they are resolved: each is asked for once. */
function answersOf({ answer }: RulePlan, namespaces: Namespaces): AnswerFor {
  const known = new WeakMap<CimMethod, DecodedAnswer | RuleError>();
  const findDeclared = (name: string) =>
    [...namespaces].map(({ schema }) => schema.findClass(name)?.properties).find(Boolean);
  const decode = (method: CimMethod): DecodedAnswer | RuleError => {
    if (answer?.kind !== 'method') return new RuleError('then', 'it has no answer of a method');
    try {
      return decodeAnswer(answer, method, findDeclared);
    } catch (error) {
      if (error instanceof RuleError) return error;
      throw error;
    }
  };
  return (method) => {
    const found = known.get(method) ?? decode(method);
    known.set(method, found);
    return found;
  };
}

/** The answer of a rule that names its method must fit one that it can mean. */
function checkAnswer({ answer }: RulePlan, candidates: readonly Candidate[], answerFor: AnswerFor): void {
  if (answer?.kind !== 'method') return;
  const answers = candidates.flatMap(({ method }) => (method === undefined ? [] : [answerFor(method)]));
  const problem = answers.find((one) => one instanceof RuleError);
  if (problem !== undefined && answers.every((one) => one instanceof RuleError)) throw problem;
}
