import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isLasting } from '../../src/xml/lasting-elements.js';
import { noMemory } from '../../src/xml/no-memory.js';
import { readXml } from '../../src/xml/read-xml.js';
import type { XmlElement } from '../../src/xml/xml-element.js';
import { outcome } from './outcome.js';

const captures = new URL('../../fixtures/captures/', import.meta.url);
const recorded = readdirSync(captures)
  .filter((name) => name.endsWith('.http'))
  .map((name) => {
    const request = readFileSync(new URL(name, captures));
    return request.subarray(request.indexOf('\r\n\r\n') + 4);
  });

/** More than it takes until what is always the same is remembered. */
const OFTEN = 400;

const read = (document: Uint8Array, options: Parameters<typeof readXml>[1]) =>
  outcome(() => readXml(document, { charset: 'utf-8', ...options }).root);

const expectSameOutcome = (document: Uint8Array) =>
  expect(read(document, { memory: noMemory })).toEqual(read(document, {}));

function anyIsLasting(element: XmlElement): boolean {
  return isLasting(element) || element.children.some(anyIsLasting);
}

const rarely = (usual: string[], rare: string[]) =>
  fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...rare) });
const name = rarely(['a', 'p:a', 'q:a', 'p:b'], ['p::c', '1']);
const attribute = rarely(
  ['a="1"', "p:a='2'", 'q:a="2"', 'xmlns="urn:d"', 'xmlns:p="urn:p"', 'xmlns:p="urn:q"', 'xmlns:q="urn:q"'],
  [`xmlns:p="urn:${'p'.repeat(600)}"`, 'a="&lt;"', 'xmlns:p=""'],
);
const text = rarely(['', ' ', 'short', 'long enough to be worth keeping '.repeat(3)], ['&amp;', ']]>', '<!-- -->']);
const elementAround = (inner: fc.Arbitrary<string[]>): fc.Arbitrary<string> =>
  fc
    .tuple(name, fc.uniqueArray(attribute, { maxLength: 3 }), text, inner)
    .map(
      ([tag, attributes, own, children]) => `<${[tag, ...attributes].join(' ')}>${own}${children.join('')}</${tag}>`,
    );
const part = elementAround(fc.array(elementAround(fc.constant([])), { maxLength: 2 }));
/** The same parts under other declarations: in two and in three elements they are remembered. */
const documents = fc
  .tuple(
    fc.array(part, { minLength: 1, maxLength: 3 }),
    fc.array(fc.uniqueArray(attribute, { maxLength: 3 }), { minLength: 2, maxLength: 3 }),
  )
  .map(([parts, roots]) =>
    roots.flatMap((declared) => parts.map((one) => `<e ${declared.join(' ')}><h>${one}<m>${one}</m></h></e>`)),
  );

describe('reading without a memory', () => {
  beforeAll(() => {
    for (let time = 0; time < OFTEN; time++) for (const document of recorded) readXml(document, { charset: 'utf-8' });
  });

  it('comes to the trees that reading with one comes to, for what real clients sent', () => {
    for (const document of recorded) expectSameOutcome(document);
  });

  it('gives no element of another document, where reading with one does', () => {
    const lasting = (options: Parameters<typeof readXml>[1]) =>
      recorded.filter((document) => anyIsLasting(readXml(document, { charset: 'utf-8', ...options }).root)).length;
    expect(lasting({})).toBeGreaterThan(0);
    expect(lasting({ memory: noMemory })).toBe(0);
  });

  it('comes to the same as reading with one for any documents in any order, each more than once', () => {
    const order = fc.array(fc.nat(), { minLength: 1, maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(documents, order, (texts, places) => {
        for (const place of places) expectSameOutcome(Buffer.from(texts[place % texts.length] ?? ''));
      }),
    );
  });
});
