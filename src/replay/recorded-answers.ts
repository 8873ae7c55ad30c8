import { differences, requestKey } from './compare-requests.js';
import type { MessageAnswer } from './message-answer.js';
import type { MessageRequest } from './message-request.js';
import { joinEnumeration, type RecordedEnumeration } from './recorded-enumeration.js';
import type { ReadMessage, Recording } from './recording.js';

/** What was answered once: one answer, or an enumeration to its end. */
export interface RecordedAnswer {
  readonly line: number;
  readonly request: MessageRequest;
  readonly uri: string | undefined;
  readonly answer: MessageAnswer;
  readonly enumeration: RecordedEnumeration | undefined;
}

/** Goes on with an enumeration, which an answer of an Enumerate has whole. */
const GOES_ON: ReadonlySet<string> = new Set(['Pull', 'Release', 'GetStatus', 'Renew']);

/** A recording by what was asked. */
export class RecordedAnswers {
  /** In the order of the recording. */
  readonly all: readonly RecordedAnswer[];
  readonly #byKey = new Map<string, RecordedAnswer[]>();
  /** How often each group of equal requests was answered, by its first. */
  readonly #used = new Map<RecordedAnswer, number>();

  constructor({ messages }: Recording) {
    const parts = new Map<string, ReadMessage[]>();
    for (const message of messages) {
      if (message.enumeration === undefined) continue;
      const others = parts.get(message.enumeration);
      if (others) others.push(message);
      else parts.set(message.enumeration, [message]);
    }
    this.all = messages
      .filter(({ request }) => !GOES_ON.has(request.operation))
      .map((message) => answerOf(message, parts.get(message.enumeration ?? '')));
    for (const one of this.all) {
      const key = requestKey(one.request);
      const others = this.#byKey.get(key);
      if (others) others.push(one);
      else this.#byKey.set(key, [one]);
    }
  }

  /** The next answer to a request: in the order of the recording, and the last one again and again. */
  next(request: MessageRequest): RecordedAnswer | undefined {
    const equal = (this.#byKey.get(requestKey(request)) ?? []).filter(
      (one) => differences(one.request, request).length === 0,
    );
    const [first] = equal;
    if (first === undefined) return undefined;
    const used = this.#used.get(first) ?? 0;
    this.#used.set(first, used + 1);
    return equal[Math.min(used, equal.length - 1)];
  }
}

function answerOf(message: ReadMessage, parts: readonly ReadMessage[] | undefined): RecordedAnswer {
  const { line, request, uri, answer } = message;
  const isOpened = request.operation === 'Enumerate' && answer.fault === undefined;
  return { line, request, uri, answer, enumeration: isOpened ? joinEnumeration(parts ?? [message]) : undefined };
}
