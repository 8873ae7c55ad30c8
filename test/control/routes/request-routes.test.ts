import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { useControlLab } from '../use-control-lab.js';

const open = useControlLab();
const numbers = (json: unknown) => (json as { requests: { number: number }[] }).requests.map(({ number }) => number);

describe('exchanges over the control API', () => {
  it('are told oldest first, as many as are asked for', async () => {
    const lab = await open();
    for (const method of ['Turn', 'Stop', 'Turn']) lab.record({ operation: 'Invoke', method, class: 'LAB_Fan' });
    const all = await lab.ask('GET', '/v1/requests');
    expect([numbers(all.json), (all.json as { matched: number }).matched]).toEqual([[1, 2, 3], 3]);
    expect(numbers((await lab.ask('GET', '/v1/requests?method=turn')).json)).toEqual([1, 3]);
    expect(numbers((await lab.ask('GET', '/v1/requests?limit=2')).json)).toEqual([2, 3]);
    const page = await lab.ask('GET', '/v1/requests?after=1&limit=1');
    expect([numbers(page.json), (page.json as { matched: number }).matched]).toEqual([[2], 2]);
  });

  it('can be found by their values', async () => {
    const lab = await open();
    lab.record({ operation: 'Invoke', method: 'Turn', input: { By: '5' } });
    lab.record({ operation: 'Invoke', method: 'Turn', input: { By: '6' } });
    const find = (filter: unknown) => lab.ask('POST', '/v1/requests/find', { filter });
    expect(numbers((await find({ input: { by: 6 } })).json)).toEqual([2]);
    expect(numbers((await find({ operation: ['Get', 'Invoke'] })).json)).toEqual([1, 2]);
    const secret = { method: 'Turn', input: { Password: 'hunter2', By: 7 } };
    expect((await find(secret)).json).toMatchObject({ requests: [], filter: { input: { Password: '***', By: 7 } } });
    const wrong = await find({ operation: 'Invok' });
    expect([wrong.status, JSON.stringify(wrong.json)]).toEqual([400, expect.stringContaining("did you mean 'Invoke'")]);
  });

  it('have their envelopes where they are asked for', async () => {
    const lab = await open();
    lab.record();
    const soap = { request: '<in/>' };
    expect((await lab.ask('GET', '/v1/requests/1')).json).toMatchObject({ request: { number: 1, soap } });
    expect((await lab.ask('GET', '/v1/requests?soap=true')).json).toMatchObject({ requests: [{ soap }] });
    expect(JSON.stringify((await lab.ask('GET', '/v1/requests')).json)).not.toContain('soap');
    expect((await lab.ask('GET', '/v1/requests/2')).status).toBe(404);
  });

  it('can be forgotten', async () => {
    const lab = await open();
    lab.record();
    expect((await lab.ask('DELETE', '/v1/requests')).status).toBe(204);
    expect(numbers((await lab.ask('GET', '/v1/requests')).json)).toEqual([]);
  });
});

describe('waiting for an exchange', () => {
  it('ends with it', async () => {
    const lab = await open();
    const wait = lab.ask('POST', '/v1/requests/wait', { filter: { method: 'Turn' } });
    await sleep(20);
    lab.record({ method: 'Stop' });
    lab.record({ method: 'Turn' });
    expect(await wait).toMatchObject({ status: 200, json: { request: { number: 2 } } });
  });

  it('ends when its time is over, with what did come', async () => {
    const lab = await open();
    const { status, json } = await lab.ask('POST', '/v1/requests/wait', { timeout: 10 });
    expect([status, json]).toEqual([408, { error: { message: '1 request came: Get' } }]);
  });

  it('is done by so many at once, and no more; who goes makes room', async () => {
    const lab = await open({ maxWaits: 3 });
    const gone = new AbortController();
    const wait = (signal?: AbortSignal) =>
      fetch(`${lab.url}/v1/requests/wait`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${lab.token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ timeout: 600_000, filter: { method: 'Turn' } }),
        ...(signal && { signal }),
      });
    const asked = Array.from({ length: 4 }, () => wait(gone.signal));
    expect((await Promise.race(asked)).status).toBe(429);
    gone.abort();
    await Promise.allSettled(asked);
    // When the endpoint hears that they have gone is up to the network.
    const short = () => lab.ask('POST', '/v1/requests/wait', { timeout: 1 });
    await vi.waitFor(async () => expect((await short()).status).toBe(408), { timeout: 10_000, interval: 20 });
    const last = wait();
    await sleep(50);
    lab.record({ method: 'Turn' });
    expect((await last).status).toBe(200);
  });
});
