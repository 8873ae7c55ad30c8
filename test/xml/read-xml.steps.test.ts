import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noMemory } from '../../src/xml/no-memory.js';
import { readXml, readXmlInSteps } from '../../src/xml/read-xml.js';
import { outcome } from './outcome.js';

/** Reads in steps, and another document between each two. */
function readInSteps(bytes: Buffer) {
  const steps = readXmlInSteps(bytes);
  for (let count = 0; ; count++) {
    const { done, value } = steps.next();
    if (done) return { ...value, count };
    readXml(Buffer.from(`<b xmlns="urn:${count}" xmlns:p="urn:other"><p:c a="${count}">text</p:c></b>`));
  }
}

const long = (text: string) => text.repeat(Math.ceil(20_000 / text.length));
const piece = fc.constantFrom(
  ...[
    '<a>',
    '</a>',
    '<p:b x="1" y="2">',
    '</p:b>',
    '<a/>',
    '<!-- -->',
    '&amp;',
    '<![CDATA[x]]>',
    '<?x y?>',
    'text',
    'é',
  ],
  ...[long('<a x="1">text</a>'), long('<p:d xmlns:p="urn:d"/>'), long('text'), `<a x="${long('value')}"/>`],
  ...[long('<q:undeclared/>'), `<!--${long('a')}-->`, long('<?x?>'), long('é'), long('\n')],
);

describe('a document that is read in steps', () => {
  test('comes to the same, whatever is read in between', () => {
    const documents = fc.array(piece, { maxLength: 8 }).map((pieces) => {
      return `<r xmlns="urn:r" xmlns:p="urn:p">${pieces.join('')}</r>`;
    });
    fc.assert(
      fc.property(documents, fc.constantFrom('utf8', 'utf16le'), (text, encoding) => {
        const bytes = Buffer.from(encoding === 'utf8' ? text : `\ufeff${text}`, encoding as BufferEncoding);
        const inSteps = outcome(() => readInSteps(bytes).root);
        expect(inSteps).toEqual(outcome(() => readXml(bytes).root));
        expect(inSteps).toEqual(outcome(() => readXml(bytes, { memory: noMemory }).root));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['plain', ''],
    ['one that is not plain', '<!-- -->'],
  ])('takes a step for each few thousand characters: %s', (_, more) => {
    const bytes = Buffer.from(`<r>${more}${'<a x="1">text</a>'.repeat(60_000)}</r>`);
    expect(readInSteps(bytes).count).toBeGreaterThan(bytes.length / 20_000);
  });
});
