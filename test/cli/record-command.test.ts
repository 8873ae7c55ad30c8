import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';
import { type RunningCli, runCli, startCli } from './run-cli.js';
import { ready } from './use-serve.js';

const running = runEndpoint();
const SYSTEM = 'MSFTSM_ComputerSystem.CreationClassName="MSFTSM_ComputerSystem",Name="iscsi-a.lab.example"';
const LISTENING = ['--port', '0', '--account', 'client:here', '--ready-json'];

describe('cimulator record and replay', () => {
  let folder: string;
  let file: string;
  const started: RunningCli[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cimulator-record-'));
    file = join(folder, 'first.jsonl');
  });
  afterEach(async () => {
    for (const { process } of started.splice(0)) process.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  function start(args: readonly string[], variables: Record<string, string> = {}): RunningCli {
    const cli = startCli(args, variables, null);
    started.push(cli);
    return cli;
  }

  const get = (url: string, ...more: string[]) =>
    runCli(['get', '--url', url, '--user', 'client:here', '--json', ...more, SYSTEM]);

  it('signs clients in here, and itself upstream, sealed; what was recorded is answered again', async () => {
    const credentials = { CIMULATOR_USER: USER, CIMULATOR_PASSWORD: PASSWORD };
    const recording = start(
      ['record', '--upstream', running.url, '-o', file, ...LISTENING, '--auth', 'negotiate'],
      credentials,
    );
    const { http } = await ready(recording);
    const first = await get(http);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    recording.process.kill('SIGTERM');
    expect(await recording.result).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/first\.jsonl: \d+ messages\n$/),
    });

    const text = await readFile(file, 'utf8');
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain('here');
    const replayed = start(['replay', file, ...LISTENING]);
    const second = await get((await ready(replayed)).http);
    expect(second).toEqual(first);
    const other = await runCli([
      'get',
      '--url',
      (await ready(replayed)).http,
      '--user',
      'client:here',
      SYSTEM.replace('iscsi-a', 'iscsi-x'),
    ]);
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('selectors.Name is "iscsi-x.lab.example", recorded "iscsi-a.lab.example"');
  });

  it('tells clients, and not the file, when the endpoint does not answer', async () => {
    const wrong = start(['record', '--upstream', running.url, '-o', file, ...LISTENING, '--user', `${USER}:wrong`]);
    const { code, stderr } = await get((await ready(wrong)).http);
    expect(code).toBe(1);
    expect(stderr).toContain('the recorded endpoint gave no answer');
    wrong.process.kill('SIGTERM');
    await wrong.result;
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(1);
  });

  it.each([
    [['record', '--upstream', 'http://127.0.0.1:1', '-o', 'x'], '--user says who signs in upstream'],
    [['record', '-o', 'x'], "required option '--upstream <url>' not specified"],
    [['replay', 'no-such-file'], 'cannot read no-such-file (ENOENT)'],
    [['replay', 'package.json'], 'package.json:1: no JSON'],
    [['replay', 'x', '--strict', '--fallback', 'two-servers'], 'either --strict, or --fallback'],
  ])('says in a line what is wrong: %j', async (args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});
