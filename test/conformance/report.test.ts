import { describe, expect, it } from 'vitest';
import type { CaseResult } from '../../conformance/case-result.js';
import { jsonReport, textReport } from '../../conformance/report.js';
import { oneCase } from './one-case.js';

describe('the report', () => {
  const results: readonly CaseResult[] = [
    { case: oneCase(), outcome: 'pass', reason: undefined },
    {
      case: oneCase({ name: 'another', verifies: ['identify:protocol'] }),
      outcome: 'fail',
      reason: 'expected x; got y',
    },
    { case: oneCase({ name: 'third', verifies: ['identify:product'] }), outcome: 'unsupported', reason: 'not here' },
  ];

  it('has a line for each requirement that was tested, what was wrong, and totals', () => {
    expect(textReport(results).split('\n')).toEqual([
      'Identify and faults',
      expect.stringMatching(/^ {2}ok {4}Identify is answered .*\[identify; DSP0226 §11\]$/),
      expect.stringMatching(/^ {2}FAIL {2}ProtocolVersion .*\[identify:protocol; DSP0226 §11\]$/),
      '          another: expected x; got y',
      expect.stringMatching(/^ {2}n\/s {3}ProductVendor .*; should\]$/),
      '          third: not here',
      '',
      '1 passed, 1 failed, 1 unsupported, 0 skipped',
    ]);
  });

  it('says the same in JSON', () => {
    expect(JSON.parse(jsonReport(results))).toMatchObject({
      totals: { pass: 1, fail: 1, unsupported: 1, skipped: 0 },
      requirements: [
        { id: 'identify', outcome: 'pass' },
        { id: 'identify:protocol', outcome: 'fail', tests: [{ name: 'another', reason: 'expected x; got y' }] },
        { id: 'identify:product', outcome: 'unsupported' },
      ],
    });
  });
});
