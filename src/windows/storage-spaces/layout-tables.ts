import type { ReachedCode, TableValues } from '../method-table.js';
import { GIBIBYTE, NO_PARITY, POOL, set } from './space-reasons.js';

const KIBIBYTE = 1024n;

/** What is said of the size of something new. @param good a call that would be right */
export function sizeCodes(good: TableValues): readonly ReachedCode[] {
  const { Size: _, ...unsized } = good;
  return [
    { code: 4097, when: 'Size is 0, or more than 63 TiB', input: { ...good, Size: 64n * KIBIBYTE * GIBIBYTE } },
    { code: 40_000, when: 'the pool has no room for it', input: { ...good, Size: 200n * GIBIBYTE } },
    { code: 40_005, when: 'its size is not said', input: unsized },
    { code: 48_010, when: 'its size is said, and tiers', input: { ...good, StorageTierSizes: [GIBIBYTE] } },
  ];
}

/** How it is to lie on the disks of the pool, which are two. @param good a call that would be right */
export function layoutCodes(good: TableValues): readonly ReachedCode[] {
  return [
    { code: 48_001, when: 'the Usage of the pool is from 3 to 8', given: [set(POOL, { Usage: 8 })], input: good },
    {
      code: 48_002,
      when: 'the pool has no such setting',
      given: NO_PARITY,
      input: { ...good, ResiliencySettingName: 'Parity' },
    },
    { code: 48_004, when: 'the pool has too few disks', input: { ...good, ResiliencySettingName: 'Parity' } },
    { code: 49_000, when: 'there is no such setting', input: { ...good, ResiliencySettingName: 'x' } },
    {
      code: 49_002,
      when: 'PhysicalDiskRedundancy is none of the setting',
      input: { ...good, PhysicalDiskRedundancy: 3 },
    },
    { code: 49_006, when: 'NumberOfColumns is none of the setting', input: { ...good, NumberOfColumns: 33 } },
  ];
}
