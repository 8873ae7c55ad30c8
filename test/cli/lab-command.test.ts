import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addLabCommand } from '../../src/cli/lab-command.js';
import { type Endpoint, startEndpoint } from '../../src/index.js';
import { recordingTerminal } from './recording-terminal.js';

const users = [{ name: 'lab', password: 'secret' }];
const options = { users, lab: ['two-servers', 'fixtures/examples/thermostat.mof'] };

let folder: string;
let endpoint: Endpoint;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-lab-'));
  endpoint = await startEndpoint(options);
});
afterAll(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true });
});

async function lab(...line: readonly string[]) {
  const terminal = recordingTerminal();
  const program = new Command('cimulator');
  addLabCommand(program, terminal);
  await program.parseAsync(['lab', ...line, '--user', 'lab:secret'], { from: 'user' });
  return terminal.seen;
}

/** What clients see of all instances: what an instance does not have is NULL. */
async function stateOf(one: Endpoint): Promise<readonly string[]> {
  const { state } = await one.snapshot();
  const { instances } = JSON.parse(state) as {
    instances: { class: string; properties: Record<string, { value: unknown }> }[];
  };
  return instances
    .map(({ properties, ...rest }) => {
      const values = Object.entries(properties).filter(([, element]) => element.value !== null);
      return JSON.stringify({ ...rest, properties: Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : 1))) });
    })
    .sort();
}

describe('cimulator lab export', () => {
  it('writes what starts the same state again, after whatever has happened to it', async () => {
    await endpoint.cim.create('LAB_Thermostat', {
      DeviceID: 't-9',
      Room: 'A "room"\nof two lines',
      Changed: new Date(),
    });
    await endpoint.cim.put((await endpoint.cim.get('LAB_Thermostat.DeviceID="t-1"')).with({ Target: null }));
    await endpoint.cim.delete('LAB_Thermostat.DeviceID="t-2"');
    const file = join(folder, 'today.mof');
    const { err, exitCode } = await lab('export', endpoint.http?.url ?? '', '-o', file);
    expect([err, exitCode]).toEqual([
      expect.stringMatching(/^\d+ instances of \d+ classes in root.* to .*today\.mof\n$/),
      0,
    ]);
    const [declarations = ''] = (await readFile('fixtures/examples/thermostat.mof', 'utf8')).split('\ninstance of');
    const classes = join(folder, 'classes.mof');
    await writeFile(classes, declarations);
    await using again = await startEndpoint({ users, lab: file, schemaDir: ['built-in', classes] });
    expect(await stateOf(again)).toEqual(await stateOf(endpoint));
  });

  it('writes some classes alone, to the terminal, and refuses those that there are not', async () => {
    const { out, err } = await lab('export', '--url', endpoint.http?.url ?? '', '--class', 'LAB_Thermostat');
    expect([...new Set(out.match(/^instance of \w+/gm))]).toEqual(['instance of LAB_Thermostat']);
    expect(err).toMatch(/^2 instances of 1 classes/);
    const wrong = await lab('export', endpoint.http?.url ?? '', '--class', 'LAB_Fan');
    expect([wrong.exitCode, wrong.err]).toEqual([1, expect.stringContaining('LAB_Fan')]);
  });

  it('says in a line why there is no file', async () => {
    const { err, exitCode } = await lab('export', endpoint.http?.url ?? '', '-o', join(folder, 'none', 'x.mof'));
    expect([exitCode, err]).toEqual([1, expect.stringMatching(/^.*--out .*ENOENT.*\n$/)]);
  });
});
