import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLasting } from '../../../src/xml/lasting-elements.js';
import { readXml, readXmlText } from '../../../src/xml/read-xml.js';
import type { XmlElement } from '../../../src/xml/xml-element.js';
import { XmlError } from '../../../src/xml/xml-error.js';

/** More than it takes until what is always the same is kept, whatever else was read before. */
const OFTEN = 400;

const read = (text: string) => readXml(Buffer.from(text)).root;

function readOften(text: string): XmlElement {
  for (let time = 0; time < OFTEN; time++) read(text);
  return read(text);
}

/** An envelope with one header block and one parameter of a method in it. */
function envelope(block: string, parameter: string, declarations = 'xmlns:p="urn:p"'): string {
  return `<e ${declarations}><h>${block}</h><b><input>${parameter}</input></b></e>`;
}

const long = (name: string) =>
  `<p:${name} a="1"><p:c>${'long enough to be worth keeping '.repeat(3)}</p:c></p:${name}>`;

const blockOf = (root: XmlElement) => root.children[0]?.children[0] as XmlElement;
const parameterOf = (root: XmlElement) => root.children[1]?.children[0]?.children[0] as XmlElement;

describe('an element that many documents hold', () => {
  it('is the same object in all of them, with all that is in it', () => {
    const text = (n: number) => envelope(long('Same'), `<p:n>${n}</p:n>`);
    for (let n = 0; n < OFTEN; n++) read(text(n));
    const [one, two] = [read(text(-1)), read(text(-2))];
    expect(isLasting(blockOf(one))).toBe(true);
    expect(isLasting(blockOf(one).children[0] as XmlElement)).toBe(true);
    expect(blockOf(two)).toBe(blockOf(one));
    expect(parameterOf(two).text).toBe('-2');
    expect(two).toEqual(readXmlText(text(-2)));
  });

  it('is found among the parameters of a method too', () => {
    const text = (n: number) => envelope('', `${long('Parameter')}<p:n>${n}</p:n>`);
    for (let n = 0; n < OFTEN; n++) read(text(n));
    expect(parameterOf(read(text(-1)))).toBe(parameterOf(read(text(-2))));
  });

  it('is another where its prefixes mean something else', () => {
    const block = long('Prefixed');
    expect(blockOf(readOften(envelope(block, ''))).namespaceUri).toBe('urn:p');
    expect(blockOf(readOften(envelope(block, '', 'xmlns:p="urn:other"'))).namespaceUri).toBe('urn:other');
    expect(blockOf(read(envelope(block, ''))).namespaceUri).toBe('urn:p');
  });

  it('is another where an element around it declares a prefix anew', () => {
    const block = long('Inner');
    const outer = (declared: string) => `<e xmlns:p="urn:p"><h${declared}>${block}</h><b/></e>`;
    expect(blockOf(readOften(outer(''))).namespaceUri).toBe('urn:p');
    expect(blockOf(readOften(outer(' xmlns:p="urn:q"'))).namespaceUri).toBe('urn:q');
    expect(blockOf(read(outer(''))).namespaceUri).toBe('urn:p');
  });

  it('is read each time where a declaration around it is longer than any that is kept', () => {
    const text = envelope(long('Far'), '', `xmlns:p="urn:${'p'.repeat(600)}"`);
    expect(isLasting(blockOf(readOften(text)))).toBe(false);
    expect(read(text)).toEqual(readXmlText(text));
  });

  it('may declare prefixes of its own', () => {
    const block = long('Own').replace('a="1"', 'xmlns:p="urn:own"');
    const text = envelope(block, '<p:x/>');
    expect(readOften(text)).toEqual(readXmlText(text));
  });

  it('is not taken for one that begins or ends like it', () => {
    const block = long('Alike');
    readOften(envelope(block, ''));
    for (const other of [block.replace('a="1"', 'a="2"'), block.replace('</p:c>', '!</p:c>'), `${block}${block}`]) {
      expect(read(envelope(other, ''))).toEqual(readXmlText(envelope(other, '')));
    }
  });

  it('counts in each document with all its elements', () => {
    const block = `<p:many>${'<a/>'.repeat(59)}</p:many>`;
    readOften(envelope(block, ''));
    const outcome = (blocks: number) => () => read(envelope(block.repeat(blocks), ''));
    // 60 elements each, and four around them.
    expect(outcome(1666)).not.toThrow();
    expect(outcome(1667)).toThrow(expect.objectContaining({ limit: 'elements' }));
  });

  it('is read anew under limits that are not the usual ones', () => {
    const text = envelope(long('Limited'), '');
    readOften(text);
    expect(isLasting(blockOf(readXml(Buffer.from(text), { limits: {} }).root))).toBe(false);
    expect(() => readXml(Buffer.from(text), { limits: { textLength: 50 } })).toThrow(XmlError);
  });

  it('does not hide what is wrong behind it', () => {
    const block = long('Broken');
    readOften(envelope(block, ''));
    for (const text of [`<e><h>${block}</g></e>`, `<e><h>${block}`, envelope(block, '<!-- -->]]>')]) {
      expect(() => read(text)).toThrow(XmlError);
    }
  });
});

describe('the memory for elements', () => {
  it('changes nothing in what documents come to, in whatever order they come', () => {
    const block = fc.constantFrom(
      ...['A', 'B', 'C'].flatMap((name) => [long(name), long(name).replace('1', '2')]),
      '<x/>',
    );
    const declarations = fc.constantFrom('xmlns:p="urn:p"', 'xmlns:p="urn:q"', 'xmlns="urn:d" xmlns:p="urn:p"');
    const document = fc.tuple(fc.array(block, { maxLength: 3 }), fc.array(block, { maxLength: 3 }), declarations);
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 60 }), (documents) => {
        for (const [blocks, parameters, declared] of documents) {
          const text = envelope(blocks.join(''), parameters.join('\n'), declared);
          expect(read(text)).toEqual(readXmlText(text));
        }
      }),
    );
  });

  it('does not keep the documents', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const padding = 'x'.repeat(100_000);
    const readMany = (round: string) => {
      for (let n = 0; n < 40; n++) {
        const [uri, block] = [`urn:a-name-longer-than-a-few-letters:${round}:${n}`, long(`Block_${round}_${n}`)];
        const text = envelope(block, `<p:n>${padding}</p:n>`, `xmlns:p="${uri}"`);
        for (let time = 0; time < 50; time++) read(text);
      }
    };
    readMany('first');
    collect();
    const before = process.memoryUsage().heapUsed;
    readMany('second');
    collect();
    expect((process.memoryUsage().heapUsed - before) / 40).toBeLessThan(padding.length / 4);
  });
});
