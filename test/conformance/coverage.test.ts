import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { collectTests } from '../../conformance/docs/collect-tests.js';
import { expectedFailures } from '../../conformance/expected-failures.js';
import { requirements } from '../../conformance/requirements.js';

const proofs = collectTests(fileURLToPath(new URL('../../', import.meta.url)));
const tested = new Set(proofs.map(({ id }) => id));

describe('the table of requirements', () => {
  it('has a test for each requirement that is not deferred', () => {
    const untested = requirements.filter(({ id, deferred }) => deferred === undefined && !tested.has(id));
    expect(untested.map(({ id }) => id)).toEqual([]);
  });

  it('has every id that a test names', () => {
    const known = new Set<string>(requirements.map(({ id }) => id));
    expect(proofs.filter(({ id }) => !known.has(id))).toEqual([]);
  });

  it('defers nothing that a test proves', () => {
    // A test of a deferred requirement may only be there while it is expected to fail; protocol.test.ts sees to that.
    const deferred = new Set<string>(requirements.filter((row) => row.deferred !== undefined).map(({ id }) => id));
    const proven = proofs.filter(({ id, test }) => deferred.has(id) && !Object.hasOwn(expectedFailures, test));
    expect(proven).toEqual([]);
  });
});
