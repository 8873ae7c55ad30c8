import { describe, expect, it } from 'vitest';
import { Cancellation } from '../../../src/cim/contracts/cancellation.js';
import type { InstanceRules } from '../../../src/cim/contracts/provider.js';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import type { CimStatusName } from '../../../src/cim/model/cim-status.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import {
  changes,
  copyPath,
  createVolumeLab,
  failing,
  hostPath,
  instance,
  stored,
  usesPath,
  volumePath,
} from '../volume-lab.js';

const made = CimDateTime.parse('20260101000000.000000+000');
const wanted = instance('Setting', { InstanceID: 's', Note: null });
const values = {
  Label: 'blue',
  Size: 1n,
  Load: 0.5,
  Made: made,
  Codes: [1, 2],
  Wanted: wanted,
};
const path = volumePath('v');
const volume = stored(path, values);
const thin = volumePath('t', 'ThinVolume');
const copy = copyPath('c');
const instances = [
  volume,
  stored(thin),
  stored(hostPath('h')),
  stored(usesPath('h', path)),
  stored(copy, { Source: path, Target: thin }),
];

async function labWith(rules: Readonly<Record<string, InstanceRules>> = {}) {
  return createVolumeLab(instances, rules);
}

describe('modifying an instance', () => {
  it('changes the properties given, in any case, and leaves the others', async () => {
    const { broker } = await labWith();
    const changed = await broker.modifyInstance(path, changes({ LABEL: 'green', State: 3 }));
    expect(await broker.getInstance(path)).toBe(changed);
    expect([...(changed?.properties ?? [])]).toEqual([...volume.with({ Label: 'green', State: 3 }).properties]);
  });

  it('sets a property to NULL', async () => {
    const { broker } = await labWith();
    expect((await broker.modifyInstance(path, changes({ Label: null })))?.properties.get('Label')).toBeNull();
  });

  it('finds the instance of a subclass by a path of its base class, and knows its properties', async () => {
    const { broker } = await labWith();
    const changed = await broker.modifyInstance(volumePath('T', 'Device'), changes({ Used: 7n }));
    expect([changed?.className, changed?.get('Used')]).toEqual(['ThinVolume', 7n]);
  });

  it('moves what a reference refers to', async () => {
    const { broker } = await labWith();
    await broker.modifyInstance(copy, changes({ Source: volumePath('T', 'Device') }));
    expect((await broker.references(thin, { role: 'Source' })).length).toBe(1);
    expect(await broker.references(path, { role: 'Source' })).toEqual([]);
  });

  it.each<[CimStatusName, string, Record<string, CimValue>]>([
    ['NoSuchProperty', 'an unknown property', { Colour: 'x' }],
    ['TypeMismatch', 'a value of another type', { Size: 1 }],
    ['InvalidParameter', 'another key', { Name: 'w' }],
    ['InvalidParameter', 'a key that is NULL', { Name: null }],
  ])('fails with %s for %s, and changes nothing', async (status, _, wrong) => {
    const lab = await labWith();
    const before = await lab.dump();
    const all = changes({ Label: 'green', ...wrong });
    await expect(lab.broker.modifyInstance(path, all)).rejects.toEqual(failing(status));
    expect(await lab.dump()).toEqual(before);
  });

  it.each<[CimStatusName, string, Record<string, CimValue>]>([
    ['TypeMismatch', 'a reference to another class', { Source: hostPath('h') }],
    ['InvalidParameter', 'a reference to nothing', { Source: volumePath('none') }],
  ])('fails with %s for %s', async (status, _, wrong) => {
    const { broker } = await labWith();
    await expect(broker.modifyInstance(copy, changes(wrong))).rejects.toEqual(failing(status));
  });

  it.each<[CimStatusName, ReturnType<typeof volumePath>]>([
    ['NotFound', volumePath('none')],
    ['InvalidClass', volumePath('v', 'Nothing')],
    ['InvalidNamespace', path.inNamespace('root/none')],
  ])('fails with %s for %s', async (status, wrong) => {
    const { broker } = await labWith();
    await expect(broker.modifyInstance(wrong, changes({ Label: 'x' }))).rejects.toEqual(failing(status));
  });

  it('takes keys with the values they have, in any case, and keeps them', async () => {
    const { broker } = await labWith();
    const changed = await broker.modifyInstance(path, changes({ Name: 'V', Label: 'green' }));
    expect([changed?.get('Name'), changed?.get('Label')]).toEqual(['v', 'green']);
  });

  it('takes keys that are references, however they are written', async () => {
    const { broker } = await labWith();
    const ends = { Antecedent: hostPath('H'), Dependent: volumePath('v', 'Device') };
    const changed = await broker.modifyInstance(usesPath('h', path), changes({ ...ends, Rank: 2 }));
    expect(changed?.get('Rank')).toBe(2);
  });

  it('does nothing when the caller has gone', async () => {
    const lab = await labWith();
    const before = await lab.dump();
    const cancellation = new Cancellation();
    cancellation.abort(new Error('gone'));
    const call = lab.as({ cancellation }).modifyInstance(path, changes({ Label: 'green' }));
    await expect(call).rejects.toThrow('gone');
    expect(await lab.dump()).toEqual(before);
  });
});

describe('a rule for modifying', () => {
  it.each([
    ['true allows the properties that the schema marks Write', true, 'Label', 'State'],
    ['a list allows these', ['state'], 'State', 'Label'],
  ] as const)('%s, and refuses others', async (_, modify, allowed, refused) => {
    const { broker } = await labWith({ Volume: { modify } });
    const value = { Label: 'green', State: 3 };
    await broker.modifyInstance(path, changes({ [allowed]: value[allowed] }));
    const call = broker.modifyInstance(path, changes({ [refused]: value[refused] }));
    await expect(call).rejects.toEqual(failing('InvalidParameter'));
  });

  it('lets read-only properties through with the values they have, as clients send everything back', async () => {
    const { broker } = await labWith({ Volume: { modify: ['Label'] } });
    const same = {
      ...values,
      Made: CimDateTime.parse('20260101000000.000000+000'),
      Codes: [1, 2],
      Wanted: instance('SETTING', { InstanceID: 's' }),
      State: null,
    };
    const changed = await broker.modifyInstance(path, changes({ ...same, Label: 'green' }));
    expect(changed?.get('Label')).toBe('green');
    expect(changed?.get('Wanted')).toBe(wanted);
  });

  it('lets a read-only reference through that names the same object in another way', async () => {
    const { broker } = await labWith({ Copy: { modify: true } });
    const changed = await broker.modifyInstance(copy, changes({ Target: volumePath('T', 'Device'), Note: 'x' }));
    expect([changed?.get('Target'), changed?.get('Note')]).toEqual([thin, 'x']);
  });

  it.each<[string, Record<string, CimValue>]>([
    ['an array in another order', { Codes: [2, 1] }],
    ['a longer array', { Codes: [1, 2, 3] }],
    ['an embedded instance with another value', { Wanted: instance('Setting', { InstanceID: 's', Note: 'x' }) }],
    ['an embedded instance of a subclass', { Wanted: instance('FineSetting', { InstanceID: 's' }) }],
    ['another time', { Made: CimDateTime.parse('20260101000000.000001+000') }],
    ['NULL', { Load: null }],
    ['another number', { Size: 2n }],
  ])('takes %s for a change of a read-only property', async (_, wrong) => {
    const { broker } = await labWith({ Volume: { modify: ['Label'] } });
    await expect(broker.modifyInstance(path, changes(wrong))).rejects.toEqual(failing('InvalidParameter'));
  });

  it('that is a function decides what is stored', async () => {
    const { broker } = await labWith({
      Volume: {
        modify: async (after, before) => after.with({ Label: `${before.get('Label')}>${after.get('Label')}` }),
      },
    });
    await broker.modifyInstance(path, changes({ Label: 'green' }));
    expect((await broker.getInstance(path)).get('Label')).toBe('blue>green');
  });

  it('that gives back what the class does not declare is a programming error', async () => {
    const { broker } = await labWith({ Volume: { modify: async (after) => after.with({ Colour: 'x' }) } });
    const answer = broker.modifyInstance(path, changes({ Label: 'green' }));
    await expect(answer).rejects.toMatchObject({ name: 'ProviderError', kind: 'invalid response' });
  });

  it('that says nothing of modifying refuses it', async () => {
    const { broker } = await labWith({ Device: { create: true, delete: true } });
    await expect(broker.modifyInstance(path, changes({ Label: 'x' }))).rejects.toEqual(failing('NotSupported'));
  });
});
