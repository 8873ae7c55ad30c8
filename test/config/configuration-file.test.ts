import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfigurationFile } from '../../src/config/configuration-file.js';

const before = process.cwd();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-config-'));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(before);
  await rm(folder, { recursive: true });
});

async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

describe('the file of settings', () => {
  it.each([
    ['cimulator.yaml', 'version: 1\nhttpsPort: off\n'],
    ['cimulator.yml', 'version: 1\nhttpsPort: off\n'],
    ['cimulator.json', '{"version": 1, "httpsPort": "off"}'],
  ])('is found here as %s', async (file, text) => {
    await put(file, text);
    expect(await readConfigurationFile(undefined)).toMatchObject({ file, values: { httpsPort: 'off' } });
  });

  it('is not looked for above, nor where there is to be none', async () => {
    await put('cimulator.yaml', 'version: 1\n');
    expect(await readConfigurationFile('none')).toBeUndefined();
    await mkdir('below');
    process.chdir(join(folder, 'below'));
    expect(await readConfigurationFile(undefined)).toBeUndefined();
  });

  it('is one: which of two counts is not guessed', async () => {
    await put('cimulator.yaml', 'version: 1\n');
    await put('cimulator.json', '{}');
    await expect(readConfigurationFile(undefined)).rejects.toThrow(
      'there are cimulator.yaml and cimulator.json here: name the one that counts with --config',
    );
  });

  it('says where each setting stands, and finds files from where it lies', async () => {
    await put('etc/lab.yaml', 'version: 1\nlab: [two-servers, mine.mof]\nschema: built-in\ncert: a.pem\nkey: /k.pem\n');
    const found = await readConfigurationFile('etc/lab.yaml');
    expect(found?.values).toEqual({
      lab: ['two-servers', 'etc/mine.mof'],
      schema: ['built-in'],
      cert: 'etc/a.pem',
      key: '/k.pem',
    });
    expect(found?.placeOf(['cert'])).toEqual({ file: 'etc/lab.yaml', line: 4, column: 7 });
  });

  it.skipIf(process.platform === 'win32')(
    'is taken from here only when nobody else can write it (Windows has no modes)',
    async () => {
      await put('cimulator.yaml', 'version: 1\n');
      await chmod('cimulator.yaml', 0o666);
      await expect(readConfigurationFile(undefined)).rejects.toThrow(/^others may change cimulator\.yaml .*chmod go-w/);
      expect(await readConfigurationFile('cimulator.yaml')).toMatchObject({ values: {} });
    },
  );

  it.each([
    ['httpsPort: 1\n', 'c.yaml:1:1: the version of the format is missing: begin with version: 1'],
    ['- 1\n', 'c.yaml:1:1: the version of the format is missing: begin with version: 1'],
    ['', 'c.yaml:1:1: the version of the format is missing: begin with version: 1'],
    [
      'nonsense: 1\nversion: 2\n',
      "c.yaml:2:10: the version of the format is 1, not 2: a newer cimulator reads it (npm install cimulator@latest); 'cimulator config schema' says what this one reads",
    ],
    [
      'version: "1"\n',
      'c.yaml:1:10: the version of the format is 1, not "1": write version: 1, and see \'cimulator config schema\' for what it may say',
    ],
    ['version: 1\nhtpsPort: 1\n', "c.yaml:2:1: htpsPort: no such member: did you mean 'httpsPort'?"],
    ['version: 1\nport: 70000\n', "c.yaml:2:7: port: 70000 is not a whole number from 0 to 65535, or 'off'"],
    [
      'version: 1\nlogLevel: wran\n',
      "c.yaml:2:11: logLevel: 'wran' is not one of silent, fatal, error, warn, info, debug, trace: did you mean 'warn'?",
    ],
    [
      'version: 1\nsetting:\n  MaxTimeutms: 1\n',
      "c.yaml:3:3: setting.MaxTimeutms: no such member: did you mean 'MaxTimeoutms'?",
    ],
    [
      'version: 1\nsetting:\n  MaxTimeoutms: 1\n',
      'c.yaml:3:17: setting.MaxTimeoutms: 1 is not a whole number from 500 to 4294967295',
    ],
    ['version: 1\nnamespace: "a b"\n', 'c.yaml:2:12: namespace: Expected a namespace, as root/cimv2.'],
    ['version: 1\nuser:\n  - { name: "a:b", password: hush }\n', 'c.yaml:3:3: user: the user name contains a colon'],
    ['version: 1\nuser: 7\n', /^c\.yaml:2:7: user: what is given is not text that is not empty, or a list/],
    ['version: 1\nlab: [\n', /^c\.yaml:\d:\d: Flow sequence/],
  ])('is refused with its place: %j', async (text, message) => {
    await put('c.yaml', text);
    await expect(readConfigurationFile('c.yaml')).rejects.toHaveProperty(
      'message',
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
  });

  it('that is not there is an error when it was named', async () => {
    await expect(readConfigurationFile('none.yaml')).rejects.toThrow('--config none.yaml: there is no such file');
    await expect(readConfigurationFile('.')).rejects.toThrow('--config .: it cannot be read (EISDIR)');
  });
});
