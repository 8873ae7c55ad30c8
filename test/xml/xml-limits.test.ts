import { describe, expect, test } from 'vitest';
import { readXml, readXmlText } from '../../src/xml/read-xml.js';
import { XmlError } from '../../src/xml/xml-error.js';
import type { XmlLimits } from '../../src/xml/xml-limits.js';

function refusal(xml: string | Uint8Array, limits?: Partial<XmlLimits>): XmlError | undefined {
  try {
    if (typeof xml === 'string') readXmlText(xml, { limits });
    else readXml(xml, { limits });
  } catch (error) {
    if (error instanceof XmlError) return error;
    throw error;
  }
  return undefined;
}

function nested(depth: number): string {
  return '<a>'.repeat(depth) + '</a>'.repeat(depth);
}

function attributes(count: number): string {
  return Array.from({ length: count }, (_, i) => ` k${i}="v"`).join('');
}

function declarations(count: number): string {
  return Array.from({ length: count }, (_, i) => ` xmlns:k${i}="urn:${i}"`).join('');
}

describe('each limit lets its own value through and refuses one more', () => {
  const cases: [keyof XmlLimits, Partial<XmlLimits>, string, string][] = [
    ['depth', { depth: 5 }, nested(5), nested(6)],
    ['elements', { elements: 3 }, '<a><b/><c/></a>', '<a><b/><c/><d/></a>'],
    ['attributes', { attributes: 3 }, `<a${attributes(3)}/>`, `<a${attributes(4)}/>`],
    ['namespaceDeclarations', { namespaceDeclarations: 3 }, `<a${declarations(3)}/>`, `<a${declarations(4)}/>`],
    ['nameLength', { nameLength: 9 }, '<a:bcdefgh xmlns:a="u"/>', '<a:bcdefghi xmlns:a="u"/>'],
    ['nameLength', { nameLength: 4 }, '<a abcd="1"/>', '<a abcde="1"/>'],
    ['textLength', { textLength: 4 }, '<a>1234</a>', '<a>12345</a>'],
    ['textLength', { textLength: 4 }, '<a>12<b/><![CDATA[34]]></a>', '<a>12<b/><![CDATA[345]]></a>'],
    ['textLength', { textLength: 4 }, '<a k="1234"/>', '<a k="12345"/>'],
    ['references', { references: 2 }, '<a k="&lt;">&#65;</a>', '<a k="&lt;">&#65;&amp;</a>'],
    ['bytes', { bytes: 8 }, '<a>1</a>', '<a>12</a>'],
  ];

  test.each(cases)('%s %o', (limit, limits, within, beyond) => {
    expect(refusal(within, limits)).toBeUndefined();
    expect(refusal(beyond, limits)).toMatchObject({ code: 'limit', limit });
  });
});

describe('by default', () => {
  test.each<[keyof XmlLimits, string]>([
    ['depth', nested(101)],
    ['attributes', `<a${attributes(65)}/>`],
    ['namespaceDeclarations', `<a${declarations(65)}/>`],
    ['nameLength', `<${'n'.repeat(1025)}/>`],
    ['textLength', `<a>${'x'.repeat(2 * 1024 * 1024 + 1)}</a>`],
    ['elements', `<a>${'<b/>'.repeat(100_000)}</a>`],
    ['references', `<a>${'&lt;'.repeat(200_001)}</a>`],
  ])('the limit on %s is there', (limit, xml) => {
    expect(refusal(xml)?.limit).toBe(limit);
  });

  test('100 levels and 64 attributes are allowed', () => {
    expect(refusal(nested(100))).toBeUndefined();
    expect(refusal(`<a${attributes(64)}${declarations(64)}/>`)).toBeUndefined();
  });
});

describe('reading stops at the limit', () => {
  test('of 60,000 levels the 101st is the last one read', () => {
    // The column is where the parser stood: behind the 101st "<a>".
    expect(refusal(nested(60_000))).toMatchObject({ limit: 'depth', line: 1, column: 303 });
  });

  test('of 60,000 levels that are never closed the 101st is the last one read', () => {
    expect(refusal('<a>'.repeat(60_000))).toMatchObject({ limit: 'depth', column: 303 });
  });

  test('of 20,000 attributes the 65th is the last one read', () => {
    const end = `<a${attributes(65)}`.length;
    expect(refusal(`<a${attributes(20_000)}/>`)).toMatchObject({ limit: 'attributes', column: end });
  });

  test('of 20,000 declarations the 65th is the last one read', () => {
    const end = `<a${declarations(65)}`.length;
    expect(refusal(`<a${declarations(20_000)}/>`)).toMatchObject({ limit: 'namespaceDeclarations', column: end });
  });

  test('12 MB of garbage are not even decoded', () => {
    const garbage = Buffer.alloc(12 * 1024 * 1024, 0xc3);
    expect(refusal(garbage)).toMatchObject({ code: 'limit', limit: 'bytes' });
  });

  test('12 MB of garbage that the limit allows are left after the first slice', () => {
    const error = refusal(Buffer.alloc(12 * 1024 * 1024, 'x'), { bytes: 16 * 1024 * 1024 });
    expect(error?.code).toBe('not-well-formed');
    expect(error?.column).toBe(16 * 1024);
  });
});
