import type { Case } from '../case.js';
import { anyFault, fault, inDocument, ok, text } from '../expectations.js';
import { findAll } from '../find.js';
import { HARDWARE_ID, SYSTEM } from '../lab.js';
import { actions, DMTF } from '../namespaces.js';
import { get } from '../requests.js';
import { hardwareIdXml, INVALID, NOT_CHANGEABLE, onId, withHardwareId } from './hardware-id.js';

const ID_ELEMENT = `s:Body/*:${HARDWARE_ID}`;
const SYSTEM_ELEMENT = `s:Body/*:${SYSTEM}`;

export const putCases: readonly Case[] = [
  withHardwareId('put', {
    name: 'Put replaces what an instance says',
    verifies: ['put'],
    optional: true,
    steps: (id) => [
      {
        send: (t) => onId('put', t, id(t), { body: hardwareIdXml(id(t)).replace('>conformance<', '>replaced<') }),
        expect: [ok],
      },
      { send: (t) => onId('get', t, id(t)), expect: [text(`${ID_ELEMENT}/*:ElementName`, 'replaced')] },
    ],
  }),
  withHardwareId('put-response', {
    name: 'Put is answered with the new instance or with nothing',
    verifies: ['put:response'],
    optional: true,
    steps: (id) => [
      {
        send: (t) => onId('put', t, id(t), { body: hardwareIdXml(id(t)).replace('>conformance<', '>replaced<') }),
        expect: [
          ok,
          text('s:Header/a:Action', 'http://schemas.xmlsoap.org/ws/2004/09/transfer/PutResponse'),
          inDocument('an empty Body or the instance', (root) => {
            const [child] = findAll(root, 's:Body/*');
            return child === undefined || child.local === HARDWARE_ID ? undefined : child.local;
          }),
        ],
      },
    ],
  }),
  {
    name: 'Put to an instance that does not exist is refused',
    verifies: ['put:not-found'],
    needs: 'lab',
    steps: [
      {
        send: (t) => onId('put', t, 'no-such-id', { body: hardwareIdXml('no-such-id') }),
        expect: [fault('Sender', ['a:DestinationUnreachable', 'w:InvalidSelectors'])],
      },
    ],
  },
  withHardwareId('put-key', {
    name: 'Put that would change a key is refused',
    verifies: ['put:key'],
    steps: (id) => [
      {
        send: (t) => onId('put', t, id(t), { body: hardwareIdXml(`${id(t)}-other`) }),
        expect: [anyFault],
      },
    ],
  }),
  withHardwareId('put-unknown', {
    name: 'Put with a property that the class does not have is refused',
    verifies: ['put:unknown-property'],
    steps: (id) => [
      {
        send: (t) => onId('put', t, id(t), { body: hardwareIdXml(id(t), '<h:NoSuchProperty>1</h:NoSuchProperty>') }),
        expect: [INVALID],
      },
    ],
  }),
  withHardwareId('put-type', {
    name: 'Put with a value of the wrong type is refused',
    verifies: ['put:type'],
    steps: (id) => [
      {
        send: (t) => onId('put', t, id(t), { body: hardwareIdXml(id(t)).replace('<h:IDType>5<', '<h:IDType>five<') }),
        expect: [INVALID],
      },
    ],
  }),
  withHardwareId('put-class', {
    name: 'Put of an element of another class is refused',
    verifies: ['put:other-class'],
    steps: (id) => [
      {
        send: (t) =>
          onId('put', t, id(t), {
            body: `<c:${SYSTEM} xmlns:c="${DMTF}${SYSTEM}"><c:ElementName>x</c:ElementName></c:${SYSTEM}>`,
          }),
        expect: [INVALID],
      },
    ],
  }),
  withHardwareId('put-empty', {
    name: 'Put without an instance is refused',
    verifies: ['put:empty'],
    steps: (id) => [{ send: (t) => onId('put', t, id(t), { body: '' }), expect: [fault('Sender')] }],
  }),
  withHardwareId('put-null', {
    name: 'Put with nil makes a property NULL',
    verifies: ['put:null'],
    optional: true,
    steps: (id) => [
      {
        send: (t) =>
          onId('put', t, id(t), {
            body: hardwareIdXml(id(t)).replace(
              '<h:ElementName>conformance</h:ElementName>',
              '<h:ElementName xsi:nil="true"/>',
            ),
          }),
        expect: [ok],
      },
      { send: (t) => onId('get', t, id(t)), expect: [text(`${ID_ELEMENT}/*:ElementName/@xsi:nil`, 'true')] },
    ],
  }),
  withHardwareId('put-list', {
    name: 'Put changes only what the list of modified properties names',
    verifies: ['put:modified-list'],
    steps: (id) => [
      {
        send: (t) =>
          onId('put', t, id(t), {
            options:
              '<w:OptionSet><w:Option Name="wmiarray:__MIInstanceModifiedPropertiesList" Type="xs:string">ElementName</w:Option></w:OptionSet>',
            body: hardwareIdXml(id(t)).replace('>conformance<', '>listed<').replace('<h:IDType>5<', '<h:IDType>7<'),
          }),
        expect: [ok],
      },
      {
        send: (t) => onId('get', t, id(t)),
        expect: [text(`${ID_ELEMENT}/*:ElementName`, 'listed'), text(`${ID_ELEMENT}/*:IDType`, '5')],
      },
    ],
  }),
  {
    name: 'Put to an instance that cannot be changed is refused',
    verifies: ['put:not-writable'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          get(t, {
            action: actions.put,
            body: `<c:${SYSTEM} xmlns:c="${DMTF}${SYSTEM}"><c:ElementName>renamed</c:ElementName></c:${SYSTEM}>`,
          }),
        expect: [NOT_CHANGEABLE],
      },
      { send: (t) => get(t), expect: [text(`${SYSTEM_ELEMENT}/*:ElementName`, 'iscsi-a')] },
    ],
  },
];
