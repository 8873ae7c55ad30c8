import { describe, expect, test } from 'vitest';
import { readXmlText } from '../../src/xml/read-xml.js';

describe('a processing instruction', () => {
  test.each([
    '<?x?>',
    '<?x ?>',
    '<?x y?>',
    '<?x\ty?>',
    '<?x\r\ny?>',
    '<?x ? ?? y??>',
    '<?x-y.z a="b"?>',
    '<?é?>',
    '<?x <!-- ?>',
    '<!-- <?x?y?> -->',
    '<!-- <? -->',
  ])('may be %j', (markup) => {
    expect(readXmlText(`${markup}<a>${markup}</a>${markup}`).text).toBe('');
  });

  test.each([
    '<?x?y?>',
    '<?x?xml version="1.0"?>',
    '<?x??>',
    '<?x?y z?>',
    '<?a:b?>',
    '<?:a?>',
    '<?a: b?>',
    '<?é?é?>',
    '<?xml?x?>',
    '<!-- --><?x?y?>',
    '<?x?><?x?y?>',
  ])('may not be %j, before, in or behind the root', (markup) => {
    for (const xml of [`${markup}<a/>`, `<a>${markup}</a>`, `<a/>${markup}`, `<?xml version="1.0"?>\n${markup}<a/>`]) {
      expect(() => readXmlText(xml)).toThrow(expect.objectContaining({ code: 'not-well-formed' }));
    }
  });

  test('is text in a CDATA section', () => {
    expect(readXmlText('<a><![CDATA[<?x?y?>]]><?x?></a>').text).toBe('<?x?y?>');
  });

  test.each(['<?', '<!--', '<![CDATA[', '<?x?', '<?x ?>'])(
    'costs no more than its length, be it %s all along',
    (piece) => {
      const startedAt = performance.now();
      expect(() => readXmlText(`<a>${piece.repeat(200_000)}`)).toThrow();
      expect(performance.now() - startedAt).toBeLessThan(5_000);
    },
  );

  test('takes no longer when many follow', () => {
    const startedAt = performance.now();
    expect(readXmlText(`<a>${'<?x?>'.repeat(400_000)}</a>`).children).toEqual([]);
    // Each was looked at up to the end of the document, which took minutes.
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });
});
