import { describe, expect, test } from 'vitest';
import { readKey, readSelectorSet } from '../../../src/wsman/header/selector-set.js';
import type { XmlElement } from '../../../src/xml/xml-element.js';
import { systemPath } from '../../support/test-broker.js';
import { createTestSchema, namespace, wscimContext } from '../../support/test-schema.js';
import { eprChildren, readElement } from '../../support/xml-fragment.js';

const read = (selectors: string) => readSelectorSet(readElement(`<w:SelectorSet>${selectors}</w:SelectorSet>`));

const selector = (name: string, value: string) => `<w:Selector Name="${name}">${value}</w:Selector>`;

describe('a SelectorSet', () => {
  test('is empty when there is none', () => {
    expect(readSelectorSet(undefined).size).toBe(0);
    expect(read('').size).toBe(0);
  });

  test('finds selectors in any case', () => {
    expect(read(selector(' Name ', 'a') + selector('Key', 'b')).get('NAME')?.text).toBe('a');
  });

  test.each([
    ['a selector without name', '<w:Selector>a</w:Selector>', 'InvalidSelectors'],
    ['a selector with a blank name', selector(' ', 'a'), 'InvalidSelectors'],
    ['a selector given twice', selector('Name', 'a') + selector('NAME', 'b'), 'DuplicateSelectors'],
    ['a long selector given twice', selector('x'.repeat(100_000), 'a').repeat(2), 'DuplicateSelectors'],
    ['an element that is no selector', '<w:Option Name="a">1</w:Option>', 'InvalidSelectors'],
    ['more selectors than any class has keys', selector('a', '').repeat(257), 'SelectorLimit'],
  ])('is refused for %s', (_, selectors, key) => {
    expect(() => read(selectors)).toThrow(expect.objectContaining({ name: 'WsmanFault', key }));
    expect(() => read(selectors)).toThrow(/^.{0,400}$/);
  });
});

describe('a key', () => {
  const schema = createTestSchema();

  function key(className: string, name: string, content: string) {
    const property = schema.getClass(className).properties.get(name);
    if (!property) throw new Error(`no property ${name}`);
    const element: XmlElement = readElement(selector(name, content));
    return readKey(property, element, wscimContext(schema));
  }

  const epr = eprChildren('TEST_System', { __cimnamespace: namespace, CreationClassName: 'TEST_System', Name: 'a' });

  test.each([
    ['TEST_System', 'Name', ' a b ', ' a b '],
    ['TEST_System', 'Name', '\n\t a b\n', 'a b'],
    ['TEST_System', 'Name', '', ''],
    ['TEST_Port', 'PortNumber', '\n3260 ', 3260],
    ['TEST_EveryKey', 'k_uint64', '18446744073709551615', 18446744073709551615n],
    ['TEST_EveryKey', 'k_boolean', 'TRUE', true],
  ])('of %s, %s, is read from %j', (className, name, content, value) => {
    expect(key(className, name, content)).toBe(value);
  });

  test.each([
    ['an EPR', epr],
    ['a wrapped EPR', `<a:EndpointReference>${epr}</a:EndpointReference>`],
    ['an EPR with undeclared prefixes', epr.replaceAll('a:', 'wsa:').replaceAll('w:', 'wsman:')],
    ['an object path', systemPath('a').toString()],
  ])('that is a reference is read from %s', (_, content) => {
    const read = key('TEST_Hosts', 'Antecedent', content);
    expect(String(read)).toBe(systemPath('a').toString());
  });

  test.each([
    ['TEST_Port', 'PortNumber', 'many'],
    ['TEST_Port', 'PortNumber', '65536'],
    ['TEST_Port', 'PortNumber', ''],
    ['TEST_System', 'Name', epr],
    ['TEST_System', 'Name', '<b/>'],
    ['TEST_Hosts', 'Antecedent', '<b/>'],
    ['TEST_Hosts', 'Antecedent', 'a'],
    ['TEST_Hosts', 'Antecedent', ''],
  ])('of %s, %s, is not %.30j', (className, name, content) => {
    expect(() => key(className, name, content)).toThrow(
      expect.objectContaining({ name: 'WsmanFault', key: 'SelectorTypeMismatch' }),
    );
  });
});
