import type { ServerResponse } from 'node:http';

/** A stream of server-sent events to one client. It is never waited for but by whoever asks {@link EventStream.drained}. */
export interface EventStream {
  readonly isOpen: boolean;
  /** More than the backlog waits for the client to read. */
  readonly isFull: boolean;
  /** @param data JSON @param id what the client names when it comes back (`Last-Event-ID`) */
  send(event: string, data: unknown, id?: number): void;
  /** Until the client has read what waits; a client that reads nothing for too long is dropped. */
  drained(): Promise<void>;
  /** Called once, at once when it is over already. */
  onClose(listener: () => void): void;
  /** Says why, and ends. */
  end(reason: string): void;
  /** Ends without a word: the client does not read. */
  drop(): void;
}

export interface EventStreamLimits {
  readonly maxBacklogBytes: number;
  /** How long a client may leave a full backlog alone, in milliseconds. Default 30 s. */
  readonly stallMs?: number;
}

/** Between two comments, by which both ends notice that the other is gone. */
const KEEP_ALIVE_MS = 15_000;
const STALL_MS = 30_000;

/** Writes the head and takes the response over. */
export function openEventStream(response: ServerResponse, limits: EventStreamLimits): EventStream {
  const { maxBacklogBytes, stallMs = STALL_MS } = limits;
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  const isOpen = () => !response.destroyed && !response.writableEnded;
  const isFull = () => response.writableLength > maxBacklogBytes;
  const keepAlive = setInterval(() => {
    if (isOpen() && !isFull()) response.write(':\n\n');
  }, KEEP_ALIVE_MS).unref();
  response.once('close', () => clearInterval(keepAlive));
  // A client that breaks off has done nothing wrong.
  response.on('error', () => undefined);

  const drop = () => void response.destroy();
  return {
    get isOpen() {
      return isOpen();
    },
    get isFull() {
      return isFull();
    },
    send(event, data, id) {
      if (!isOpen()) return;
      const named = id === undefined ? '' : `id: ${id}\n`;
      response.write(`event: ${event}\n${named}data: ${JSON.stringify(data)}\n\n`);
    },
    async drained() {
      while (isOpen() && response.writableLength > 0) {
        const before = response.writableLength;
        if (!(await hasMoved(response, stallMs)) && isOpen() && response.writableLength >= before) drop();
      }
    },
    onClose(listener) {
      if (isOpen()) response.once('close', listener);
      else listener();
    },
    end(reason) {
      if (!isOpen()) return;
      response.end(`event: end\ndata: ${JSON.stringify({ reason })}\n\n`);
    },
    drop,
  };
}

/** Whether anything was read, or the stream has ended, within the time. */
function hasMoved(response: ServerResponse, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (moved: boolean) => {
      clearTimeout(timer);
      response.off('drain', onMove).off('close', onMove);
      resolve(moved);
    };
    const onMove = () => settle(true);
    const timer = setTimeout(() => settle(false), ms);
    response.on('drain', onMove).on('close', onMove);
  });
}
