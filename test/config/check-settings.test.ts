import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRules } from '../../src/config/check-rules.js';
import { checkSettings } from '../../src/config/check-settings.js';
import { readConfigurationFile } from '../../src/config/configuration-file.js';
import { effectiveSettings } from '../../src/config/effective-settings.js';
import { endpointOptionsOf } from '../../src/config/endpoint-options-of.js';
import type { SettingValues } from '../../src/config/setting-groups.js';
import { toldBySetting } from '../../src/config/told-by-setting.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-settings-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function settingsOf(text: string, flags: Partial<SettingValues> = {}) {
  const path = join(folder, 'c.yaml');
  await writeFile(path, `version: 1\n${text}`);
  return effectiveSettings({ flags, file: await readConfigurationFile(path) });
}

const problemOf = (run: Promise<unknown>) =>
  run.then(
    () => 'none',
    (error: Error) => error.message.replaceAll(`${folder}/`, ''),
  );

describe('what only this machine knows of settings', () => {
  it.each([
    ['lab: [none]\nuser: [{ name: a, password: b, roles: [read] }]\nschema: built-in\n', 'none'],
    ['lab:\n  - two-server\n', /^c\.yaml:3:5: lab\[0\]: there is no lab 'two-server' \(did you mean 'two-servers'\?\)/],
    ['lab: two-server\n', /^c\.yaml:2:6: lab\[0\]: there is no lab/],
    ['lab: [two-servers, ./mine.mof]\n', 'c.yaml:2:20: lab[1]: mine.mof: there is no such file'],
    ['rules: broken.yaml\n', 'c.yaml:2:8: rules: broken.yaml: there is no such file'],
    ['provider: [a.mjs]\n', 'c.yaml:2:12: provider[0]: a.mjs: there is no such file'],
    [
      'user:\n  - { name: a, password: b, roles: [read, wirte] }\n',
      /^c\.yaml:3:43: user\[0\]\.roles\[1\]: 'wirte' is no role/,
    ],
  ])('is told with the line of the file: %j', async (text, message) => {
    const told = await problemOf(checkSettings(await settingsOf(text)));
    expect(told).toEqual(message instanceof RegExp ? expect.stringMatching(message) : message);
  });

  it('is called as the flag that was given', async () => {
    const settings = await settingsOf('lab: none\n', { lab: ['x.mof'] });
    expect(await problemOf(checkSettings(settings))).toBe('--lab x.mof: there is no such file');
  });

  it('is said of a file of rules that holds none', async () => {
    await writeFile(join(folder, 'r.yaml'), '- when: { nth: 0 }\n  then: { http: 503 }\n');
    expect(await problemOf(checkRules(await settingsOf('rules: r.yaml\n')))).toMatch(
      /^r\.yaml:1: rules\[0\]\.when\.nth: 0 is not/,
    );
  });
});

describe('what a start finds wrong', () => {
  const startWith = async (text: string, flags?: Partial<SettingValues>) => {
    const settings = await settingsOf(`lab: none\nhttpsPort: off\ncontrol: off\nport: 0\n${text}`, flags);
    return problemOf(
      startEndpoint(endpointOptionsOf(settings)).catch((error: unknown) => {
        throw toldBySetting(settings, error);
      }),
    );
  };

  it('is a rule in the file of settings that can never match', async () => {
    const rules = 'rules:\n  - when: { class: NoSuch }\n    then: { http: 503 }\n';
    expect(await startWith(rules)).toMatch(/^c\.yaml:7:20: rules\[0\]\.when\.class: there is no class 'NoSuch'/);
  });

  it('is a port that is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const settings = await settingsOf(`lab: none\nhttpsPort: off\ncontrol: off\nport: ${port}\n`);
    const starting = startEndpoint(endpointOptionsOf(settings)).catch((error: unknown) => {
      throw toldBySetting(settings, error);
    });
    expect(await problemOf(starting)).toBe(
      `c.yaml:5:7: port: cannot listen on 127.0.0.1 port ${port}: the port is in use`,
    );
    await new Promise((resolve) => server.close(resolve));
  });

  it('is another host for the control API without TLS, called as it was given', async () => {
    const why = /other machines reach the control API over TLS alone/;
    expect(await startWith('controlHost: 0.0.0.0\n', { control: 0 })).toMatch(
      new RegExp(`^c\\.yaml:6:14: controlHost: ${why.source}`),
    );
    expect(await startWith('', { control: 0, controlHost: '0.0.0.0' })).toMatch(
      new RegExp(`^--control-host: ${why.source}`),
    );
  });
});
