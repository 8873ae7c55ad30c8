import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openUserStore } from '../../src/auth/accounts/user-store.js';
import { keptCertificate } from '../../src/http/certificate.js';
import { compileWithCache } from '../../src/mof/cache/schema-cache.js';

type Fs = typeof import('node:fs');
type FsPromises = typeof import('node:fs/promises');

/** Which call of the file system fails, and how. 0: none. */
const disk = vi.hoisted(() => {
  const state = { left: 0, code: '', hasFailed: false };
  const fails = {
    // A disk without space fails in what makes and what writes, a process without descriptors in what opens.
    ENOSPC: ['mkdir', 'wx', 'write', 'sync', 'rename', 'link'],
    EMFILE: ['wx', 'r'],
    EIO: ['wx', 'r', 'write', 'sync', 'read', 'rename', 'link', 'chmod', 'stat'],
  } as const;
  const step = (kind: string): void => {
    if (state.left === 0 || !fails[state.code as keyof typeof fails].includes(kind as never)) return;
    state.left -= 1;
    if (state.left > 0) return;
    state.hasFailed = true;
    throw Object.assign(new Error(`${state.code}: the disk`), { code: state.code, syscall: kind, errno: -1 });
  };
  const kindOf = (flags: unknown) => (typeof flags === 'string' && flags !== 'r' ? 'wx' : 'r');
  return { state, step, kindOf };
});

vi.mock('node:fs/promises', async (original) => {
  const real = await original<FsPromises>();
  const failing = <T extends (...args: never[]) => Promise<unknown>>(kind: string, call: T): T =>
    (async (...args: never[]) => {
      disk.step(kind);
      return call(...args);
    }) as unknown as T;
  return {
    ...real,
    mkdir: failing('mkdir', real.mkdir),
    rename: failing('rename', real.rename),
    link: failing('link', real.link),
    chmod: failing('chmod', real.chmod),
    stat: failing('stat', real.stat),
    async open(...args: Parameters<FsPromises['open']>) {
      disk.step(disk.kindOf(args[1]));
      const file = await real.open(...args);
      file.writeFile = failing('write', file.writeFile.bind(file));
      file.readFile = failing('read', file.readFile.bind(file)) as never;
      file.sync = failing('sync', file.sync.bind(file));
      file.stat = failing('stat', file.stat.bind(file)) as never;
      return file;
    },
  };
});

vi.mock('node:fs', async (original) => {
  const real = await original<Fs>();
  const failing = <T extends (...args: never[]) => unknown>(kind: string, call: T): T =>
    ((...args: never[]) => {
      disk.step(kind);
      return call(...args);
    }) as unknown as T;
  return {
    ...real,
    mkdirSync: failing('mkdir', real.mkdirSync),
    renameSync: failing('rename', real.renameSync),
    openSync: (...args: Parameters<Fs['openSync']>) => {
      disk.step(disk.kindOf(args[1]));
      return real.openSync(...args);
    },
    writeFileSync: (...args: Parameters<Fs['writeFileSync']>) => {
      disk.step('wx');
      // What there is room for is written, the rest is not.
      try {
        disk.step('write');
      } catch (error) {
        real.writeFileSync(args[0], String(args[1]).slice(0, 7), args[2]);
        throw error;
      }
      real.writeFileSync(...args);
    },
  };
});

const CODES = ['ENOSPC', 'EMFILE', 'EIO'] as const;
const MOST_CALLS = 100;
/** Long before a lock that was left behind would be broken. */
const SOON_MS = 5_000;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cimulator-disk-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/**
 * Does something until no call of the file system fails in it, and something after each failure.
 *
 * @returns how often it failed
 */
async function failEachCall(code: string, work: () => unknown, after: (error: unknown) => unknown): Promise<number> {
  for (let call = 1; call < MOST_CALLS; call++) {
    Object.assign(disk.state, { left: call, code, hasFailed: false });
    const error = await Promise.resolve()
      .then(work)
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    disk.state.left = 0;
    if (!disk.state.hasFailed) {
      expect(error).toBeUndefined();
      return call - 1;
    }
    await after(error);
  }
  throw new Error(`more than ${MOST_CALLS} calls`);
}

describe.each(CODES)('when a call of the file system fails with %s, whichever it is', (code) => {
  it('a change of accounts is made whole or not at all, says why, and is no hindrance to the next', async () => {
    const file = join(directory, 'users.json');
    const cost = { N: 2, r: 1, p: 1 };
    const users = await openUserStore({ cost, file });
    await users.add('first', 'secret');
    let n = 0;
    const failures = await failEachCall(
      code,
      () => users.add(`user ${++n}`, 'secret'),
      async (error) => {
        const isThere = (await openUserStore({ cost, file })).list().includes(`user ${n}`);
        expect({ failed: error !== undefined, isThere }).toEqual({
          failed: error !== undefined,
          isThere: error === undefined,
        });
        if (error !== undefined)
          expect(error).toMatchObject({ name: 'UserFileError', message: expect.stringContaining(code) });
        const startedAt = performance.now();
        await users.add(`after ${n}`, 'secret');
        expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
        expect(await readdir(directory)).toEqual(['users.json']);
      },
    );
    expect(failures).toBeGreaterThan(1);
  });

  it('a certificate is kept whole or not at all, and the next start has one', async () => {
    const failures = await failEachCall(
      code,
      async () => {
        await rm(join(directory, 'tls-certificate.pem'), { force: true });
        return keptCertificate(directory);
      },
      async (error) => {
        if (error !== undefined)
          expect(error).toMatchObject({ name: 'CertificateError', message: expect.stringContaining(code) });
        const kept = await keptCertificate(directory);
        const written = await readFile(join(directory, 'tls-certificate.pem'), 'utf8');
        expect(new X509Certificate(written).fingerprint256).toBe(kept.fingerprints.sha256);
        expect((await readdir(directory)).toSorted()).toEqual(['tls-certificate.pem', 'tls-key.pem']);
      },
    );
    expect(failures).toBeGreaterThan(1);
  });

  it('the cache of compiled schemas is no reason not to start', async () => {
    const mof = join(directory, 'a.mof');
    const folder = join(directory, 'cache');
    const cacheFile = join(folder, 'schema.json');
    await writeFile(mof, 'Qualifier Key : boolean = false, Scope(property);\nclass A { [Key] string Id; };');
    const compile = () => compileWithCache([mof], { cacheFile, defaultNamespace: 'root/x', version: '1' });
    const failures = await failEachCall(
      code,
      async () => {
        await rm(folder, { recursive: true, force: true });
        return compile();
      },
      async (error) => {
        // What cannot be read is an error, the cache never is.
        if (error !== undefined) expect(String(error)).toContain('a.mof');
        compile();
        compile();
        expect((await readdir(folder)).toSorted()).toEqual(['key', 'schema.json']);
      },
    );
    expect(failures).toBeGreaterThan(0);
  });
});
