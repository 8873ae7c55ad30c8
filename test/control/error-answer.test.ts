import { describe, expect, it } from 'vitest';
import { CimError } from '../../src/cim/model/cim-error.js';
import { ControlError } from '../../src/control/control-error.js';
import { errorAnswer } from '../../src/control/error-answer.js';

const named = (name: string, more: object = {}) => Object.assign(new Error('no'), { name, expected: true, ...more });

describe('an error on the wire', () => {
  it.each([
    [new ControlError(429, 'no'), 429],
    [new CimError('NotFound', 'no'), 404],
    [new CimError('AccessDenied', 'no'), 403],
    [new CimError('AlreadyExists', 'no'), 409],
    [new CimError('TypeMismatch', 'no'), 400],
    [named('SnapshotError'), 409],
    [named('ListenError'), 409],
    [named('RuleError'), 400],
    [named('WaitError', { why: 'timeout' }), 408],
    [named('WaitError', { why: 'reset' }), 409],
    [named('WaitError', { why: 'closed' }), 503],
    [Object.assign(new Error('no'), { statusCode: 413 }), 413],
  ])('has a fitting status: %o', (error, status) => {
    expect(errorAnswer(error)).toEqual({ status, body: { error: { message: 'no' } }, isUnexpected: false });
  });

  it('is one line, with its place and the nearest name', () => {
    const error = Object.assign(new Error('a\n  b'), {
      name: 'RuleError',
      expected: true,
      place: 'when',
      nearest: 'x',
    });
    expect(errorAnswer(error).body).toEqual({ error: { message: 'a b', place: 'when', nearest: 'x' } });
  });

  it.each([[new Error('/secret')], [Object.assign(new Error('x'), { statusCode: 500 })], ['text'], [undefined]])(
    'tells nothing when nobody expected it',
    (error) => {
      const { status, body, isUnexpected } = errorAnswer(error);
      expect([status, isUnexpected, JSON.stringify(body)]).toEqual([500, true, expect.not.stringContaining('secret')]);
    },
  );
});
