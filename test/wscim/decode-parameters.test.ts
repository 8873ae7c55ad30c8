import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CimMethod } from '../../src/cim/model/cim-class.js';
import { CimStatus } from '../../src/cim/model/cim-status.js';
import { decodeParameters } from '../../src/wscim/decode-parameters.js';
import { UnknownNameError } from '../../src/wscim/unknown-name-error.js';
import { plain } from '../support/plain-value.js';
import { systemPath } from '../support/test-broker.js';
import { createTestSchema, namespace, wscimContext } from '../support/test-schema.js';
import { eprChildren, readElement } from '../support/xml-fragment.js';

const schema = createTestSchema();

function run(): CimMethod {
  const method = schema.getClass('TEST_System').methods.get('Run');
  if (!method) throw new Error('no method Run');
  return method;
}

function decode(xml: string): Record<string, unknown> {
  const values = decodeParameters(readElement(xml), run(), wscimContext(schema));
  return Object.fromEntries([...values].map(([name, value]) => [name, plain(value)]));
}

const system = (name: string) =>
  eprChildren('TEST_System', { __cimnamespace: namespace, CreationClassName: 'TEST_System', Name: name });

describe('parameters', () => {
  test('are found in any order, case and namespace', () => {
    const elements = [
      '<p:name>x</p:name>',
      '<COUNT>5</COUNT>',
      '<q:Numbers xmlns:q="urn:x">1</q:Numbers>',
      '<Numbers>2</Numbers>',
    ];
    const together = fc.shuffledSubarray(elements, { minLength: elements.length });
    fc.assert(
      fc.property(together, (shuffled) => {
        const { Numbers, ...others } = decode(`<Run_INPUT>${shuffled.join('')}</Run_INPUT>`);
        expect(others).toEqual({ Name: 'x', Count: 5 });
        expect([...(Numbers as number[])].sort()).toEqual([1, 2]);
      }),
    );
  });

  test.each(['<p:Run_INPUT/>', '<Parameters> text </Parameters>'])('that are not given are absent: %s', (xml) => {
    expect(decode(xml)).toEqual({});
  });

  test('of an empty Body are absent', () => {
    expect(decodeParameters(undefined, run(), wscimContext(schema)).size).toBe(0);
  });

  test('that are NULL are there', () => {
    expect(decode('<I><Name xsi:nil="true"/><Numbers xsi:nil="1"/></I>')).toEqual({ Name: null, Numbers: null });
  });

  test('that are arrays keep the order of their elements, also with others between', () => {
    const xml = `<I><Systems>${system('a')}</Systems><Count>1</Count><Systems>${system('b')}</Systems></I>`;
    expect(decode(xml)).toEqual({ Count: 1, Systems: [systemPath('a'), systemPath('b')].map(plain) });
  });

  test('for output only may be there as NULL, which counts for nothing', () => {
    expect(decode('<I><Result xsi:nil="true"/><Name>x</Name></I>')).toEqual({ Name: 'x' });
  });

  test('for input and output are input', () => {
    expect(decode('<I><Both>x</Both></I>')).toEqual({ Both: 'x' });
  });
});

describe('a fault comes of', () => {
  test.each(['Nothing', 'ReturnValue', 'constructor', '__proto__', 'Run_INPUT'])('the unknown parameter %s', (name) => {
    expect(() => decode(`<I><${name}>1</${name}></I>`)).toThrow(UnknownNameError);
  });

  test.each([
    ['a value for output only', `<I><Result>${system('a')}</Result></I>`, CimStatus.InvalidParameter],
    [
      'NULL and a value for output only',
      '<I><Result xsi:nil="true"/><Result>x</Result></I>',
      CimStatus.InvalidParameter,
    ],
    ['one value given twice', '<I><Count>1</Count><count>1</count></I>', CimStatus.TypeMismatch],
    ['a value of the wrong type', '<I><Count>x</Count></I>', CimStatus.TypeMismatch],
    ['an EPR for a number', `<I><Count>${system('a')}</Count></I>`, CimStatus.TypeMismatch],
    ['a text for a reference', '<I><System>a</System></I>', CimStatus.TypeMismatch],
  ])('%s', (_, xml, status) => {
    expect(() => decode(xml)).toThrow(expect.objectContaining({ name: 'CimError', status }));
  });
});
