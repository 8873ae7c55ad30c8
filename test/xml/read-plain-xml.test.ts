import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ElementBuilder } from '../../src/xml/element-builder.js';
import { noMemory } from '../../src/xml/no-memory.js';
import { readPlainXml } from '../../src/xml/read-plain-xml.js';
import { readXml, readXmlText } from '../../src/xml/read-xml.js';
import { xmlLimits } from '../../src/xml/xml-limits.js';
import { outcome } from './outcome.js';

const captures = new URL('../../fixtures/captures/', import.meta.url);
const recorded = readdirSync(captures)
  .filter((name) => name.endsWith('.http'))
  .map((name) => {
    const request = readFileSync(new URL(name, captures), 'latin1');
    return request.slice(request.indexOf('\r\n\r\n') + 4);
  });

function isPlain(text: string): boolean {
  const builder = new ElementBuilder(xmlLimits(undefined), undefined);
  return readPlainXml({ bytes: Buffer.from(text, 'latin1'), text, builder }, noMemory);
}

/** `readXmlText` knows the parser only; `readXml` tries the short way first. */
function expectSameOutcome(text: string): void {
  const short = outcome(() => readXml(Buffer.from(text, 'latin1'), { charset: 'utf-8' }).root);
  expect(short).toEqual(outcome(() => readXmlText(text)));
}

const piece = fc.constantFrom(
  ...['<a>', '</a>', '<p:b x="1" y="2">', '</p:b>', '<a/>', '<', '>', '/', '=', '"', "'", ' ', '\n', '\t', '\r', 'a'],
  ...[
    '&',
    '&amp;',
    ';',
    ']',
    ']]>',
    '<!--',
    '-->',
    '<![CDATA[',
    '<?',
    '?>',
    '<!DOCTYPE a>',
    '\0',
    '\x7f',
    ':',
    '-',
    '1',
  ],
  ...[' xmlns="u"', ' xmlns:p="u"', ' p:x="1"', ' x="<"', " x='>'", ' xmlns:p=""', '<?xml version="1.0"?>', 'xmlns'],
);

describe('the short way through plain documents', () => {
  it('is open to most of what real clients send', () => {
    const plain = recorded.filter(isPlain);
    expect(plain.length).toBeGreaterThan(recorded.length / 2);
  });

  test.each([
    ['a declaration', '<?xml version="1.0" encoding="UTF-8"?>\n<a/>'],
    ['a declaration in single quotes', "<?xml version='1.0' encoding='utf-8' ?><a/>"],
    ['attributes in either quotes', `<a b="'" c='d'/>`.replace(`"'"`, '"e"')],
    ['blanks around and inside tags', '\n<a\n b="c"\t><d /></a>\n'],
    ['namespaces', '<p:a xmlns:p="urn:p" xmlns="urn:d"><b p:c=""/></p:a>'],
    ['text between elements', '<a>b<c/>d > e</a>'],
  ])('takes %s', (_what, text) => {
    expect(isPlain(text)).toBe(true);
  });

  test.each([
    ['a reference', '<a>&amp;</a>'],
    ['a comment', '<a><!-- b --></a>'],
    ['a CDATA section', '<a><![CDATA[b]]></a>'],
    ['a processing instruction', '<?b?><a/>'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['a carriage return', '<a>\r\n</a>'],
    ['a bracket', '<a>]</a>'],
    ['a line break in a value', '<a b="\n"/>'],
    ['a control character', '<a>\0</a>'],
    ['a second root', '<a/><b/>'],
    ['an open end', '<a>'],
    ['the wrong end tag', '<a></b>'],
    ['an attribute given twice', '<a b="" b=""/>'],
    ['attributes without a blank between', '<a b=""c=""/>'],
    ['a name that begins with a digit', '<1/>'],
    ['text behind the root', '<a/>b'],
    ['nothing', ''],
  ])('leaves %s to the parser', (_what, text) => {
    expect(isPlain(text)).toBe(false);
  });

  it('comes to the same as the parser, whatever the pieces', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => expectSameOutcome(pieces.join(''))),
      { numRuns: 2000 },
    );
  });

  it('comes to the same as the parser on recorded requests with anything put in or left out', () => {
    const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat({ max: 3 }), put: piece });
    fc.assert(
      fc.property(fc.constantFrom(...recorded), fc.array(edit, { maxLength: 2 }), (request, edits) => {
        let text = request;
        for (const { at, cut, put } of edits) {
          const place = Math.floor(at * text.length);
          text = text.slice(0, place) + put + text.slice(place + cut);
        }
        expectSameOutcome(text);
      }),
      { numRuns: 500 },
    );
  });
});
