import { describe, expect, test } from 'vitest';
import { xmlFault } from '../../src/soap/xml-fault.js';
import { readXml } from '../../src/xml/read-xml.js';
import { XmlError } from '../../src/xml/xml-error.js';
import type { XmlLimits } from '../../src/xml/xml-limits.js';

function faultFor(bytes: Uint8Array, limits?: Partial<XmlLimits>): ReturnType<typeof xmlFault> | undefined {
  try {
    readXml(bytes, { limits });
  } catch (error) {
    if (error instanceof XmlError) return xmlFault(error);
    throw error;
  }
  return undefined;
}

describe('a message that cannot be read', () => {
  test.each<[string, Uint8Array, Partial<XmlLimits> | undefined, string]>([
    ['in a wrong charset', Uint8Array.of(0x3c, 0xff), undefined, 'CharacterSet'],
    ['not well-formed', Buffer.from('<a>'), undefined, 'MalformedXml'],
    ['with a prefix that nobody declared', Buffer.from('<p:a/>'), undefined, 'UndefinedNamespace'],
    ['with a DTD', Buffer.from('<!DOCTYPE a><a/>'), undefined, 'MalformedXml'],
    ['too large', Buffer.from('<a/>'), { bytes: 3 }, 'ServiceEnvelopeLimit'],
    ['too deep', Buffer.from('<a><b/></a>'), { depth: 1 }, 'EncodingLimit'],
  ])('%s has its fault', (_what, bytes, limits, key) => {
    expect(faultFor(bytes, limits)?.key).toBe(key);
  });

  test('says what was wrong with it', () => {
    expect(faultFor(Buffer.from('<a>\n</b>'))?.reason).toContain('line 2');
  });
});
