import { describe, expect, it } from 'vitest';
import { createNamespaces } from '../../src/cim/contracts/namespaces.js';
import { plainValues } from '../../src/cimjson/plain-values.js';
import { createMessageReader } from '../../src/wsman/describe-message.js';
import { DMTF, request } from '../support/envelopes.js';
import { createTestSchema } from '../support/test-schema.js';

const HERE = 'root/here';
const reader = createMessageReader(createNamespaces([{ name: HERE, schema: createTestSchema() }]), HERE);
const TRANSFER = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/';
const uri = `${DMTF}TEST_System`;

function describeMessage(xml: string, charset?: string) {
  const { input, selectors, ...rest } = reader.describe({ body: Buffer.from(xml), charset });
  return { ...rest, input: input && plainValues(input), selectors: selectors && plainValues(selectors) };
}

const message = (action: string, body: string, more: Parameters<typeof request>[0] = {}) =>
  request({ resourceUri: uri, action: TRANSFER + action, selectors: { Name: 'a' }, body, ...more });

describe('what a message says', () => {
  it('has the properties of what is created', () => {
    const body = '<p:TEST_System xmlns:p="u"><p:Name>a</p:Name><p:NoSuch>b</p:NoSuch></p:TEST_System>';
    expect(describeMessage(message('Create', body)).input).toEqual({ Name: 'a', NoSuch: 'b' });
  });

  it('has of a Put what is to change: what the client lists, or the fragment', () => {
    const body = '<p:TEST_System xmlns:p="u"><p:Name>a</p:Name><p:ElementName>b</p:ElementName></p:TEST_System>';
    const listed =
      '<w:OptionSet><w:Option Name="wmiarray:__MIInstanceModifiedPropertiesList">ElementName</w:Option></w:OptionSet>';
    const fragment = '<w:FragmentTransfer s:mustUnderstand="true">ElementName/text()</w:FragmentTransfer>';
    const given = describeMessage(message('Put', body)).input;
    expect(Object.keys(given ?? {})).toContain('ElementName');
    expect(describeMessage(message('Put', body, { headers: listed })).input).toEqual({ ElementName: 'b' });
    expect(describeMessage(message('Put', '<w:XmlFragment>c</w:XmlFragment>', { headers: fragment })).input).toEqual({
      ElementName: 'c',
    });
  });

  it('has what there is of a message that does not fit the schema', () => {
    const body = '<p:X_INPUT xmlns:p="u"><p:A>1</p:A><p:B>1</p:B><p:B>2</p:B></p:X_INPUT>';
    const selectors = { __cimnamespace: HERE, NoKey: 'a' };
    expect(
      describeMessage(message('x', body, { action: `${DMTF}TEST_No/X`, resourceUri: `${DMTF}TEST_No`, selectors })),
    ).toEqual({
      namespace: HERE,
      className: 'TEST_No',
      selectors: { NoKey: 'a' },
      input: { A: '1', B: ['1', '2'] },
      filter: undefined,
    });
  });

  it('is nothing where nothing can be read', () => {
    for (const text of ['', '<a', '<a/>', '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"/>'])
      expect(Object.values(describeMessage(text)).every((one) => one === undefined)).toBe(true);
  });
});

it('text that is none of its character set is read as far as it is', () => {
  expect(reader.text({ body: Buffer.from([0x61, 0xff, 0x62]), charset: 'utf-8' })).toBe('a\ufffdb');
});
