import type { TableValues } from '../method-table.js';
import { STORAGE } from '../namespaces.js';
import { because, NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';
import { type ObjectKind, objectId } from './storage-objects.js';

/** The path of an object of the default lab. */
export const object = (className: string, kind: ObjectKind, name: string) =>
  objectPath(className, { ObjectId: objectId('SRV01', kind, name) });

export const disk = (number: number) => object('MSFT_Disk', 'DI', String(number));
export const partition = (disk: number, number: number) => object('MSFT_Partition', 'PR', `${disk}:${number}`);
export const managedVolume = (last: string) =>
  object('MSFT_Volume', 'VO', `\\\\?\\Volume{11111111-2222-3333-4444-${last}}\\`);

/** Tables of a class of the namespace. */
export const tablesOf = (className: string, on: string) => tablesOn(className, on, STORAGE);

export const denied = (input: TableValues = {}) => ({
  ...{ code: 40_001, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS], input },
});

const never = 'nothing fails for reasons that nobody knows';

/** Codes that every method of the namespace has. */
export const common = {
  ...because('every request is one that the model knows', 1),
  ...because(never, 2),
  ...because('it is done before anybody loses patience', 3),
  ...because(never, 4),
  ...because('it has no parameter that could be wrong', 5),
  ...because('nothing else works on it', 6),
  ...because('it is no Windows on another processor', 7),
  ...because('a model has room', 40_002),
  ...because('nothing is kept that could be out of date', 40_003),
  ...because('there is no cluster', 40_018, 41_018, 41_019),
  ...because('no drive of the model is without a medium', 41_015),
};
