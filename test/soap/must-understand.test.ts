import { describe, expect, test } from 'vitest';
import { checkMustUnderstand, isMandatory } from '../../src/soap/must-understand.js';
import { WsmanFault } from '../../src/soap/wsman-fault.js';
import { readXmlText } from '../../src/xml/read-xml.js';
import type { XmlElement } from '../../src/xml/xml-element.js';

const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
const understood = new Map([['urn:known', new Set(['K'])]]);

function blocks(xml: string): readonly XmlElement[] {
  return readXmlText(`<h xmlns:s="${SOAP}" xmlns:k="urn:known" xmlns:u="urn:unknown">${xml}</h>`).children;
}

function faultOf(xml: string): WsmanFault | undefined {
  try {
    checkMustUnderstand(blocks(xml), understood);
  } catch (error) {
    if (error instanceof WsmanFault) return error;
    throw error;
  }
  return undefined;
}

describe('checkMustUnderstand', () => {
  test.each(['true', '1', 'TRUE', ' true '])('refuses an unknown block with s:mustUnderstand="%s"', (value) => {
    expect(faultOf(`<u:X s:mustUnderstand="${value}"/>`)?.key).toBe('MustUnderstand');
  });

  test('names every block that is not understood', () => {
    const fault = faultOf('<u:X s:mustUnderstand="1"/><k:K s:mustUnderstand="1"/><Y s:mustUnderstand="1"/>');
    expect(fault?.notUnderstood.map((block) => [block.namespaceUri, block.localName])).toEqual([
      ['urn:unknown', 'X'],
      ['', 'Y'],
    ]);
  });

  test.each([
    ['a known block that must be understood', '<k:K s:mustUnderstand="true"/>'],
    ['an unknown block that need not be', '<u:X s:mustUnderstand="false"/><u:X s:mustUnderstand="0"/><u:X/>'],
    ["pywinrm's attribute without a prefix", '<u:X mustUnderstand="true"/>'],
    ['a block for no role', `<u:X s:mustUnderstand="true" s:role="${SOAP}/role/none"/>`],
    ['a block for another role', '<u:X s:mustUnderstand="true" s:role="urn:logger"/>'],
  ])('lets %s pass', (_what, xml) => {
    expect(faultOf(xml)).toBeUndefined();
  });

  test.each(['next', 'ultimateReceiver'])('judges a block for the role %s', (role) => {
    expect(faultOf(`<u:X s:mustUnderstand="true" s:role="${SOAP}/role/${role}"/>`)?.key).toBe('MustUnderstand');
  });

  test('does not take a name from another namespace for a known one', () => {
    expect(faultOf('<u:K s:mustUnderstand="true"/>')?.key).toBe('MustUnderstand');
  });
});

describe('isMandatory', () => {
  test('reads the attribute of the SOAP namespace only', () => {
    const [first, second] = blocks('<u:X s:mustUnderstand="true"/><u:X u:mustUnderstand="true"/>').map(isMandatory);
    expect([first, second]).toEqual([true, false]);
  });
});
