import { expect, it } from 'vitest';
import { syncError } from '../../../src/store/lmdb/lmdb-error.js';

it.each([
  // LMDB gives the system's words.
  [new Error('Disk quota exceeded'), 'full'],
  [new Error('Input/output error'), 'failed'],
  // Node has no words for a quota on Linux.
  [Object.assign(new Error('Unknown system error -122, fdatasync'), { errno: -122 }), 'full'],
  [Object.assign(new Error('ENOSPC: no space left on device, fdatasync'), { errno: -28, code: 'ENOSPC' }), 'full'],
  [Object.assign(new Error('EIO: i/o error, fdatasync'), { errno: -5, code: 'EIO' }), 'failed'],
])('says of a wait for the disk whether there was no room: %s', (error, kind) => {
  expect(syncError(error)).toMatchObject({ kind, cause: error });
});
