import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml, readXmlText } from '../../../src/xml/read-xml.js';
import { XmlError } from '../../../src/xml/xml-error.js';

const read = (text: string) => readXml(Buffer.from(text)).root;

describe('the start tag of a root element that came before', () => {
  it('means the same in every document, whatever came in between', () => {
    const name = fc.constantFrom('e', 'p:e', 'p:f');
    const attribute = fc.constantFrom(
      'xmlns:p="urn:p"',
      "xmlns:p='urn:q'",
      'xmlns="urn:d"',
      'a="1"',
      "a='>'",
      'p:a=""',
    );
    const root = fc.tuple(name, fc.uniqueArray(attribute, { maxLength: 4 }), fc.constantFrom('', ' ', '\n'));
    const outcome = (act: () => unknown) => {
      try {
        return act();
      } catch (error) {
        return (error as XmlError).message;
      }
    };
    fc.assert(
      fc.property(fc.array(root, { minLength: 1, maxLength: 40 }), (roots) => {
        for (const [tag, attributes, blank] of roots) {
          const text = `<${tag} ${attributes.join(' ')}${blank}><p:c p:a="2"/>text</${tag}>`;
          expect(outcome(() => read(text))).toEqual(outcome(() => readXmlText(text)));
        }
      }),
    );
  });

  it('is not taken for one that only begins like it', () => {
    const known = '<e a="1" b="2">';
    for (let time = 0; time < 3; time++) read(`${known}</e>`);
    expect(read('<e a="1" b="2"> ></e>').text).toBe(' >');
    expect(() => read('<e a="1" b="2"')).toThrow(XmlError);
    expect(() => read('<e a="1" b="2">')).toThrow(XmlError);
    expect(() => read('<e a="1" b="2"></f>')).toThrow(XmlError);
    expect(() => read('<e a="1" b="2" b="3"></e>')).toThrow(XmlError);
  });
});
