import { describe, expect, test } from 'vitest';
import type { CimQualifier } from '../../../src/cim/model/cim-class.js';
import { plainType } from '../../../src/cim/model/cim-type.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { codeOf, isStartedCode, labelOf, notSupportedCode } from '../../../src/cim/model/value-map.js';

function mapped(codes: CimValue, labels: CimValue) {
  const flavor = { overridable: true, toSubclass: true, translatable: false };
  const of = (name: string, value: CimValue): [string, CimQualifier] => [
    name,
    { name, type: plainType('string', { kind: 'Ordered', size: undefined }), value, flavor, propagated: false },
  ];
  return { qualifiers: new NameMap([of('ValueMap', codes), of('Values', labels)]) };
}

describe('the code of a label', () => {
  test.each([
    [['0', '1'], ['Completed', 'Not Supported'], 'not supported', 1],
    [['0', '..', '4096'], ['Completed', 'DMTF Reserved', 'Job Started'], 'Job Started', 4096],
    [['-1', '0'], ['Unknown', 'OK'], 'Unknown', -1],
    [['0', '1'], ['Same', 'Same'], 'Same', 0],
    [['2..7', '8'], ['Reserved', 'Reserved'], 'Reserved', 8],
  ])('of %j with %j for %s is %s', (codes, labels, label, code) => {
    expect(codeOf(mapped(codes, labels), label)).toBe(code);
  });

  test.each<[string, CimValue, CimValue]>([
    ['nobody carries the label', ['0'], ['Completed']],
    ['the label stands for a range', ['1..9'], ['Wanted']],
    ['there are more labels than codes', ['0'], ['Completed', 'Wanted']],
    ['there are no codes', null, ['Wanted']],
    ['there are no labels', ['0'], null],
    ['a code is NULL', [null], ['Wanted']],
  ])('is not there when %s', (_, codes, labels) => {
    expect(codeOf(mapped(codes, labels), 'Wanted')).toBeUndefined();
  });

  test('is not there without a value map', () => {
    expect(codeOf({ qualifiers: new NameMap() }, 'Wanted')).toBeUndefined();
  });
});

test('what a method answers that is not supported is the code of that label', () => {
  expect(notSupportedCode(mapped(['0', '1'], ['Completed with No Error', 'Not Supported']))).toBe(1);
  expect(notSupportedCode(mapped(['0'], ['Completed']))).toBeUndefined();
});

describe('a code', () => {
  test.each([
    ['Method Parameters Checked - Job Started', true],
    ['Method Parameters Checked - Transition Started', true],
    ['Success, scheduled on reboot', true],
    ['Busy', false],
    ['Already created', false],
    ['Job cannot be started yet', false],
  ])('labelled %s says that what was written is kept: %s', (label, expected) => {
    const method = mapped(['0', '1..9', '4096'], ['Completed', 'Reserved', label]);
    expect(isStartedCode(method, 4096)).toBe(expected);
  });

  test('says nothing without a label', () => {
    expect([
      isStartedCode({ qualifiers: new NameMap() }, 4096),
      isStartedCode(mapped(['0'], ['Completed']), 4096),
    ]).toEqual([false, false]);
  });
});

describe('the label of a code', () => {
  const element = mapped(
    ['0', '4096', '4097..32767', '-5..-1', '40000..', '..'],
    ['Done', 'Job', 'Own', 'Low', 'High', 'Rest'],
  );

  test.each([
    [0, 'Done'],
    [4096, 'Job'],
    [4097n, 'Own'],
    [32767, 'Own'],
    [-3, 'Low'],
    [65535, 'High'],
    [17, 'Rest'],
  ])('%s is the one of its entry or range', (code, label) => {
    expect(labelOf(element, code)).toBe(label);
  });

  test('is counted from 0 without a ValueMap', () => {
    const { qualifiers } = mapped(['0'], ['Zero', 'One']);
    qualifiers.delete('ValueMap');
    expect(labelOf({ qualifiers }, 1)).toBe('One');
  });

  test.each([[null], [undefined], [3]])('%s has none where nothing says so', (code) => {
    expect(labelOf(mapped(['0'], ['Done']), code)).toBeUndefined();
  });
});
