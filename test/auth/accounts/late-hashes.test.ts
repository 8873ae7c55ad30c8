import { describe, expect, it } from 'vitest';
import { createLateHashes } from '../../../src/auth/accounts/late-hashes.js';
import { decoyHash, matchesPassword } from '../../../src/auth/accounts/password-hash.js';

const cost = { N: 2, r: 1, p: 1 };

describe('a hash that is made later', () => {
  it('is that of no password until then, and of the one it was promised for afterwards', async () => {
    const hashes = createLateHashes(cost);
    const promised = hashes.promise('secret');
    expect(await matchesPassword('secret', promised)).toBe(false);
    expect(await matchesPassword('secret', await hashes.redeem(promised))).toBe(true);
    expect(await matchesPassword('Secret', await hashes.redeem(promised))).toBe(false);
  });

  it('is made once, whoever asks, also meanwhile', async () => {
    const hashes = createLateHashes(cost);
    const promised = hashes.promise('secret');
    const made = await Promise.all([hashes.redeem(promised), hashes.make(), hashes.redeem(promised)]);
    await hashes.make();
    expect(made[0]).toBe(made[2]);
    expect(await hashes.redeem(promised)).toBe(made[0]);
  });

  it('is made whoever is asked for, so that time does not tell whose it is', async () => {
    const hashes = createLateHashes(cost);
    const promised = hashes.promise('secret');
    const decoy = decoyHash(cost);
    let isMade = false;
    const other = hashes.redeem(decoy).then((hash) => [hash, isMade]);
    void hashes.make().then(() => {
      isMade = true;
    });
    expect(await other).toEqual([decoy, true]);
    expect(await matchesPassword('secret', await hashes.redeem(promised))).toBe(true);
  });

  it('is made once in a process for a password, whoever has it, and for each cost', async () => {
    const [one, two] = [createLateHashes(cost), createLateHashes(cost)];
    const first = await one.redeem(one.promise('of both'));
    expect(await two.redeem(two.promise('of both'))).toBe(first);
    expect(await two.redeem(two.promise('of one'))).not.toBe(first);
    const dearer = createLateHashes({ ...cost, N: 4 });
    expect(await dearer.redeem(dearer.promise('of both'))).toMatchObject({ N: 4 });
  });

  it('that cannot be made is tried again', async () => {
    const tooDear = { N: 2 ** 20, r: 2 ** 20, p: 1 };
    const hashes = createLateHashes(tooDear);
    const promised = hashes.promise('secret');
    await expect(hashes.make()).rejects.toThrow();
    Object.assign(tooDear, cost);
    expect(await matchesPassword('secret', await hashes.redeem(promised))).toBe(true);
  });
});
