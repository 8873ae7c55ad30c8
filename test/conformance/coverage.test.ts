import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cases, collectTests, expectedFailures, idsIn } from '../../scripts/conformance/index.mjs';
import { requirements } from './requirements.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const proofs = collectTests(root);
const tested = new Set(proofs.map(({ id }) => id));

describe('the table of requirements', () => {
  it('has each id once', () => {
    const ids = requirements.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it('says of each requirement where it comes from and what it asks', () => {
    const incomplete = requirements.filter(
      ({ clause, behaviour }) => !/^(SOAP|XML|RFC|DSP|MS-|WS-|WinRM)/.test(clause) || !/^\S.*\.$/.test(behaviour),
    );
    expect(incomplete).toEqual([]);
  });

  it('has a test for each requirement that is not deferred', () => {
    const untested = requirements.filter(({ id, deferred }) => deferred === undefined && !tested.has(id));
    expect(untested.map(({ id }) => id)).toEqual([]);
  });

  it('has every id that a test names', () => {
    const known = new Set(requirements.map(({ id }) => id));
    expect(proofs.filter(({ id }) => !known.has(id))).toEqual([]);
  });

  it('defers nothing that a test proves', () => {
    // A test of a deferred requirement may only be there while it is expected to fail; protocol.test.ts sees to that.
    const deferred = new Set(requirements.filter((row) => row.deferred !== undefined).map(({ id }) => id));
    const proven = proofs.filter(({ id, test }) => deferred.has(id) && !Object.hasOwn(expectedFailures, test));
    expect(proven).toEqual([]);
  });
});

describe('the protocol cases', () => {
  it('have different names', () => {
    const names = cases.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('include every expected failure', () => {
    const names = new Set(cases.map(({ name }) => name));
    expect(Object.keys(expectedFailures).filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('reading ids from a test file', () => {
  it('finds every id of every call', () => {
    // Put together here, because this file is read too.
    const call = 'verif'.concat('ies');
    const source = `it(\`one \${${call}('a', "b:c")}\`); it('two ' + ${call}(\n  'd',\n), f); other('e');`;
    expect(idsIn(source)).toEqual(['a', 'b:c', 'd']);
  });
});
