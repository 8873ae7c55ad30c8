import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addLabCommand } from '../../src/cli/lab-command.js';
import { type Endpoint, InstancePath, startEndpoint } from '../../src/index.js';
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

const lab = (...line: readonly string[]) => run(...line, '--user', 'lab:secret');
const exported = (...line: readonly string[]) => run('export', ...line);

async function run(...line: readonly string[]) {
  const terminal = recordingTerminal();
  const program = new Command('cimulator');
  addLabCommand(program, terminal);
  await program.parseAsync(['lab', ...line], { from: 'user' });
  return terminal.seen;
}

/** What clients see of all instances but those of namespaces: what an instance does not have is NULL. */
async function stateOf(one: Endpoint): Promise<readonly string[]> {
  const { state } = await one.snapshot();
  const { instances } = JSON.parse(state) as {
    instances: { class: string; properties: Record<string, { value: unknown }> }[];
  };
  return instances
    .filter((one) => !['__NAMESPACE', '__SystemSecurity'].includes(one.class))
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
    // Secrets stand in it as they are.
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
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

  it('asks the endpoint that runs, over its control API, where none is named', async () => {
    await using running = await startEndpoint({ ...options, control: {}, dataDir: folder });
    await running.cim.create('LAB_Thermostat', { DeviceID: 't-9', Room: 'Attic' });
    const thermostats = ['--class', 'LAB_Thermostat'];
    const found = await exported('--data-dir', folder, ...thermostats);
    expect([found.exitCode, found.err]).toEqual([0, expect.stringMatching(/^3 instances of 1 classes in root/)]);
    const { url = '', token = '' } = running.control ?? {};
    const named = await exported('--control-url', url, '--control-token', token, ...thermostats);
    const asked = await lab('export', running.http?.url ?? '', ...thermostats);
    expect(asked.out.match(/"t-\d"/g)).toEqual(named.out.match(/"t-\d"/g));
    expect(named.out).toBe(found.out);
    expect((await exported('--data-dir', folder, '--class', 'LAB_Thermostaat')).err).toContain("'LAB_Thermostat'");
    const both = await exported(running.http?.url ?? '', '--control-url', url);
    expect([both.exitCode, both.err]).toEqual([1, expect.stringContaining('either --control-url')]);
  });

  it('says in a line why there is no file', async () => {
    const { err, exitCode } = await lab('export', endpoint.http?.url ?? '', '-o', join(folder, 'none', 'x.mof'));
    expect([exitCode, err]).toEqual([1, expect.stringMatching(/^.*--out .*ENOENT.*\n$/)]);
  });
});

describe('cimulator lab capture', () => {
  const url = () => endpoint.http?.url ?? '';

  it('writes a lab that starts by itself: classes, instances and associations of the server', async () => {
    await endpoint.reset();
    const file = join(folder, 'whole.mof');
    const { err, exitCode } = await lab('capture', url(), '-o', file);
    expect([err, exitCode]).toEqual([expect.stringMatching(/^\d+ instances of \d+ classes/), 0]);
    await using again = await startEndpoint({ users, lab: 'none', schemaDir: file });
    expect(await stateOf(again)).toEqual(await stateOf(endpoint));
    const systems = await again.cim.find('SELECT * FROM CIM_ComputerSystem');
    for (const { path } of systems) {
      const [there, here] = await Promise.all([endpoint, again].map((one) => one.cim.associators(path)));
      expect(here?.map((one) => String(one.path)).sort()).toEqual(there?.map((one) => String(one.path)).sort());
    }
  });

  it('leaves out, and tells, instances of a class whose declaration the server does not give', async () => {
    await endpoint.reset();
    endpoint.addRule({ when: { operation: 'Get', nth: 1 }, then: { fault: 'QuotaLimit' } });
    const { out, err, exitCode } = await lab('capture', url());
    await endpoint.reset();
    expect([err, exitCode]).toEqual([
      expect.stringMatching(/^left out: \w+: the server does not tell its declaration\n\d+ instances/),
      0,
    ]);
    await using again = await startEndpoint({ users, lab: 'none', schemaDir: await written('without.mof', out) });
    expect((await again.cim.find('SELECT * FROM CIM_ManagedElement')).length).toBeGreaterThan(40);
  });

  it('writes some classes with the associations between them, none of which leads nowhere', async () => {
    const { out, err } = await lab('capture', url(), '--class', 'CIM_ComputerSystem', '--class', 'CIM_Service');
    expect(err).toMatch(/^\d+ instances of \d+ classes/);
    await using again = await startEndpoint({ users, lab: 'none', schemaDir: await written('some.mof', out) });
    const found = new Set((await again.cim.find('SELECT * FROM CIM_ManagedElement')).map(({ path }) => path.canonical));
    const { state } = await again.snapshot();
    const { instances } = JSON.parse(state) as { instances: { class: string }[] };
    const all = await Promise.all(
      [...new Set(instances.map((one) => one.class))]
        .filter((name) => !name.startsWith('__'))
        .map((name) => again.cim.find(`SELECT * FROM ${name}`)),
    );
    const ends = all
      .flat()
      .flatMap((one) => [...one.properties.values()].filter((value) => value instanceof InstancePath));
    expect(ends.length).toBeGreaterThan(0);
    for (const end of ends) expect(found).toContain(end.canonical);
  });

  it('replaces secrets always, and what tells one machine from another where that is wanted', async () => {
    const mof = `Qualifier Key : boolean = false, Scope(property, reference);
      Qualifier Association : boolean = false, Scope(association);
      class LAB_Account { [Key] string SerialNumber; string Password; string Token; string Note; };
      [Association] class LAB_Twins { [Key] LAB_Account REF One; [Key] LAB_Account REF Other; };
      instance of LAB_Account as $a { SerialNumber = "CZC1234XYZ"; Password = "hunter2"; Token = "t0k"; Note = "at 10.1.2.3, 00:1B:44:11:3A:B7 and fe80::1:2"; };
      instance of LAB_Account as $b { SerialNumber = "CZC1234XYW"; Note = "beside 10.1.2.3 and 127.0.0.1"; };
      instance of LAB_Twins { One = $a; Other = $b; };`;
    await using server = await startEndpoint({ users, lab: 'none', schemaDir: await written('accounts.mof', mof) });
    const plain = (await lab('capture', server.http?.url ?? '')).out;
    expect(plain).toContain('CZC1234XYZ');
    expect(plain).toContain('10.1.2.3');
    expect(plain).not.toContain('hunter2');
    const scrubbed = (await lab('capture', server.http?.url ?? '', '--scrub', '--secret', 'Token')).out;
    for (const told of ['CZC1234', 'hunter2', 't0k', '10.1.2.3', '00:1B', 'fe80']) expect(scrubbed).not.toContain(told);
    expect(scrubbed).toContain('127.0.0.1');
    await using again = await startEndpoint({ users, lab: 'none', schemaDir: await written('scrubbed.mof', scrubbed) });
    const [first] = await again.cim.find('SELECT * FROM LAB_Account WHERE SerialNumber = "SERIAL-0001"');
    expect((await again.cim.associators(first?.path ?? '')).map((one) => one.get('Note'))).toEqual([
      'beside 192.0.2.1 and 127.0.0.1',
    ]);
    expect(first?.get('Note')).toBe('at 192.0.2.1, 02-00-5E-00-00-02 and 2001:db8::3');
  });
});

describe('cimulator lab import', () => {
  it('makes a lab of CLIXML', async () => {
    const terminal = recordingTerminal();
    const program = new Command('cimulator');
    addLabCommand(program, terminal);
    const file = join(folder, 'systems.mof');
    await program.parseAsync(['lab', 'import', 'fixtures/clixml/systems.clixml', '-o', file], { from: 'user' });
    expect(terminal.seen.err).toMatch(/^5 instances of 2 classes to .*systems\.mof\n$/);
    expect(await readFile(file, 'utf8')).toContain('class MSFTSM_ComputerSystem : CIM_ComputerSystem');
    await program.parseAsync(['lab', 'import', join(folder, 'none.clixml')], { from: 'user' });
    expect([terminal.seen.exitCode, terminal.seen.err]).toEqual([1, expect.stringContaining('ENOENT')]);
  });
});

async function written(name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
}
