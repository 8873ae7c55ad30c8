import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { MAIN, runCli, startCli } from './run-cli.js';

describe('cimulator', () => {
  it('says its version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await runCli(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it.skipIf(process.platform === 'win32')('runs by itself, as npx wants it (Windows asks node)', async () => {
    const { stdout } = await promisify(execFile)(MAIN, ['--version']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('says its version with -v, too', async () => {
    expect((await runCli(['-v'])).stdout).toBe((await runCli(['--version'])).stdout);
  });

  it('helps on no more than 100 columns, however wide the terminal is', async () => {
    const { stdout } = await runCli(['--help'], { COLUMNS: '300' });
    const commands = [...stdout.matchAll(/^ {2}([a-z]+)\b/gm)].map(([, name]) => name ?? '');
    expect(commands).toContain('readyz');
    const helps = await Promise.all(commands.map((name) => runCli([name, '--help'], { COLUMNS: '300' })));
    const lines = [stdout, ...helps.map((help) => help.stdout)].flatMap((text) => text.split('\n'));
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });

  it('helps on stdout, in groups, with the variable of every option', async () => {
    const { code, stdout } = await runCli(['serve', '--help']);
    expect(code).toBe(0);
    for (const group of ['Network:', 'Accounts:', 'Model:', 'Running:']) expect(stdout).toContain(`\n${group}\n`);
    const options = stdout.match(/^ {2}--[a-z-]+/gm) ?? [];
    expect(options).not.toEqual([]);
    for (const option of options) {
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
        `env: CIMULATOR_${option.trim().slice(2).replaceAll('-', '_').toUpperCase()}`,
      );
    }
  });

  it('ends without a word when nobody reads what it prints any more', async () => {
    const running = startCli(['serve', '--help']);
    running.process.stdout?.destroy();
    expect(await running.result).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    [['serv'], /^error: unknown command 'serv'\n\(Did you mean serve\?\)/],
    [['serve', '--prot', '1'], /^error: unknown option '--prot'\n\(Did you mean --port\?\)/],
    [['serve', 'x'], /^error: too many arguments/],
    [['serve', '--port'], /^error: option '--port <n\|off>' argument missing/],
    [
      ['serve', '--port', '65536'],
      /^error: option '--port <n\|off>' argument '65536' is invalid\. Expected a port from 0 to 65535/,
    ],
    [['serve', '--port', '-1'], /^error: .*/],
    [['serve', '--port', '1e3'], /^error: .* Expected a port/],
    [['serve', '--https-port', 'on'], /^error: .* Expected a port .* or 'off'\./],
    [['serve', '--profile', 'linux'], /^error: .* Allowed choices are smi-s, windows\./],
    [['serve', '--log-level', 'loud'], /^error: .* Allowed choices are silent, /],
    [['serve', '--seed', '4294967296'], /^error: .* Expected a whole number from 0 to 4294967295\./],
    [['serve', '--setting', 'MaxShellsPerUser=1'], /^error: .* NAME one of MaxTimeoutms, /],
    [['serve', '--setting', 'MaxTimeoutms=1'], /^error: .* MaxTimeoutms is a number from 500 to/],
    [['serve', '--user', 'alice'], /^cimulator: --user: expected NAME:PASSWORD\n$/],
    [['serve', '--user', ':x'], /^cimulator: --user: the user name is empty\n$/],
    [['serve', '--user', 'alice:'], /^cimulator: --user: the password is empty\n$/],
    [['serve', '--client-crl', 'package.json'], /^cimulator: --client-crl goes with --client-ca\n$/],
    [['serve', '--client-cert-map', 'x=y'], /^cimulator: --client-cert-map goes with --client-ca\n$/],
    [
      ['serve', '--client-ca', 'package.json', '--https-port', 'off'],
      /^cimulator: --client-ca needs HTTPS, which is off\n$/,
    ],
    [
      ['serve', '--client-ca', 'package.json', '--client-cert-map', 'x'],
      /^cimulator: a mapping .* NAME=ACCOUNT, not 'x'\n$/,
    ],
    [['serve', '--allow-unencrypted', 'sometimes'], /argument 'sometimes' is invalid. Expected 'never', 'loopback'/],
    [['serve', '--cert', 'package.json'], /^cimulator: --cert and --key go together\n$/],
  ])('ends with 1 and says what is wrong with %j', async (args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each([
    [{ CIMULATOR_PORT: 'x' }, /value 'x' from env 'CIMULATOR_PORT' is invalid/],
    [{ CIMULATOR_USER: 'alice' }, /^cimulator: CIMULATOR_USER: expected NAME:PASSWORD\n$/],
    [{ CIMULATOR_USER: 'a:b\nalice:' }, /^cimulator: CIMULATOR_USER: the password is empty\n$/],
    [
      { CIMULATOR_ALLOW_UNENCRYPTED: 'maybe' },
      /value 'maybe' from env 'CIMULATOR_ALLOW_UNENCRYPTED' is invalid. Expected 'never', 'loopback' \(or false\)/,
    ],
  ])('ends with 1 and says what is wrong with %j', async (variables, message) => {
    const { code, stderr } = await runCli(['serve'], variables);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });

  it('never repeats a password it refuses', async () => {
    const { stderr } = await runCli(['serve', '--user', `alice:hush\u0007hush`]);
    expect(stderr).toBe('cimulator: --user: the password contains a control character\n');
  });
});
