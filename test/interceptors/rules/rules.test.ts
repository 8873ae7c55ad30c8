import { describe, expect, it } from 'vitest';
import { CimError } from '../../../src/cim/model/cim-error.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import type { Rule } from '../../../src/interceptors/rules/rule.js';
import { METHOD, SERVICE_CLASS } from '../../support/envelopes.js';
import { service, startRuled } from './ruled-endpoint.js';

/** What became of a call: its ReturnValue, or the first word of its error. */
async function outcome(call: Promise<{ returnValue: unknown }>): Promise<unknown> {
  return call.then(
    ({ returnValue }) => returnValue,
    ({ message }: Error) => /^\w+/.exec(message)?.[0],
  );
}

async function outcomes(ruled: { call(): Promise<{ returnValue: unknown }> }, count: number): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let n = 0; n < count; n += 1) all.push(await outcome(ruled.call()));
  return all;
}

async function all<T>(sequence: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const one of sequence) found.push(one);
  return found;
}

const count = async (client: WsmanClient, className: string) => (await all(client.enumerate(className))).length;

describe('a rule', () => {
  it('gives a ReturnValue without carrying out', async () => {
    await using ruled = await startRuled();
    const before = await ruled.pipes();
    const rule = ruled.endpoint.addRule({ when: { method: METHOD }, then: { returnValue: 4096 } });
    expect(await ruled.call()).toMatchObject({ returnValue: 4096 });
    expect(await ruled.pipes()).toBe(before);
    expect(rule).toMatchObject({ id: 'rule-1', matched: 1, fired: 1, initial: false });
    expect(ruled.endpoint.removeRule(rule)).toBe(true);
    expect(ruled.endpoint.removeRule(rule)).toBe(false);
    expect(await ruled.call()).toMatchObject({ returnValue: 0 });
    expect(await ruled.pipes()).toBe(before + 1);
  });

  it('gives the number of a label', async () => {
    await using ruled = await startRuled();
    ruled.endpoint.addRule({ when: { method: METHOD }, then: { returnValue: 'Busy' } });
    expect(await ruled.call()).toMatchObject({ returnValue: 4096 });
  });

  it('changes the answer of what was carried out', async () => {
    await using ruled = await startRuled();
    const before = await ruled.pipes();
    const ReplicationPipe = { kind: 'path', class: SERVICE_CLASS, keys: { Name: 'another' } };
    ruled.endpoint.addRule({ when: { method: METHOD }, then: { carryOut: true, outputs: { ReplicationPipe } } });
    const { returnValue, outputs } = await ruled.call();
    expect([returnValue, `${outputs.get('ReplicationPipe')}`]).toEqual([0, expect.stringContaining('Name="another"')]);
    expect(await ruled.pipes()).toBe(before + 1);
  });

  it.each<readonly [string, Rule['then'], unknown, boolean]>([
    ['a CIM error', { cimError: 'AccessDenied' }, 'AccessDenied', false],
    ['a fault', { fault: 'QuotaLimit' }, 'QuotaLimit', false],
    ['a fault of what was carried out', { carryOut: true, fault: 'QuotaLimit' }, 'QuotaLimit', true],
    ['a status of HTTP', { http: 503 }, expect.any(String), false],
    ['no answer', { connection: 'close' }, expect.any(String), false],
    ['no answer of what was carried out', { carryOut: true, connection: 'reset' }, expect.any(String), true],
    ['less than the answer', { truncate: 300 }, expect.any(String), true],
    ['a page', { malformed: 'html' }, expect.any(String), false],
  ])('has the client get %s', async (_what, then, expected, isCarriedOut) => {
    await using ruled = await startRuled();
    const before = await ruled.pipes();
    ruled.endpoint.addRule({ when: { method: METHOD, times: 1 }, then });
    expect(await outcome(ruled.call())).toEqual(expected);
    expect((await ruled.pipes()) - before).toBe(isCarriedOut ? 1 : 0);
    expect(await outcome(ruled.call('second'))).toBe(0);
  });

  it('says a text of its own', async () => {
    await using ruled = await startRuled();
    ruled.endpoint.addRule({
      when: { method: METHOD },
      then: { cimError: 'Failed', message: 'The array is on fire.' },
    });
    await expect(ruled.call()).rejects.toThrow('The array is on fire.');
  });

  it('waits, and then carries out', async () => {
    await using ruled = await startRuled({ seed: 1 });
    ruled.endpoint.addRule({ when: { method: METHOD }, then: { delay: { uniform: [100, 120] } } });
    const startedAt = performance.now();
    expect(await ruled.call()).toMatchObject({ returnValue: 0 });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(99);
  });

  it('waits no longer than the operation has time', async () => {
    await using ruled = await startRuled();
    const [before, rule] = [
      await ruled.pipes(),
      { when: { method: METHOD }, then: [{ delay: 60_000 }, { connection: 'reset' }] },
    ];
    ruled.endpoint.addRule(rule as Rule);
    const call = ruled.client.invoke(service, METHOD, {}, { operationTimeoutMs: 300 });
    expect(await outcome(call)).toBe('TimedOut');
    expect(await ruled.pipes()).toBe(before);
  });

  it('waits no longer when the endpoint closes', async () => {
    await using ruled = await startRuled();
    ruled.endpoint.addRule({ when: { method: METHOD }, then: { delay: 60_000 } });
    const pending = outcome(ruled.call());
    await expect.poll(() => ruled.endpoint.rules()[0]?.fired).toBe(1);
    const startedAt = performance.now();
    await ruled.endpoint.close();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(await pending).toBe(0);
  });
});

describe('the counts of a rule', () => {
  it.each<readonly [string, Rule['when'], readonly number[]]>([
    ['nth', { nth: 2 }, [0, 1, 0, 0, 0]],
    ['several nth', { nth: [1, 4] }, [1, 0, 0, 1, 0]],
    ['after', { after: 3 }, [0, 0, 0, 1, 1]],
    ['times', { times: 2 }, [1, 1, 0, 0, 0]],
    ['after and times', { after: 1, times: 2 }, [0, 1, 1, 0, 0]],
  ])('say when it fires: %s', async (_what, when, fired) => {
    await using ruled = await startRuled();
    const rule = ruled.endpoint.addRule({ when: { method: METHOD, ...when }, then: { returnValue: 4096 } });
    expect((await outcomes(ruled, 5)).map((one) => (one === 4096 ? 1 : 0))).toEqual(fired);
    expect(rule).toMatchObject({ matched: 5, fired: fired.filter((one) => one === 1).length });
  });

  it("go by the endpoint's clock", async () => {
    let now = 1_000_000;
    await using ruled = await startRuled({ clock: () => now });
    ruled.endpoint.addRule({ when: { method: METHOD, between: ['PT1S', 5000] }, then: { returnValue: 4096 } });
    const found: unknown[] = [];
    for (const seconds of [0, 1, 5, 6]) {
      now = 1_000_000 + seconds * 1000;
      found.push(await outcome(ruled.call()));
    }
    expect(found.map((one) => one === 4096)).toEqual([false, true, true, false]);
  });

  it('are the same with the same seed', async () => {
    const run = async (seed: number) => {
      await using ruled = await startRuled({ seed });
      ruled.endpoint.addRule({ when: { method: METHOD, probability: 0.5 }, then: { returnValue: 4096 } });
      return (await outcomes(ruled, 20)).map((one) => one === 4096).join();
    };
    const [first, again, other] = [await run(7), await run(7), await run(8)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(first.split('true').length).toBeGreaterThan(3);
  });
});

describe('which rule fires', () => {
  it('is the first that matches and whose counts say so', async () => {
    await using ruled = await startRuled();
    const [first, second] = [
      ruled.endpoint.addRule({ when: { method: METHOD, nth: 2 }, then: { returnValue: 1 } }),
      ruled.endpoint.addRule({ when: { class: 'CIM_Service' }, then: { returnValue: 2 } }),
    ];
    expect(await outcomes(ruled, 3)).toEqual([2, 1, 2]);
    expect([first.matched, second.matched]).toEqual([3, 2]);
  });

  it('is an earlier one that needs the input, before a later one that the header decides', async () => {
    await using ruled = await startRuled();
    ruled.endpoint.addRule({ when: { method: METHOD, input: { PipeElementName: 'b' } }, then: { returnValue: 4 } });
    ruled.endpoint.addRule({ when: { method: METHOD }, then: { fault: 'QuotaLimit' } });
    const before = await ruled.pipes();
    expect(await outcome(ruled.call('b'))).toBe(4);
    expect(await outcome(ruled.call('a'))).toBe('QuotaLimit');
    expect(await ruled.pipes()).toBe(before);
  });

  it('is one of a later message of an enumeration', async () => {
    await using ruled = await startRuled();
    ruled.endpoint.addRule({
      when: { operation: 'Pull', class: 'CIM_ManagedElement' },
      then: { cimError: 'ServerLimitsExceeded' },
    });
    const systems = () => all(ruled.client.enumerate('CIM_ComputerSystem', { maxElements: 1, optimize: false }));
    await expect(systems()).rejects.toMatchObject({ cimStatus: 27 });
    ruled.endpoint.removeRule('rule-1');
    expect((await systems()).length).toBeGreaterThan(1);
  });

  it.each<readonly [string, Rule['when'], boolean]>([
    ['of DSP0223 for instances', { operation: 'OpenInstances', class: 'CIM_ComputerSystem' }, true],
    ['of DSP0223 for associations, of an enumeration of instances', { operation: 'OpenAssociators' }, false],
    ['of its selectors, which an enumeration has not', { selectors: { Name: 'iscsi-a.lab.example' } }, false],
    ['of another class', { class: 'CIM_NetworkPipe' }, false],
    ['of another user', { user: 'v' }, false],
    ['of its user', { user: 'U' }, true],
  ])('can be one by its name %s', async (_what, when, fires) => {
    await using ruled = await startRuled();
    ruled.endpoint.addRule({ when, then: { fault: 'QuotaLimit' } });
    const found = await count(ruled.client, 'CIM_ComputerSystem').catch(() => 'fault');
    expect(found).toEqual(fires ? 'fault' : expect.any(Number));
  });

  it.each(['Get', 'GetInstance'])('can be one by the keys of what is asked for: %s', async (operation) => {
    await using ruled = await startRuled();
    const rule = {
      when: { operation, selectors: { SystemName: 'ISCSI-A.lab.example' } },
      then: { cimError: 'NotFound' },
    } as const;
    ruled.endpoint.addRule(rule);
    await expect(ruled.client.get(service)).rejects.toMatchObject({ cimStatus: 6 });
  });

  it('can be one by what a Put changes, before it is changed', async () => {
    await using ruled = await startRuled();
    const [system] = await all(ruled.client.enumerate('MSFTSM_ComputerSystem'));
    if (!system?.path) throw new Error('the lab has no system');
    ruled.endpoint.addRule({ when: { input: { ElementName: 'renamed' } }, then: { cimError: 'AccessDenied' } });
    await expect(ruled.client.put(system.path, { ElementName: 'renamed' })).rejects.toMatchObject({ cimStatus: 2 });
    expect((await ruled.client.get(system.path)).get('ElementName')).not.toBe('renamed');
  });

  it('can be one by what a query asks for, which the header does not say', async () => {
    await using ruled = await startRuled();
    ruled.endpoint.addRule({ when: { class: 'CIM_ComputerSystem' }, then: { cimError: 'InvalidQuery' } });
    const query = (text: string) => all(ruled.client.query(text));
    await expect(query('SELECT * FROM MSFTSM_ComputerSystem')).rejects.toMatchObject({ cimStatus: 15 });
    expect(await query('SELECT * FROM CIM_StorageConfigurationService')).not.toHaveLength(0);
  });

  it('can be one of Identify', async () => {
    await using ruled = await startRuled();
    ruled.endpoint.addRule({ when: { operation: 'Identify', times: 1 }, then: { connection: 'close' } });
    await expect(ruled.client.identify()).rejects.toThrow();
    expect(await ruled.client.identify()).toBeDefined();
  });

  it('is none for what asks the model from this process', async () => {
    await using ruled = await startRuled();
    ruled.endpoint.addRule({ when: {}, then: { cimError: 'Failed' } });
    expect(await ruled.pipes()).toEqual(expect.any(Number));
  });
});

describe('the rules of an endpoint', () => {
  it('have names of their own, no two the same', async () => {
    await using ruled = await startRuled();
    const { endpoint } = ruled;
    const rule: Rule = { when: {}, then: { http: 500 } };
    expect(endpoint.addRule({ id: 'rule-2', ...rule }).id).toBe('rule-2');
    expect(endpoint.addRule(rule).id).toBe('rule-3');
    expect(() => endpoint.addRule({ id: 'rule-2', ...rule })).toThrow("id: there is a rule 'rule-2' already");
    expect(JSON.parse(JSON.stringify(endpoint.rules()))[0]).toEqual({
      id: 'rule-2',
      ...rule,
      matched: 0,
      fired: 0,
      initial: false,
    });
  });

  it('tell their names in the outcome of a message', async () => {
    const seen: unknown[] = [];
    await using ruled = await startRuled({
      logger: { debug() {}, error() {}, warn() {}, info: (fields: unknown) => void seen.push(fields) },
    });
    ruled.endpoint.addRule({ id: 'broken', when: { method: METHOD }, then: { http: 503 } });
    await outcome(ruled.call());
    expect(seen).toContainEqual(
      expect.objectContaining({ rule: 'broken', status: 503, fault: undefined, reason: undefined }),
    );
  });

  it('leave the errors of interceptors of users as they are', async () => {
    const failing = () => () => Promise.reject(new CimError('NotSupported', 'not here'));
    await using ruled = await startRuled({ interceptors: { cim: [failing] } });
    ruled.endpoint.addRule({ when: { method: METHOD }, then: { carryOut: true, returnValue: 5 } });
    await expect(ruled.call()).rejects.toThrow('not here');
  });
});
