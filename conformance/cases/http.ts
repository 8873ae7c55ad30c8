import type { Case } from '../case.js';
import { anyFault, expectation, fault, httpHeader, ok, status } from '../expectations.js';
import { get, identify, identifyXml } from '../requests.js';

const contentType = (value: string) => ({ 'content-type': value });

/** @returns UTF-16 with byte order mark */
function utf16(text: string, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

export const httpCases: readonly Case[] = [
  {
    name: 'GET is refused with 405',
    verifies: ['http:method'],
    steps: [{ send: () => ({ body: '', method: 'GET' }), expect: [status(405)] }],
  },
  {
    name: 'a path that is not served gets 404',
    verifies: ['http:path'],
    steps: [{ send: () => identify({ path: '/no-such-service' }), expect: [status(404)] }],
  },
  {
    name: 'a query behind the path is passed over',
    verifies: ['http:path:query'],
    steps: [{ send: () => identify({ path: '?PSVersion=5.1' }), expect: [ok] }],
  },
  {
    name: 'text/plain is refused with 415',
    verifies: ['http:media-type'],
    steps: [{ send: () => identify({ headers: contentType('text/plain') }), expect: [status(415)] }],
  },
  {
    name: 'a request without Content-Type is refused with 415',
    verifies: ['http:media-type'],
    steps: [{ send: () => identify({ headers: { 'content-type': null } }), expect: [status(415)] }],
  },
  {
    name: 'text/xml is accepted',
    verifies: ['http:media-type:text-xml'],
    steps: [{ send: () => identify({ headers: contentType('text/xml; charset=utf-8') }), expect: [ok] }],
  },
  {
    name: 'a request in chunks is read',
    verifies: ['http:chunked'],
    steps: [{ send: () => identify({ chunked: true }), expect: [ok] }],
  },
  {
    name: 'a connection serves a second request',
    verifies: ['http:keep-alive'],
    steps: [
      { send: () => identify(), expect: [ok] },
      {
        send: () => identify(),
        expect: [
          ok,
          expectation('the same connection', ({ answer }) => (answer.reused ? undefined : 'a new connection')),
        ],
      },
    ],
  },
  {
    name: 'a request of 12 MiB gets 413',
    verifies: ['http:too-large'],
    steps: [
      {
        send: () =>
          identify({ body: identifyXml.replace('<s:Header/>', `<s:Header>${' '.repeat(12 << 20)}</s:Header>`) }),
        expect: [status(413)],
      },
    ],
  },
  {
    name: 'a request without credentials gets 401 and a challenge',
    verifies: ['http:authenticate'],
    steps: [
      {
        send: (t) => ({ ...get(t), credentials: 'none' }),
        expect: [status(401), httpHeader('www-authenticate', /Basic|Negotiate|Kerberos/i)],
      },
    ],
  },
  {
    name: 'a wrong password gets 401',
    verifies: ['http:authenticate:wrong'],
    steps: [{ send: (t) => ({ ...get(t), credentials: 'wrong' }), expect: [status(401)] }],
  },
  {
    name: 'UTF-8 is answered in UTF-8',
    verifies: ['charset:utf-8'],
    steps: [{ send: () => identify(), expect: [ok, httpHeader('content-type', /charset="?utf-8/i)] }],
  },
  {
    name: 'UTF-8 with byte order mark is read',
    verifies: ['charset:utf-8'],
    steps: [{ send: () => identify({ body: `\ufeff${identifyXml}` }), expect: [ok] }],
  },
  {
    name: 'UTF-16 in little-endian order is read',
    verifies: ['charset:utf-16'],
    steps: [
      {
        send: () =>
          identify({ body: utf16(identifyXml, false), headers: contentType('application/soap+xml;charset=UTF-16') }),
        expect: [ok],
      },
    ],
  },
  {
    name: 'UTF-16 in big-endian order is read',
    verifies: ['charset:utf-16'],
    steps: [
      {
        send: () =>
          identify({ body: utf16(identifyXml, true), headers: contentType('application/soap+xml;charset=UTF-16') }),
        expect: [ok],
      },
    ],
  },
  {
    name: 'UTF-16 is answered in UTF-16 with a byte order mark',
    verifies: ['charset:answer'],
    steps: [
      {
        send: () =>
          identify({ body: utf16(identifyXml, false), headers: contentType('application/soap+xml;charset=UTF-16') }),
        expect: [
          httpHeader('content-type', /charset="?utf-16/i),
          expectation('the byte order mark FF FE', ({ answer }) =>
            answer.bytes[0] === 0xff && answer.bytes[1] === 0xfe
              ? undefined
              : answer.bytes.subarray(0, 2).toString('hex'),
          ),
          ok,
        ],
      },
    ],
  },
  {
    name: 'a quoted charset in lower case is read',
    verifies: ['charset:quoted'],
    steps: [{ send: () => identify({ headers: contentType('application/soap+xml; charset="utf-8"') }), expect: [ok] }],
  },
  {
    name: 'a character set that nobody has gets EncodingLimit/CharacterSet',
    verifies: ['charset:unknown'],
    steps: [
      {
        send: () => identify({ headers: contentType('application/soap+xml;charset=x-klingon') }),
        expect: [fault('Sender', 'w:EncodingLimit', 'CharacterSet')],
      },
    ],
  },
  {
    name: 'bytes that are no UTF-8 are refused',
    verifies: ['charset:invalid'],
    steps: [
      {
        send: () => {
          const bytes = Buffer.from(identifyXml.replace('<s:Header/>', '<s:Header><u xmlns="urn:x">?</u></s:Header>'));
          bytes[bytes.indexOf('?')] = 0xc3;
          return identify({ body: bytes });
        },
        expect: [anyFault],
      },
    ],
  },
];
