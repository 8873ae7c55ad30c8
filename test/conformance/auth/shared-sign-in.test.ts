import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addUserCommand } from '../../../src/cli/user-command.js';
import type { HttpEndpoint } from '../../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import { recordingTerminal } from '../../cli/recording-terminal.js';
import { sharedPostgres } from '../../store/postgres/shared-postgres.js';

const postgres = await sharedPostgres();

/** @returns the status of an answer to somebody who may be let in: 401 when not */
async function sign({ http }: HttpEndpoint, name: string, password: string): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/soap+xml;charset=UTF-8' };
  const answer = await fetch(http.url, { method: 'POST', headers, body: '<x/>' });
  await answer.arrayBuffer();
  return answer.status;
}

describe.skipIf(!postgres)('two endpoints on one database', () => {
  const state = postgres?.url() ?? '';
  let first: HttpEndpoint;
  let second: HttpEndpoint;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'cimulator-shared-'));
    vi.stubEnv('CIMULATOR_STATE', state);
    const lockOut = { firstDelayMs: 3_000 };
    first = await startEndpoint({ state, lockOut });
    second = await startEndpoint({ state, lockOut });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    for (const endpoint of [first, second]) await endpoint.close();
    await rm(dataDir, { recursive: true });
  });

  async function user(args: readonly string[], stdin = '') {
    const terminal = recordingTerminal();
    const input = Object.assign(new PassThrough(), { isTTY: false, setRawMode: () => {} });
    input.end(stdin);
    const program = new Command('cimulator');
    addUserCommand(program, terminal, { input, prompt: () => {} });
    await program.parseAsync(['user', ...args, '--data-dir', dataDir], { from: 'user' });
    return terminal.seen;
  }

  it('have one first account, whose password the one that made it shows', () => {
    expect(first.account).toEqual({ name: 'cimulator', password: expect.stringMatching(/^\w{20}$/) });
    expect(second.account).toEqual({ name: 'cimulator' });
  });

  it('let in whom the command has added, and nobody whom it has removed once it has ended', async () => {
    await user(['add', 'alice', '--password-stdin', '--role', 'read'], 'secret\n');
    for (const endpoint of [first, second])
      await vi.waitFor(async () => expect(await sign(endpoint, 'alice', 'secret')).not.toBe(401), {
        timeout: 5000,
        interval: 100,
      });
    expect((await user(['list'])).out).toMatch(/\ncimulator .*\nalice +read +yes\n$/);
    await user(['remove', 'alice']);
    for (const endpoint of [first, second]) expect(await sign(endpoint, 'alice', 'secret')).toBe(401);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('lock out together who spreads guesses over both', async () => {
    const { name, password = '' } = first.account;
    const both = [first, second];
    for (let i = 0; i < 6; i++) expect(await sign(i % 2 ? first : second, name, `wrong ${i}`)).toBe(401);
    for (const endpoint of both) expect(await sign(endpoint, name, password)).toBe(401);
    await vi.waitFor(async () => expect(await sign(second, name, password)).not.toBe(401), {
      timeout: 10_000,
      interval: 300,
    });
    expect(await sign(first, name, password)).not.toBe(401);
  });
});

describe('a database URL with a password on the command line', () => {
  it('is refused with what to do instead, and not quoted', async () => {
    const terminal = recordingTerminal();
    const program = new Command('cimulator');
    addUserCommand(program, terminal, { input: new PassThrough() as never, prompt: () => {} });
    const url = 'postgres://me:geheim@db.lab.example/lab';
    await program.parseAsync(['user', 'list', '--state', url], { from: 'user' });
    expect(terminal.seen.err).toMatch(
      /set CIMULATOR_STATE, or leave the password out and let PGPASSFILE name the file/,
    );
    expect(terminal.seen.err).not.toContain('geheim');
    expect(terminal.seen.exitCode).toBe(1);
  });
});
