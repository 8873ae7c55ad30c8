import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli/run-cli.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What `serve` says of a provider file, whose folder is shown as `.`. */
async function complaintAbout(files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const [file = ''] = Object.keys(files);
  const { code, stderr } = await runCli([
    ...['serve', '--port', '0', '--https-port', 'off', '--lab', 'none', '--data-dir', join(folder, 'data')],
    ...['--provider', join(folder, file)],
  ]);
  expect(code).toBe(1);
  return stderr.replaceAll(folder, '.');
}

describe('a provider file', () => {
  it('that is no JavaScript is told with its line', async () => {
    const files = { 'broken.mjs': 'export const a = 1;\nexport const providers = [ {\n' };
    expect(await complaintAbout(files)).toBe(
      'cimulator: --provider ./broken.mjs:3: SyntaxError: Unexpected end of input\n',
    );
  });

  it('that imports what is no JavaScript is told with the file that is none, and its line', async () => {
    const files = { 'outer.mjs': "import './inner.mjs';\n", 'inner.mjs': '\nconst = 1;\n' };
    expect(await complaintAbout(files)).toBe(
      "cimulator: --provider ./outer.mjs: ./inner.mjs:2: SyntaxError: Unexpected token '='\n",
    );
  });

  it('that fails when it is run is told with the line that failed', async () => {
    const files = { 'failing.mjs': 'const settings = {};\n\nsettings.room.name;\n' };
    expect(await complaintAbout(files)).toBe(
      "cimulator: --provider ./failing.mjs:3: TypeError: Cannot read properties of undefined (reading 'name')\n",
    );
  });

  it('with a misspelt rule is told with the rule that was meant', async () => {
    const files = {
      'misspelt.mjs': "export const providers = [{ className: 'X', methods: {}, instances: { creat: true } }];",
    };
    expect(await complaintAbout(files)).toBe(
      "cimulator: --provider ./misspelt.mjs: providers[0]: instances: unknown rule 'creat': did you mean 'create'?\n",
    );
  });

  it('without providers is told what it must export', async () => {
    expect(await complaintAbout({ 'empty.mjs': 'export const provider = [];' })).toBe(
      "cimulator: --provider ./empty.mjs: it must export 'providers', a list of providers\n",
    );
  });
});
