import { randomUUID } from 'node:crypto';
import { decodeMessage } from '../client/message/message-charset.js';
import type { WsmanInterceptor, WsmanRequest, WsmanResponse } from '../wsman/wsman-service.js';
import { escapeAttribute, escapeText } from '../xml/escape-xml.js';
import { answerWith, faultWith } from './answer-with.js';
import { differences } from './compare-requests.js';
import { readElement } from './element.js';
import { explainTurn, explainUnmatched } from './explain-unmatched.js';
import type { MessageAnswer } from './message-answer.js';
import { type ReadRequest, type RequestDetails, readRequest } from './message-request.js';
import { type RecordedAnswer, RecordedAnswers } from './recorded-answers.js';
import type { RecordedEnumeration } from './recorded-enumeration.js';
import type { Recording } from './recording.js';

export interface ReplayOptions {
  /** Requests have to come in the order of the recording, each once. */
  readonly strict?: boolean | undefined;
  /** What no recorded exchange answers goes to the service behind it. */
  readonly fallback?: boolean | undefined;
}

/** An enumeration that a client goes on with. */
interface OpenEnumeration {
  readonly user: string;
  readonly enumeration: RecordedEnumeration;
  position: number;
}

/** More are not kept: whoever opened the oldest is told that it is gone. */
const MAX_OPEN = 1000;
/** Bytes of an answer around its items. */
const FRAME_BYTES = 2048;

/**
 * Stands in the place of the service and answers from a recording, by operation, target and input: identifiers and times do not matter,
 * nor how many items a client wants at a time. Equal requests get their answers in the order of the recording, and the last one again
 * and again.
 */
export function replay(recording: Recording, options: ReplayOptions = {}): WsmanInterceptor {
  const player = new Player(recording, options);
  return (next) => async (request, call) => {
    const read = call.user === undefined ? undefined : tryRead(request);
    if (read === undefined || call.user === undefined) return next(request, call);
    const answer = player.answer(read, call.user);
    if (answer.outcome.reason !== undefined) {
      if (options.fallback === true) return next(request, call);
      call.explain(answer.outcome.reason);
    }
    return answer;
  };
}

function tryRead({ body }: WsmanRequest): ReadRequest | undefined {
  try {
    return readRequest(readElement(decodeMessage(body)));
  } catch {
    // The service behind it says what is wrong with it.
    return undefined;
  }
}

class Player {
  readonly #answers: RecordedAnswers;
  readonly #isStrict: boolean;
  readonly #open = new Map<string, OpenEnumeration>();
  /** In order: how many have had their turn. */
  #turn = 0;

  constructor(recording: Recording, { strict = false }: ReplayOptions) {
    this.#answers = new RecordedAnswers(recording);
    this.#isStrict = strict;
  }

  answer(read: ReadRequest, user: string): WsmanResponse {
    const { request, details } = read;
    if (details.context !== undefined) return this.#goOn(read, details.context, user);
    const found = this.#isStrict ? this.#inTurn(read) : this.#answers.next(request);
    if (found === undefined) {
      const why = this.#isStrict
        ? explainTurn(request, this.#answers.all[this.#turn])
        : explainUnmatched(request, this.#answers.all);
      return faultWith('InternalError', why, details);
    }
    if (found.enumeration !== undefined) return this.#begin(found, found.enumeration, details, user);
    return recorded(found.answer, details, found.uri);
  }

  #inTurn({ request }: ReadRequest): RecordedAnswer | undefined {
    const expected = this.#answers.all[this.#turn];
    if (expected === undefined || differences(expected.request, request).length > 0) return undefined;
    this.#turn += 1;
    return expected;
  }

  #begin(
    found: RecordedAnswer,
    enumeration: RecordedEnumeration,
    details: RequestDetails,
    user: string,
  ): WsmanResponse {
    const open: OpenEnumeration = { user, enumeration, position: 0 };
    const items = details.maxElements === undefined ? '' : take(open, details.maxElements, details);
    const isOver = details.maxElements !== undefined && isAtEnd(open);
    const context = isOver ? '' : this.#keep(open);
    const given = details.maxElements === undefined ? '' : `<w:Items>${items}</w:Items>`;
    const end = isOver ? '<w:EndOfSequence/>' : '';
    const action = found.answer.action ?? `${details.action}Response`;
    const body = `<n:EnumerateResponse>${contextElement(context)}${given}${end}</n:EnumerateResponse>`;
    return answerWith({ status: 200, action, body, headers: found.answer.headers }, details);
  }

  #goOn({ request, details }: ReadRequest, context: string, user: string): WsmanResponse {
    const open = this.#open.get(context);
    if (open === undefined || open.user !== user)
      return faultWith('InvalidEnumerationContext', 'the context is none of this replay', details);
    const action = `${details.action}Response`;
    if (request.operation === 'Release') {
      this.#open.delete(context);
      return answerWith({ status: 200, action, body: '' }, details);
    }
    if (request.operation !== 'Pull')
      return answerWith({ status: 200, action, body: `<n:${request.operation}Response/>` }, details);
    const step = open.enumeration.steps[open.position];
    if (step !== undefined && 'fault' in step) {
      open.position += 1;
      return recorded(step.fault, details, undefined);
    }
    if (step === undefined && !open.enumeration.isWhole)
      return faultWith(
        'InternalError',
        'the recording of this enumeration ends here: whoever was recorded went no further',
        details,
      );
    const items = take(open, details.maxElements ?? 1, details);
    const isOver = isAtEnd(open);
    if (isOver) this.#open.delete(context);
    const end = isOver ? '<n:EndOfSequence/>' : '';
    const next = isOver ? '' : contextElement(context);
    const body = `<n:PullResponse>${next}<n:Items>${items}</n:Items>${end}</n:PullResponse>`;
    return answerWith({ status: 200, action, body }, details);
  }

  #keep(open: OpenEnumeration): string {
    const context = `uuid:${randomUUID().toUpperCase()}`;
    this.#open.set(context, open);
    const [oldest] = this.#open.keys();
    if (this.#open.size > MAX_OPEN && oldest !== undefined) this.#open.delete(oldest);
    return context;
  }
}

function contextElement(context: string): string {
  return context === ''
    ? '<n:EnumerationContext/>'
    : `<n:EnumerationContext>${escapeText(context)}</n:EnumerationContext>`;
}

/** As many items as are wanted and fit, one at least; a fault among them has an answer of its own. */
function take(
  open: OpenEnumeration,
  count: number,
  { maxEnvelopeSize = Number.POSITIVE_INFINITY }: RequestDetails,
): string {
  const { steps } = open.enumeration;
  let items = '';
  for (let taken = 0; taken < count; taken += 1) {
    const step = steps[open.position];
    if (step === undefined || !('item' in step)) break;
    const isTooMuch = Buffer.byteLength(items) + Buffer.byteLength(step.item) + FRAME_BYTES > maxEnvelopeSize;
    if (taken > 0 && isTooMuch) break;
    items += step.item;
    open.position += 1;
  }
  return items;
}

function isAtEnd({ enumeration: { steps, isWhole }, position }: OpenEnumeration): boolean {
  return isWhole && position >= steps.length;
}

/** @param uri that of the recorded request: where the client names the resource in another way, the answer does, too */
function recorded(answer: MessageAnswer, details: RequestDetails, uri: string | undefined): WsmanResponse {
  const { status, headers, body } = answer;
  const action = answer.action ?? (details.action === '' ? '' : `${details.action}Response`);
  const isOther = uri !== undefined && uri !== details.uri;
  const said = isOther
    ? body.replaceAll(`="${escapeAttribute(uri)}"`, () => `="${escapeAttribute(details.uri)}"`)
    : body;
  return answerWith({ status, action, body: said, headers }, details);
}
