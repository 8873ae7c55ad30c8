import { describe, expect, test } from 'vitest';
import { readSelectors, type SelectorRules } from '../../src/wscim/read-selectors.js';
import { attributeOf } from '../../src/xml/xml-element.js';
import { readElement } from '../support/xml-fragment.js';

const strict: SelectorRules = {
  nameOf: (selector) => attributeOf(selector, 'Name'),
  foreign: ({ localName }, what) => new Error(`${what}: foreign ${localName}`),
  unnamed: (what) => new Error(`${what}: unnamed`),
  twice: (name, what) => new Error(`${what}: twice ${name}`),
};
const read = (selectors: string, rules = strict) =>
  readSelectors(readElement(`<w:SelectorSet>${selectors}</w:SelectorSet>`), rules, 'here');

describe('the reader of a SelectorSet', () => {
  test('finds each selector by its name, in any case and without blanks around it', () => {
    const selectors = read('<w:Selector Name=" Name ">a</w:Selector><w:Selector Name="Key">b</w:Selector>');
    expect([selectors.get('NAME')?.text, selectors.get('key')?.text]).toEqual(['a', 'b']);
  });

  test.each([
    ['here: foreign Option', '<w:Option Name="a"/>'],
    ['here: unnamed', '<w:Selector>a</w:Selector>'],
    ['here: unnamed', '<w:Selector Name=" ">a</w:Selector>'],
    ['here: twice NAME', '<w:Selector Name="Name">a</w:Selector><w:Selector Name="NAME">b</w:Selector>'],
  ])('throws the error of its rules, "%s"', (message, selectors) => {
    expect(() => read(selectors)).toThrow(message);
  });

  test('passes over other elements where the rules have no error for them', () => {
    const lenient = { ...strict, foreign: () => undefined };
    expect(read('<w:Option Name="a"/><w:Selector Name="Key">b</w:Selector>', lenient).size).toBe(1);
  });
});
