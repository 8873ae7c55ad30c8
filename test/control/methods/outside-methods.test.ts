import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { type ControlLab, fan, NAMESPACE } from '../control-lab.js';
import { readEvents, take } from '../read-events.js';
import { useControlLab } from '../use-control-lab.js';

const open = useControlLab();
const FAN = 'LAB_Fan.Id=7';

/** A lab with a fan, and a process that answers a method of it. */
async function registered(more: Record<string, unknown> = {}, limits = {}) {
  const lab = await open(limits);
  await lab.kit.cim.put(fan(7));
  const response = await lab.fetch('/v1/calls/stream');
  const events = readEvents(response);
  const [hello] = await take(events, 1);
  const stream = hello?.data.stream;
  const answer = await lab.ask('POST', '/v1/methods', { stream, class: 'lab_part', method: 'turn', ...more });
  return { lab, events, stream, method: answer.json as Record<string, unknown>, status: answer.status };
}

async function nextCall(events: ReturnType<typeof readEvents>): Promise<Record<string, unknown>> {
  const [event] = await take(events, 1);
  return event?.data ?? {};
}

const reply = (lab: ControlLab, id: unknown, body: unknown) => lab.ask('POST', `/v1/calls/${id}`, body);

describe('a method that another process answers', () => {
  it('is called with all that there is to know, and returns what was answered', async () => {
    const { lab, events, stream, method, status } = await registered();
    const facts = { stream, namespace: NAMESPACE, class: 'LAB_Part', method: 'Turn', timeout: 30_000 };
    expect([status, method]).toEqual([201, { id: expect.any(String), ...facts }]);
    const called = lab.invoke(FAN, 'Turn', { By: 5n });
    const call = await nextCall(events);
    expect(call).toEqual({
      ...{ id: expect.any(String), method: { id: method.id, name: 'Turn' }, namespace: NAMESPACE, class: 'LAB_Fan' },
      target: expect.objectContaining({ class: 'LAB_Fan', keys: { Id: { type: 'uint16', value: 7 } } }),
      instance: expect.objectContaining({
        properties: expect.objectContaining({ Label: { type: 'string', value: 'a' } }),
      }),
      input: { By: { type: 'uint64', value: '5' } },
    });
    expect(await reply(lab, call.id, { returnValue: 0, outputs: { now: 12 } })).toEqual({
      status: 204,
      json: undefined,
    });
    const { returnValue, outputs } = await called;
    expect([returnValue, [...outputs]]).toEqual([0, [['Now', 12n]]]);
    expect((await reply(lab, call.id, { returnValue: 0 })).status).toBe(404);
  });

  it('may be static, and then there is no instance', async () => {
    const { lab, events } = await registered({ method: 'Count' });
    const called = lab.invoke('LAB_Part', 'Count');
    const call = await nextCall(events);
    expect('instance' in call).toBe(false);
    await reply(lab, call.id, { returnValue: 0, outputs: { Parts: 3 } });
    expect((await called).outputs.get('Parts')).toBe(3);
  });

  it('fails with the error that was answered, and with its status', async () => {
    const { lab, events } = await registered();
    const called = lab.invoke(FAN, 'Turn').catch((error: unknown) => error);
    const { id } = await nextCall(events);
    await reply(lab, id, { error: { message: 'line 3: no', status: 'accessdenied' } });
    expect(await called).toMatchObject({ name: 'CimError', status: 2, message: 'line 3: no' });
  });

  it.each([
    [{ returnValue: 'x' }, 'returnValue'],
    [{ returnValue: 0, outputs: { Nwo: 1 } }, 'outputs.Nwo'],
    [{ returnValue: 0, outputs: { Now: -1 } }, 'outputs.Now'],
    [{ error: { message: 'no', status: 'Faild' } }, 'error.status'],
    [{ error: { message: 'no' }, returnValue: 0 }, 'error'],
    [{ retrunValue: 0 }, 'retrunValue'],
  ])('may be answered once more when the answer does not fit: %j', async (body, place) => {
    const { lab, events } = await registered();
    const called = lab.invoke(FAN, 'Turn');
    const { id } = await nextCall(events);
    expect(await reply(lab, id, body)).toMatchObject({ status: 400, json: { error: { place } } });
    await reply(lab, id, { returnValue: 3 });
    expect((await called).returnValue).toBe(3);
  });

  it('fails at once when the process goes, and is the model’s again', async () => {
    const { lab, events } = await registered();
    const called = lab.invoke(FAN, 'Turn').catch((error: unknown) => error);
    await nextCall(events);
    const began = performance.now();
    await events.return(undefined);
    expect(await called).toMatchObject({ status: 1, message: expect.stringContaining('has gone') });
    expect(performance.now() - began).toBeLessThan(2000);
    expect((await lab.ask('GET', '/v1/methods')).json).toEqual({ methods: [] });
    await expect(lab.invoke(FAN, 'Turn')).rejects.toMatchObject({
      message: expect.stringContaining('not implemented'),
    });
  });

  it('fails when its time is over, and the process is told', async () => {
    const { lab, events } = await registered({ timeout: 50 });
    const called = lab.invoke(FAN, 'Turn').catch((error: unknown) => error);
    const { id } = await nextCall(events);
    expect(await called).toMatchObject({ status: 1, message: expect.stringContaining('within 50 ms') });
    expect(await take(events, 1)).toEqual([{ event: 'cancelled', data: { id } }]);
    await events.return(undefined);
  });

  it('fails when the endpoint is reset, and is gone then', async () => {
    const { lab, events } = await registered();
    const called = lab.invoke(FAN, 'Turn').catch((error: unknown) => error);
    await nextCall(events);
    await lab.ask('POST', '/v1/reset');
    expect(await called).toMatchObject({ message: expect.stringContaining('the endpoint was reset') });
    expect((await lab.ask('GET', '/v1/methods')).json).toEqual({ methods: [] });
    await events.return(undefined);
  });

  it('is that of the last registration, for its class and those below', async () => {
    const { lab, events, stream, method } = await registered();
    const second = await lab.ask('POST', '/v1/methods', { stream, class: 'LAB_Fan', method: 'Turn' });
    const id = (second.json as { id: string }).id;
    const called = lab.invoke(FAN, 'Turn');
    const call = await nextCall(events);
    expect(call.method).toEqual({ id, name: 'Turn' });
    await reply(lab, call.id, { returnValue: 0 });
    await called;
    expect((await lab.ask('DELETE', `/v1/methods/${id}`)).status).toBe(204);
    expect((await lab.ask('DELETE', `/v1/methods/${id}`)).status).toBe(404);
    const again = lab.invoke('LAB_Part.Id=7', 'Turn');
    const next = await nextCall(events);
    expect([next.method, next.class]).toEqual([{ id: method.id, name: 'Turn' }, 'LAB_Fan']);
    await reply(lab, next.id, { returnValue: 0 });
    await again;
    await events.return(undefined);
  });

  it('is not called with what it does not declare, nor on what is not there', async () => {
    const { lab, events } = await registered();
    await expect(lab.invoke(FAN, 'Turn', { Bye: 5n })).rejects.toMatchObject({ status: 4 });
    await expect(lab.invoke('LAB_Fan.Id=8', 'Turn')).rejects.toMatchObject({ status: 6 });
    await expect(lab.invoke('LAB_Part', 'Turn')).rejects.toMatchObject({ status: 4 });
    await events.return(undefined);
  });

  it('has so many calls that wait, and no more', async () => {
    const { lab, events } = await registered({}, { maxPendingCalls: 1 });
    const first = lab.invoke(FAN, 'Turn');
    const { id } = await nextCall(events);
    await expect(lab.invoke(FAN, 'Turn')).rejects.toMatchObject({ status: 27 });
    await reply(lab, id, { returnValue: 0 });
    await first;
  });

  it.each([
    [{ stream: 'none' }, 404, 'stream'],
    [{ class: 'LAB_Prat' }, 404, 'class'],
    [{ method: 'Trun' }, 404, 'method'],
    [{ namespace: 'root/none' }, 404, undefined],
    [{ timeout: 0 }, 400, 'timeout'],
  ])('is refused when there is no such thing: %j', async (given, status, place) => {
    const { method, status: found } = await registered(given);
    expect([found, (method.error as { place?: string }).place]).toEqual([status, place]);
  });

  it('is one of so many', async () => {
    const { lab, stream } = await registered({}, { maxMethods: 1 });
    expect((await lab.ask('POST', '/v1/methods', { stream, class: 'LAB_Fan', method: 'Turn' })).status).toBe(429);
  });

  it('costs the process its stream when it does not read', async () => {
    const { lab, events } = await registered({}, { maxBacklogBytes: 1000 });
    await lab.kit.cim.put(fan(7, 'x'.repeat(8_000_000)));
    const failed = [1, 2, 3, 4].map(() => lab.invoke(FAN, 'Turn').catch((error: Error) => error.message));
    await vi.waitFor(async () => expect((await lab.ask('GET', '/v1/methods')).json).toEqual({ methods: [] }));
    expect((await Promise.all(failed)).filter((message) => typeof message === 'string')).toHaveLength(4);
    await sleep(0);
    await events.return(undefined).catch(() => undefined);
  });
});
