import type { Case } from '../case.js';
import { expectation, fault, inDocument, matches, ok, text } from '../expectations.js';
import { textAt } from '../find.js';
import { ANONYMOUS } from '../namespaces.js';
import { get } from '../requests.js';
import type { Target } from '../target.js';

const FAULT_TO = (address: string) => `<a:FaultTo><a:Address>${address}</a:Address></a:FaultTo>`;
const nothing = (target: Target) => get(target, { uri: 'http://example.org/nothing' });

export const addressingCases: readonly Case[] = [
  {
    name: 'a request without To is refused',
    verifies: ['wsa:to'],
    steps: [{ send: (t) => get(t, { to: null }), expect: [fault('Sender', 'a:MessageInformationHeaderRequired')] }],
  },
  {
    name: 'To may name any address',
    verifies: ['wsa:to:any'],
    needs: 'instance',
    steps: [{ send: (t) => get(t, { to: 'http://windows-host:5985/wsman' }), expect: [ok] }],
  },
  {
    name: 'a request without Action is refused',
    verifies: ['wsa:action'],
    steps: [{ send: (t) => get(t, { action: null }), expect: [fault('Sender', 'a:MessageInformationHeaderRequired')] }],
  },
  {
    name: 'an unknown Action gets ActionNotSupported',
    verifies: ['wsa:action:unknown'],
    steps: [
      { send: (t) => get(t, { action: 'http://example.org/Do' }), expect: [fault('Sender', 'a:ActionNotSupported')] },
    ],
  },
  {
    name: 'a request without MessageID is refused',
    verifies: ['wsa:message-id'],
    steps: [
      {
        send: (t) => get(t, { messageId: null }),
        // MS-WSMV 3.1.4.1.5 has its own name for it.
        expect: [fault('Sender', ['a:MessageInformationHeaderRequired', 'a:InvalidMessageInformationHeader'])],
      },
    ],
  },
  {
    name: 'an empty MessageID is refused',
    verifies: ['wsa:message-id:empty'],
    steps: [{ send: (t) => get(t, { messageId: '' }), expect: [fault('Sender', 'a:InvalidMessageInformationHeader')] }],
  },
  {
    name: 'a MessageID of another form comes back letter by letter',
    verifies: ['wsa:message-id:any-uri', 'wsa:response:relates-to'],
    needs: 'instance',
    steps: [
      {
        send: (t) => get(t, { messageId: 'http://example.org/Messages/aBc?n=1' }),
        expect: [ok, text('s:Header/a:RelatesTo', 'http://example.org/Messages/aBc?n=1')],
      },
    ],
  },
  {
    name: 'a request without ReplyTo is refused',
    verifies: ['wsa:reply-to'],
    steps: [
      { send: (t) => get(t, { replyTo: null }), expect: [fault('Sender', 'a:MessageInformationHeaderRequired')] },
    ],
  },
  {
    name: 'ReplyTo another address is refused',
    verifies: ['wsa:reply-to:anonymous'],
    steps: [
      {
        send: (t) => get(t, { replyTo: 'http://client.example.org/answers' }),
        expect: [fault('Sender', 'w:UnsupportedFeature', 'AddressingMode')],
      },
    ],
  },
  {
    name: 'ReplyTo without Address is refused',
    verifies: ['wsa:reply-to:address'],
    steps: [{ send: (t) => get(t, { replyTo: null, headers: '<a:ReplyTo/>' }), expect: [fault('Sender')] }],
  },
  {
    name: 'FaultTo another address is refused',
    verifies: ['wsa:fault-to:anonymous'],
    steps: [
      {
        send: (t) => get(t, { headers: FAULT_TO('http://client.example.org/faults') }),
        expect: [fault('Sender', 'w:UnsupportedFeature', 'AddressingMode')],
      },
    ],
  },
  {
    name: 'FaultTo the anonymous address is accepted',
    verifies: ['wsa:fault-to:accepted'],
    needs: 'instance',
    steps: [{ send: (t) => get(t, { headers: FAULT_TO(ANONYMOUS) }), expect: [ok] }],
  },
  {
    name: 'mandatory From and RelatesTo are understood',
    verifies: ['wsa:other-blocks'],
    needs: 'instance',
    steps: [
      {
        send: (t) =>
          get(t, {
            headers: `<a:From s:mustUnderstand="true"><a:Address>${ANONYMOUS}</a:Address></a:From><a:RelatesTo s:mustUnderstand="true">uuid:1</a:RelatesTo>`,
          }),
        expect: [ok],
      },
    ],
  },
  {
    name: 'Action given twice is refused',
    verifies: ['wsa:duplicate'],
    steps: [
      {
        send: (t) => get(t, { headers: '<a:Action>http://schemas.xmlsoap.org/ws/2004/09/transfer/Get</a:Action>' }),
        expect: [fault('Sender', 'a:InvalidMessageInformationHeader')],
      },
    ],
  },
  {
    name: 'MessageID given twice is refused',
    verifies: ['wsa:duplicate'],
    steps: [
      {
        send: (t) => get(t, { headers: '<a:MessageID>uuid:2</a:MessageID>' }),
        expect: [fault('Sender', 'a:InvalidMessageInformationHeader')],
      },
    ],
  },
  {
    name: 'ResourceURI given twice is refused',
    verifies: ['wsman:duplicate'],
    steps: [
      {
        send: (t) => get(t, { headers: '<w:ResourceURI>http://example.org/other</w:ResourceURI>' }),
        expect: [fault('Sender', 'a:InvalidMessageInformationHeader')],
      },
    ],
  },
  {
    name: 'an answer relates to its request',
    verifies: ['wsa:response:relates-to'],
    needs: 'instance',
    steps: [{ send: (t) => get(t), expect: [ok, text('s:Header/a:RelatesTo', ({ sent }) => sent.messageId)] }],
  },
  {
    name: 'two answers have different MessageIDs of their own',
    verifies: ['wsa:response:message-id'],
    needs: 'instance',
    steps: [
      { send: (t) => get(t), expect: [ok], remember: { first: 's:Header/a:MessageID' } },
      {
        send: (t) => get(t),
        expect: [
          ok,
          inDocument('a new MessageID', (root, { memory, sent }) => {
            const id = textAt(root, 's:Header/a:MessageID');
            if (id === undefined || id === '') return 'no MessageID';
            return id === memory.first || id === sent.messageId ? `${id} again` : undefined;
          }),
        ],
      },
    ],
  },
  {
    name: 'an answer is to the anonymous address',
    verifies: ['wsa:response:to'],
    needs: 'instance',
    steps: [{ send: (t) => get(t), expect: [ok, text('s:Header/a:To', ANONYMOUS)] }],
  },
  {
    name: 'the Action of an answer ends in Response',
    verifies: ['wsa:response:action'],
    needs: 'instance',
    steps: [
      {
        send: (t) => get(t),
        expect: [ok, text('s:Header/a:Action', 'http://schemas.xmlsoap.org/ws/2004/09/transfer/GetResponse')],
      },
    ],
  },
  {
    name: 'a fault relates to its request',
    verifies: ['wsa:fault:relates-to'],
    steps: [{ send: nothing, expect: [text('s:Header/a:RelatesTo', ({ sent }) => sent.messageId)] }],
  },
  {
    name: 'a fault of WS-Addressing has the fault action of WS-Addressing',
    verifies: ['wsa:fault:action'],
    steps: [
      {
        send: nothing,
        expect: [
          fault('Sender', 'a:DestinationUnreachable'),
          // DSP0226 §14.6 gives its own fault action to this one, Windows that of WS-Addressing.
          matches(
            's:Header/a:Action',
            /^http:\/\/schemas\.(xmlsoap\.org\/ws\/2004\/08\/addressing|dmtf\.org\/wbem\/wsman\/1\/wsman)\/fault$/,
          ),
        ],
      },
    ],
  },
  {
    name: 'a fault of WS-Management has the fault action of WS-Management',
    verifies: ['wsa:fault:action'],
    steps: [
      {
        send: (t) => get(t, { maxEnvelopeSize: '100' }),
        expect: [text('s:Header/a:Action', 'http://schemas.dmtf.org/wbem/wsman/1/wsman/fault')],
      },
    ],
  },
  {
    name: 'the prefix of a subcode is declared',
    verifies: ['fault:subcode'],
    steps: [
      {
        send: (t) => get(t, { maxEnvelopeSize: '100' }),
        expect: [
          fault('Sender', 'w:EncodingLimit'),
          expectation('a QName with a declared prefix', ({ answer }) =>
            answer.problem === undefined ? undefined : answer.problem,
          ),
        ],
      },
    ],
  },
];
