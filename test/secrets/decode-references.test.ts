import { expect, it } from 'vitest';
import { decodeReferences } from '../../src/secrets/decode-references.js';

it('resolves the references of XML once, and leaves what is none', () => {
  expect(decodeReferences('&lt;a&gt;&amp;amp; &quot;&apos; &#80;&#x50;&#X1F600;')).toBe('<a>&amp; "\' PP😀');
  expect(decodeReferences('&nbsp; &#x110000; & &;')).toBe('&nbsp; &#x110000; & &;');
});
