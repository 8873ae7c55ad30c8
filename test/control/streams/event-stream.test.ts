import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type EventStream, openEventStream } from '../../../src/control/streams/event-stream.js';

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A stream, and the client's end of it, which reads when it is told to. */
async function pair(stallMs: number): Promise<{ stream: EventStream; socket: ReturnType<typeof connect> }> {
  let opened: (stream: EventStream) => void = () => undefined;
  const stream = new Promise<EventStream>((resolve) => {
    opened = resolve;
  });
  const server = createServer((_request, response) =>
    opened(openEventStream(response, { maxBacklogBytes: 1000, stallMs })),
  );
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.pause().write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  return { stream: await stream, socket };
}

const big = { text: 'x'.repeat(4_000_000) };

describe('a stream of events', () => {
  it('drops a client that reads nothing for too long', async () => {
    const { stream, socket } = await pair(50);
    const closed = new Promise<void>((resolve) => stream.onClose(resolve));
    stream.send('exchange', big);
    expect(stream.isFull).toBe(true);
    await stream.drained();
    await closed;
    expect(stream.isOpen).toBe(false);
    stream.send('exchange', {});
    socket.destroy();
  });

  it('waits for one that is slow', async () => {
    const { stream, socket } = await pair(1000);
    stream.send('exchange', big);
    setTimeout(() => socket.resume(), 50);
    await stream.drained();
    expect([stream.isOpen, stream.isFull]).toEqual([true, false]);
    stream.end('enough');
    await once(socket, 'end');
    socket.destroy();
  });

  it('says at once that it is over when it is', async () => {
    const { stream, socket } = await pair(1000);
    socket.destroy();
    await new Promise<void>((resolve) => stream.onClose(resolve));
    let told = false;
    stream.onClose(() => {
      told = true;
    });
    expect(told).toBe(true);
  });
});
