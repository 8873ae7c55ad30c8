import { describe, expect, it } from 'vitest';
import type { CimStatusName } from '../../../src/cim/model/cim-status.js';
import {
  copyPath,
  createVolumeLab,
  failing,
  hostPath,
  namespace,
  stored,
  usesPath,
  volumePath,
} from '../volume-lab.js';

const [v, w] = [volumePath('v'), volumePath('w')];
const uses = stored(usesPath('h', v));
const instances = [stored(v), stored(w), stored(hostPath('h')), uses];

describe('deleting an instance', () => {
  it('removes it and nothing else', async () => {
    const lab = await createVolumeLab(instances);
    const before = await lab.dump();
    await lab.broker.deleteInstance(w);
    expect(await lab.dump()).toEqual(before.filter((text) => !text.includes('"w"')));
  });

  it('finds the instance of a subclass by a path of its base class', async () => {
    const { broker, store } = await createVolumeLab([stored(volumePath('t', 'ThinVolume'))]);
    await broker.deleteInstance(volumePath('T', 'Device'));
    expect(await store.count(namespace, ['ThinVolume'])).toEqual([0]);
  });

  it('that something refers to fails and says what does', async () => {
    const lab = await createVolumeLab(instances);
    const before = await lab.dump();
    const failed = lab.broker.deleteInstance(v);
    await expect(failed).rejects.toEqual(failing('Failed'));
    await expect(failed).rejects.toThrow('root/volumes:Uses.');
    expect(await lab.dump()).toEqual(before);
  });

  it('is possible once what refers to it is gone', async () => {
    const { broker, store } = await createVolumeLab(instances);
    await broker.deleteInstance(usesPath('h', v));
    await broker.deleteInstance(v);
    expect(await store.get(v)).toBeUndefined();
  });

  it('that only refers to itself is possible', async () => {
    const copy = copyPath('c');
    const { broker, store } = await createVolumeLab([stored(copy, { Source: copy })]);
    await broker.deleteInstance(copy);
    expect(await store.count(namespace, ['Copy'])).toEqual([0]);
  });

  it.each<[CimStatusName, ReturnType<typeof volumePath>]>([
    ['NotFound', volumePath('none')],
    ['InvalidClass', volumePath('v', 'Nothing')],
    ['InvalidNamespace', v.inNamespace('root/none')],
  ])('fails with %s for %s', async (status, wrong) => {
    const { broker } = await createVolumeLab(instances);
    await expect(broker.deleteInstance(wrong)).rejects.toEqual(failing(status));
  });
});

describe('a rule for deleting', () => {
  it('that is absent refuses it', async () => {
    const { broker } = await createVolumeLab(instances, { Device: { create: true, modify: true } });
    await expect(broker.deleteInstance(w)).rejects.toEqual(failing('NotSupported'));
  });

  it('takes along what belongs to the instance', async () => {
    const { broker, store } = await createVolumeLab(instances, {
      Volume: {
        delete: async ({ path }, context) => {
          for (const each of path ? await context.store.referencing(path) : []) {
            if (each.path) await context.store.delete(each.path);
          }
        },
      },
    });
    await broker.deleteInstance(v);
    expect(await store.count(namespace, ['Volume', 'Uses'])).toEqual([1, 0]);
  });

  it('that leaves something behind which refers to the instance changes nothing', async () => {
    const lab = await createVolumeLab(instances, {
      Volume: { delete: async (_, { store }) => void (await store.delete(w)) },
    });
    const before = await lab.dump();
    await expect(lab.broker.deleteInstance(v)).rejects.toEqual(failing('Failed'));
    expect(await lab.dump()).toEqual(before);
  });
});
