import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { eprXml, identifyRequest, inputXml, portXml, request, systemsXml } from '../support/envelopes.js';

/** Five times what is promised. */
const ANSWER_MS = 500;
const LATE_MS = 1500;
/** Likewise; those that are read in slices take a third of what is promised on a machine with nothing else to do. */
const READ_MS = 500;

const namespace = 'root/cimv2/storage/iScsiTarget';
const INSTANCES = 12_000;
const LINKS = 6_000;

function lab(): string {
  const lines = [
    `#pragma namespace("${namespace}")`,
    '[Version("2.0.0")] class LAB_Item : CIM_ManagedElement { [Key] string Id; string Note; uint32 N; };',
    '[Version("2.0.0")] class LAB_Box : CIM_ManagedElement { [Key] string Id; uint32 Numbers[]; datetime Dates[]; };',
    '[Association, Version("2.0.0")] class LAB_Link { [Key] LAB_Item REF Hub; [Key] LAB_Item REF Item; };',
  ];
  lines.push('instance of LAB_Box { Id="box"; };');
  for (let n = 0; n < INSTANCES; n++) lines.push(`instance of LAB_Item { Id="i${n}"; Note="same"; N=${n}; };`);
  for (let n = 1; n <= LINKS; n++)
    lines.push(`instance of LAB_Link { Hub="LAB_Item.Id=\\"i0\\""; Item="LAB_Item.Id=\\"i${n}\\""; };`);
  return lines.join('\n');
}

let folder: string;
let endpoint: Endpoint;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cimulator-'));
  await writeFile(join(folder, 'lab.mof'), lab());
  const users = [
    { name: 'reader', password: 'secret', roles: ['read'] },
    { name: 'writer', password: 'secret' },
  ];
  endpoint = await startEndpoint({ users, lab: ['two-servers', join(folder, 'lab.mof')], logLevel: 'silent' });
  // What queries need is loaded with the first of them.
  await post(query('SELECT * FROM LAB_Item WHERE N = 5', 20));
  await post(query('ASSOCIATORS OF {LAB_Item.Id="i7"}', 20));
}, 60_000);

afterAll(async () => {
  await endpoint?.close();
  await rm(folder, { recursive: true });
});

async function post(body: string, user = 'reader'): Promise<{ readonly ms: number; readonly text: string }> {
  const startedAt = performance.now();
  const authorization = `Basic ${Buffer.from(`${user}:secret`).toString('base64')}`;
  const response = await fetch(endpoint.http?.url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/soap+xml;charset=UTF-8', authorization },
    body,
  });
  const text = await response.text();
  return { ms: performance.now() - startedAt, text };
}

const soap = 'http://www.w3.org/2003/05/soap-envelope';
const addressing = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';
const wsman = 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd';
const enumeration = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';
const wmi = `http://schemas.microsoft.com/wbem/wsman/1/wmi/${namespace}`;

function query(text: string, seconds: number, more = '<w:OptimizeEnumeration/><w:MaxElements>10</w:MaxElements>') {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<s:Envelope xmlns:s="${soap}" xmlns:a="${addressing}" xmlns:w="${wsman}" xmlns:n="${enumeration}"><s:Header>
<a:To>http://127.0.0.1/wsman</a:To><w:ResourceURI>${wmi}/*</w:ResourceURI><a:Action>${enumeration}/Enumerate</a:Action>
<a:ReplyTo><a:Address>${addressing}/role/anonymous</a:Address></a:ReplyTo><a:MessageID>uuid:1</a:MessageID>
<w:OperationTimeout>PT${seconds}S</w:OperationTimeout></s:Header><s:Body><n:Enumerate>
<w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">${escaped}</w:Filter>${more}</n:Enumerate></s:Body></s:Envelope>`;
}

/** A Put of one property of the box that is there from the start. */
function putFragment(property: string, member: string, count: number): string {
  return `<s:Envelope xmlns:s="${soap}" xmlns:a="${addressing}" xmlns:w="${wsman}"><s:Header>
<a:To>http://127.0.0.1/wsman</a:To><w:ResourceURI>${wmi}/LAB_Box</w:ResourceURI><a:MessageID>uuid:1</a:MessageID>
<a:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/Put</a:Action>
<a:ReplyTo><a:Address>${addressing}/role/anonymous</a:Address></a:ReplyTo>
<w:FragmentTransfer s:mustUnderstand="true">${property}</w:FragmentTransfer>
<w:SelectorSet><w:Selector Name="Id">box</w:Selector></w:SelectorSet></s:Header><s:Body>
<w:XmlFragment>${`<${property}>${member}</${property}>`.repeat(count)}</w:XmlFragment></s:Body></s:Envelope>`;
}

function create(className: string, properties: string): string {
  return `<s:Envelope xmlns:s="${soap}" xmlns:a="${addressing}" xmlns:w="${wsman}"><s:Header>
<a:To>http://127.0.0.1/wsman</a:To><w:ResourceURI>${wmi}/${className}</w:ResourceURI><a:MessageID>uuid:1</a:MessageID>
<a:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/Create</a:Action>
<a:ReplyTo><a:Address>${addressing}/role/anonymous</a:Address></a:ReplyTo></s:Header><s:Body>
<p:${className} xmlns:p="${wmi}/${className}">${properties}</p:${className}></s:Body></s:Envelope>`;
}

/**
 * Watches the event loop.
 *
 * @returns what ends it, and gives the longest time in milliseconds for which nobody else had a turn: of this process, since
 *   other programs have a share of the processor, too
 */
function watchTurns(): () => number {
  let longest = 0;
  let [wall, cpu] = [performance.now(), process.cpuUsage()];
  const look = () => {
    const { user, system } = process.cpuUsage(cpu);
    longest = Math.max(longest, Math.min(performance.now() - wall, (user + system) / 1000));
    [wall, cpu] = [performance.now(), process.cpuUsage()];
  };
  const timer = setInterval(look, 2);
  return () => {
    clearInterval(timer);
    look();
    return longest;
  };
}

/** Runs a request; meanwhile another client asks who is there, over and over. */
async function askMeanwhile(message: string, user = 'reader') {
  await post(identifyRequest, 'writer');
  let isDone = false;
  let answers = 0;
  const stop = watchTurns();
  const answering = post(message, user).finally(() => {
    isDone = true;
  });
  for (; !isDone; answers++) await post(identifyRequest, 'writer');
  const { ms, text } = await answering;
  return { ms, text, answers, longest: stop() };
}

const ors = (count: number, condition: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => condition(n)).join(' OR ');

const searches: readonly (readonly [string, string])[] = [
  ['a search with thousands of conditions', `SELECT * FROM LAB_Item WHERE ${ors(3_900, () => 'N IS NULL')}`],
  [
    'a look-up that finds all, with thousands of conditions',
    `SELECT * FROM LAB_Item WHERE Note='same' AND (${ors(3_900, () => 'N IS NULL')})`,
  ],
  ['a search with hundreds of patterns', `SELECT * FROM LAB_Item WHERE ${ors(650, () => "Note LIKE '%_q'")}`],
];

describe('while a reader asks for much', () => {
  test('for the first time by a long query, or by a property that has no index, others are answered', async () => {
    const texts = [
      `SELECT * FROM LAB_Item WHERE ${ors(3_400, (n) => `N>${900_000 + n}`)}`,
      "SELECT * FROM LAB_Item WHERE Note='none'",
    ];
    for (const text of texts) {
      const { text: answer, longest } = await askMeanwhile(query(text, 20));
      expect(answer).toContain('EndOfSequence');
      expect(longest).toBeLessThan(READ_MS);
    }
  });

  test.each(searches)('by %s, others are answered, and it ends in its time', async (_, text) => {
    const { ms, text: answer, answers, longest } = await askMeanwhile(query(text, 0.5));
    expect(answer).toContain('TimedOut');
    expect(answers).toBeGreaterThan(0);
    expect(ms).toBeLessThan(500 + LATE_MS);
    expect(longest).toBeLessThan(ANSWER_MS);
  });

  test('along associations, others are answered', async () => {
    const text = 'ASSOCIATORS OF {LAB_Item.Id="i0"} WHERE AssocClass = LAB_Link';
    const { text: answer, longest } = await askMeanwhile(query(text, 20, ''));
    expect(answer).toContain('EnumerationContext>uuid:');
    expect(longest).toBeLessThan(ANSWER_MS);
  });

  test('in many searches at once, others are answered', async () => {
    const text = searches[0]?.[1] ?? '';
    const more = Array.from({ length: 15 }, () => post(query(text, 2)));
    const { longest } = await askMeanwhile(query(text, 2));
    await Promise.all(more);
    expect(longest).toBeLessThan(ANSWER_MS);
  });

  test('of an instance with a long text, it ends in its time', async () => {
    const long = 'x'.repeat(1_500_000);
    const item = create('LAB_Item', `<p:Id>long</p:Id><p:Note>${long}</p:Note>`);
    expect((await post(item, 'writer')).text).toContain('ResourceCreated');
    const conditions = [
      ors(3_000, (n) => `Note='z${n}'`),
      ors(200, (n) => `Note LIKE '%x_x%y${n}'`),
      ors(200, (n) => `Note LIKE '%[xy]q${n}%'`),
    ];
    for (const condition of conditions) {
      const text = `SELECT Id FROM LAB_Item WHERE Id = 'long' AND (${condition})`;
      const { ms, text: answer, longest } = await askMeanwhile(query(text, 0.5));
      expect(answer).toMatch(/TimedOut|EndOfSequence/);
      expect(ms).toBeLessThan(500 + LATE_MS);
      expect(longest).toBeLessThan(ANSWER_MS);
    }
  });
});

/** As much of something as one message holds beside its envelope. */
function fill(bytes: number, make: (n: number) => string): string {
  const parts: string[] = [];
  for (let n = 0, length = 0; ; n++) {
    const part = make(n);
    length += part.length;
    if (length > bytes) return parts.join('');
    parts.push(part);
  }
}
const BODY_BYTES = 2_080_000;
const EMBEDDED_CHARACTERS = 262_000;
const portPath = (n: number) =>
  `MSISCSITARGET_TCPProtocolEndpoint.SystemCreationClassName="a",SystemName="b",CreationClassName="c",Name="${n}"`;
const goal = (text: string) => inputXml(`<i:Goal>${text.replaceAll('<', '&lt;')}</i:Goal>${systemsXml()}`);
const setting = (value: string) => `instance of CIM_SettingData { InstanceID = ${value}; };`;

const largest: readonly (readonly [string, () => string])[] = [
  [
    'references as elements',
    () =>
      request({
        body: inputXml(fill(BODY_BYTES, (n) => `<i:SourceEndpoint>${portXml('b', `${n}`)}</i:SourceEndpoint>`)),
      }),
  ],
  [
    'references as paths',
    () => request({ body: inputXml(fill(BODY_BYTES, (n) => `<i:SourceEndpoint>${portPath(n)}</i:SourceEndpoint>`)) }),
  ],
  [
    'references that name a base class',
    () =>
      request({
        body: inputXml(
          fill(
            BODY_BYTES,
            (n) => `<i:SourceEndpoint>${eprXml('CIM_ServiceAccessPoint', { Name: `${n}` })}</i:SourceEndpoint>`,
          ),
        ),
      }),
  ],
  ['text', () => request({ body: inputXml(`<i:PipeElementName>${'x'.repeat(BODY_BYTES)}</i:PipeElementName>`) })],
  [
    'ampersands',
    () => request({ body: inputXml(`<i:PipeElementName>${'&amp;'.repeat(190_000)}</i:PipeElementName>`) }),
  ],
  ['elements', () => request({ headers: `<q:a xmlns:q="urn:q">${'<q:b/>'.repeat(95_000)}</q:a>` })],
  [
    'elements, none like another',
    () => request({ headers: `<q:a xmlns:q="urn:q">${fill(BODY_BYTES, (n) => `<q:element${n} c="${n}"/>`)}</q:a>` }),
  ],
  [
    'more elements than may be, none like another',
    () => request({ headers: `<q:a xmlns:q="urn:q">${fill(BODY_BYTES, (n) => `<q:b${n} c="${n}"/>`)}</q:a>` }),
  ],
  [
    'attributes, none like another',
    () =>
      request({
        headers: `<q:a xmlns:q="urn:q">${fill(BODY_BYTES, (n) => `<q:b c${n}="" d${n}="" e${n}=""/>`)}</q:a>`,
      }),
  ],
  [
    'declarations, none like another',
    () =>
      request({ headers: `<q:a xmlns:q="urn:q">${fill(BODY_BYTES, (n) => `<q:b xmlns:c${n}="urn:${n}"/>`)}</q:a>` }),
  ],
  ['header blocks', () => request({ headers: fill(BODY_BYTES, (n) => `<q:b xmlns:q="urn:q" c="${n}"/>`) })],
  [
    'elements that are not plain',
    () => request({ headers: `<q:a xmlns:q="urn:q"><!-- -->${fill(BODY_BYTES, (n) => `<q:c${n} c="${n}"/>`)}</q:a>` }),
  ],
  ['instructions', () => request({ headers: `<q:a xmlns:q="urn:q">${'<?x?>'.repeat(BODY_BYTES / 5)}</q:a>` })],
  ['comments', () => request({ headers: `<q:a xmlns:q="urn:q"><?x?>${'<!---->'.repeat(290_000)}</q:a>` })],
  ['text that is not ASCII', () => request({ body: inputXml(`<i:Goal>${'é'.repeat(BODY_BYTES / 2)}</i:Goal>`) })],
  ['numbers', () => create('LAB_Box', `<p:Id>n</p:Id>${'<p:Numbers>4711</p:Numbers>'.repeat(BODY_BYTES / 28)}`)],
  [
    'points in time',
    () => create('LAB_Box', `<p:Id>d</p:Id>${'<p:Dates>20240101000000.000000+000</p:Dates>'.repeat(BODY_BYTES / 45)}`),
  ],
  ['a fragment of numbers', () => putFragment('Numbers', '47', 92_000)],
  ['a fragment of points in time', () => putFragment('Dates', '20240101000000.000000+000', 45_000)],
  ['MOF of one string', () => request({ body: goal(setting(`"${'x'.repeat(EMBEDDED_CHARACTERS - 100)}"`)) })],
  ['MOF of many strings', () => request({ body: goal(setting('"x" '.repeat(65_000))) })],
  ['MOF of escapes', () => request({ body: goal(setting(`"${'\\x41'.repeat(52_000)}"`)) })],
  ['MOF of comments', () => request({ body: goal(`${'/**/'.repeat(65_000)}${setting('"x"')}`) })],
  ['MOF that is wrong all over', () => request({ body: goal('instance '.repeat(29_000)) })],
  [
    'CIM-XML',
    () =>
      request({
        body: goal(
          `<INSTANCE CLASSNAME="CIM_SettingData">${'<PROPERTY NAME="a" TYPE="string"><VALUE>x</VALUE></PROPERTY>'.repeat(4_300)}</INSTANCE>`,
        ),
      }),
  ],
];

describe('while a message comes that is as large as may be', () => {
  test.each(largest)('with %s, others are answered', async (_, make) => {
    const { text, longest } = await askMeanwhile(make(), 'writer');
    expect(text).toContain('Envelope>');
    expect(longest).toBeLessThan(READ_MS);
  });
});
