import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { readEvents, take } from '../read-events.js';
import { useControlLab } from '../use-control-lab.js';

const open = useControlLab();

describe('the stream of exchanges', () => {
  it('tells each as it comes, from now on, those that are meant', async () => {
    const lab = await open();
    lab.record({ method: 'Turn' });
    const events = readEvents(await lab.fetch('/v1/requests/stream?method=Turn'));
    for (const method of ['Stop', 'Turn', 'Turn']) lab.record({ method });
    expect(await take(events, 2)).toEqual([
      { event: 'exchange', id: 3, data: expect.objectContaining({ number: 3, method: 'Turn' }) },
      { event: 'exchange', id: 4, data: expect.objectContaining({ number: 4 }) },
    ]);
    await events.return(undefined);
  });

  it('goes on where a client left off, and tells of what is no longer kept', async () => {
    const lab = await open();
    for (let count = 0; count < 10; count += 1) lab.record();
    lab.forget(5);
    const events = readEvents(await lab.fetch('/v1/requests/stream', { headers: { 'Last-Event-ID': '2' } }));
    const told = await take(events, 6);
    expect(told[0]).toEqual({ event: 'gap', data: { after: 2, before: 6, missed: 3 } });
    expect(told.slice(1).map(({ id }) => id)).toEqual([6, 7, 8, 9, 10]);
    await events.return(undefined);
    const later = readEvents(await lab.fetch('/v1/requests/stream?after=10'));
    lab.kit.clearRequests();
    lab.record();
    expect((await take(later, 1)).map(({ event, id }) => [event, id])).toEqual([['exchange', 11]]);
    await later.return(undefined);
  });

  it('is there for so many at once, and no more; who goes makes room', async () => {
    const lab = await open({ maxStreams: 3 });
    const streams = await Promise.all([1, 2, 3].map(() => lab.fetch('/v1/requests/stream')));
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await lab.ask('GET', '/v1/requests/stream')).status).toBe(429);
    await streams[0]?.body?.cancel();
    await vi.waitFor(async () => {
      const next = await lab.fetch('/v1/requests/stream');
      expect(next.status).toBe(200);
      await next.body?.cancel();
    });
    for (const stream of streams.slice(1)) await stream.body?.cancel();
  });

  it('keeps little for a client that does not read, and tells it of the gap when it reads on', async () => {
    const lab = await open({ maxBacklogBytes: 100_000 });
    const socket = connect(lab.port, '127.0.0.1');
    socket.write(`GET /v1/requests/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${lab.token}\r\n\r\n`);
    await once(socket, 'readable');
    socket.pause();
    const before = process.memoryUsage().rss;
    const reason = 'x'.repeat(100_000);
    for (let count = 0; count < 600; count += 1) {
      lab.record({ reason });
      // As a recorder that keeps ten.
      if (count > 10) lab.forget(1);
      if (count % 20 === 0) await sleep(1);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    socket.resume();
    await vi.waitFor(() => expect(text).toMatch(/id: 600\n/), { timeout: 5000 });
    const gaps = [...text.matchAll(/event: gap\ndata: \{"after":\d+,"before":\d+,"missed":(\d+)/g)];
    expect(Math.max(...gaps.map(([, missed]) => Number(missed)))).toBeGreaterThan(100);
    socket.destroy();
  });

  it('is refused for a filter that can never match', async () => {
    const lab = await open();
    expect(await lab.ask('GET', '/v1/requests/stream?operation=Invok')).toMatchObject({ status: 400 });
  });
});
