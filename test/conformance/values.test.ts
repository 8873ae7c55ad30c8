import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { DMTF, eprXml, NAMESPACE, request, TRANSFER } from '../support/envelopes.js';
import { at, readFault, readTree, textAt } from '../support/read-answer.js';
import { runEndpoint } from '../support/running-endpoint.js';
import { verifies } from './verifies.js';

const URI = `${DMTF}CONF_Values`;
const NAMESPACES =
  `xmlns:v="${URI}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
  ' xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common"';

describe('values on their way through Create and Get', () => {
  const running = runEndpoint({ lab: fileURLToPath(new URL('values-lab.mof', import.meta.url)) });
  let made = 0;

  const create = (body: string, className = 'CONF_Values') =>
    running.post(
      request({
        action: `${TRANSFER}/Create`,
        resourceUri: DMTF + className,
        selectors: { __cimnamespace: NAMESPACE },
        body,
      }),
    );

  const get = async (id: string) => {
    const selectors = { __cimnamespace: NAMESPACE, Id: id };
    const parts = { action: `${TRANSFER}/Get`, resourceUri: URI, selectors, body: '' };
    return readTree((await running.post(request(parts))).text);
  };

  const instanceXml = (id: string, properties: string) =>
    `<v:CONF_Values ${NAMESPACES}><v:Id>${id}</v:Id>${properties}</v:CONF_Values>`;

  /** What Get says of an instance that was created with these properties. */
  async function roundTrip(properties: string) {
    made += 1;
    const { status, text } = await create(instanceXml(`v${made}`, properties));
    expect(status, text).toBe(200);
    return at(await get(`v${made}`), 'Envelope', 'Body', 'CONF_Values');
  }

  /** The text of one property, after it was sent as this markup. */
  async function sent(name: string, content: string, ...below: string[]) {
    const instance = await roundTrip(`<v:${name}>${content}</v:${name}>`);
    return textAt({ instance: instance ?? '' }, 'instance', name, ...below);
  }

  async function refused(properties: string) {
    const { status, text } = await create(instanceXml('refused', properties));
    expect(status).toBe(500);
    return readFault(text);
  }

  it.each([['  two blanks  '], ['a\ttab and\na line'], ['&lt;tag&gt; &amp; "quotes"'], ['\u{1f680} and \u00fc'], ['']])(
    `keeps the string %j ${verifies('value:string')}`,
    async (content) => {
      const plain = content.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
      expect(await sent('Text', content)).toBe(plain);
    },
  );

  it(`keeps a carriage return ${verifies('value:string')}`, async () => {
    made += 1;
    await create(instanceXml(`v${made}`, '<v:Text>a&#13;b</v:Text>'));
    const selectors = { __cimnamespace: NAMESPACE, Id: `v${made}` };
    const parts = { action: `${TRANSFER}/Get`, resourceUri: URI, selectors, body: '' };
    expect((await running.post(request(parts))).text).toMatch(/a&#(13|xD);b/i);
  });

  it(`writes a question mark for a character that XML cannot carry ${verifies('charset:unprintable')}`, async () => {
    // From a provider, say: MOF and messages cannot have one.
    const values = { Id: 'unprintable', Text: 'bell \u0007 and tab \t' };
    await running.endpoint.broker.createInstance(NAMESPACE, new CimInstance('CONF_Values', Object.entries(values)));
    expect(textAt(await get('unprintable'), 'Envelope', 'Body', 'CONF_Values', 'Text')).toBe('bell ? and tab \t');
  });

  it.each([
    ['true', 'true'],
    ['TRUE', 'true'],
    ['1', 'true'],
    ['false', 'false'],
    ['False', 'false'],
    ['0', 'false'],
  ])(`reads the boolean %s and writes %s ${verifies('value:boolean')}`, async (text, written) => {
    expect(await sent('Flag', text)).toBe(written);
  });

  it.each([
    ['Small', '255'],
    ['Negative', '-9223372036854775808'],
    ['Large', '18446744073709551615'],
  ])(`keeps %s = %s to the last digit ${verifies('value:integer')}`, async (name, text) => {
    expect(await sent(name, text)).toBe(text);
  });

  it.each([
    ['Small', '256'],
    ['Small', '-1'],
    ['Negative', '9223372036854775808'],
    ['Large', '18446744073709551616'],
    ['Small', '1.5'],
  ])(`refuses %s = %s ${verifies('value:integer:range')}`, async (name, text) => {
    const { subcode } = await refused(`<v:${name}>${text}</v:${name}>`);
    expect(subcode).toMatch(/InvalidParameter|InvalidRepresentation/);
  });

  it.each([
    ['Double', '0.1', 0.1],
    ['Double', '1.7976931348623157E+308', 1.7976931348623157e308],
    ['Double', '-5e-324', -5e-324],
    ['Single', '1.5', 1.5],
  ])(`keeps the real %s = %s ${verifies('value:real')}`, async (name, text, value) => {
    expect(Number(await sent(name, text))).toBe(value);
  });

  it.each([['INF'], ['-INF'], ['NaN']])(`keeps the real %s ${verifies('value:real')}`, async (text) => {
    expect(await sent('Double', text)).toBe(text);
  });

  it.each([
    ['A', ['A', '65']],
    ['65', ['A', '65']],
  ])(`reads the char16 %s ${verifies('value:char16')}`, async (text, either) => {
    expect(either).toContain(await sent('Letter', text));
  });

  it.each([
    ['20260102030405.000000+000', 'Datetime', /^2026-01-02T03:04:05(\.0+)?Z$/],
    ['20260102030405.123456+060', 'Datetime', /^2026-01-02T03:04:05\.123456\+01:00$/],
    ['00000001020304.000005:000', 'Interval', /^P1DT2H3M4\.000005S$/],
    ['20260102******.******+000', 'CIM_DateTime', /^20260102\*{6}\.\*{6}\+000$/],
  ])(`writes %s as %s ${verifies('value:datetime')}`, async (text, element, pattern) => {
    expect(await sent('When', text, element)).toMatch(pattern);
  });

  it.each([
    ['plain CIM text', '20260102030405.000000+000'],
    ['plain ISO text', '2026-01-02T03:04:05Z'],
    ['Datetime', '<cim:Datetime>2026-01-02T03:04:05Z</cim:Datetime>'],
    ['CIM_DateTime', '<cim:CIM_DateTime>20260102030405.000000+000</cim:CIM_DateTime>'],
  ])(`reads a point in time as %s ${verifies('value:datetime:input')}`, async (_form, content) => {
    expect(await sent('When', content, 'Datetime')).toMatch(/^2026-01-02T03:04:05(\.0+)?Z$/);
  });

  it.each([
    ['plain CIM text', '00000001020304.000000:000'],
    ['plain ISO text', 'P1DT2H3M4.000000S'],
    ['Interval', '<cim:Interval>P1DT2H3M4S</cim:Interval>'],
  ])(`reads an interval as %s ${verifies('value:datetime:input')}`, async (_form, content) => {
    expect(await sent('When', content, 'Interval')).toMatch(/^P1DT2H3M4(\.0+)?S$/);
  });

  it(`refuses what is no time ${verifies('value:datetime:input')}`, async () => {
    const { subcode } = await refused('<v:When>yesterday</v:When>');
    expect(subcode).toMatch(/InvalidParameter|InvalidRepresentation/);
  });

  it(`compares times in queries, whatever their offset ${verifies('wql:datetime')}`, async () => {
    const labels = { early: '20260101000000.000000+000', late: '20260101003000.000000-060' };
    for (const [id, when] of Object.entries(labels)) await create(instanceXml(id, `<v:When>${when}</v:When>`));
    const enumeration = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';
    const found = async (condition: string) => {
      const body =
        `<n:Enumerate xmlns:n="${enumeration}"><w:OptimizeEnumeration/><w:MaxElements>100</w:MaxElements>` +
        '<w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">' +
        `SELECT * FROM CONF_Values WHERE (Id = 'early' OR Id = 'late') AND ${condition}</w:Filter></n:Enumerate>`;
      const selectors = { __cimnamespace: NAMESPACE };
      const parts = { action: `${enumeration}/Enumerate`, resourceUri: URI, selectors, body };
      const { text } = await running.post(request(parts));
      return [...text.matchAll(/<p:Id[^>]*>(early|late)</g)].map((match) => match[1]);
    };
    expect(await found("When &lt; '20260101010000.000000+000'")).toEqual(['early']);
    expect(await found("When = '20260101013000.000000+000'")).toEqual(['late']);
  });

  it(`writes an octet string as base64 ${verifies('value:octets')}`, async () => {
    // CIM stores four bytes of length before the two of content; they do not go over the wire.
    expect(await sent('Octets', 'AQI=')).toBe('AQI=');
  });

  it(`keeps an array in order ${verifies('array:repeated')}`, async () => {
    const instance = await roundTrip('<v:Numbers>3</v:Numbers><v:Numbers>1</v:Numbers><v:Numbers>2</v:Numbers>');
    expect(at(instance, 'Numbers')).toEqual(['3', '1', '2']);
  });

  it(`writes an embedded instance as an element with its type ${verifies('value:embedded')}`, async () => {
    const instance = await roundTrip(
      `<v:Inner xmlns:p1="${URI}" xsi:type="p1:CONF_Values_Type"><p1:Id>inside</p1:Id><p1:Small>7</p1:Small></v:Inner>`,
    );
    const inner = { inner: at(instance, 'Inner') ?? '' };
    expect(textAt(inner, 'inner', '@type')).toMatch(/^\w+:CONF_Values_Type$/);
    expect(textAt(inner, 'inner', 'Id')).toBe('inside');
    expect(textAt(inner, 'inner', 'Small')).toBe('7');
  });

  it(`refuses an instance without its key ${verifies('create:missing-key')}`, async () => {
    const { status } = await create(`<v:CONF_Values ${NAMESPACES}><v:Text>no key</v:Text></v:CONF_Values>`);
    expect(status).toBe(500);
  });

  it(`refuses an association to an instance that does not exist ${verifies('create:dangling')}`, async () => {
    const { status, text } = await create(
      `<l:CONF_Link xmlns:l="${DMTF}CONF_Link"><l:First>${eprXml('CONF_Values', { Id: 'unprintable' })}</l:First>` +
        `<l:Second>${eprXml('CONF_Values', { Id: 'nobody' })}</l:Second></l:CONF_Link>`,
      'CONF_Link',
    );
    expect(status).toBe(500);
    expect(text).not.toContain('ResourceCreated');
  });
});
