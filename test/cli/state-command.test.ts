import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makePipe, pipes } from './replication-pipes.js';
import { runCli } from './run-cli.js';
import { ready, useServe } from './use-serve.js';

const { serve, place } = useServe();
const ALICE = ['--user', 'alice:secret', '--ready-json'];

const cli = (...args: string[]) => runCli(['state', ...args], { CIMULATOR_DATA_DIR: place() });

interface Ready {
  readonly state: { readonly kind: string; readonly place: string; readonly wasFound: boolean };
}

async function start(...args: string[]) {
  const running = serve([...ALICE, ...args]);
  const told = (await ready(running)) as Awaited<ReturnType<typeof ready>> & Ready;
  return {
    ...told,
    async end(signal: NodeJS.Signals = 'SIGTERM') {
      running.process.kill(signal);
      await running.result;
    },
  };
}

describe('a serve that was told of no state', () => {
  it('keeps what clients made in the data directory, and says so', async () => {
    const first = await start();
    await makePipe(first.http, 'one');
    await first.end();
    const second = await start();
    const folder = join(place(), 'state');
    expect([first.state, second.state]).toEqual([
      { kind: 'lmdb', place: folder, wasFound: false },
      { kind: 'lmdb', place: folder, wasFound: true },
    ]);
    expect(await pipes(second.http)).toEqual(['one']);
  });

  it('has what was acknowledged, however it ended', async () => {
    const first = await start();
    await Promise.all(['one', 'two', 'three'].map((name) => makePipe(first.http, name)));
    await first.end('SIGKILL');
    expect(await pipes((await start()).http)).toEqual(['one', 'three', 'two']);
  });

  it.each([[['--lab', 'two-servers']], [['--schema', 'built-in']], [['--data-dir', 'none']]])(
    'keeps nothing with %j',
    async (args) => {
      expect((await start(...args)).state).toEqual({ kind: 'memory', place: 'none', wasFound: false });
    },
  );

  it('says to a second one on the same folder who has it', async () => {
    const { pid } = await start();
    const second = await serve(ALICE).result;
    expect(second).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(`is in use by process ${pid}`),
    });
  });
});

describe('a state of another lab', () => {
  it('is refused with what mends it, and taken over by migrate', async () => {
    const folder = join(place(), 'mine');
    await (await start('--state', folder, '--lab', 'two-servers')).end();
    const args = ['--state', folder, '--lab', 'none'];
    const refused = await serve([...ALICE, ...args]).result;
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^cimulator: .*--lab two-servers goes on with it.*\n$/),
    });
    expect(await cli('migrate', ...args)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^cimulator: nothing was changed: .*: the lab declares no host srv02\.lab\.example\n$/,
      ),
    });
    const lab = join(place(), 'hosts.mof');
    await writeFile(lab, '#pragma host("srv01.lab.example")\n#pragma host("srv02.lab.example")\n');
    const others = ['--state', folder, '--lab', lab];
    expect(await cli('migrate', ...others)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /has the format of this version \(2\)\n.* goes on with the lab .*hosts\.mof, and not with two-servers any more: its 253 instances fit, and stay as they are\n$/,
      ),
    });
    expect((await start(...others)).state.wasFound).toBe(true);
  });
});

describe('a backup of a state', () => {
  it('is written while it is served, and restored elsewhere', async () => {
    const file = join(place(), 'b.jsonl');
    const first = await start();
    await makePipe(first.http, 'one');
    expect(await cli('backup', file)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+ instances are in /),
    });
    const elsewhere = join(place(), 'elsewhere');
    expect(await cli('restore', file, '--state', elsewhere)).toMatchObject({ code: 0, stderr: '' });
    expect((await cli('check', '--state', elsewhere)).stdout).toMatch(
      / can be read, .*\n\d+ entries of indices fit them\nthey fit the classes\n$/,
    );
    const other = await start('--state', elsewhere);
    expect([other.state.wasFound, await pipes(other.http)]).toEqual([true, ['one']]);
    expect(await cli('restore', file)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/an endpoint runs with .*: stop it first\n$/),
    });
  });

  it('is kept before a reset, which says where', async () => {
    const { http } = await start();
    await makePipe(http, 'one');
    const { stdout } = await runCli(['reset'], { CIMULATOR_DATA_DIR: place() });
    const [, kept = ''] = /^the state as it was is kept in (.*)\n$/.exec(stdout) ?? [];
    expect([await pipes(http), await readdir(join(place(), 'state', 'backups'))]).toEqual([
      [],
      [kept.split('/').at(-1)],
    ]);
    expect(await readFile(kept, 'utf8')).toContain('"one"');
  });

  it('that is damaged changes nothing', async () => {
    await (await start()).end();
    const file = join(place(), 'b.jsonl');
    await cli('backup', file);
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, -100));
    expect(await cli('restore', file)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^cimulator: .*b\.jsonl was cut short.*\n$/),
    });
    expect((await cli('show')).stdout).toMatch(/instances +253\n/);
  });
});

describe('what cannot be a state', () => {
  it.each<[string, string[], RegExp]>([
    [
      'a URL with a password',
      ['--state', 'postgres://lab:hush@db/lab'],
      /^cimulator: --state: .*CIMULATOR_STATE.*cimulator\.yaml.*PGPASSFILE.*\n$/,
    ],
    [
      'a URL of something else',
      ['--state', 'mysql://lab:hush@db/lab'],
      /^cimulator: --state: expected a folder, none, or a URL postgres:.*\n$/,
    ],
    ['a folder of other things', ['--state', '.'], /^cimulator: .* and is no state: .*\n$/],
    ['a file', ['--state', 'package.json'], /^cimulator: .*package\.json .*is no folder.*\n$/],
  ])('is refused in one line: %s', async (_what, args, line) => {
    const { code, stdout, stderr } = await serve([...ALICE, ...args]).result;
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(line)]);
    expect(stderr).not.toContain('hush');
  });

  it('has no commands', async () => {
    const file = join(place(), 'b.jsonl');
    const missing = join(place(), 'missing');
    await mkdir(join(place(), 'state'));
    const results = await Promise.all([
      cli('show', '--state', 'none'),
      cli('show'),
      cli('backup', file, '--state', missing),
      cli('backup', join(missing, 'b.jsonl')),
      cli('restore', missing),
      cli('restore', 'package.json'),
    ]);
    expect(results.map(({ code, stderr }) => [code, stderr.trimEnd()])).toEqual([
      [1, expect.stringMatching(/^cimulator: there is no state: 'none' keeps nothing; /)],
      [1, expect.stringMatching(/^cimulator: there is no state in .*; 'cimulator serve --state .*' makes one$/)],
      [1, expect.stringMatching(/^cimulator: there is no state in .*missing; /)],
      [1, expect.stringMatching(/^cimulator: cannot write .*b\.jsonl \(ENOENT\)$/)],
      [1, expect.stringMatching(/^cimulator: cannot read .*missing \(ENOENT\)$/)],
      [1, "cimulator: package.json is no backup of 'cimulator state backup'"],
    ]);
    expect(await readdir(place())).not.toContain('missing');
  });
});
