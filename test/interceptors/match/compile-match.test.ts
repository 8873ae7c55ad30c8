import { describe, expect, it } from 'vitest';
import { compileFilter, compileMatch, type IsA } from '../../../src/interceptors/match/compile-match.js';
import type { ExchangeFacts } from '../../../src/interceptors/match/exchange-facts.js';
import type { ExchangeMatch } from '../../../src/interceptors/match/exchange-match.js';
import { OptionError } from '../../../src/options/option-error.js';

const isA: IsA = (namespace, name, ancestor) =>
  namespace === 'root/lab' && name === 'LAB_Service' && ancestor.toLowerCase() === 'cim_service';

const grow: ExchangeFacts = {
  operation: 'Invoke',
  cimOperations: ['InvokeMethod'],
  namespace: 'root/lab',
  class: 'LAB_Service',
  method: 'Grow',
  user: 'ci',
  selectors: { Name: 'a' },
  input: { Size: '5', Label: 'first' },
};

const matches = (match: ExchangeMatch, facts: ExchangeFacts) => compileMatch(match, isA).matches(facts);

describe('a match', () => {
  it.each<ExchangeMatch>([
    {},
    { operation: 'invoke' },
    { operation: 'InvokeMethod' },
    { operation: ['Get', 'InvokeMethod'] },
    { class: 'lab_service' },
    { class: 'CIM_Service' },
    { method: 'GROW', user: 'CI' },
    { namespace: '\\root\\LAB' },
    { selectors: { name: 'A' } },
    { input: { size: 5 } },
    { input: { Label: 'first', Missing: null } },
  ])('%j means a call that agrees', (match) => {
    expect(matches(match, grow)).toBe(true);
  });

  it.each<ExchangeMatch>([
    { operation: 'Get' },
    { operation: 'GetInstance' },
    { operation: [] },
    { class: 'CIM_Fan' },
    { method: 'Shrink' },
    { user: 'other' },
    { namespace: 'root/other' },
    { selectors: { Name: 'b' } },
    { selectors: { Id: 1 } },
    { input: { Label: 'FIRST' } },
    { method: 'Grow', input: { Size: 6 } },
  ])('%j does not mean it', (match) => {
    expect(matches(match, grow)).toBe(false);
  });

  it('agrees by its standard name with a message until it is known what that leads to', () => {
    const match = { operation: 'Associators' };
    expect(matches(match, { operation: 'Enumerate' })).toBe(true);
    expect(matches(match, { operation: 'Enumerate', cimOperations: ['Associators'] })).toBe(true);
    expect(matches(match, { operation: 'Enumerate', cimOperations: ['EnumerateInstances'] })).toBe(false);
    expect(matches({ operation: 'OpenInstances' }, { operation: 'Enumerate', cimOperations: ['Associators'] })).toBe(
      false,
    );
  });

  it('agrees with a message that ended before the operation that it is named after', () => {
    expect(matches({ operation: 'ModifyInstance' }, { operation: 'Put', cimOperations: ['GetInstance'] })).toBe(true);
    expect(matches({ operation: 'ModifyInstance' }, { operation: 'Get', cimOperations: ['GetInstance'] })).toBe(false);
    expect(matches({ operation: 'CountInstances' }, { operation: 'Enumerate', cimOperations: [] })).toBe(false);
    expect(
      matches({ operation: 'CountInstances' }, { operation: 'Enumerate', cimOperations: ['CountInstances'] }),
    ).toBe(true);
  });

  it('agrees with an operation of the model that no message carries', () => {
    expect(matches({ operation: 'GetInstance' }, { cimOperations: ['GetInstance'] })).toBe(true);
    expect(matches({ operation: 'Get' }, { cimOperations: ['GetInstance'] })).toBe(false);
  });

  it('reads what is dear only when the rest agrees', () => {
    const facts: ExchangeFacts = {
      operation: 'Invoke',
      method: 'Shrink',
      get input(): never {
        throw new Error('read');
      },
    };
    expect(matches({ method: 'Grow', input: { Size: 5 } }, facts)).toBe(false);
  });

  it('with an operation that there is not is refused', () => {
    expect(() => compileMatch({ operation: 'Gett' }, isA)).toThrow(OptionError);
    expect(() => compileMatch({ operation: 'Gett' }, isA)).toThrow(
      "operation: there is no operation 'Gett': did you mean 'Get'?",
    );
  });

  it('tells what differs, and by how much', () => {
    const { differences } = compileMatch({ method: 'Shrink', input: { Size: 6, Label: 'first' } }, isA);
    expect(differences(grow)).toEqual([
      { member: 'method', wanted: 'Shrink', found: 'Grow', weight: 8 },
      { member: 'input.Size', wanted: 6, found: '5', weight: 1 },
    ]);
  });
});

describe('a filter of exchanges that have ended', () => {
  const ended = {
    ...grow,
    outcome: 'answered',
    returnValue: 4096,
    returnLabel: 'Job Started',
    rule: 'rule-1',
  } as const;
  const agrees = (filter: Parameters<typeof compileFilter>[0]) => compileFilter(filter, isA).matches(ended);

  it.each([
    { outcome: 'answered' },
    { returnValue: 4096 },
    { returnValue: '4096' },
    { returnValue: 'job started' },
    { rule: 'rule-1', method: 'Grow' },
  ] as const)('%j agrees', (filter) => {
    expect(agrees(filter)).toBe(true);
  });

  it.each([
    { outcome: 'fault' },
    { returnValue: 0 },
    { fault: 'AccessDenied' },
    { rule: 'rule-2' },
    { returnValue: 4096, method: 'Shrink' },
  ] as const)('%j does not agree', (filter) => {
    expect(agrees(filter)).toBe(false);
  });

  it('finds a fault by its name in any case', () => {
    const { matches: matchesFault } = compileFilter({ fault: 'accessdenied' }, isA);
    expect(matchesFault({ ...grow, outcome: 'fault', fault: 'AccessDenied' })).toBe(true);
  });
});
