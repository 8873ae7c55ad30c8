import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addAssociatorsCommand, addReferencesCommand } from '../../../src/cli/association-commands.js';
import { addClassCommand, addClassesCommand } from '../../../src/cli/class-commands.js';
import { addCreateCommand } from '../../../src/cli/create-command.js';
import { addDeleteCommand } from '../../../src/cli/delete-command.js';
import { addEnumerateCommand } from '../../../src/cli/enumerate-command.js';
import { addGetCommand } from '../../../src/cli/get-command.js';
import { addSetCommand } from '../../../src/cli/set-command.js';
import { recordingTerminal } from '../../cli/recording-terminal.js';
import { fanClass, windowsEnvelope, windowsInstance, windowsReference } from '../../client/answers.js';
import { outline, type Script, type ScriptedServer, startScript } from '../../client/scripted-server.js';

let started: ScriptedServer | undefined;
beforeEach(() => {
  for (const name of ['URL', 'USER', 'PASSWORD']) vi.stubEnv(`CIMULATOR_${name}`, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await started?.close();
  started = undefined;
});

const commands = [
  addGetCommand,
  addEnumerateCommand,
  addAssociatorsCommand,
  addReferencesCommand,
  addCreateCommand,
  addSetCommand,
  addDeleteCommand,
  addClassCommand,
  addClassesCommand,
];

async function run(script: Script, ...line: readonly string[]) {
  started = await startScript(script);
  const terminal = recordingTerminal();
  const program = new Command('cimulator');
  for (const add of commands) add(program, terminal);
  await program.parseAsync([...line, '--url', started.server.url, '--namespace', 'root/lab'], { from: 'user' });
  return { ...terminal.seen, requests: started.seen() };
}

const fan = (id: string, more = '<p:Load xsi:nil="true"/><p:Modes>1</p:Modes><p:Modes>2</p:Modes>') =>
  windowsInstance('CIM_Fan', `<p:DeviceID>${id}</p:DeviceID>${more}`);
const selectors = (id: string) =>
  windowsReference(
    'CIM_Fan',
    `<w:Selector Name="__cimnamespace">root/lab</w:Selector><w:Selector Name="DeviceID">${id}</w:Selector>`,
  );
const item = (id: string) => `<w:Item>${fan(id)}<a:EndpointReference>${selectors(id)}</a:EndpointReference></w:Item>`;
const enumerated = (items: string) =>
  `<n:EnumerateResponse><n:EnumerationContext/><w:Items>${items}</w:Items><w:EndOfSequence/></n:EnumerateResponse>`;
const two = { Enumerate: enumerated(item('1') + item('2')), GetClass: fanClass };

describe('cimulator get', () => {
  it('lists the properties that have a value', async () => {
    const { out, exitCode } = await run({ Get: fan('7') }, 'get', 'CIM_Fan.DeviceID="7"');
    expect(out).toBe('root/lab:CIM_Fan.DeviceID="7"\n  DeviceID  7\n  Modes     1\n            2\n');
    expect(exitCode).toBe(0);
  });

  it.each([
    ['a path', ['CIM_Fan.DeviceID="7"']],
    ['selectors', ['CIM_Fan?DeviceID=7']],
    ['keys', ['CIM_Fan', '--key', 'DeviceID=7']],
  ])('takes the object as %s', async (_what, object) => {
    const { requests } = await run({ Get: fan('7') }, 'get', ...object);
    expect(requests[0]?.selectors).toEqual({ __cimnamespace: 'root/lab', DeviceID: '7' });
  });

  it('prints JSON with all properties in their types', async () => {
    const { out } = await run({ Get: fan('7'), GetClass: fanClass }, 'get', 'CIM_Fan.DeviceID="7"', '--json');
    expect(JSON.parse(out)).toEqual({
      kind: 'instance',
      namespace: 'root/lab',
      class: 'CIM_Fan',
      path: {
        kind: 'path',
        namespace: 'root/lab',
        class: 'CIM_Fan',
        keys: { DeviceID: { type: 'string', value: '7' } },
      },
      properties: {
        DeviceID: { type: 'string', value: '7' },
        Load: { type: 'real32', value: null },
        Modes: { type: 'uint16', array: true, value: [1, 2] },
      },
    });
  });

  it('prints text where no classes are wanted', async () => {
    const script = { Get: fan('7'), GetClass: fanClass };
    const { out, requests } = await run(script, 'get', 'CIM_Fan.DeviceID="7"', '--json', '--text');
    expect(JSON.parse(out)).toMatchObject({ properties: { Modes: { type: 'string', value: ['1', '2'] } } });
    expect(requests).toHaveLength(1);
  });

  it('prints the answer as it came', async () => {
    const { out } = await run({ Get: fan('7'), GetClass: fanClass }, 'get', 'CIM_Fan.DeviceID="7"', '--xml');
    expect(out).toBe(`${windowsEnvelope(fan('7'))}\n`);
  });

  it('prints only the properties that are wanted', async () => {
    const { out } = await run({ Get: fan('7') }, 'get', 'CIM_Fan.DeviceID="7"', '--properties', 'modes, load');
    expect(out).toBe('root/lab:CIM_Fan.DeviceID="7"\n  Modes  1\n         2\n');
  });

  it('ends with 1 and one line for a fault', async () => {
    const { out, err, exitCode } = await run({}, 'get', 'CIM_Fan.DeviceID="7"');
    expect([out, err, exitCode]).toEqual(['', 'cimulator: ActionNotSupported: not here\n', 1]);
  });

  it('ends with 1 and one line for an object that is none', async () => {
    const { err, exitCode, requests } = await run({}, 'get', '1');
    expect([err, exitCode, requests]).toEqual([expect.stringMatching(/^cimulator: object: .*\n$/), 1, []]);
  });
});

describe('cimulator enumerate', () => {
  it('lists the objects, an empty line between them', async () => {
    const { out } = await run(two, 'enumerate', 'CIM_Fan');
    const block = (id: string) =>
      `root/lab:CIM_Fan.DeviceID="${id}"\n  DeviceID  ${id}\n  Modes     1\n            2\n`;
    expect(out).toBe(`${block('1')}\n${block('2')}`);
  });

  it('prints a table of properties', async () => {
    const { out } = await run(two, 'enumerate', 'CIM_Fan', '--properties', 'DeviceID,Modes,Load');
    expect(out).toBe(
      'DeviceID  Modes  Load\n--------  -----  ------\n1         1 2    (NULL)\n2         1 2    (NULL)\n',
    );
  });

  it('prints JSON of the properties that are wanted', async () => {
    const { out } = await run(two, 'enumerate', 'CIM_Fan', '--json', '--properties', 'deviceid,Load');
    expect(JSON.parse(out)[1].kind).toBe('instance');
    expect(JSON.parse(out)[1].properties).toEqual({
      DeviceID: { type: 'string', value: '2' },
      Load: { type: 'real32', value: null },
    });
  });

  it.each([
    ['in a table', two, ['CIM_Fan']],
    ['in JSON', two, ['CIM_Fan', '--json']],
    ['where there are no objects', { ...two, Enumerate: enumerated('') }, ['CIM_Fan']],
    ['where a query finds none', { ...two, Enumerate: enumerated('') }, ['--wql', 'select * from CIM_Fan']],
  ])('names the nearest property of one that is misspelt, %s', async (_where, script, line) => {
    const { err, exitCode } = await run(script, 'enumerate', ...line, '--properties', 'DeviceID,Lod');
    expect(err).toBe('cimulator: --properties: Lod is no property of CIM_Fan (did you mean Load?)\n');
    expect(exitCode).toBe(1);
  });

  it('says which property a query does not select', async () => {
    const line = ['enumerate', '--wql', 'SELECT DeviceID, modes FROM CIM_Fan', '--properties'];
    const { err, exitCode } = await run(two, ...line, 'DeviceID,Speed');
    expect(err).toBe('cimulator: --properties: Speed is not selected by the query, which has DeviceID, modes\n');
    expect(exitCode).toBe(1);
    expect((await run(two, ...line, 'DeviceID,Modes')).err).toBe('');
  });

  it('says nothing of a property where no declaration is to be had', async () => {
    const { out, err } = await run({ Enumerate: enumerated('') }, 'enumerate', 'CIM_Fan', '--properties', 'Lod');
    expect([out, err]).toEqual(['Lod\n---\n', '']);
  });

  it('prints paths, a line each', async () => {
    const { out, requests } = await run(two, 'enumerate', 'CIM_Fan', '--epr');
    expect(out).toBe('root/lab:CIM_Fan.DeviceID="1"\nroot/lab:CIM_Fan.DeviceID="2"\n');
    expect(outline(requests[0]?.body)).toContain('EnumerationMode(EnumerateEPR)');
  });

  it.each([
    ['of instances', [], 'instance'],
    ['of paths', ['--epr'], 'path'],
  ])('prints a JSON array %s', async (_what, flags, kind) => {
    const { out } = await run(two, 'enumerate', 'CIM_Fan', '--json', ...flags);
    const items = JSON.parse(out) as readonly { kind: string }[];
    expect(items.map((item) => item.kind)).toEqual([kind, kind]);
  });

  it('prints an empty JSON array when there is nothing', async () => {
    const { out } = await run({ Enumerate: enumerated('') }, 'enumerate', 'CIM_Fan', '--json');
    expect(out).toBe('[]\n');
  });

  it('prints every answer as it came', async () => {
    const { out } = await run(two, 'enumerate', 'CIM_Fan', '--xml');
    expect(out).toBe(`${windowsEnvelope(two.Enumerate)}\n`);
  });

  it('sends a query', async () => {
    const { requests } = await run(two, 'enumerate', '--wql', 'select * from CIM_Fan');
    expect(requests[0]?.resourceUri).toBe('http://schemas.dmtf.org/wbem/wscim/1/*');
    expect(outline(requests[0]?.body)).toContain('Filter(select * from CIM_Fan)');
  });

  it('sends selectors', async () => {
    const { requests } = await run(two, 'enumerate', 'CIM_Fan', '--filter', 'A=1', '--filter', 'B=x=y');
    expect(outline(requests[0]?.body)).toContain('Filter(SelectorSet(Selector(1) Selector(x=y)))');
  });

  it('leaves out subclasses', async () => {
    const { requests } = await run(two, 'enumerate', 'CIM_Fan', '--shallow');
    expect(outline(requests[0]?.body)).toContain('PolymorphismMode(None)');
  });

  it.each([
    ['neither class nor query', []],
    ['a filter that is none', ['CIM_Fan', '--filter', 'A']],
    ['a class that is none', ['CIM Fan']],
  ])('refuses %s', async (_what, line) => {
    const { err, exitCode, requests } = await run(two, 'enumerate', ...line);
    expect([err, exitCode, requests]).toEqual([expect.stringMatching(/^cimulator: (?!unexpected).*\n$/), 1, []]);
  });
});

describe('cimulator associators and references', () => {
  it('narrow what they show', async () => {
    const { out, requests } = await run(
      two,
      ...['associators', 'CIM_System.Name="s"', '--association-class', 'CIM_Hosts', '--role', 'A'],
      ...['--result-class', 'CIM_Fan', '--result-role', 'B', '--properties', 'DeviceID'],
    );
    expect(out).toBe('DeviceID\n--------\n1\n2\n');
    expect(outline(requests[0]?.body)).toContain(
      'AssociationClassName(CIM_Hosts) Role(A) ResultClassName(CIM_Fan) ResultRole(B) IncludeResultProperty(DeviceID)',
    );
  });

  it('show the associations', async () => {
    const { requests } = await run(two, 'references', 'CIM_System', '--key', 'Name=s', '--role', 'A', '--epr');
    expect(outline(requests[0]?.body)).toMatch(/AssociationInstances\(Object\(.* Role\(A\)\)/);
  });
});

describe('cimulator create', () => {
  it('sends the properties and prints the path', async () => {
    const script = { Create: `<x:ResourceCreated>${selectors('9')}</x:ResourceCreated>` };
    const { out, requests } = await run(script, 'create', 'CIM_Fan', '--arg', 'DeviceID=9', '--null', 'Load');
    expect(out).toBe('root/lab:CIM_Fan.DeviceID="9"\n');
    expect(outline(requests[0]?.body)).toBe('CIM_Fan(DeviceID(9) Load)');
  });

  it('prints JSON', async () => {
    const script = { Create: `<x:ResourceCreated>${selectors('9')}</x:ResourceCreated>` };
    const { out } = await run(script, 'create', 'CIM_Fan', '--json');
    expect(JSON.parse(out)).toEqual({
      kind: 'path',
      namespace: 'root/lab',
      class: 'CIM_Fan',
      keys: { DeviceID: { type: 'string', value: '9' } },
    });
  });
});

describe('cimulator set', () => {
  it('changes properties and prints the object as it is then', async () => {
    const script = { Get: fan('7'), Put: fan('7', '<p:Load>2</p:Load>') };
    const { out, requests } = await run(script, 'set', 'CIM_Fan.DeviceID="7"', '--arg', 'Load=2');
    expect(out).toBe('root/lab:CIM_Fan.DeviceID="7"\n  DeviceID  7\n  Load      2\n');
    expect(outline(requests[1]?.body)).toBe('CIM_Fan(DeviceID(7) Load(2) Modes(1) Modes(2))');
  });

  it('refuses to change nothing', async () => {
    const { err, requests } = await run({}, 'set', 'CIM_Fan.DeviceID="7"');
    expect([err, requests]).toEqual([expect.stringContaining('nothing to change'), []]);
  });
});

describe('cimulator delete', () => {
  it('is silent', async () => {
    const { out, err, exitCode, requests } = await run({ Delete: '' }, 'delete', 'CIM_Fan?DeviceID=7');
    expect([out, err, exitCode]).toEqual(['', '', 0]);
    expect(requests[0]?.action).toMatch(/\/transfer\/Delete$/);
  });
});

describe('cimulator class', () => {
  it('shows the declaration', async () => {
    const { out } = await run({ GetClass: fanClass }, 'class', 'CIM_Fan');
    expect(out).toContain('CIM_Fan : CIM_Device : CIM_Element\n');
    expect(out).toMatch(/^DeviceID\s+string\s+key\s+CIM_Device$/m);
    expect(out).toMatch(/^Speed\s+uint64\s+write\s+CIM_Fan$/m);
    expect(out).toContain(
      'static uint32 Spin([in, required] boolean Fast, [out] string[] Log, [in] CIM_Location REF Place, [in] CIM_Fan REF[] Others)\n',
    );
  });

  it('prints JSON', async () => {
    const { out } = await run({ GetClass: fanClass }, 'class', 'CIM_Fan', '--json');
    expect(JSON.parse(out)).toMatchObject({
      kind: 'class',
      name: 'CIM_Fan',
      qualifiers: { Version: { type: 'string', value: '2.8.0' } },
      properties: {
        DeviceID: { type: 'string', qualifiers: { Key: { type: 'boolean', value: true } } },
        Speed: { type: 'uint64', value: '100', qualifiers: { Write: { value: true } } },
      },
      methods: { Spin: { type: 'uint32', qualifiers: { Static: { value: true } } } },
    });
  });
});

describe('cimulator classes', () => {
  const zoneClass =
    '<CLASS NAME="CIM_Zone"><QUALIFIER NAME="Abstract" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER></CLASS>';
  const classes = { GetClass: enumerated(`${zoneClass}${fanClass}`) };

  it('lists the classes by name', async () => {
    const { out } = await run(classes, 'classes');
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['Class', 'Superclass', 'Kind', 'Properties', 'Methods'],
      ['--------', '----------', '--------', '----------', '-------'],
      ['CIM_Fan', 'CIM_Device', '11', '1'],
      ['CIM_Zone', 'abstract', '0', '0'],
      [''],
    ]);
  });

  it('asks for the subclasses of one', async () => {
    const { requests } = await run(classes, 'classes', 'CIM_Device', '--shallow');
    expect(requests[0]).toMatchObject({
      selectors: { ClassName: 'CIM_Device' },
      options: expect.arrayContaining(['IncludeSubClasses=false']),
    });
  });
});

describe('cimulator get and set of winrm/config', () => {
  const config =
    '<cfg:Service xmlns:cfg="urn:c"><cfg:A>1</cfg:A><cfg:Auth><cfg:Basic>true</cfg:Basic></cfg:Auth></cfg:Service>';

  it('show a section as winrm does', async () => {
    const { out, requests } = await run({ Get: config }, 'get', 'winrm/config/service');
    expect(out).toBe('A = 1\nAuth\n    Basic = true\n');
    expect(requests[0]?.resourceUri).toMatch(/\/config\/service$/);
  });

  it('show the row that selectors name', async () => {
    const { requests } = await run({ Get: config }, 'get', 'winrm/config/listener?Address=*+Transport=HTTP');
    expect(requests[0]?.resourceUri).toMatch(/\/config\/listener$/);
    expect(requests[0]?.selectors).toEqual({ Address: '*', Transport: 'HTTP' });
    const byKey = await run({ Get: config, Put: config }, 'set', 'winrm/config/x', '--key', 'A=1', '--arg', 'A=2');
    expect(byKey.requests.map(({ selectors: sent }) => sent)).toEqual([{ A: '1' }, { A: '1' }]);
  });

  it('change a setting and send the others back', async () => {
    const put = config.replace('>1<', '>2<');
    const { out, requests } = await run({ Get: config, Put: put }, 'set', 'winrm/config/service', '--arg', 'A=2');
    expect(outline(requests[1]?.body)).toBe('Service(A(2) Auth(Basic(true)))');
    expect(out).toMatch(/^A = 2\n/);
  });

  it('take one text for a setting', async () => {
    const { err, exitCode, requests } = await run({}, 'set', 'winrm/config', '--null', 'A');
    expect([err, exitCode, requests.length]).toEqual([expect.stringMatching(/a setting is one text/), 1, 0]);
  });
});
