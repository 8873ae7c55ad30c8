import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAIN, runCli } from './run-cli.js';
import { identify, ready, useServe } from './use-serve.js';

const { serve, place } = useServe();

describe('cimulator serve, started by another program', () => {
  it('takes passwords from stdin, a line each, and tells nobody', async () => {
    const flags = ['--user', 'alice', '--user', 'bob:two', '--user', 'carol', '--password-stdin'];
    const cli = serve(['--ready-json', ...flags], {}, 'one:1\r\nthree');
    const { http, password } = await ready(cli);
    const statuses = ['alice:one:1', 'bob:two', 'carol:three', 'carol:one:1'].map((account) => {
      const [name = '', ...rest] = account.split(':');
      return identify(http, name, rest.join(':'));
    });
    expect([await Promise.all(statuses), password]).toEqual([[200, 200, 200, 401], undefined]);
  });

  it.each([
    [['--user', 'alice', '--password-stdin'], '', 'stdin: expected a line with a password'],
    [['--user', 'a', '--user', 'b', '--password-stdin'], 'one\n', 'stdin: expected 2 lines, a password in each'],
    [['--user', 'alice', '--password-stdin'], '\n', '--user: the password is empty'],
    [['--user', 'a:b', '--password-stdin'], 'one\n', '--password-stdin goes with --user NAME, without a password'],
    [['--password-stdin'], 'one\n', '--password-stdin goes with --user NAME, without a password'],
  ])('says in one line what is wrong with %j and stdin %j', async (args, stdin, message) => {
    const { code, stdout, stderr } = await serve(args, {}, stdin).result;
    expect([code, stdout, stderr]).toEqual([1, '', `cimulator: ${message}\n`]);
  });

  it('ends with 0 when stdin ends, and not before', async () => {
    const cli = serve(['--ready-json', '--user', 'alice', '--password-stdin', '--exit-on-stdin-end'], {}, null);
    cli.process.stdin?.write('one\nno line of ours\n');
    const { http } = await ready(cli);
    expect(await identify(http, 'alice', 'one')).toBe(200);
    cli.process.stdin?.end('nor this');
    expect(await cli.result).toMatchObject({ code: 0, stderr: '' });
    await expect(identify(http, 'alice', 'one')).rejects.toThrow();
  });

  it('leaves Ctrl+C to the program that shares its terminal', async () => {
    const cli = serve(['--ready-json', '--user', 'alice', '--password-stdin', '--exit-on-stdin-end'], {}, null);
    cli.process.stdin?.write('one\n');
    const { http } = await ready(cli);
    cli.process.kill('SIGINT');
    expect(await identify(http, 'alice', 'one')).toBe(200);
    cli.process.stdin?.end();
    expect(await cli.result).toMatchObject({ code: 0, stderr: '' });
  });

  it('ends with 1 where it cannot listen, also while stdin is held open', async () => {
    const busy = createServer().listen(0, '127.0.0.1');
    await once(busy, 'listening');
    const { port } = busy.address() as AddressInfo;
    const flags = ['--port', `${port}`, '--user', 'alice', '--password-stdin', '--exit-on-stdin-end'];
    const cli = serve(flags, {}, null);
    cli.process.stdin?.write('one\n');
    expect(await cli.result).toMatchObject({ code: 1, stderr: expect.stringMatching(/port is in use/) });
    busy.close();
  });

  it('does not start for one that has gone already', async () => {
    expect(await serve(['--exit-on-stdin-end'], {}, '').result).toMatchObject({ code: 0, stderr: '' });
  });

  it('goes on after stdin has ended, where nobody asked for an end', async () => {
    const { http } = await ready(serve(['--ready-json', '--user', 'alice', '--password-stdin'], {}, 'one'));
    expect(await identify(http, 'alice', 'one')).toBe(200);
  });

  it.skipIf(process.platform === 'win32')('ends with a parent that is killed', async () => {
    const program = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, process.argv.slice(1), { stdio: ['pipe', 'inherit', 'inherit'] });
      child.stdin.write('one\\n');`;
    const flags = ['--port', '0', '--https-port', 'off', '--ready-json', '--user', 'alice', '--data-dir', place()];
    const parent = spawn(
      process.execPath,
      ['-e', program, MAIN, 'serve', ...flags, '--password-stdin', '--exit-on-stdin-end'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    // The server has the other end of this pipe; it goes with its process.
    const ended = once(parent.stdout, 'close');
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const { http } = JSON.parse(line.toString());
    expect(await identify(http, 'alice', 'one')).toBe(200);
    parent.kill('SIGKILL');
    await ended;
    await expect(identify(http, 'alice', 'one')).rejects.toThrow();
  });
});

describe('cimulator serve and its model', () => {
  const enumerate = async (http: string, ...args: string[]) =>
    runCli(['enumerate', '--url', http, '--user', 'a:b', '--json', ...args]);

  it('serves a namespace of one file beside the built-in ones', async () => {
    const mof = join(place(), 'lab.mof');
    await writeFile(mof, 'class LAB_Disk { [key] string Name; }; instance of LAB_Disk { Name = "C:"; };');
    const flags = ['--user', 'a:b', '--schema', 'built-in', '--schema', mof, '--namespace', 'root\\cimv2'];
    const { http } = await ready(serve(['--ready-json', ...flags]));
    expect(JSON.parse((await enumerate(http, 'LAB_Disk', '--namespace', 'root/cimv2')).stdout)).toHaveLength(1);
    expect(JSON.parse((await enumerate(http, 'MSFTSM_ComputerSystem')).stdout)).toHaveLength(3);
  });

  it('ends with 1 for a namespace that has no such name', async () => {
    const { code, stderr } = await serve(['--namespace', 'root/two words']).result;
    expect([code, stderr.split('\n')[0]]).toEqual([
      1,
      expect.stringMatching(/Expected a namespace, as root\/cimv2\.$/),
    ]);
  });
});
