import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runBridge } from '../../src/bridge/run-bridge.js';
import { createSecrets } from '../../src/bridge/secrets.js';
import { type BridgeChild, startBridgeChild } from './bridge-child.js';
import { type BridgeLab, namespace, startBridgeLab, targetOf } from './bridge-lab.js';

const ITEMS = 3000;
let lab: BridgeLab;
beforeAll(async () => {
  lab = await startBridgeLab(ITEMS);
}, 60_000);
afterAll(async () => lab?.close());

const children: BridgeChild[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.process.kill('SIGKILL');
    await child.exited;
  }
});

async function startChild(): Promise<BridgeChild> {
  const child = await startBridgeChild();
  children.push(child);
  return child;
}

/** A child with a connection `c` of an account that may do everything. */
async function startConnected(): Promise<BridgeChild> {
  const child = await startChild();
  await child.call({ do: 'open', connection: 'c', target: targetOf(lab) });
  return child;
}

const fan = { kind: 'path', namespace, class: 'LAB_Fan', keys: { Id: { type: 'uint16', value: 1 } } };
const enumerateItems = { do: 'enumerateInstances', connection: 'c', namespace, class: 'LAB_Item' };
const get = { do: 'getInstance', connection: 'c', path: fan };
const wait = (milliseconds: number) => ({
  do: 'invokeMethod',
  connection: 'c',
  path: fan,
  method: 'Wait',
  parameters: { Milliseconds: { type: 'uint32', value: milliseconds } },
});

/** What the server was sent since. */
function watch() {
  const before = lab.messages.length;
  return () => lab.actions.slice(before);
}

describe('many calls', () => {
  it('go side by side: 64 at once, and a quick one overtakes slow ones', async () => {
    const child = await startConnected();
    const slow = Array.from({ length: 4 }, () => child.call(wait(1500)));
    const quick = Array.from({ length: 64 }, () => child.call(get));
    let isSlowOver = false;
    void Promise.race(slow).then(() => {
      isSlowOver = true;
    });
    for (const call of quick) expect((await call).result.instance.class).toBe('LAB_Fan');
    expect(isSlowOver).toBe(false);
    for (const call of slow) expect((await call).result.returnValue).toEqual({ type: 'uint32', value: 0 });
  });

  it('of two connections have the account of each', async () => {
    const child = await startConnected();
    const reader = targetOf(lab, { user: 'reader', password: 'other' });
    await child.call({ do: 'open', connection: 'r', target: reader });
    const properties = { Id: { type: 'uint16', value: 5 } };
    const create = { do: 'createInstance', namespace, class: 'LAB_Lamp', properties };
    const [refused, created, read] = await Promise.all([
      child.call({ ...create, connection: 'r' }),
      child.call({ ...create, connection: 'c' }),
      child.call({ ...get, connection: 'r' }),
    ]);
    expect(refused.error).toMatchObject({ cimStatusName: 'AccessDenied' });
    expect(created.result.path.class).toBe('LAB_Lamp');
    expect(read.result.instance.class).toBe('LAB_Fan');
    await child.call({ do: 'deleteInstance', connection: 'c', path: created.result.path });
  });
});

describe('a stream', () => {
  it('sends no more than its window until more is allowed, and asks the server for no more', async () => {
    const child = await startConnected();
    const sent = watch();
    const call = child.call({ ...enumerateItems, window: 10 });
    await child.until(() => call.items.length >= 10, 'ten items');
    await sleep(200);
    expect(call.items.length).toBe(10);
    child.send({ id: call.id, more: 5 });
    await child.until(() => call.items.length >= 15, 'five items more');
    await sleep(100);
    expect(call.items.length).toBe(15);
    expect(sent().filter((action) => action === 'Pull')).toEqual([]);
    child.send({ id: call.id, more: ITEMS });
    const { items, result } = await call;
    expect(result).toEqual({ count: ITEMS });
    expect(new Set(items.map((item) => item.properties.Id.value)).size).toBe(ITEMS);
  });

  it('has 256 items without a window of its own, and at most 64 in a line', async () => {
    const child = await startConnected();
    const call = child.call(enumerateItems);
    await child.until(() => call.items.length >= 256, '256 items');
    await sleep(100);
    expect(call.items.length).toBe(256);
    expect(Math.max(...child.lines.map(({ items }) => items?.length ?? 0))).toBeLessThanOrEqual(64);
    child.send({ cancel: call.id });
    await call;
  });

  it('that is cancelled ends at once, and the server is sent one Release', async () => {
    const child = await startConnected();
    const sent = watch();
    const call = child.call({ ...enumerateItems, window: 1 });
    await child.until(() => call.items.length > 0, 'an item');
    child.send({ cancel: call.id });
    expect(await call).toMatchObject({ error: { kind: 'cancelled' }, items: [{ class: 'LAB_Item' }] });
    await child.call(get);
    await expect.poll(sent).toContain('Release');
    expect(sent().filter((action) => action !== 'Get' && action !== 'Identify')).toEqual(['Enumerate', 'Release']);
    expect(child.lines.filter(({ id }) => id === call.id).at(-1)).toHaveProperty('error');
  });
});

describe('a call that is cancelled', () => {
  it('ends while the server is busy with it', async () => {
    const child = await startConnected();
    const call = child.call(wait(10_000));
    await sleep(300);
    const since = performance.now();
    child.send({ cancel: call.id });
    expect((await call).error).toEqual({ kind: 'cancelled', message: 'the call was cancelled' });
    expect(performance.now() - since).toBeLessThan(2000);
  });

  it('ends with its connection, too, and the name is free again', async () => {
    const child = await startConnected();
    const call = child.call(wait(10_000));
    await sleep(200);
    expect(await child.call({ do: 'close', connection: 'c' })).toMatchObject({ result: {} });
    expect((await call).error.kind).toBe('cancelled');
    expect((await child.call(get)).error).toEqual({ kind: 'usage', message: "connection: 'c' is not open" });
    expect(await child.call({ do: 'open', connection: 'c', target: targetOf(lab) })).toMatchObject({ result: {} });
  });

  it('has ended already: nothing happens', async () => {
    const child = await startConnected();
    const { id } = await child.call(get);
    child.send({ cancel: id as number });
    child.send({ id: id as number, more: 5 });
    child.send({ cancel: 999 });
    expect((await child.call(get)).result.instance.class).toBe('LAB_Fan');
  });
});

describe('the end of the parent', () => {
  it('ends the bridge with 0, and releases what is open', async () => {
    const child = await startConnected();
    const sent = watch();
    const call = child.call({ ...enumerateItems, window: 1 });
    void child.call(wait(10_000));
    await child.until(() => call.items.length > 0, 'an item');
    expect(await child.end()).toEqual({ code: 0, signal: null });
    await expect.poll(sent).toContain('Release');
  });
});

/** What an in-process bridge says to lines, and how it ends. */
async function talk(...lines: readonly (string | Buffer)[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  const said = text(output);
  for (const line of lines) input.write(line);
  input.end();
  const faults: string[] = [];
  const reportFault = (fault: string) => void faults.push(fault);
  const status = await runBridge({ input, output, reportFault, secrets: createSecrets() });
  const answers = (await said).split('\n').filter((line) => line !== '');
  return { status, answers: answers.map((line) => JSON.parse(line) as unknown), faults };
}

describe('a line that breaks the protocol', () => {
  it.each<readonly [string, string]>([
    ['{"id":1,', 'a line is no JSON (at position 8)'],
    ['', 'a line is no JSON'],
    ['[1]', 'a line is no JSON object'],
    ['null', 'a line is no JSON object'],
    ['{}', 'a line has no id, which is an integer above 0'],
    ['{"id":0,"do":"open"}', 'a line has no id, which is an integer above 0'],
    ['{"id":"1","do":"open"}', 'a line has no id, which is an integer above 0'],
    ['{"id":1}', 'call 1: none of do, more and cancel stands in the line'],
    ['{"id":1,"do":5}', 'call 1: none of do, more and cancel stands in the line'],
    ['{"id":1,"do":"frobnicate"}', "call 1: there is no operation 'frobnicate'"],
    ['{"id":1,"do":"__proto__"}', "call 1: there is no operation '__proto__'"],
    ['{"id":1,"more":0}', 'call 1: more is a number of items, an integer above 0, beside the id alone'],
    ['{"id":1,"more":1,"do":"open"}', 'call 1: more is a number of items, an integer above 0, beside the id alone'],
    ['{"cancel":1,"id":1}', 'a line with cancel holds the id of a call, and nothing else'],
    ['{"cancel":"1"}', 'a line with cancel holds the id of a call, and nothing else'],
  ])('%s ends the bridge, which says why', async (line, fatal) => {
    expect(await talk(`${line}\n`)).toEqual({ status: 2, answers: [{ fatal }], faults: [] });
  });

  it('may be no UTF-8', async () => {
    const { status, answers } = await talk(Buffer.from([0x7b, 0xff, 0x7d, 0x0a]));
    expect({ status, answers }).toEqual({ status: 2, answers: [{ fatal: 'a line is not UTF-8' }] });
  });

  it('may have an id that is in use', async () => {
    const target = targetOf(lab);
    const open = JSON.stringify({ id: 1, do: 'open', connection: 'c', target });
    const call = JSON.stringify({ ...wait(10_000), id: 2 });
    const { status, answers } = await talk(`${open}\n`, `${call}\n`, `${call}\n`);
    expect(status).toBe(2);
    expect(answers.at(-1)).toEqual({ fatal: 'call 2: there is one with this id already' });
  });

  it('is not waited for when the parent died in its middle', async () => {
    expect(await talk('{"id":1,"do":"op')).toEqual({ status: 0, answers: [], faults: [] });
  });

  it('does not show a password that stands in it', async () => {
    const child = await startChild();
    child.send(`{"id":1,"do":"open","connection":"c","target":{"password":"hunter2"} hunter2`);
    expect(await child.exited).toEqual({ code: 2, signal: null });
    expect(child.lines).toEqual([{ fatal: expect.stringMatching(/^a line is no JSON/) }]);
    expect(JSON.stringify(child.lines) + child.stderr()).not.toContain('hunter2');
  });

  it('may be too long', async () => {
    const child = await startChild();
    child.process.stdin?.on('error', () => undefined);
    const piece = 'x'.repeat(1024 * 1024);
    for (let n = 0; n < 65 && child.process.exitCode === null; n++) child.process.stdin?.write(piece);
    expect((await child.exited).code).toBe(2);
    expect(child.lines).toEqual([{ fatal: 'a line is longer than 67108864 bytes' }]);
  });
});
