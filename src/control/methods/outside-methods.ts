import { randomUUID } from 'node:crypto';
import type { Call } from '../../cim/contracts/call.js';
import type { CimHandler, CimInterceptor } from '../../cim/contracts/cim-handler.js';
import type { CimOperationOf, InvokeMethodResult } from '../../cim/contracts/cim-operation.js';
import type { Namespaces } from '../../cim/contracts/namespaces.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { checkInput } from '../../cim/operations/check-input.js';
import type { Schema } from '../../cim/schema/schema.js';
import { nearestName } from '../../strings/nearest-name.js';
import { ControlError } from '../control-error.js';
import type { ControlLimits } from '../control-limits.js';
import { callEvent } from './call-event.js';
import { PendingCalls } from './pending-calls.js';
import { type CallAnswerBody, readAnswer } from './read-answer.js';

/** A method that another process answers. */
export interface OutsideMethod {
  readonly id: string;
  readonly stream: string;
  readonly namespace: string;
  readonly class: string;
  readonly method: string;
  /** Milliseconds that an answer may take. */
  readonly timeout: number;
}

/** Where calls are sent to. */
export interface CallStream {
  send(event: 'call' | 'cancelled', data: unknown): void;
}

export type OutsideMethodsLimits = Pick<ControlLimits, 'maxMethods' | 'maxPendingCalls'>;

type Invocation = CimOperationOf<'InvokeMethod'>;

/**
 * Methods that other processes answer: each call goes as an event to the stream of whoever registered it, and waits for the answer no
 * longer than that stream is there. What is registered last counts.
 */
export class OutsideMethods {
  readonly #namespaces: Namespaces;
  readonly #limits: OutsideMethodsLimits;
  readonly #streams = new Map<string, CallStream>();
  /** In the order of their registration. */
  readonly #methods = new Map<string, OutsideMethod>();
  readonly #pending: PendingCalls;

  constructor(namespaces: Namespaces, limits: OutsideMethodsLimits) {
    this.#namespaces = namespaces;
    this.#limits = limits;
    this.#pending = new PendingCalls(limits.maxPendingCalls);
  }

  /** Stands before the model. Without any method it is one comparison. */
  readonly interceptor: CimInterceptor = (next) => (operation, call) => {
    if (this.#methods.size === 0 || operation.kind !== 'InvokeMethod') return next(operation, call);
    return this.#intercept(operation, call, next);
  };

  /** @returns its id, and what ends it: its methods go, and calls that it has not answered fail */
  addStream(stream: CallStream): { readonly id: string; remove(): void } {
    const id = randomUUID();
    this.#streams.set(id, stream);
    return {
      id,
      remove: () => {
        this.#streams.delete(id);
        for (const method of this.list()) if (method.stream === id) this.#methods.delete(method.id);
        this.#pending.fail(({ stream: of }) => of === id, 'the process that answers it has gone');
      },
    };
  }

  /** @throws ControlError 404 for a stream, class or method that there is not; 429 */
  register(given: Omit<OutsideMethod, 'id'>): OutsideMethod {
    if (!this.#streams.has(given.stream))
      throw new ControlError(404, 'stream: there is no such stream; GET /v1/calls/stream opens one', {
        place: 'stream',
      });
    if (this.#methods.size >= this.#limits.maxMethods)
      throw new ControlError(429, `there are ${this.#limits.maxMethods} methods already`);
    const space = this.#namespaces.getNamespace(given.namespace);
    const cimClass = space.schema.findClass(given.class);
    if (cimClass === undefined)
      throw unknown('class', `${space.name} has no class '${given.class}'`, given.class, classNames(space.schema));
    const method = cimClass.methods.get(given.method);
    if (method === undefined)
      throw unknown(
        'method',
        `class ${cimClass.name} has no method '${given.method}'`,
        given.method,
        cimClass.methods.keys(),
      );
    const registered = {
      ...given,
      ...{ id: randomUUID(), namespace: space.name, class: cimClass.name, method: method.name },
    };
    this.#methods.set(registered.id, registered);
    return registered;
  }

  list(): readonly OutsideMethod[] {
    return [...this.#methods.values()];
  }

  /** Calls that wait already may still be answered. @returns false when there is none */
  remove(id: string): boolean {
    return this.#methods.delete(id);
  }

  /** Takes all away, with the calls that wait. */
  clear(reason: string): void {
    this.#methods.clear();
    this.#pending.fail(() => true, reason);
  }

  /**
   * @throws ControlError 404 when nobody waits for it (any more), 400 for an error of no CIM status; CimJsonError for values that the
   *   method does not declare
   */
  answer(id: string, answer: CallAnswerBody): void {
    const call = this.#pending.get(id);
    if (call === undefined) throw new ControlError(404, 'there is no such call, or nobody waits for it any more');
    // Before it is taken off the list: a wrong answer may be followed by a right one.
    const settle = readAnswer(answer, call.method, (name) => call.schema.findClass(name)?.properties);
    this.#pending.settle(id, settle);
  }

  async #intercept(operation: Invocation, call: Call, next: CimHandler): Promise<InvokeMethodResult> {
    const goOn = () => next(operation, call) as Promise<InvokeMethodResult>;
    const { target, method: name, input } = operation;
    const space = this.#namespaces.findNamespace(target.namespace ?? '');
    const cimClass = space?.schema.findClass(target.className);
    const method = cimClass?.methods.get(name);
    if (!space || !cimClass || !method || !this.#mayBeMeant(space.name, name)) return goOn();
    const isClass = target.keys.size === 0 && cimClass.keys.length > 0;
    if (isClass && !method.isStatic) return goOn();
    const instance = isClass ? undefined : ((await next({ kind: 'GetInstance', path: target }, call)) as CimInstance);
    const className = instance?.className ?? cimClass.name;
    const found = this.list().findLast(
      (one) =>
        sameName(one.method, name) && sameName(one.namespace, space.name) && space.schema.isA(className, one.class),
    );
    const stream = found && this.#streams.get(found.stream);
    if (!found || !stream) return goOn();
    const checked = checkInput({ namespaces: this.#namespaces }, space, method, input);
    const event = callEvent(found, { space, method, target, instance, className, user: call.user }, checked.input);
    const pending = { stream: found.stream, method, schema: space.schema, timeout: found.timeout };
    return this.#pending.ask(pending, stream, event, call);
  }

  /** Before anything is looked up. */
  #mayBeMeant(namespace: string, name: string): boolean {
    return this.list().some((one) => sameName(one.method, name) && sameName(one.namespace, namespace));
  }
}

function* classNames({ declarations }: Schema): IterableIterator<string> {
  for (const { name } of declarations) yield name;
}

function unknown(place: string, message: string, name: string, known: Iterable<string>): ControlError {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? '' : ` (did you mean '${nearest}'?)`;
  return new ControlError(404, `${place}: ${message}${hint}`, { place, nearest });
}
