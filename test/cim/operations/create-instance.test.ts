import { describe, expect, it } from 'vitest';
import { Cancellation } from '../../../src/cim/contracts/cancellation.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimStatusName } from '../../../src/cim/model/cim-status.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import {
  createVolumeLab,
  failing,
  hostPath,
  instance,
  namespace,
  pathOf,
  stored,
  usesPath,
  volumePath,
} from '../volume-lab.js';

const volume = (values = {}) => instance('Volume', { Name: 'v', ...values });
const copy = (values = {}) => instance('Copy', { Id: 'c', ...values });

describe('creating an instance', () => {
  it('answers its path and stores what was given', async () => {
    const { broker } = await createVolumeLab();
    const path = await broker.createInstance(namespace, volume({ Label: 'blue', Codes: [1, null, 2] }));
    expect(path.toString()).toBe('root/volumes:Volume.Name="v"');
    const found = await broker.getInstance(path);
    expect(found.path).toBe(path);
    expect([found.get('Label'), found.get('Codes')]).toEqual(['blue', [1, null, 2]]);
  });

  it('fills in the defaults of the class, but not for what is NULL', async () => {
    const { broker } = await createVolumeLab();
    const found = await broker.getInstance(await broker.createInstance(namespace, volume({ State: null })));
    expect(found.get('Size')).toBe(4096n);
    expect(found.properties.get('State')).toBeNull();
    expect(found.properties.has('Label')).toBe(false);
  });

  it('takes names in any case and keeps the spelling of the class', async () => {
    const { broker } = await createVolumeLab();
    const path = await broker.createInstance('ROOT\\Volumes', instance('VOLUME', { NAME: 'v', label: 'blue' }));
    const found = await broker.getInstance(path);
    expect(found.className).toBe('Volume');
    expect([...found.properties.keys()]).toEqual(['Name', 'Label', 'Size', 'State']);
  });

  it('stores a reference as the path of the object, however it was written', async () => {
    const { broker } = await createVolumeLab([stored(volumePath('p', 'ThinVolume'))]);
    const Source = new InstancePath({ className: 'volume', keys: { NAME: 'P' } });
    const found = await broker.getInstance(await broker.createInstance(namespace, copy({ Source })));
    expect(String(found.get('Source'))).toBe('root/volumes:ThinVolume.Name="p"');
  });

  it('ties objects by an association, which is then found from both', async () => {
    const { broker } = await createVolumeLab([stored(hostPath('h')), stored(volumePath('v'))]);
    const ends = { Antecedent: hostPath('h'), Dependent: volumePath('V') };
    await broker.createInstance(namespace, instance('Uses', ends));
    expect((await broker.associators(hostPath('h'))).map((each) => each.get('Name'))).toEqual(['v']);
    expect((await broker.associators(volumePath('v'))).map((each) => each.get('Name'))).toEqual(['h']);
  });

  it.each<[CimStatusName, string, CimInstance]>([
    ['InvalidClass', 'of an unknown class', instance('Nothing', { Name: 'v' })],
    ['NotSupported', 'of an abstract class', instance('Device', { Name: 'v' })],
    ['NotSupported', 'of a class without keys', instance('Report', { Text: 'x' })],
    ['NotSupported', 'of an indication', instance('Alarm', { Id: '1' })],
    ['NoSuchProperty', 'with an unknown property', volume({ Colour: 'blue' })],
    ['TypeMismatch', 'with a value of another type', volume({ State: 'many' })],
    ['TypeMismatch', 'with a value out of range', volume({ State: 65_536 })],
    ['TypeMismatch', 'with one value for an array', volume({ Codes: 1 })],
    ['TypeMismatch', 'with an embedded instance of another class', volume({ Wanted: instance('Host', {}) })],
    ['TypeMismatch', 'with a reference to another class', copy({ Source: hostPath('h') })],
    ['InvalidParameter', 'with a reference to nothing', copy({ Source: volumePath('none') })],
    ['InvalidParameter', 'with a reference into no namespace', copy({ Source: volumePath('v').inNamespace('no') })],
    ['InvalidParameter', 'without a key', instance('Volume', { Label: 'blue' })],
    ['InvalidParameter', 'with a key that is NULL', instance('Volume', { Name: null })],
    ['InvalidParameter', 'without one of its keys', instance('Host', { Domain: 'lab', Name: 'x' })],
    ['AlreadyExists', 'that is there', instance('Host', { Domain: 'LAB', Name: 'H', Port: 3260 })],
  ])('fails with %s for one %s, and changes nothing', async (status, _, given) => {
    const lab = await createVolumeLab([stored(hostPath('h'))]);
    const before = await lab.dump();
    await expect(lab.broker.createInstance(namespace, given)).rejects.toEqual(failing(status));
    expect(await lab.dump()).toEqual(before);
  });

  it('takes an embedded instance of a subclass', async () => {
    const { broker } = await createVolumeLab();
    const Wanted = instance('FineSetting', { InstanceID: 'x', Grain: 1 });
    const found = await broker.getInstance(await broker.createInstance(namespace, volume({ Wanted })));
    expect(found.get('Wanted')).toBe(Wanted);
  });

  it('takes a reference to another host on trust', async () => {
    const { broker } = await createVolumeLab();
    const Source = new InstancePath({ host: 'far', namespace: 'root/far', className: 'Volume', keys: { Name: 'p' } });
    const found = await broker.getInstance(await broker.createInstance(namespace, copy({ Source })));
    expect(found.get('Source')).toBe(Source);
  });

  it('fails with InvalidNamespace where there is none', async () => {
    const { broker } = await createVolumeLab();
    await expect(broker.createInstance('root/none', volume())).rejects.toEqual(failing('InvalidNamespace'));
  });

  it('fails when another class of the same keys has one, since a path of the base class would mean both', async () => {
    const { broker } = await createVolumeLab([stored(volumePath('v', 'ThinVolume'))]);
    await expect(broker.createInstance(namespace, volume())).rejects.toEqual(failing('AlreadyExists'));
  });

  it('takes two associations of different classes between the same objects', async () => {
    const { broker, store } = await createVolumeLab([stored(hostPath('h')), stored(volumePath('v'))]);
    const ends = { Antecedent: hostPath('h'), Dependent: volumePath('v') };
    await broker.createInstance(namespace, instance('Uses', ends));
    await broker.createInstance(namespace, instance('UsesOften', ends));
    await expect(broker.createInstance(namespace, instance('Uses', ends))).rejects.toEqual(failing('AlreadyExists'));
    expect(await store.get(usesPath('h', volumePath('v'), 'UsesOften'))).toBeDefined();
  });

  it('does nothing when the caller has gone', async () => {
    const { as, store } = await createVolumeLab();
    const cancellation = new Cancellation();
    cancellation.abort(new Error('gone'));
    await expect(as({ cancellation }).createInstance(namespace, volume())).rejects.toThrow('gone');
    expect(await store.count(namespace, ['Volume'])).toEqual([0]);
  });
});

describe('a rule for creating', () => {
  it('of a superclass holds for its subclasses', async () => {
    const { broker } = await createVolumeLab([], { Device: {} });
    await expect(broker.createInstance(namespace, volume())).rejects.toEqual(failing('NotSupported'));
  });

  it('of the class itself goes before that of its superclass', async () => {
    const { broker } = await createVolumeLab([], { Device: {}, Volume: { create: true } });
    expect((await broker.createInstance(namespace, volume())).className).toBe('Volume');
  });

  it('may fill in a key', async () => {
    const { broker } = await createVolumeLab([], {
      Setting: { create: async (given, { newUuid }) => given.with({ InstanceID: `made:${newUuid()}` }) },
    });
    const path = await broker.createInstance(namespace, instance('FineSetting', { Grain: 3 }));
    expect(path.keys.get('InstanceID')).toMatch(/^made:[0-9a-f-]{36}$/);
    expect((await broker.getInstance(path)).get('Grain')).toBe(3);
  });

  it('sees who calls, and its own writes are dropped with what it refuses', async () => {
    const lab = await createVolumeLab([], {
      Setting: {
        create: async (given, { store, user }) => {
          await store.put(stored(pathOf('Setting', { InstanceID: `of ${user}` })));
          return given;
        },
      },
    });
    const [good, bad] = [instance('Setting', { InstanceID: 'a' }), instance('Setting', {})];
    await expect(lab.broker.createInstance(namespace, bad)).rejects.toEqual(failing('InvalidParameter'));
    expect(await lab.dump()).toEqual([]);
    await lab.as({ user: 'ann' }).createInstance(namespace, good);
    expect((await lab.dump()).length).toBe(2);
    expect(await lab.store.get(pathOf('Setting', { InstanceID: 'of ann' }))).toBeDefined();
  });

  it('that throws what is no CimError has failed, and nothing is stored', async () => {
    const cause = new TypeError('no such thing');
    const lab = await createVolumeLab([], { Setting: { create: () => Promise.reject(cause) } });
    const answer = lab.broker.createInstance(namespace, instance('Setting', { InstanceID: 'a' }));
    await expect(answer).rejects.toMatchObject({ name: 'ProviderError', kind: 'failure', cause });
    expect(await lab.dump()).toEqual([]);
  });

  it.each([
    ['an unknown property', (given: CimInstance) => given.with({ Colour: 'blue' })],
    ['a value of another type', (given: CimInstance) => given.with({ Note: 1 })],
    ['another class', () => instance('Host', {})],
  ])('that gives back %s is a programming error', async (_, create) => {
    const { broker } = await createVolumeLab([], { Setting: { create: async (given) => create(given) } });
    const given = instance('Setting', { InstanceID: 'a' });
    await expect(broker.createInstance(namespace, given)).rejects.toMatchObject({
      name: 'ProviderError',
      kind: 'invalid response',
    });
  });
});
