import type { Socket } from 'node:net';

const INTERIM = /^HTTP\/1\.\d 1(?!01)\d\d/;
/** What may become the beginning of an interim answer, once more of it is there. */
const BEGINNING = 'HTTP/1.1 1xx'.length;
const END = '\r\n\r\n';
/** More than an interim answer has; what is longer is for the parser to refuse. */
const MAX_INTERIM_BYTES = 16 * 1024;

/**
 * Takes interim answers (1xx) out of what a socket receives: a server may send some that nobody asked for, and a client passes over
 * them (RFC 9110 §15.2); undici gives up at a 100. 101 stays: it ends HTTP.
 *
 * @returns the socket itself
 */
export function skipInterimAnswers(socket: Socket): Socket {
  const read = socket.read.bind(socket);
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean;
  let held: Buffer | undefined;
  /** A request has gone out, and nothing of its answer is there yet: what follows is content, whatever it looks like. */
  let isAwaited = true;
  socket.write = (...args: unknown[]) => {
    isAwaited = true;
    return write(...args);
  };

  /** What is left of a piece; undefined when more is needed to say. */
  function withoutInterim(piece: Buffer): Buffer | undefined {
    let rest = piece;
    while (mayBeInterim(rest)) {
      const end = rest.indexOf(END);
      if (end < 0) return rest.length > MAX_INTERIM_BYTES ? rest : undefined;
      rest = rest.subarray(end + END.length);
    }
    return rest;
  }

  /** What of a piece is for the parser; undefined for nothing yet. */
  function takeIn(piece: Buffer): Buffer | undefined {
    const whole = held === undefined ? piece : Buffer.concat([held, piece]);
    const rest = withoutInterim(whole);
    held = rest === undefined ? whole : undefined;
    if (rest === undefined || rest.length === 0) return undefined;
    isAwaited = false;
    return rest;
  }

  socket.read = (size?: number): Buffer | null => {
    for (;;) {
      const piece = read(size) as Buffer | null;
      if (piece === null || !isAwaited) return piece;
      const rest = takeIn(piece);
      if (rest !== undefined) return rest;
    }
  };
  return socket;
}

function mayBeInterim(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, BEGINNING);
  if (start.length === BEGINNING) return INTERIM.test(start);
  return (
    start.length > 0 &&
    ('HTTP/1.1 1'.startsWith(start) || 'HTTP/1.0 1'.startsWith(start) || /^HTTP\/1\.\d 1\d*$/.test(start))
  );
}
