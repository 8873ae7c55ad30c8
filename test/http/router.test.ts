import { describe, expect, it } from 'vitest';
import { echo, httpRequest, startTestListeners } from './test-listeners.js';

describe('the router of a process', () => {
  it('hands each request to the listener by which it came', async () => {
    await using one = await startTestListeners();
    await using other = await startTestListeners({
      answer: async (request, call) => ({ ...(await echo(request, call)), status: 500 }),
    });
    const statuses = [];
    for (const server of [one, other, one]) statuses.push((await server.ask(httpRequest())).status);
    expect(statuses).toEqual([200, 500, 200]);
    expect([one.requests.length, other.requests.length]).toEqual([2, 1]);
  });

  it('serves those that are left when one has closed, and one that opens later', async () => {
    const first = await startTestListeners();
    await using second = await startTestListeners();
    expect((await first.ask(httpRequest())).status).toBe(200);
    await first.listeners.close();
    await expect(first.connect()).rejects.toThrow('ECONNREFUSED');
    await using third = await startTestListeners();
    expect((await second.ask(httpRequest())).status).toBe(200);
    expect((await third.ask(httpRequest())).status).toBe(200);
    expect([first, second, third].map(({ requests }) => requests.length)).toEqual([1, 1, 1]);
  });

  it('finishes what is under way at one that closes, while others stay ready', async () => {
    let answer = (): void => undefined;
    const waits = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const closing = await startTestListeners({
      graceMs: 5_000,
      answer: async (request, call) => {
        await waits;
        return echo(request, call);
      },
    });
    await using other = await startTestListeners();
    const busy = await closing.connect();
    busy.send(httpRequest());
    await expect.poll(() => closing.requests.length).toBe(1);
    const closed = closing.listeners.close();
    expect((await other.ask('GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n')).status).toBe(200);
    answer();
    expect((await busy.response()).status).toBe(200);
    await closed;
  });
});
