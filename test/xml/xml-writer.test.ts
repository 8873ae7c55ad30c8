import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeAttribute, escapeText } from '../../src/xml/escape-xml.js';
import { readXmlText } from '../../src/xml/read-xml.js';
import { XmlWriter } from '../../src/xml/xml-writer.js';

describe('XmlWriter', () => {
  test('writes elements, attributes, text and markup in the order of its calls', () => {
    const xml = new XmlWriter()
      .open('p:A')
      .attribute('xmlns:p', 'urn:p')
      .attribute('k', '"<&>"')
      .leaf('p:B', 'x < y')
      .open('p:C')
      .close()
      .text('a & b')
      .raw('<d/>')
      .close()
      .toString();
    expect(xml).toBe('<p:A xmlns:p="urn:p" k="&quot;&lt;&amp;&gt;&quot;"><p:B>x &lt; y</p:B><p:C/>a &amp; b<d/></p:A>');
  });

  test('refuses an attribute behind content', () => {
    expect(() => new XmlWriter().open('a').text('x').attribute('k', 'v')).toThrow(/start tag/);
  });

  test('refuses to close what is not open', () => {
    expect(() => new XmlWriter().close()).toThrow(/no element is open/);
  });

  test('refuses to give out half a document', () => {
    expect(() => new XmlWriter().open('a').toString()).toThrow(/a is not closed/);
  });
});

describe('characters that XML cannot carry', () => {
  test.each([
    ['NUL', 'a\0b', 'a?b'],
    ['control characters', '\x01\x08\x0b\x0c\x0e\x1f', '??????'],
    ['U+FFFE and U+FFFF', '\uFFFE\uFFFF', '??'],
    ['a lone high surrogate', 'a\uD800b', 'a?b'],
    ['a lone low surrogate', 'a\uDC00b', 'a?b'],
    ['surrogates the wrong way round', '\uDC00\uD800', '??'],
  ])('%s become question marks', (_what, text, expected) => {
    expect(escapeText(text)).toBe(expected);
    expect(escapeAttribute(text)).toBe(expected);
  });

  test.each(['\t', '\n', '\x7f', '\x85', '\uD7FF', '\uE000', '\uFFFD', '😀'])('%j is not one of them', (text) => {
    expect(escapeText(text)).toBe(text);
  });

  test('line breaks and tabs in attributes are written as references', () => {
    expect(escapeAttribute('a\t\r\nb')).toBe('a&#9;&#13;&#10;b');
  });

  test('whatever the string, what is written can be read', () => {
    // UTF-16 code units at random: halves of pairs and control characters included.
    const anyString = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(anyString, anyString, (text, value) => {
        const element = readXmlText(new XmlWriter().open('a').attribute('k', value).text(text).close().toString());
        expect(element.text).toBe(carried(text));
        expect(element.attributes[0]?.value).toBe(carried(value));
      }),
    );
  });
});

/** What XML 1.0 §2.2 leaves of a string, character by character. */
function carried(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const allowed =
      code === 0x9 ||
      code === 0xa ||
      code === 0xd ||
      (code >= 0x20 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd) ||
      code >= 0x10000;
    return allowed ? character : '?';
  }).join('');
}
