import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SETTINGS } from '../../src/config/setting-groups.js';
import { runCli } from './run-cli.js';
import { identify, ready, useServe } from './use-serve.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-config-'));
  file = join(folder, 'lab.yaml');
});
afterEach(() => rm(folder, { recursive: true }));

describe('cimulator config print', () => {
  it('shows every setting, and which of flag, variable, file and default it comes from', async () => {
    await writeFile(file, 'version: 1\nport: 7\nhost: "::1"\nuser:\n  - { name: a, password: hush }\n');
    const variables = { CIMULATOR_CONFIG: file, CIMULATOR_PORT: '8', CIMULATOR_READY_JSON: 'no' };
    const { code, stdout } = await runCli(['config', 'print', '--seed', '9', '--json'], variables);
    expect(code).toBe(0);
    const shown: readonly { readonly name: string }[] = JSON.parse(stdout);
    expect(shown.map(({ name }) => name)).toEqual([...SETTINGS.keys()]);
    expect(shown).toEqual(
      expect.arrayContaining([
        { name: 'port', value: 8, origin: 'CIMULATOR_PORT' },
        { name: 'host', value: '::1', origin: `${file}:3:7` },
        { name: 'seed', value: 9, origin: '--seed' },
        { name: 'readyJson', value: false, origin: 'CIMULATOR_READY_JSON' },
        { name: 'user', value: [{ name: 'a', password: '***' }], origin: `${file}:5:3` },
        { name: 'logLevel', value: 'warn', origin: 'default' },
      ]),
    );
    expect(stdout).not.toContain('hush');
  });

  it('is a table for people', async () => {
    const { stdout } = await runCli(['config', 'print', '--setting', 'MaxBatchItems=7']);
    expect(stdout).toMatch(/^SETTING +VALUE +FROM\n/);
    expect(stdout).toMatch(/^setting +\{"MaxBatchItems":7\} +--setting$/m);
    expect(stdout).toMatch(/^httpsPort +5986 +default$/m);
  });

  it.each([
    ['version: 1\nprot: 7\n', ":2:1: prot: no such member: did you mean 'port'?"],
    ['version: 1\nclientCrl: x.pem\n', ':2:12: clientCrl goes with clientCa'],
    ['version: 1\ncert: x.pem\n', ':2:7: cert goes with key'],
    [
      'version: 1\nrules:\n  - { when: { methdo: M }, then: { http: 503 } }\n',
      ":3:15: rules[0].when.methdo: no such member: did you mean 'method'?",
    ],
  ])('ends with 1 and the place of what is wrong: %j', async (text, message) => {
    await writeFile(file, text);
    const { code, stdout, stderr } = await runCli(['config', 'print', '--config', file]);
    expect([code, stdout, stderr]).toEqual([1, '', `cimulator: ${file}${message}\n`]);
  });
});

describe('a misspelt variable', () => {
  it('is an error of config print, which does not show its value', async () => {
    const { code, stderr } = await runCli(['config', 'print'], { CIMULATOR_HTPS_PORT: 'hush' });
    expect([code, stderr]).toEqual([
      1,
      "cimulator: the variable CIMULATOR_HTPS_PORT is none that is read: did you mean 'CIMULATOR_HTTPS_PORT'?\n",
    ]);
  });
});

describe('cimulator config schema', () => {
  it('prints what editors take', async () => {
    const { stdout } = await runCli(['config', 'schema']);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'object', required: ['version'], additionalProperties: false });
  });
});

describe('cimulator serve with a file of settings', () => {
  const { serve } = useServe();

  it('takes accounts, ports and the rest from it', async () => {
    const users = '  - { name: alice, password: one, roles: [read] }\n  - bob:two\n';
    await writeFile(file, `version: 1\nreadyJson: true\nlab: none\nuser:\n${users}`);
    const { http, user } = await ready(serve(['--config', file]));
    expect([user, await identify(http, 'alice', 'one'), await identify(http, 'bob', 'two')]).toEqual([
      'alice',
      200,
      200,
    ]);
  });

  it('does not start with one that is wrong', async () => {
    await writeFile(file, 'version: 1\nuser: [alice]\n');
    expect(await serve(['--config', file]).result).toEqual({
      code: 1,
      stdout: '',
      stderr: `cimulator: ${file}:2:7: user: expected NAME:PASSWORD\n`,
    });
  });
});
