import { LongWork } from '../cim/long-work.js';
import { type ReadDocument, readXmlInSteps } from '../xml/read-xml.js';
import type { WsmanRequest } from './wsman-service.js';

/** Messages of more bytes are read in slices, between which others are answered. Hardly any is that large. */
export const LARGE_MESSAGE_BYTES = 64 * 1024;

/** Reads the envelope of a large message. */
export type ReadLargeMessage = (request: WsmanRequest) => Promise<ReadDocument>;

/**
 * Large messages are read one after the other: what a message comes to takes several times its bytes, and of many that were read by
 * turns none would be done with until the last is.
 */
export function createReadLargeMessage(): ReadLargeMessage {
  let last: Promise<unknown> | undefined;

  async function read({ body, charset, client }: WsmanRequest, before: Promise<unknown> | undefined) {
    await before;
    client.throwIfAborted();
    return new LongWork(client).finish(readXmlInSteps(body, { charset }));
  }

  return (request) => {
    const reading = read(request, last);
    const end: Promise<unknown> = reading.then(forget, forget);
    last = end;
    return reading;

    function forget(): void {
      if (last === end) last = undefined;
    }
  };
}
