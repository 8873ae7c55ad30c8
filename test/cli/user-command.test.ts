import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openUserStore } from '../../src/auth/accounts/user-store.js';
import type { PasswordInput } from '../../src/cli/read-password.js';
import { addUserCommand } from '../../src/cli/user-command.js';
import { recordingTerminal } from './recording-terminal.js';

let dataDir: string;
let file: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'cimulator-user-'));
  file = join(dataDir, 'users.json');
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

interface Keyboard {
  /** What is on stdin; with `terminal`, what is typed. */
  readonly stdin?: string;
  readonly terminal?: boolean;
}

async function user(args: readonly string[], { stdin = '', terminal: isTTY = false }: Keyboard = {}) {
  const terminal = recordingTerminal();
  const modes: boolean[] = [];
  let prompts = '';
  const input: PasswordInput = Object.assign(new PassThrough(), {
    isTTY,
    setRawMode: (raw: boolean) => void modes.push(raw),
  });
  (input as PassThrough).end(stdin);
  const prompt = (text: string) => {
    prompts += text;
  };
  const program = new Command('cimulator');
  addUserCommand(program, terminal, { input, prompt });
  await program.parseAsync(['user', ...args, '--data-dir', dataDir], { from: 'user' });
  return { ...terminal.seen, prompts, modes };
}

const add = (name: string, password: string, ...more: string[]) =>
  user(['add', name, '--password-stdin', ...more], { stdin: `${password}\n` });
const verify = async (name: string, password: string) => (await openUserStore({ file })).verify(name, password);

describe('cimulator user add', () => {
  it('adds an account with the password on stdin', async () => {
    expect(await add('alice', 'open sesame')).toMatchObject({ out: '', err: '', exitCode: 0, prompts: '' });
    expect(await verify('alice', 'open sesame')).toBe('alice');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('asks for the password twice, and shows nothing of it', async () => {
    const seen = await user(['add', 'alice'], { terminal: true, stdin: 'sesamx\u007fe\rsesame\r' });
    expect(seen).toMatchObject({ out: '', err: '', exitCode: 0, modes: [true, false, true, false] });
    expect(seen.prompts).toBe('New password for alice: \nThe same again: \n');
    expect(await verify('alice', 'sesame')).toBe('alice');
  });

  it.each([
    ['two that differ', 'one\rtwo\r', 'the two passwords differ; nothing was changed'],
    ['Ctrl+C', 'on\u0003', 'interrupted'],
    ['the end of the input', 'on', 'no password was typed'],
    ['none', '\r\r', 'the password is empty'],
  ])('adds nothing after %s', async (_what, stdin, message) => {
    const seen = await user(['add', 'alice'], { terminal: true, stdin });
    expect(seen).toMatchObject({ err: `cimulator: ${message}\n`, exitCode: 1 });
    expect(seen.modes.at(-1)).toBe(false);
    expect((await user(['list', '--json'])).out).toBe('[]\n');
  });

  it.each([
    [
      'without a terminal',
      ['add', 'a'],
      '',
      'there is no terminal to ask for a password on; give it on stdin, with --password-stdin',
    ],
    ['with two lines', ['add', 'a', '--password-stdin'], 'one\ntwo\n', 'stdin: expected a password of one line'],
    ['with a file', ['add', 'a', '--password-stdin'], 'x'.repeat(9000), 'stdin: that is more than a password'],
    ['with nothing', ['add', 'a', '--password-stdin'], '\n', 'stdin: there is no password'],
    ['with a name that cannot be', ['add', 'a:b', '--password-stdin'], 'x', 'the user name contains a colon'],
  ])('says in one line what is wrong: %s', async (_what, args, stdin, message) => {
    expect(await user(args, { stdin })).toMatchObject({ out: '', err: `cimulator: ${message}\n`, exitCode: 1 });
  });

  it('does not ask for a password when the roles are wrong', async () => {
    const seen = await user(['add', 'alice', '--role', 'admin'], { terminal: true });
    expect(seen).toMatchObject({ prompts: '', exitCode: 1 });
    expect(seen.err).toMatch(/^cimulator: 'admin' is no role: [^\n]+\n$/);
  });

  it('does not touch an account that is there', async () => {
    await add('Alice', 'one');
    expect(await add('alice', 'two')).toMatchObject({ err: 'cimulator: there is a user Alice already\n', exitCode: 1 });
    expect(await verify('alice', 'one')).toBe('Alice');
  });

  it('does not ask for the password of an account that is there', async () => {
    await add('alice', 'one');
    expect(await user(['add', 'alice'], { terminal: true })).toMatchObject({ prompts: '', exitCode: 1 });
  });

  it('makes no NT hash where Negotiate is off', async () => {
    await add('alice', 'one', '--auth', 'basic');
    expect(await readFile(file, 'utf8')).not.toContain('ntHash');
  });
});

describe('cimulator user passwd', () => {
  it('gives an account another password, and leaves its roles', async () => {
    await add('alice', 'one', '--role', 'read');
    await user(['passwd', 'ALICE', '--password-stdin'], { stdin: 'two' });
    expect(await verify('alice', 'two')).toBe('alice');
    expect((await user(['list'])).out).toMatch(/^alice +read +yes$/m);
  });

  it('makes no account, and does not ask for its password', async () => {
    const seen = await user(['passwd', 'bob'], { terminal: true });
    expect(seen).toMatchObject({ prompts: '', err: 'cimulator: there is no user bob\n', exitCode: 1 });
  });
});

describe('cimulator user list', () => {
  it('shows names, roles, and who can sign in with Negotiate', async () => {
    await add('alice', 'one', '--auth', 'basic');
    await add('bob', 'two', '--role', 'read,execute@root/cimv2:CIM_NetworkPipe', '--role', 'write@root/cimv2');
    await add('carol', 'three', '--role', 'none');
    expect((await user(['list'])).out).toBe(
      [
        'NAME   ROLES                                                     NEGOTIATE',
        '-----  --------------------------------------------------------  ---------',
        'alice  read,write,execute                                        no',
        'bob    read,execute@root/cimv2:CIM_NetworkPipe,write@root/cimv2  yes',
        'carol  none                                                      yes',
        '',
      ].join('\n'),
    );
    expect(JSON.parse((await user(['list', '--json'])).out)[2]).toEqual({ name: 'carol', roles: [], negotiate: true });
  });

  it('says in one line that the file is none', async () => {
    await writeFile(file, '{');
    const seen = await user(['list']);
    expect(seen.err).toMatch(/^cimulator: \S+users\.json is not a file of accounts[^\n]*\n$/);
    expect(seen.exitCode).toBe(1);
  });
});

describe('cimulator user roles', () => {
  it('replaces what an account may do', async () => {
    await add('alice', 'one', '--role', 'read');
    expect(await user(['roles', 'alice', 'write', 'execute@root/cimv2'])).toMatchObject({
      out: '',
      err: '',
      exitCode: 0,
    });
    expect((await user(['list'])).out).toMatch(/^alice +write,execute@root\/cimv2 /m);
    await user(['roles', 'alice', 'all']);
    expect((await openUserStore({ file })).accountOf('alice')?.permissions).toBeUndefined();
  });
});

describe('cimulator user remove', () => {
  it('removes an account, and says when it was the last', async () => {
    await add('alice', 'one');
    await add('bob', 'two');
    expect(await user(['remove', 'Alice'])).toMatchObject({ err: '', exitCode: 0 });
    const last = await user(['remove', 'bob']);
    expect([last.exitCode, last.err.startsWith('That was the last account')]).toEqual([0, true]);
    expect(await user(['remove', 'bob'])).toMatchObject({ err: 'cimulator: there is no user bob\n', exitCode: 1 });
  });
});

describe('a data directory that is not there', () => {
  beforeEach(() => rm(dataDir, { recursive: true }));

  it.each([
    ['list', ['list']],
    ['remove', ['remove', 'alice']],
    ['roles', ['roles', 'alice', 'read']],
    ['passwd', ['passwd', 'alice', '--password-stdin']],
  ])('is refused by %s, not made', async (_command, args) => {
    const seen = await user(args, { stdin: 'open sesame\n' });
    expect(seen).toMatchObject({ out: '', err: expect.stringContaining(`no data directory ${dataDir}`), exitCode: 1 });
    await expect(stat(dataDir)).rejects.toThrow('ENOENT');
  });

  it('is made by add', async () => {
    expect(await add('alice', 'open sesame')).toMatchObject({ exitCode: 0 });
    expect(await verify('alice', 'open sesame')).toBe('alice');
  });
});
