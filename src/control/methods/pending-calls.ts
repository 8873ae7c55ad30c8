import { randomUUID } from 'node:crypto';
import type { Call } from '../../cim/contracts/call.js';
import type { InvokeMethodResult } from '../../cim/contracts/cim-operation.js';
import type { CimMethod } from '../../cim/model/cim-class.js';
import { CimError } from '../../cim/model/cim-error.js';
import type { Schema } from '../../cim/schema/schema.js';
import type { CallEvent } from './call-event.js';
import type { CallStream } from './outside-methods.js';
import type { CallAnswerBody } from './read-answer.js';

/** What is known of a call that waits for its answer. */
export interface PendingCall {
  readonly stream: string;
  readonly method: CimMethod;
  readonly schema: Schema;
  /** Milliseconds. */
  readonly timeout: number;
  /** Is told the answer as it was given. */
  readonly heard?: ((answer: CallAnswerBody) => void) | undefined;
}

interface Waiting extends PendingCall {
  readonly settle: (outcome: InvokeMethodResult | CimError) => void;
}

/** The calls that other processes have been asked, and have not answered. */
export class PendingCalls {
  readonly #most: number;
  readonly #waiting = new Map<string, Waiting>();

  constructor(most: number) {
    this.#most = most;
  }

  get(id: string): PendingCall | undefined {
    return this.#waiting.get(id);
  }

  /**
   * Sends a call and waits for its answer.
   *
   * @throws CimError of the answer; Failed when there is none in time, or nobody to give one; what cancels the call
   */
  async ask(pending: PendingCall, stream: CallStream, event: CallEvent, call: Call): Promise<InvokeMethodResult> {
    const name = pending.method.name;
    if (this.#waiting.size >= this.#most)
      throw new CimError('ServerLimitsExceeded', `${this.#most} calls wait for an answer from outside already.`);
    const id = randomUUID();
    let timer: NodeJS.Timeout | undefined;
    const answered = new Promise<InvokeMethodResult | CimError>((settle) => {
      this.#waiting.set(id, { ...pending, settle });
      const problem = `Method ${name} was not answered from outside within ${pending.timeout} ms.`;
      timer = setTimeout(() => settle(new CimError('Failed', problem)), pending.timeout);
    });
    try {
      stream.send('call', { id, ...event });
      const outcome = await call.cancellation.race(answered);
      if (outcome instanceof CimError) {
        call.explain(outcome.message);
        throw outcome;
      }
      return outcome;
    } finally {
      clearTimeout(timer);
      // Who is still on the list has not been answered.
      if (this.#waiting.delete(id)) stream.send('cancelled', { id });
    }
  }

  settle(id: string, outcome: InvokeMethodResult | CimError): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.settle(outcome);
  }

  /** Ends those that are meant at once, with an error. */
  fail(isMeant: (call: PendingCall) => boolean, reason: string): void {
    for (const [id, waiting] of this.#waiting) {
      if (!isMeant(waiting)) continue;
      this.settle(id, new CimError('Failed', `Method ${waiting.method.name} has no answer from outside: ${reason}.`));
    }
  }
}
