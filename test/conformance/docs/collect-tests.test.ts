import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { collectTests, idsIn } from '../../../conformance/docs/collect-tests.js';

describe('collecting what tests prove', () => {
  const proofs = collectTests(fileURLToPath(new URL('../../../', import.meta.url)));

  it('finds the requirements of a protocol case', () => {
    expect(proofs).toContainEqual({ id: 'http:method', test: 'GET is refused with 405' });
  });

  it('finds the requirements that a test file names', () => {
    expect(proofs).toContainEqual({ id: 'pull:expired', test: 'test/conformance/running-operations.test.ts' });
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
