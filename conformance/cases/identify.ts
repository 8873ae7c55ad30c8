import type { Case } from '../case.js';
import { absent, fault, matches, ok, present, status, text } from '../expectations.js';
import type { Message } from '../message.js';
import { get, identify } from '../requests.js';

const RESPONSE = 's:Body/wsmid:IdentifyResponse';
const unauthenticated = { WSMANIDENTIFY: 'unauthenticated' };

const anonymous = (): Message => identify({ credentials: 'none', headers: unauthenticated });

export const identifyCases: readonly Case[] = [
  {
    name: 'Identify is answered',
    verifies: ['identify'],
    steps: [{ send: () => identify(), expect: [ok, present(RESPONSE, 1)] }],
  },
  {
    name: 'Identify tells the protocol',
    verifies: ['identify:protocol'],
    steps: [
      {
        send: () => identify(),
        expect: [text(`${RESPONSE}/wsmid:ProtocolVersion`, 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd')],
      },
    ],
  },
  {
    name: 'Identify tells vendor and version',
    verifies: ['identify:product'],
    steps: [
      {
        send: () => identify(),
        expect: [matches(`${RESPONSE}/wsmid:ProductVendor`, /\S/), matches(`${RESPONSE}/wsmid:ProductVersion`, /\S/)],
      },
    ],
  },
  {
    name: 'the answer to Identify has no addressing',
    verifies: ['identify:no-addressing'],
    steps: [{ send: () => identify(), expect: [ok, absent('s:Header/a:Action'), absent('s:Header/a:To')] }],
  },
  {
    name: 'Identify is answered without credentials when the HTTP header asks for it',
    verifies: ['identify:anonymous'],
    steps: [{ send: anonymous, expect: [ok, present(RESPONSE, 1)] }],
  },
  {
    name: 'Identify is answered at the anonymous path',
    verifies: ['identify:anonymous-path'],
    steps: [
      {
        send: () => identify({ credentials: 'none', path: '/wsman-anon/identify' }),
        expect: [ok, present(RESPONSE, 1)],
      },
    ],
  },
  {
    name: 'Identify without credentials and header gets 401',
    verifies: ['identify:challenge'],
    steps: [{ send: () => identify({ credentials: 'none' }), expect: [status(401)] }],
  },
  {
    name: 'with credentials, Identify lists security profiles',
    verifies: ['identify:profiles'],
    steps: [
      {
        send: () => identify(),
        expect: [
          matches(
            `${RESPONSE}/wsmid:SecurityProfiles/wsmid:SecurityProfileName`,
            /^http:\/\/schemas\.dmtf\.org\/wbem\/wsman\/1\/wsman\/secprofile\/https?\/(basic|digest|mutual|spnego-kerberos)/,
          ),
        ],
      },
    ],
  },
  {
    name: 'without credentials, Identify lists no security profiles',
    verifies: ['identify:profiles:hidden'],
    steps: [{ send: anonymous, expect: [ok, absent(`${RESPONSE}/wsmid:SecurityProfiles`)] }],
  },
  {
    name: 'without credentials, the version of the system is hidden',
    verifies: ['identify:version:hidden'],
    steps: [
      {
        send: anonymous,
        expect: [matches(`${RESPONSE}/wsmid:ProductVersion`, /^OS: 0\.0\.0 SP: 0\.0 Stack: \d+\.\d+$/)],
      },
    ],
  },
  {
    name: 'the HTTP header of Identify opens nothing else',
    verifies: ['identify:nothing-else'],
    steps: [
      {
        send: (t) => ({ ...get(t), credentials: 'none', headers: unauthenticated }),
        expect: [
          {
            says: '401 or AccessDenied',
            check: (exchange) =>
              exchange.answer.status === 401 ? undefined : fault('Sender', 'w:AccessDenied').check(exchange),
          },
        ],
      },
    ],
  },
  {
    name: 'the anonymous path opens nothing else',
    verifies: ['identify:nothing-else'],
    steps: [
      {
        send: (t) => ({ ...get(t), credentials: 'none', path: '/wsman-anon/identify' }),
        expect: [
          {
            says: '401, 404 or AccessDenied',
            check: (exchange) =>
              [401, 404].includes(exchange.answer.status)
                ? undefined
                : fault('Sender', 'w:AccessDenied').check(exchange),
          },
        ],
      },
    ],
  },
];
