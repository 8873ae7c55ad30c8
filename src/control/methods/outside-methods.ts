import { randomUUID } from 'node:crypto';
import type { Call } from '../../cim/contracts/call.js';
import type { CimInterceptor } from '../../cim/contracts/cim-handler.js';
import type { Namespaces } from '../../cim/contracts/namespaces.js';
import { CimError } from '../../cim/model/cim-error.js';
import type { Schema } from '../../cim/schema/schema.js';
import { nearestName } from '../../strings/nearest-name.js';
import { ControlError } from '../control-error.js';
import type { ControlLimits } from '../control-limits.js';
import type { CallEvent } from './call-event.js';
import { type AskOutside, interceptCalls } from './intercept-calls.js';
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
  #changed: () => void = () => undefined;

  constructor(namespaces: Namespaces, limits: OutsideMethodsLimits) {
    this.#namespaces = namespaces;
    this.#limits = limits;
    this.#pending = new PendingCalls(limits.maxPendingCalls);
  }

  /** Stands before the model. */
  get interceptor(): CimInterceptor {
    return interceptCalls(this.#namespaces, () => this.list(), this.#ask);
  }

  /** Is told whenever the list is another one. */
  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  /** @returns its id, and what ends it: its methods go, and calls that it has not answered fail */
  addStream(stream: CallStream): { readonly id: string; remove(): void } {
    const id = randomUUID();
    this.#streams.set(id, stream);
    return {
      id,
      remove: () => {
        this.#streams.delete(id);
        for (const method of this.list()) if (method.stream === id) this.#methods.delete(method.id);
        this.#changed();
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
    this.#changed();
    return registered;
  }

  list(): readonly OutsideMethod[] {
    return [...this.#methods.values()];
  }

  /** Calls that wait already may still be answered. @returns false when there is none */
  remove(id: string): boolean {
    const isFound = this.#methods.delete(id);
    if (isFound) this.#changed();
    return isFound;
  }

  /** Takes all away, with the calls that wait. */
  clear(reason: string): void {
    this.#methods.clear();
    this.#changed();
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
    call.heard?.(answer);
    this.#pending.settle(id, settle);
  }

  /**
   * Has a call answered that another process with the same methods was asked.
   *
   * @returns the answer as it was given; it fits the method's declaration
   * @throws CimError as the call is to end
   */
  async relay(id: string, event: CallEvent, call: Call): Promise<CallAnswerBody> {
    const found = this.#methods.get(id);
    const space = found && this.#namespaces.findNamespace(found.namespace);
    const method = found && space?.schema.findClass(found.class)?.methods.get(found.method);
    let answer: CallAnswerBody = {};
    const heard = (body: CallAnswerBody): void => {
      answer = body;
    };
    const asked = found && space && method && this.#ask(found, { method, schema: space.schema, heard }, event, call);
    if (asked === undefined)
      throw new CimError('Failed', `Method ${event.method.name} has no answer from outside: it was taken away.`);
    await asked;
    return answer;
  }

  readonly #ask: AskOutside = (found, asked, event, call) => {
    const stream = this.#streams.get(found.stream);
    const pending = { ...asked, stream: found.stream, timeout: found.timeout };
    return stream && this.#pending.ask(pending, stream, event, call);
  };
}

function* classNames({ declarations }: Schema): IterableIterator<string> {
  for (const { name } of declarations) yield name;
}

function unknown(place: string, message: string, name: string, known: Iterable<string>): ControlError {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? '' : ` (did you mean '${nearest}'?)`;
  return new ControlError(404, `${place}: ${message}${hint}`, { place, nearest });
}
