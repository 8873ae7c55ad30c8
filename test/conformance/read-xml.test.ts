import { describe, expect, it } from 'vitest';
import { readXml } from '../../conformance/read-xml.js';

describe('reading an answer', () => {
  it('resolves the namespaces of elements and attributes', () => {
    const root = readXml('<?xml version="1.0"?><a xmlns="urn:x" xmlns:p="urn:y" p:c="1" d="2"><p:b/></a>');
    expect(root).toMatchObject({
      uri: 'urn:x',
      local: 'a',
      attributes: [
        { uri: 'urn:y', local: 'c', value: '1' },
        { uri: '', local: 'd', value: '2' },
      ],
      children: [{ uri: 'urn:y', local: 'b' }],
    });
  });

  it('keeps the text as it stands, numbers and white space too', () => {
    expect(readXml('<a> 007 &lt;</a>').text).toBe(' 007 <');
  });

  it.each([
    ['<a><b></a>', /^not well-formed: /],
    ['<p:a/>', 'prefix p of p:a is not declared'],
  ])('refuses %s', (text, message) => {
    expect(() => readXml(text)).toThrow(message);
  });
});
