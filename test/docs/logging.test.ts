import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { createClient } from '../../src/client/create-client.js';
import { startCli } from '../cli/run-cli.js';

const page = readFileSync(new URL('../../docs/logging.md', import.meta.url), 'utf8');

/** The first example of a kind on the page. */
const example = (kind: string) => new RegExp(`\`\`\`${kind}\n([^\`]*)\`\`\``).exec(page)?.[1] ?? '';

/** What is not the same in any two runs. */
const VARIABLE = [
  [/^\d\d:\d\d:\d\d\.\d{3}/, 'TIME'],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/, 'TIME'],
  [/call [a-z\d]+-[a-z\d]+/, 'call ID'],
  [/"call":"[a-z\d]+-[a-z\d]+"/, '"call":ID'],
  [/"?\bms"?:[\d.]+|[\d.]+ ms/, 'MS'],
  [/uuid:[-\dA-F]{36}/, 'UUID'],
] as const;
const settled = (line: string) => VARIABLE.reduce((text, [pattern, name]) => text.replace(pattern, name), line.trim());

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'cimulator-logging-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

/** What `cimulator serve` logs of the call on the page. */
async function logOf(format: string): Promise<string> {
  const cli = startCli([
    ...['serve', '--port', '0', '--https-port', 'off', '--user', 'lab:secret', '--ready-json', '--data-dir', dataDir],
    ...['--lab', 'fixtures/examples/thermostat.mof', '--provider', 'fixtures/examples/thermostat.mjs'],
    ...['--log-level', 'info', '--log-format', format],
  ]);
  const { http } = JSON.parse(await cli.firstLine());
  const client = createClient({ url: http, user: 'lab', password: 'secret' });
  const kitchen = new InstancePath({ className: 'LAB_Thermostat', keys: { DeviceID: 't-1' } });
  await client.invoke(kitchen, 'SetTarget', { Target: 40 }, { values: 'text' });
  await client.close();
  cli.process.kill('SIGTERM');
  return (await cli.result).stderr;
}

describe('docs/logging.md', () => {
  it('shows the line of a call as text', async () => {
    expect(settled(await logOf('text'))).toBe(settled(example('text')));
  });

  it('shows the line of a call as JSON', async () => {
    expect(settled(await logOf('json'))).toBe(settled(example('json').replaceAll(/\n\s*/g, '')));
  });
});
