import { describe, expect, it } from 'vitest';
import { describeError } from '../../conformance/describe-error.js';

describe('what an error says', () => {
  it('is its message, in one line', () => {
    expect(describeError(new Error('first\n  second'))).toBe('first second');
  });

  it('is what each address said, when a name has several and none answers', () => {
    const refused = [new Error('connect ECONNREFUSED ::1:5985'), new Error('connect ECONNREFUSED 127.0.0.1:5985')];
    expect(describeError(new AggregateError(refused))).toBe(
      'connect ECONNREFUSED ::1:5985; connect ECONNREFUSED 127.0.0.1:5985',
    );
  });
});
