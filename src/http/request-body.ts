import type { IncomingMessage } from 'node:http';
import { endOfArrivals } from './end-of-arrivals.js';

/** Why there is no body. */
export type BodyProblem = 'too large' | 'client gone';

/**
 * Reads a request's body, no more of it than allowed. A declared length that is too large is refused before a byte is read.
 *
 * @param limit in bytes
 */
export async function readRequestBody(request: IncomingMessage, limit: number): Promise<Buffer | BodyProblem> {
  const declared = request.headers['content-length'];
  if (declared !== undefined && Number(declared) > limit) return 'too large';
  // Nearly every envelope comes in one piece with its head: it is all there by then, and needs no listeners.
  await endOfArrivals();
  if (request.destroyed) return 'client gone';
  return request.complete ? readBuffered(request, limit) : listen(request, limit);
}

/** The body of a request that has arrived as a whole. One `read` gives all of it, or from Node 26 on one piece. */
function readBuffered(request: IncomingMessage, limit: number): Buffer | BodyProblem {
  const pieces: Buffer[] = [];
  let length = 0;
  for (let piece = request.read(); piece !== null; piece = request.read()) {
    pieces.push(piece as Buffer);
    length += (piece as Buffer).length;
    if (length > limit) return 'too large';
  }
  const [only] = pieces;
  return pieces.length === 1 && only ? only : Buffer.concat(pieces, length);
}

function listen(request: IncomingMessage, limit: number): Promise<Buffer | BodyProblem> {
  return new Promise((resolve) => {
    // Most come in one piece all the same; only the second one makes a list.
    let first: Buffer | undefined;
    let more: Buffer[] | undefined;
    let length = 0;

    function onData(chunk: Buffer): void {
      length += chunk.length;
      if (length > limit) {
        request.off('data', onData);
        request.pause();
        resolve('too large');
      } else if (first === undefined) first = chunk;
      else if (more === undefined) more = [first, chunk];
      else more.push(chunk);
    }

    request.on('data', onData);
    request.on('end', () => resolve(more === undefined ? (first ?? Buffer.alloc(0)) : Buffer.concat(more, length)));
    // `close` also follows `end`; by then the promise is settled and this says nothing.
    request.on('close', () => resolve('client gone'));
    request.on('error', () => resolve('client gone'));
  });
}
