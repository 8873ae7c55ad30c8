import { describe, expect, it } from 'vitest';
import { createPermissions } from '../../../src/auth/accounts/permissions.js';
import { parseRoles } from '../../../src/auth/accounts/role.js';
import { accessOf } from '../../../src/cim/contracts/access.js';
import { CallRecord, callWithAccess } from '../../../src/cim/contracts/call.js';
import { systemPath } from '../../support/test-broker.js';

describe('a call', () => {
  it('has a name of its own', () => {
    const ids = Array.from({ length: 100 }, () => new CallRecord().id);
    expect(new Set(ids).size).toBe(100);
  });

  it('keeps what was explained, in order', () => {
    const call = new CallRecord();
    call.explain('first');
    call.explain('second', [systemPath('a')]);
    expect(call.reasons).toEqual([
      { text: 'first', about: [] },
      { text: 'second', about: [systemPath('a')] },
    ]);
  });

  it('keeps no more than some reasons of a method that explains itself in a loop', () => {
    const call = new CallRecord();
    for (let time = 0; time < 1000; time++) call.explain(`reason ${time}`);
    expect(call.reasons.length).toBe(16);
  });

  it('tells the time by the clock it was given', () => {
    expect(new CallRecord({ now: () => 86_400_000 }).now()).toBe(86_400_000);
  });

  it('is the same call for a caller who may touch less', () => {
    const call = new CallRecord({ user: 'ann', now: () => 5 });
    const permissions = createPermissions(parseRoles(['read']));
    if (!permissions) throw new Error('these roles allow everything');
    const restricted = callWithAccess(call, accessOf(permissions, 'read'));
    restricted.explain('seen by both');
    expect(restricted).toMatchObject({ id: call.id, user: 'ann', cancellation: call.cancellation });
    expect([restricted.now(), call.reasons.length, restricted.reasons.length]).toEqual([5, 1, 1]);
    expect(call.access).toBeUndefined();
  });
});
