import { describe, expect, test } from 'vitest';
import { headerBlock, parseEnvelope } from '../../src/soap/envelope.js';
import { WsmanFault } from '../../src/soap/wsman-fault.js';
import { readXmlText } from '../../src/xml/read-xml.js';

const SOAP = 'xmlns:s="http://www.w3.org/2003/05/soap-envelope"';

function faultOf(xml: string): string | undefined {
  try {
    parseEnvelope(readXmlText(xml));
  } catch (error) {
    if (error instanceof WsmanFault) return error.key;
    throw error;
  }
  return undefined;
}

describe('parseEnvelope', () => {
  test('gives the header blocks and the body', () => {
    const xml = `<s:Envelope ${SOAP}>\n<s:Header><x/><y/></s:Header>\n<s:Body><z/></s:Body>\n</s:Envelope>`;
    const { headers, body } = parseEnvelope(readXmlText(xml));
    expect(headers.map((block) => block.localName)).toEqual(['x', 'y']);
    expect(body.children[0]?.localName).toBe('z');
  });

  test('takes an envelope without a header', () => {
    expect(parseEnvelope(readXmlText(`<s:Envelope ${SOAP}><s:Body/></s:Envelope>`)).headers).toEqual([]);
  });

  test('takes any prefix, and none', () => {
    expect(faultOf('<Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"><Body/></Envelope>')).toBeUndefined();
  });

  test.each([
    ['SOAP 1.1', '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>'],
    ['another namespace', '<s:Envelope xmlns:s="urn:other"><s:Body/></s:Envelope>'],
    ['no namespace', '<Envelope><Body/></Envelope>'],
  ])('refuses an envelope of %s as a version mismatch', (_what, xml) => {
    expect(faultOf(xml)).toBe('VersionMismatch');
  });

  test.each([
    ['another root', `<s:Body ${SOAP}/>`],
    ['no body', `<s:Envelope ${SOAP}><s:Header/></s:Envelope>`],
    ['nothing inside', `<s:Envelope ${SOAP}/>`],
    ['a body that is not of SOAP', `<s:Envelope ${SOAP}><Body/></s:Envelope>`],
    ['the header behind the body', `<s:Envelope ${SOAP}><s:Body/><s:Header/></s:Envelope>`],
    ['two bodies', `<s:Envelope ${SOAP}><s:Body/><s:Body/></s:Envelope>`],
    ['two headers', `<s:Envelope ${SOAP}><s:Header/><s:Header/><s:Body/></s:Envelope>`],
    ['something behind the body', `<s:Envelope ${SOAP}><s:Header/><s:Body/><x/></s:Envelope>`],
  ])('refuses %s as a matter of structure', (_what, xml) => {
    expect(faultOf(xml)).toBe('SchemaValidationError');
  });
});

describe('headerBlock', () => {
  const { children } = readXmlText('<h xmlns:p="urn:p"><p:a/><b/><p:b>1</p:b></h>');

  test('finds a block by namespace and local name', () => {
    expect(headerBlock(children, 'urn:p', 'b')?.text).toBe('1');
  });

  test('is undefined for a block that is not there', () => {
    expect(headerBlock(children, 'urn:p', 'c')).toBeUndefined();
  });

  test('refuses a block that is there twice', () => {
    expect(() => headerBlock([...children, ...children], 'urn:p', 'a')).toThrow(
      expect.objectContaining({ key: 'InvalidMessageInformationHeader' }),
    );
  });
});
