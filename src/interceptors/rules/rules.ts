import type { Call } from '../../cim/contracts/call.js';
import type { CimInterceptor } from '../../cim/contracts/cim-handler.js';
import type { CimOperation, CimResult, InvokeMethodResult } from '../../cim/contracts/cim-operation.js';
import type { CimMethod } from '../../cim/model/cim-class.js';
import { OptionError } from '../../options/option-error.js';
import { findShapeProblem } from '../../options/shape/find-shape-problem.js';
import { pathText } from '../../options/shape/value-path.js';
import type { OperationAnswer, WsmanOperationInterceptor, WsmanOperationSeam } from '../../wsman/wsman-operation.js';
import type { WsmanHandler, WsmanInterceptor } from '../../wsman/wsman-service.js';
import { withNamedHost } from '../match/named-host.js';
import { type CompiledRule, compileRule, type RuleContext } from './compile-rule.js';
import { MessageFacts, ModelFacts } from './exchange-facts-of.js';
import { resultOf } from './method-answer.js';
import { type Firing, performPlan } from './perform-plan.js';
import type { Rule, RuleCondition, RuleDelay, RuleState } from './rule.js';
import type { Counted, RuleCounts } from './rule-counter.js';
import { delayOf } from './rule-delay.js';
import { RuleError } from './rule-error.js';
import { RuleList } from './rule-list.js';
import { type Decision, RuledExchange } from './ruled-exchange.js';
import { seededFraction } from './seeded-fraction.js';
import { shapeAnswer } from './shape-answer.js';
import { Waits } from './waits.js';

/** The rules of an endpoint, and what stands at its three seams for them. */
export interface Rules {
  readonly message: WsmanInterceptor;
  /** Empty while there are no rules. */
  readonly operation: WsmanOperationSeam;
  /** Behind the guard. */
  readonly model: CimInterceptor;
  /** @param initial it is given at the start: `reset` keeps it @throws RuleError */
  add(rule: Rule, initial?: boolean): RuleState;
  remove(rule: string | Pick<RuleState, 'id'>): boolean;
  list(): readonly RuleState[];
  /** Counts a match that another process has found. @returns undefined, too, when the rule is gone */
  count(id: string): Counted;
  /** What this process has counted by itself since it was taken last, for the one that has the counts of all. */
  takeCounts(): readonly RuleCounts[];
  /** What another process has counted; of rules that are gone it is dropped. */
  addCounts(counts: readonly RuleCounts[]): void;
  /** Rules added since the start are gone, the others count from 0. @param isMeant of which this is so; of all when left out */
  reset(isMeant?: (rule: RuleState) => boolean): void;
  /** Ends all waits, and those to come. */
  close(): void;
}

/** What changes something: once it is asked for, nothing that may come later is waited for. */
const CHANGES: ReadonlySet<string> = new Set(['CreateInstance', 'ModifyInstance', 'DeleteInstance', 'InvokeMethod']);

/**
 * One decision for each exchange: the first rule that matches and whose counts say so fires. What the header of the message decides is
 * decided there, before anything of the body is read; what needs the input or the CIM operation, behind the guard, before it is carried
 * out. Where an earlier rule cannot be decided yet, later ones wait for it.
 */
export function createRules(context: RuleContext): Rules {
  const rules = new RuleList();
  const exchanges = new Map<string, RuledExchange>();
  const waits = new Waits();

  function waitFor(call: Call, { client }: RuledExchange, { id, number }: Firing) {
    let drawn = 0;
    const fraction = () => seededFraction(context.seed, `${id}:delay:${number}`, drawn++);
    return (delay: RuleDelay) => waits.wait(delayOf(delay, fraction), [call.cancellation, client]);
  }

  function methodOf(operation: CimOperation): CimMethod | undefined {
    if (operation.kind !== 'InvokeMethod') return undefined;
    const { namespace = '', className } = operation.target;
    return context.namespaces.findNamespace(namespace)?.schema.findClass(className)?.methods.get(operation.method);
  }

  function decideAtModel(exchange: RuledExchange, operation: CimOperation): Decision {
    const facts = new ModelFacts(operation, exchange.facts);
    const answerOf = ({ answerFor }: CompiledRule) => {
      const method = methodOf(operation);
      return method && answerFor(method);
    };
    return exchange.goOn(facts, CHANGES.has(operation.kind), answerOf);
  }

  const interceptOperation: WsmanOperationInterceptor = (operation, call, next) => {
    const exchange = exchanges.get(call.id);
    if (exchange === undefined) return next();
    const facts = new MessageFacts(operation, call);
    const asked = rules.about(facts);
    if (asked.all.length === 0) return next();
    const perform = (firing: Firing, carryOut: typeof next) =>
      performPlan(firing, { carryOut, wait: waitFor(call, exchange, firing), answerWith: carryOut });
    const goOn = (firing: Firing | undefined): Promise<OperationAnswer> => {
      if (firing !== undefined) return perform(firing, next);
      if (!exchange.isOpen) return next();
      return next().then(
        (answer) => (exchange.isOpen ? atEnd(async () => answer) : answer),
        (error: unknown) => atEnd(() => Promise.reject(error)),
      );
    };
    const atEnd = async (own: () => Promise<OperationAnswer>) => {
      const late = await exchange.end();
      return late === undefined ? own() : perform(late, own);
    };
    const decision = exchange.begin(asked, facts);
    return decision instanceof Promise ? decision.then(goOn) : goOn(decision);
  };

  function namedHost(when: RuleCondition): RuleCondition {
    try {
      return withNamedHost(when, context.hosts);
    } catch (error) {
      if (!(error instanceof OptionError)) throw error;
      throw new RuleError('when.host', error.message.replace(/^host: /, ''));
    }
  }

  return {
    message: (next) => {
      const ruled: WsmanHandler = async (request, call) => {
        const exchange = new RuledExchange(request.client);
        exchanges.set(call.id, exchange);
        try {
          const response = await next(request, call);
          return exchange.firing === undefined ? response : shapeAnswer(response, exchange.firing);
        } finally {
          exchanges.delete(call.id);
        }
      };
      return (request, call) => (rules.isEmpty ? next(request, call) : ruled(request, call));
    },

    operation: new RuledOperations(rules, interceptOperation),

    model: (next) => (operation, call) => {
      const exchange = exchanges.get(call.id);
      if (exchange?.isOpen !== true) return next(operation, call);
      const goOn = (firing: Firing | undefined): Promise<CimResult> => {
        if (firing === undefined) return next(operation, call);
        return performPlan<CimResult>(firing, {
          carryOut: () => next(operation, call),
          wait: waitFor(call, exchange, firing),
          answerWith: async (own) => resultOf(firing.answer, own as InvokeMethodResult | undefined),
        });
      };
      const decision = decideAtModel(exchange, operation);
      return decision instanceof Promise ? decision.then(goOn) : goOn(decision);
    },

    add(rule, initial = false) {
      const problem = findShapeProblem(context.schema(), rule);
      if (problem !== undefined) throw new RuleError(pathText(problem.path), problem.text);
      const { id = rules.nextId } = rule;
      if (rules.has(id)) throw new RuleError('id', `there is a rule '${id}' already`);
      return rules.add(compileRule({ ...rule, when: namedHost(rule.when) }, id, context), initial);
    },
    remove: (rule) => rules.remove(typeof rule === 'string' ? rule : rule.id),
    list: () => rules.states,
    count: (id) => rules.counterOf(id)?.countHere(),
    takeCounts: () => rules.counters.map((counter) => counter.take()).filter(({ matched }) => matched > 0),
    addCounts(counts) {
      for (const one of counts) rules.counterOf(one.id)?.add(one);
    },
    reset: (isMeant) => rules.reset(isMeant),
    close: () => waits.close(),
  };
}

/** A class, whose getter is its own: that of a literal would hold on to a closed endpoint until the whole heap is collected. */
class RuledOperations implements WsmanOperationSeam {
  readonly #rules: RuleList;
  readonly #ruled: WsmanOperationInterceptor;

  constructor(rules: RuleList, ruled: WsmanOperationInterceptor) {
    this.#rules = rules;
    this.#ruled = ruled;
  }

  get interceptor(): WsmanOperationInterceptor | undefined {
    return this.#rules.isEmpty ? undefined : this.#ruled;
  }
}
