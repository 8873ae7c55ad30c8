import { describe, expect, test } from 'vitest';
import { isMiClient } from '../../../src/wsman/header/mi-client.js';
import { readRequestHeader } from '../../../src/wsman/header/request-header.js';
import { ns } from '../../../src/xml/namespaces.js';
import { readXml } from '../../../src/xml/read-xml.js';
import { readRecordedRequest } from '../../support/recorded-request.js';

function judge(envelope: string | Buffer): boolean {
  const { root } = readXml(Buffer.from(envelope), { charset: 'utf-8' });
  return isMiClient(readRequestHeader(root.children[0]?.children ?? []));
}

describe('recorded requests', () => {
  test.each(['libmi-enumerate-systems', 'libmi-get-service', 'libmi-invoke-minimal', 'libmi-query-pipes'])(
    '%s is of the MI family',
    (name) => {
      expect(judge(readRecordedRequest(`${name}.http`).body)).toBe(true);
    },
  );

  test.each(['pypsrp-get', 'pypsrp-invoke', 'wsman-get-service', 'wsman-enumerate-epr', 'wsman-associated'])(
    '%s is not',
    (name) => {
      expect(judge(readRecordedRequest(`${name}.http`).body)).toBe(false);
    },
  );
});

/** Header blocks as clients write them, each with what it has and lacks. */
describe('header blocks', () => {
  const address = (attributes: string) => `<a:ReplyTo><a:Address${attributes}>x</a:Address></a:ReplyTo>`;
  const action = (attributes: string) => `<a:Action${attributes}>x</a:Action>`;
  const must = ' s:mustUnderstand="true"';
  const locales = '<w:Locale xml:lang="en-US"/><p:DataLocale xml:lang="en-US"/>';
  const session =
    '<p:SessionId>uuid:1</p:SessionId><p:OperationID>uuid:2</p:OperationID><p:SequenceId>1</p:SequenceId>';
  const option = (name: string) => `<w:OptionSet><w:Option Name="${name}">1</w:Option></w:OptionSet>`;

  test.each<[string, string, boolean]>([
    ['libmi', address(must) + action('') + locales, true],
    ['libmi without the locales', address(must) + action(''), false],
    ['winrm and the WSMan cmdlets', address(must) + action(must) + locales + session, false],
    [
      'pywinrm, which writes no prefix',
      address(' mustUnderstand="true"') + action(' mustUnderstand="true"') + locales,
      false,
    ],
    ['winrm4j, which demands nothing', address('') + action('') + locales, false],
    ['the CIM cmdlets', address(must) + action(must) + locales + session + option('__MI_CallbackRegistration'), true],
    ['a CIM client with channels', option('wmiarray:__MI_OPERATIONOPTIONS_CHANNELVALUE'), true],
    ['a CIM client that wants precise arrays', option('msftwinrm:UsePreciseArrays'), true],
    ['a client with a context value', option('wmi:Context'), false],
    ['nothing', '', false],
  ])('%s', (_, blocks, expected) => {
    const namespaces = `xmlns:s="${ns.soap}" xmlns:a="${ns.addressing}" xmlns:w="${ns.wsman}" xmlns:p="${ns.microsoft}"`;
    expect(judge(`<s:Envelope ${namespaces}><s:Header>${blocks}</s:Header></s:Envelope>`)).toBe(expected);
  });
});
