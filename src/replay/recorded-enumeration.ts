import { type Element, readElement } from './element.js';
import { type MessageAnswer, readEnumerationPart } from './message-answer.js';
import type { ReadMessage } from './recording.js';

/** What an enumeration gave, in order, however many items a client of another time asked for at once. */
export interface RecordedEnumeration {
  readonly steps: readonly EnumerationStep[];
  /** False where whoever was recorded ended it early: what follows is not known. */
  readonly isWhole: boolean;
}

/** An item, as XML that stands by itself, or an answer that was a fault. */
export type EnumerationStep = { readonly item: string } | { readonly fault: MessageAnswer };

/** @param messages an Enumerate, and what went on with it */
export function joinEnumeration(messages: readonly ReadMessage[]): RecordedEnumeration {
  const steps: EnumerationStep[] = [];
  let isWhole = false;
  for (const { answer, request } of messages) {
    if (request.operation !== 'Enumerate' && request.operation !== 'Pull') continue;
    if (answer.fault !== undefined) {
      steps.push({ fault: answer });
      continue;
    }
    const { items, ended } = readEnumerationPart(envelopeAround(answer.body));
    steps.push(...items.map((item) => ({ item })));
    isWhole ||= ended;
  }
  return { steps, isWhole };
}

function envelopeAround(body: string): Element {
  return readElement(`<Envelope><Body>${body}</Body></Envelope>`);
}
