import { describe, expect, test } from 'vitest';
import { messageIdOf, readAddressing } from '../../src/soap/addressing.js';
import { WsmanFault } from '../../src/soap/wsman-fault.js';
import { readXmlText } from '../../src/xml/read-xml.js';
import type { XmlElement } from '../../src/xml/xml-element.js';

const ANONYMOUS = 'http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous';
const blocks = {
  To: '<a:To>http://127.0.0.1:5985/wsman</a:To>',
  Action: '<a:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/Get</a:Action>',
  MessageID: '<a:MessageID>uuid:1</a:MessageID>',
  ReplyTo: `<a:ReplyTo><a:Address>${ANONYMOUS}</a:Address></a:ReplyTo>`,
};
type BlockName = keyof typeof blocks;

function headers(changes: Partial<Record<BlockName, string>> = {}, more = ''): readonly XmlElement[] {
  const xml = Object.values({ ...blocks, ...changes }).join('');
  return readXmlText(`<h xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing">${xml}${more}</h>`).children;
}

function faultOf(blocks: readonly XmlElement[]): WsmanFault | undefined {
  try {
    readAddressing(blocks);
  } catch (error) {
    if (error instanceof WsmanFault) return error;
    throw error;
  }
  return undefined;
}

const endpoint = (name: string, address: string) => `<a:${name}><a:Address>${address}</a:Address></a:${name}>`;

describe('readAddressing', () => {
  test('gives the trimmed values', () => {
    const padded = headers(
      { To: '<a:To>\n http://h/wsman\t</a:To>', ReplyTo: endpoint('ReplyTo', `\n${ANONYMOUS} `) },
      '<a:RelatesTo> uuid:0 </a:RelatesTo>',
    );
    expect(readAddressing(padded)).toEqual({
      to: 'http://h/wsman',
      action: 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get',
      messageId: 'uuid:1',
      relatesTo: 'uuid:0',
    });
  });

  test('does not ask for RelatesTo', () => {
    expect(readAddressing(headers()).relatesTo).toBeUndefined();
  });

  test('takes the blocks in any order', () => {
    expect(readAddressing([...headers()].reverse()).messageId).toBe('uuid:1');
  });

  test.each<BlockName>(['To', 'Action', 'MessageID', 'ReplyTo'])('requires %s and names it', (name) => {
    const fault = faultOf(headers({ [name]: '' }));
    expect(fault?.key).toBe('MessageInformationHeaderRequired');
    expect(fault?.reason).toContain(name);
  });

  test.each<BlockName>(['To', 'Action', 'MessageID', 'ReplyTo'])('refuses a second %s', (name) => {
    expect(faultOf(headers({}, blocks[name]))?.key).toBe('InvalidMessageInformationHeader');
  });

  test.each<BlockName>(['To', 'Action', 'MessageID'])('refuses an empty %s', (name) => {
    expect(faultOf(headers({ [name]: `<a:${name}> \n</a:${name}>` }))?.key).toBe('InvalidMessageInformationHeader');
  });

  test.each(['To', 'Action', 'MessageID'] as const)('refuses a %s longer than any URI may be', (name) => {
    const of = (length: number) => faultOf(headers({ [name]: `<a:${name}> ${'x'.repeat(length)} </a:${name}>` }));
    expect(of(2048)).toBeUndefined();
    expect(of(2049)?.key).toBe('URILimitExceeded');
  });

  test('refuses a ReplyTo without an Address', () => {
    expect(faultOf(headers({ ReplyTo: `<a:ReplyTo>${ANONYMOUS}</a:ReplyTo>` }))?.key).toBe(
      'InvalidMessageInformationHeader',
    );
  });

  test.each(['http://attacker.example/', '', `${ANONYMOUS}/x`])('refuses to answer to "%s"', (address) => {
    expect(faultOf(headers({ ReplyTo: endpoint('ReplyTo', address) }))?.key).toBe('UnsupportedAddressingMode');
  });

  test('refuses to send faults elsewhere', () => {
    expect(faultOf(headers({}, endpoint('FaultTo', 'http://attacker.example/')))?.key).toBe(
      'UnsupportedAddressingMode',
    );
  });

  test('takes an anonymous FaultTo', () => {
    expect(faultOf(headers({}, endpoint('FaultTo', ANONYMOUS)))).toBeUndefined();
  });

  test('does not take blocks of another addressing version', () => {
    const foreign = '<To xmlns="http://www.w3.org/2005/08/addressing">http://h/</To>';
    expect(faultOf(headers({ To: foreign }))?.key).toBe('MessageInformationHeaderRequired');
  });
});

describe('messageIdOf', () => {
  test('gives the MessageID of a request that is wrong otherwise', () => {
    expect(messageIdOf(headers({ To: '', ReplyTo: '' }))).toBe('uuid:1');
  });

  test.each([
    ['missing', headers({ MessageID: '' })],
    ['empty', headers({ MessageID: '<a:MessageID/>' })],
    ['doubled', headers({}, blocks.MessageID)],
  ])('is undefined when it is %s', (_what, given) => {
    expect(messageIdOf(given)).toBeUndefined();
  });
});
