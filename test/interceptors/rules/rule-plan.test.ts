import { describe, expect, it } from 'vitest';
import type { RuleAction } from '../../../src/interceptors/rules/rule.js';
import { planActions } from '../../../src/interceptors/rules/rule-plan.js';

type Then = RuleAction | readonly RuleAction[];

describe('the plan of a rule', () => {
  it.each<readonly [string, Then, boolean]>([
    ['where the rule gives the answer', { fault: 'QuotaLimit' }, false],
    ['where there is none', { connection: 'reset' }, false],
    ['where something else takes its place', { malformed: 'html' }, false],
    ['where the answer is needed', { truncate: 100 }, true],
    ['where the answer is needed to end within it', { connection: 'close', at: 'within' }, true],
    ['where it is only late', { delay: 5 }, true],
    ['where the rule says so', { carryOut: true, connection: 'reset' }, true],
    ['where the rule does not say so', { carryOut: false, cimError: 'Failed' }, false],
  ])('carries out %s', (_what, then, carriesOut) => {
    expect(planActions(then).carriesOut).toBe(carriesOut);
  });

  it('waits before and after what is carried out', () => {
    const then = [{ delay: 1 }, { carryOut: true }, { delay: 2 }, { connection: 'reset' }] as const;
    expect(planActions(then)).toMatchObject({ before: [1], after: [2], answer: { kind: 'none' } });
  });

  it('waits after what is carried out where both stand in one action', () => {
    expect(planActions({ delay: 2, carryOut: true })).toMatchObject({ before: [], after: [2] });
  });

  it('finds names in any case of their letters', () => {
    expect(planActions({ cimError: 'accessdenied' }).answer).toEqual({
      kind: 'error',
      status: 'AccessDenied',
      message: undefined,
    });
  });

  it.each<readonly [string, Then, object]>([
    ['end', { connection: 'reset', at: 'within' }, { end: { how: 'reset', when: 'within' } }],
    ['stand still', { stall: { after: 0 } }, { stallAfter: 0 }],
    ['come slowly', { bytesPerSecond: 10 }, { bytesPerSecond: 10 }],
    ['relate to another message', { relatesTo: '' }, { relatesTo: '' }],
    ['have another signature', { wrongSignature: true }, { forgedSignature: true }],
    ['be one of HTTP', { http: 503 }, { status: 503 }],
  ])('has the answer %s', (_what, then, delivery) => {
    expect(planActions(then).delivery).toEqual(delivery);
  });

  it.each<readonly [Then, string]>([
    [{ fault: 'QuotaLimt' }, "then.fault: there is no fault 'QuotaLimt': did you mean 'QuotaLimit'?"],
    [
      [{ delay: 1 }, { cimError: 'AccesDenied' }],
      "then[1].cimError: there is no CIM error 'AccesDenied': did you mean 'AccessDenied'?",
    ],
    [{ fault: 'QuotaLimit', returnValue: 1 }, 'then.fault: it does not go with then.returnValue: there is one answer'],
    [[{ http: 503 }, { truncate: 5 }], 'then[0].http: it does not go with then[1].truncate: it has no envelope'],
    [
      { connection: 'reset', fault: 'QuotaLimit' },
      'then.connection: it does not go with then.fault: it ends before there is an answer',
    ],
    [
      { connection: 'reset', at: 'within', http: 500 },
      'then.connection: it does not go with then.http: there is no body to end within',
    ],
    [
      { stall: { after: 1 }, connection: 'close', at: 'after' },
      'then.stall: it does not go with then.connection: it ends when the client gives up',
    ],
    [{ at: 'within' }, 'then.at: it goes with connection: it says when the connection ends'],
    [{ delay: 1, message: 'x' }, 'then.message: it goes with cimError or fault: it is the text of one of these'],
    [{ outputs: {} }, 'then.outputs: it goes with returnValue, or with carryOut, whose outputs it changes'],
    [{ delay: { uniform: [9, 1] } }, 'then.delay.uniform: it ends (1) before it begins (9)'],
    [[{ http: 500 }, { http: 503 }], 'then[1].http: it stands at then[0].http already'],
    [[{ fault: 'QuotaLimit' }, { carryOut: true }], 'then[1].carryOut: it comes after the answer of then[0].fault'],
  ])('is refused for what does not go together: %j', (then, message) => {
    expect(() => planActions(then)).toThrow(message);
  });
});
