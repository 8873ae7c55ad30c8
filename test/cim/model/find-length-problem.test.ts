import { describe, expect, it } from 'vitest';
import type { MethodInput } from '../../../src/cim/contracts/provider.js';
import { createUuidSource } from '../../../src/cim/contracts/uuid-source.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { compileMof } from '../../../src/mof/compile-mof.js';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';
import { createCimServer } from '../../support/cim-server.js';

const MOF = `
Qualifier Key : boolean = false, Scope(property, reference), Flavor(DisableOverride);
Qualifier Write : boolean = false, Scope(property, reference);
Qualifier In : boolean = true, Scope(parameter);
Qualifier MaxLen : uint32 = NULL, Scope(property, method, parameter);
Qualifier EmbeddedInstance : string = NULL, Scope(property, method, parameter);

class Note { [MaxLen(3)] string Text; };
class Disk {
  [Key, MaxLen(3)] string Id;
  [Write, MaxLen(3)] string Label;
  [Write, MaxLen(3)] string Tags[];
  [Write] string Anything;
  [Write, EmbeddedInstance("Note")] string Remark;
  uint32 Rename([In, MaxLen(3)] string To, [In, MaxLen(3)] string Names[], [In, EmbeddedInstance("Note")] string With);
};
class SmallDisk : Disk { };
`;

const namespace = 'root/disks';
const note = (text: string) => new CimInstance('Note', [['Text', text]]);
const path = new InstancePath({ namespace, className: 'SmallDisk', keys: { Id: 'old' } });

async function createLab() {
  const { namespaces } = compileMof([{ file: 'disks.mof', text: MOF }], {
    defaultNamespace: namespace,
    readInclude: (file) => {
      throw new Error(`${file} is not there`);
    },
  });
  const schema = namespaces.get(namespace)?.schema;
  if (!schema) throw new Error('the classes are in no namespace');
  const store = createMemoryStore();
  const kept = new CimInstance('SmallDisk', [['Id', 'old'], ['Label', 'longer'], ['Anything', '']], path); // biome-ignore format: one line
  await store.transaction((transaction) => transaction.put(kept));
  const methods = { Rename: async (input: MethodInput) => ({ ReturnValue: Object.keys(input).length }) };
  const instances = { create: true, modify: true } as const;
  const providers = [{ className: 'Disk', methods, instances }];
  return createCimServer({ namespaces: [{ name: namespace, schema, providers }], store, newUuid: createUuidSource(1) })
    .broker;
}

const refused = expect.objectContaining({ status: 4, message: expect.stringContaining('MaxLen') });

describe('a text longer than MaxLen', () => {
  it.each<[string, CimValue]>([
    ['Id', 'long'],
    ['Label', 'long'],
    ['Label', 'x'.repeat(1_900_000)],
    ['Label', '😀😀😀😀'],
    ['Tags', ['a', null, 'long']],
    ['Remark', note('long')],
  ])('is not stored as %s', async (name, value) => {
    const broker = await createLab();
    const given = new CimInstance('SmallDisk', Object.entries({ Id: 'new', [name]: value }));
    await expect(broker.createInstance(namespace, given)).rejects.toEqual(refused);
    if (name === 'Id') return;
    await expect(broker.modifyInstance(path, new NameMap([[name, value]]))).rejects.toEqual(refused);
  });

  it.each<[string, CimValue]>([
    ['To', 'long'],
    ['Names', ['a', 'long']],
    ['With', note('long')],
  ])('is no input as %s', async (name, value) => {
    const request = { namespace, target: path, methodName: 'Rename', input: new NameMap([[name, value]]) };
    await expect((await createLab()).invokeMethod(request)).rejects.toEqual(refused);
  });

  it('counts characters, and not the units of their encoding', async () => {
    const values = {
      Id: 'new',
      Label: '😀😀😀',
      Tags: ['abc', ''],
      Anything: 'as long as you like',
      Remark: note('abc'),
    };
    const given = new CimInstance('SmallDisk', Object.entries(values));
    expect(String(await (await createLab()).createInstance(namespace, given))).toContain('"new"');
  });

  it('may stay where it is: who sends back what it got changes something else', async () => {
    const broker = await createLab();
    const changes = new NameMap<CimValue>([
      ['Label', 'longer'],
      ['Anything', 'new'],
    ]);
    expect((await broker.modifyInstance(path, changes))?.get('Anything')).toBe('new');
  });
});
