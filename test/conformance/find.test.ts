import { describe, expect, it } from 'vitest';
import { attribute, expandedName, findAll, qnameIn, textAt, textsAt } from '../../conformance/find.js';
import { readXml } from '../../conformance/read-xml.js';

const root = readXml(
  '<e xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:o="urn:other">' +
    '<w:SelectorSet><w:Selector Name="A"> 1 </w:Selector><w:Selector Name="B" o:n="x">2</w:Selector></w:SelectorSet>' +
    '<o:Item/><plain>w:InvalidSelectors</plain></e>',
);

describe('a path into an answer', () => {
  it.each([
    ['w:SelectorSet/w:Selector', 2],
    ['w:Selector', 0],
    ['//w:Selector', 2],
    ['w:SelectorSet/w:Selector[B]', 1],
    ['*:Item', 1],
    [':plain', 1],
    [':Item', 0],
    ['*', 3],
  ])('%s leads to %i elements', (path, count) => {
    expect(findAll(root, path)).toHaveLength(count);
  });

  it('gives trimmed texts', () => {
    expect(textsAt(root, '//w:Selector')).toEqual(['1', '2']);
  });

  it('may end with an attribute', () => {
    expect(textsAt(root, '//w:Selector/@Name')).toEqual(['A', 'B']);
  });

  it('gives nothing for what is not there', () => {
    expect(textAt(root, 'w:Missing')).toBeUndefined();
  });

  it('with an unknown prefix is a mistake of the case', () => {
    expect(() => findAll(root, 'q:Item')).toThrow('the path uses the unknown prefix q');
  });
});

it('an attribute without prefix is in no namespace', () => {
  const [, second] = findAll(root, '//w:Selector');
  expect(second && [attribute(second, 'Name'), attribute(second, 'n')]).toEqual(['B', undefined]);
});

it('a qualified name in a text is known by its namespace, whatever the prefix', () => {
  expect(qnameIn(findAll(root, ':plain')[0])).toBe(expandedName('w:InvalidSelectors'));
});
