import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageMemory } from '../../src/strings/message-memory.js';
import {
  DMTF,
  inputXml,
  NAMESPACE,
  request,
  SERVICE_CLASS,
  selectorXml,
  serviceKeys,
  WQL,
} from '../support/envelopes.js';
import { type Asker, type FuzzedService, fuzzedService } from './fuzz/fuzzed-service.js';

/** So many of each kind, one after another, before the first is looked at; then so many of it alone, and so many more. */
const MIXED = 600;
const WARM_UP = 400;
const MORE = 1_600;
/** Of what is fresh, in each message. */
const EACH = 24;

const LENGTHS = [1, 3, 8, 21, 55, 62, 100, 144, 377, 480];

/** A word that no other message has, short or long. */
function word(n: number, at: number): string {
  const own = `w${(n * EACH + at).toString(36)}`;
  return own.padEnd(LENGTHS[(n * 7 + at * 3) % LENGTHS.length] ?? 0, 'x');
}

const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
const IDENTIFY = '<i:Identify xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"/>';
const identify = (header: string, root = '') =>
  `<s:Envelope xmlns:s="${SOAP}"${root}><s:Header>${header}</s:Header><s:Body>${IDENTIFY}</s:Body></s:Envelope>`;
const repeat = (make: (at: number) => string, times = EACH) =>
  Array.from({ length: times }, (_, at) => make(at)).join('');
const block = (tag: string, text = '') => `<q:${tag} xmlns:q="urn:q">${text}</q:${tag}>`;

/** What is fresh in each of them; nobody needs to sign in for these. */
const anonymous: readonly (readonly [string, (n: number) => string])[] = [
  ['prefixes', (n) => identify(repeat((at) => `<${word(n, at)}:b xmlns:${word(n, at)}="urn:q"/>`))],
  ['namespaces', (n) => identify(repeat((at) => `<q:b xmlns:q="urn:${word(n, at)}"/>`))],
  ['declarations within each other', (n) => identify(nested(n))],
  [
    'declarations of the root',
    (n) =>
      identify(
        '',
        repeat((at) => ` xmlns:n${at}="${word(n, at)}"`, 6),
      ),
  ],
  ['names of elements', (n) => identify(repeat((at) => `<${word(n, at)}/>`))],
  ['names of attributes', (n) => identify(`<b${repeat((at) => ` ${word(n, at)}=""`)}/>`)],
  ['values of attributes', (n) => identify(repeat((at) => `<b a="${word(n, at)}${word(n, at + 1)}"/>`))],
  [
    'header blocks',
    (n) =>
      identify(
        repeat((at) =>
          block(
            'block',
            repeat((_) => word(n, at), 3),
          ),
        ),
      ),
  ],
  ['header blocks that come twice', (n) => identify(repeat((at) => block('twice', word(n >> 5, at).repeat(3))))],
  ['text', (n) => identify(`<b>${repeat((at) => word(n, at))}</b>`)],
];

function nested(n: number): string {
  const open = repeat((at) => `<b xmlns:p${at}="urn:${word(n, at)}">`);
  return `${open}${'</b>'.repeat(EACH)}`;
}

const ENUMERATE = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate';
const query = (text: string) =>
  request({
    action: ENUMERATE,
    resourceUri: `${DMTF}*`,
    selectors: { __cimnamespace: NAMESPACE },
    body: `<n:Enumerate xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"><w:Filter Dialect="${WQL}">${text}</w:Filter></n:Enumerate>`,
  });
const system = (name: string) => `CIM_ComputerSystem.CreationClassName="c",Name="${name}"`;

/** The same of somebody who signed in. */
const signedIn: readonly (readonly [string, (n: number) => string])[] = [
  ['message ids', (n) => request({ messageId: `uuid:${word(n, 0)}` })],
  ['actions', (n) => request({ action: `urn:${word(n, 0)}` })],
  ['methods', (n) => request({ action: `${DMTF}${SERVICE_CLASS}/${word(n, 0)}` })],
  ['classes', (n) => request({ resourceUri: `${DMTF}CIM_${word(n, 0)}` })],
  ['namespaces of CIM', (n) => request({ selectors: { ...serviceKeys, __cimnamespace: `root/${word(n, 0)}` } })],
  ['durations', (n) => request({ operationTimeout: `PT${n + 1_000}.${word(n, 0).length}S` })],
  ['names of selectors', (n) => request({ selectorXml: repeat((at) => selectorXml({ [word(n, at)]: 'v' })) })],
  [
    'values of selectors',
    (n) => request({ selectors: { __cimnamespace: NAMESPACE, ...serviceKeys, Name: word(n, 0) } }),
  ],
  [
    'references',
    (n) => request({ body: inputXml(repeat((at) => `<i:SourceEndpoint>${system(word(n, at))}</i:SourceEndpoint>`)) }),
  ],
  ['names of parameters', (n) => request({ body: inputXml(repeat((at) => `<i:${word(n, at)}/>`)) })],
  ['values of parameters', (n) => request({ body: inputXml(`<i:PipeElementName>${word(n, 0)}</i:PipeElementName>`) })],
  ['properties in queries', (n) => query(`SELECT ${repeat((at) => `${word(n, at)}, `)}Name FROM CIM_System`)],
  [
    'values in queries',
    (n) => query(`SELECT * FROM CIM_System WHERE ${repeat((at) => `Name = '${word(n, at)}' OR `)}Name = ''`),
  ],
];

const kinds: readonly (readonly [string, (n: number) => string, Asker])[] = [
  ...anonymous.map(([what, make]) => [what, make, undefined] as const),
  ...signedIn.map(([what, make]) => [what, make, 'writer'] as const),
];

describe('when messages come of which each has its own', () => {
  let service: FuzzedService;

  async function send(make: (n: number) => string, n: number, user: Asker): Promise<void> {
    const { cause } = await service.ask(Buffer.from(make(n)), user);
    expect(cause).toBeUndefined();
  }

  beforeAll(async () => {
    service = await fuzzedService();
    for (let n = 0; n < MIXED; n++) for (const [, make, user] of kinds) await send(make, n, user);
  }, 60_000);

  afterAll(() => service.close());

  it.each(kinds)('%s, nothing more is held once they filled their room', async (_, make, user) => {
    let n = MIXED;
    for (const end = n + WARM_UP; n < end; n++) await send(make, n, user);
    const warm = messageMemory.held;
    let most = 0;
    for (const end = n + MORE; n < end; n++) {
      await send(make, n, user);
      most = Math.max(most, messageMemory.held);
    }
    expect(most).toBe(warm);
    expect(warm).toBeLessThanOrEqual(messageMemory.limit);
  });
});
