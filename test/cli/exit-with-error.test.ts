import { describe, expect, it } from 'vitest';
import { describeError, UsageError } from '../../src/cli/exit-with-error.js';

describe('an error at the command line', () => {
  it('that was expected is its message, on one line', () => {
    expect(describeError(new UsageError('no such\n  thing'), true)).toBe('cimulator: no such thing');
  });

  it('that nobody expected is one line and a hint', () => {
    expect(describeError(new TypeError('x is\nundefined'))).toBe(
      'cimulator: unexpected error: x is undefined (run again with --log-level debug to see where)',
    );
  });

  it('that nobody expected shows where it arose when details are asked for', () => {
    expect(describeError(new TypeError('x'), true)).toMatch(/^cimulator: TypeError: x\n\s+at /);
  });

  it('need not be an Error', () => {
    expect(describeError('odd')).toContain('unexpected error: odd');
  });
});
