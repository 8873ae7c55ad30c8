import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLockOut } from '../../src/auth/lock-out/lock-out.js';
import { createTokenBucket } from '../../src/auth/lock-out/token-bucket.js';
import { Cancellation } from '../../src/cim/contracts/cancellation.js';
import { LongWork } from '../../src/cim/long-work.js';
import { withLockFile } from '../../src/files/lock-file.js';
import { Haste } from '../../src/http/haste.js';
import { createMemoryContextStore } from '../../src/store/memory/memory-context-store.js';
import { createOperationWatch } from '../../src/wsman/operation-watch.js';
import { httpRequest, startTestListeners } from '../http/test-listeners.js';

const HOUR = 3_600_000;

/** Who asks for the time of day, and why a duration is not what they want. Others measure by `performance.now()`, which nobody sets. */
const TIME_OF_DAY: Readonly<Record<string, string>> = {
  'auth/certificates/certificate-scheme.ts': 'a certificate ends at a moment',
  'auth/ntlm/answer-negotiate.ts': 'NTLM sends the moment',
  'auth/ntlm/ntlm-initiator.ts': 'NTLM sends the moment',
  'auth/ntlm/ntlm-mechanism.ts': 'NTLM sends the moment',
  'cim/contracts/call.ts': 'providers are told the time of day',
  'cli/doctor/check-answers.ts': 'compares two clocks',
  'cli/doctor/check-tls.ts': 'a certificate ends at a moment',
  'cli/record-command.ts': 'a recording says when it began',
  'client/message/read-envelope.ts': 'compares two clocks',
  'client/operations/enumeration-lifetime.ts': 'Expires may be a moment',
  'client/transport/name-checking-connector.ts': 'a certificate ends at a moment',
  'control/spaces/spaces.ts': 'tells when a space opened and when it ends',
  'endpoint/lazy-labs.ts': 'labs say how long ago something was',
  'endpoint/open-providers.ts': 'providers are told the time of day',
  'endpoint/open-rules.ts': 'rules go by the time that providers are told',
  'endpoint/prepare-host.ts': 'providers are told the time of day',
  'endpoint/start-endpoint.ts': 'providers are told the time of day',
  'files/lock-file.ts': 'compares with the time of a file, after having watched it by the other clock',
  'http/certificate.ts': 'a certificate ends at a moment',
  'http/create-logger.ts': 'log lines tell the time of day',
  'http/listeners.ts': 'providers are told the time of day',
  'http/self-signed-certificate.ts': 'a certificate ends at a moment',
  'state/backup/keep-backup.ts': 'a backup is named after its moment',
  'state/backup/write-backup.ts': 'a backup says when it was made',
  'store/lmdb/state-lock.ts': 'a lock says since when, and its file has the time of the last sign of life',
  'workers/worker-output.ts': 'log lines tell the time of day',
  'wsman/enumeration/enumerate-request.ts': 'Expires may be a moment',
};

test('only who wants a moment asks for the time of day', async () => {
  const src = fileURLToPath(new URL('../../src/', import.meta.url));
  const files = (await readdir(src, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const asking: string[] = [];
  for (const file of files) {
    const code = (await readFile(join(src, file), 'utf8')).replaceAll(/^\s*(?:\*|\/\/|\/\*\*).*$/gm, '');
    if (/Date\.now|new Date\(\)/.test(code)) asking.push(file);
  }
  expect(asking.filter((file) => !(file in TIME_OF_DAY))).toEqual([]);
});

describe.each([
  ['set back', -HOUR],
  ['set forward', HOUR],
])('when the clock is %s by an hour', (_, change) => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const setClock = () => vi.setSystemTime(Date.now() + change);

  /** Milliseconds that something takes. */
  async function timeOf(work: () => Promise<unknown>): Promise<number> {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  }

  test('enumerations live as long as they would, and are counted as long', async () => {
    const store = createMemoryContextStore();
    const record = { kind: 'enumeration', owner: 'lab', state: '{}' } as const;
    await store.add('short', record, { lifetime: 300, atMost: 10 });
    await store.add('long', record, { lifetime: HOUR / 2, atMost: 10 });
    setClock();
    expect(await store.count('enumeration', 'lab')).toBe(2);
    expect((await store.get('long'))?.remaining).toBeGreaterThan(HOUR / 2 - 60_000);
    await sleep(350);
    expect([await store.get('short'), (await store.get('long')) !== undefined]).toEqual([undefined, true]);
    await store.close();
  });

  test('operations have their time', async () => {
    const run = () =>
      createOperationWatch().run(200, new AbortController().signal, new Cancellation(), () => {
        setClock();
        return new Promise(() => {});
      });
    const time = await timeOf(() => expect(run()).rejects.toMatchObject({ key: 'TimedOut' }));
    expect(time).toBeGreaterThanOrEqual(190);
    expect(time).toBeLessThan(2_000);
  });

  test('who is locked out is so for the time it was', async () => {
    const lockOut = createLockOut({ freeFailures: 0, firstDelayMs: 200 });
    lockOut.failed('alice', '192.0.2.1');
    setClock();
    expect(lockOut.problem('alice', '192.0.2.1')).toContain('locked out');
    await sleep(250);
    expect(lockOut.problem('alice', '192.0.2.1')).toBeUndefined();
  });

  test('what comes back with time comes back in its time', async () => {
    const bucket = createTokenBucket(1, 200, () => performance.now());
    bucket.take();
    setClock();
    expect(bucket.has()).toBe(false);
    await sleep(250);
    expect(bucket.has()).toBe(true);
  });

  test('long work goes on', async () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const kept = await new LongWork(new Cancellation()).filter(items, (index) => {
      const end = performance.now() + 1;
      while (performance.now() < end);
      if (index === 10) setClock();
      return true;
    });
    expect(kept).toHaveLength(50);
  });

  test('slow answers take as long as they should', async () => {
    const pausing = new Haste().pause(100, new AbortController().signal);
    setClock();
    expect(await timeOf(() => pausing)).toBeLessThan(1_000);
  });

  test('a lock that is held is not broken, and one that is not is had', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cimulator-clock-'));
    const path = join(folder, 'lock');
    const order: string[] = [];
    const first = withLockFile(path, async () => {
      setClock();
      await sleep(400);
      order.push('first');
    });
    await sleep(50);
    await withLockFile(path, async () => order.push('second'));
    await first;
    expect(order).toEqual(['first', 'second']);
    await rm(folder, { recursive: true });
  });

  test('connections have the time they had: idle ones, silent ones, and those without a sign-in', async () => {
    const limits = { headersTimeoutMs: 300, requestTimeoutMs: 300, keepAliveTimeoutMs: 300, signInTimeoutMs: 60_000 };
    await using server = await startTestListeners({ limits });
    const [idle, silent] = [await server.connect(), await server.connect()];
    idle.send(httpRequest());
    expect((await idle.response()).status).toBe(200);
    silent.send('POST /wsman HTTP/1.1\r\n');
    setClock();
    expect(await timeOf(() => Promise.all([idle.closed, silent.closed]))).toBeLessThan(5_000);

    await using strict = await startTestListeners({ limits: { signInTimeoutMs: 300 } });
    const stranger = await strict.connect();
    setClock();
    expect(await timeOf(() => stranger.closed)).toBeLessThan(5_000);
  });
});
