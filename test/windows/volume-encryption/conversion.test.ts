import { describe, expect, it } from 'vitest';
import {
  beginEncryption,
  beginWiping,
  decryptOn,
  encryptOn,
  withPause,
} from '../../../src/windows/volume-encryption/conversion.js';
import {
  type EncryptionState,
  methodOf,
  newState,
  protectionOf,
  settled,
  statusOf,
} from '../../../src/windows/volume-encryption/encryption-state.js';
import { partDone } from '../../../src/windows/volume-encryption/work-in-time.js';

const plain: EncryptionState = { ...newState('{ID}', 'key'), protectors: ['{P}'] };
const begun = beginEncryption(plain, { method: 7, isDataOnly: false, time: 1000 }, 0);

describe('a conversion', () => {
  it('ends with the volume protected', () => {
    expect([statusOf(plain), methodOf(plain), protectionOf(plain)]).toEqual([0, 0, 0]);
    expect([statusOf(begun), methodOf(begun), protectionOf(begun)]).toEqual([2, 7, 0]);
    const over = settled(begun, 1000);
    expect([statusOf(over), methodOf(over), protectionOf(over)]).toEqual([1, 7, 1]);
  });

  it('is paused and goes on where it was', () => {
    const paused = withPause(begun, true, 400);
    expect([statusOf(settled(paused, 9000)), partDone(paused.work, 9000, 100)]).toEqual([4, 40]);
    const resumed = withPause(paused, false, 9000);
    expect([statusOf(settled(resumed, 9599)), statusOf(settled(resumed, 9600))]).toEqual([2, 1]);
  });

  it('is undone in the time that it took, and that again', () => {
    const undone = decryptOn(begun, 1000, 300);
    expect([statusOf(settled(undone, 599)), settled(undone, 600)]).toEqual([3, undefined]);
    const again = encryptOn(undone, true, 400);
    expect([statusOf(again), partDone(again.work, 400, 100), again.isDataOnly]).toEqual([2, 20, true]);
    expect(encryptOn(again, false, 450).isDataOnly).toBe(true);
  });

  it('of a paused one goes on by the method that began it, too', () => {
    const decrypting = decryptOn({ ...plain, conversion: 'encrypted' }, 500, 0);
    const paused = withPause(decrypting, true, 100);
    expect([statusOf(paused), statusOf(decryptOn(paused, 500, 200))]).toEqual([5, 3]);
    expect(settled(decryptOn(paused, 500, 200), 600)).toBeUndefined();
  });

  it('of free space leaves the volume protected', () => {
    const wiping = beginWiping({ ...plain, conversion: 'encrypted' }, 100, 0);
    expect([wiping.wiping, settled(wiping, 99)?.wiping, settled(wiping, 100)?.wiping]).toEqual([2, 2, 1]);
    expect(protectionOf(wiping)).toBe(1);
  });
});
