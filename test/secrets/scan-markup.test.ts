import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localNameOf, scanMarkup } from '../../src/secrets/scan-markup.js';

const kindsOf = (text: string) => [...scanMarkup(text)].map(({ kind }) => kind);

describe('markup taken apart', () => {
  it('is what it looks like', () => {
    expect(kindsOf('<?xml?><a b=">"><!-- <x> --><c/>t<![CDATA[<d>]]></a>')).toEqual([
      ...['instruction', 'start', 'comment', 'empty', 'text', 'cdata', 'end'],
    ]);
  });

  it('says where it was cut off', () => {
    for (const text of ['<a', '<a b="', '<!-- ', '<![CDATA[x', '<?xml'])
      expect([...scanMarkup(text)], text).toMatchObject([{ isCut: true, to: text.length }]);
  });

  it('is the text again, whatever that is', () => {
    const markup = fc.string({ unit: fc.constantFrom(...'<>/!-?[]"\' ab=&;:') });
    fc.assert(
      fc.property(markup, (text) => {
        const joined = [...scanMarkup(text)].map(({ from, to }) => text.slice(from, to)).join('');
        expect(joined).toBe(text);
      }),
    );
  });

  it('takes time in proportion to its length', () => {
    const began = performance.now();
    for (const piece of ['<"', '<a "', '<!', '<a b=', '{', '</']) for (const _ of scanMarkup(piece.repeat(300_000)));
    expect(performance.now() - began).toBeLessThan(3000);
  });
});

it('a local name is what stands behind the prefix', () => {
  expect(['<p:Name x="a:b">', '</p:Name>', '<Name/>', '<', '</'].map(localNameOf)).toEqual([
    ...['Name', 'Name', 'Name', '', ''],
  ]);
});
