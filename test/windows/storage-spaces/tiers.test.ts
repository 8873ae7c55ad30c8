import { expect, it } from 'vitest';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { disks, GIBIBYTE, physical, SLAB, SUBSYSTEM } from '../../../src/windows/storage-spaces/space-reasons.js';
import { createMachine, type Machine } from '../machine.js';

async function call(machine: Machine, method: string, on: string, input: Readonly<Record<string, CimValue>> = {}) {
  const answer = await machine.call(method, on, input);
  expect(answer.ReturnValue, method).toBe(0);
  return answer;
}

const keep = (machine: Machine, name: string, made: CimValue | undefined) =>
  machine.keep(name, (made as CimInstance).path ?? machine.path(SUBSYSTEM));

it('keeps what lies on a tier on disks of its kind, and takes all of it away with the virtual disk', async () => {
  const machine = await createMachine({}, 'storage-spaces');
  const pool = await call(machine, 'CreateStoragePool', SUBSYSTEM, {
    FriendlyName: 'P',
    PhysicalDisks: disks(3, 4, 5, 6),
  });
  keep(machine, '$pool', pool.CreatedStoragePool);
  for (const [number, MediaType] of [
    [3, 3],
    [4, 3],
    [5, 4],
    [6, 4],
  ] as const)
    await call(machine, 'SetAttributes', physical(number), { MediaType });
  for (const [name, MediaType] of [
    ['$slow', 3],
    ['$fast', 4],
  ] as const) {
    const made = await call(machine, 'CreateStorageTier', '$pool', { FriendlyName: name, MediaType });
    keep(machine, name, made.CreatedStorageTier);
  }
  const sizes = [20n * GIBIBYTE, 5n * GIBIBYTE];
  const input = { FriendlyName: 'V', StorageTiers: ['$slow', '$fast'], StorageTierSizes: sizes };
  const made = await call(machine, 'CreateVirtualDisk', '$pool', input);
  keep(machine, '$virtual', made.CreatedVirtualDisk);
  const allocated = async () => {
    const found: CimValue[] = [];
    for (const number of [3, 4, 5, 6]) found.push(...(await machine.get(physical(number), 'AllocatedSize')));
    return found.map((one) => Number(BigInt(Number(one)) - SLAB) / Number(GIBIBYTE));
  };
  expect(await allocated()).toEqual([20, 20, 5, 5]);
  expect(await machine.get('$virtual', 'Size', 'FootprintOnPool')).toEqual([25n * GIBIBYTE, 50n * GIBIBYTE]);

  // A disk of solid state is to be left, and the other kind has room: none is taken of it.
  await call(machine, 'SetUsage', physical(5), { Usage: 4 });
  expect((await machine.call('Repair', '$virtual')).ReturnValue).toBe(40_000);
  await call(machine, 'AddPhysicalDisk', '$pool', { PhysicalDisks: disks(7) });
  await call(machine, 'SetAttributes', physical(7), { MediaType: 4 });
  await call(machine, 'Repair', '$virtual');
  expect(await allocated()).toEqual([20, 20, 0, 5]);
  expect(await machine.get(physical(7), 'AllocatedSize')).toEqual([5n * GIBIBYTE + SLAB]);

  await call(machine, 'DeleteObject', '$virtual');
  expect(await allocated()).toEqual([0, 0, 0, 0]);
  const left = await machine.store.count('root/Microsoft/Windows/Storage', ['MSFT_StorageTier']);
  expect(left).toEqual([2]);
  await call(machine, 'DeleteObject', '$pool');
  expect(await machine.store.count('root/Microsoft/Windows/Storage', ['MSFT_StorageTier'])).toEqual([0]);
  await machine.close();
});
