import type { Case } from '../case.js';
import { absent, anyFault, expectation, fault, ok, present, text } from '../expectations.js';
import { HARDWARE_ID, SYSTEM, systemKeys } from '../lab.js';
import { actions, DMTF } from '../namespaces.js';
import { dmtfUri, get, inNamespace, request, wmiUri } from '../requests.js';
import { create, hardwareIdXml, INVALID, idOf, NOT_CHANGEABLE, onId, withHardwareId } from './hardware-id.js';

const ID_ELEMENT = `s:Body/*:${HARDWARE_ID}`;

export const createCases: readonly Case[] = [
  withHardwareId('create', {
    name: 'Create makes an instance that Get finds',
    verifies: ['create'],
    optional: true,
    steps: (id) => [
      {
        send: (t) => onId('get', t, id(t)),
        expect: [ok, text(`${ID_ELEMENT}/*:ElementName`, 'conformance'), text(`${ID_ELEMENT}/*:IDType`, '5')],
      },
    ],
  }),
  {
    name: 'Create is answered with the EPR of the new instance',
    verifies: ['create:response'],
    needs: 'lab',
    optional: true,
    steps: [
      {
        send: (t) => create(t, hardwareIdXml(idOf(t, 'response'))),
        expect: [
          ok,
          text('s:Header/a:Action', 'http://schemas.xmlsoap.org/ws/2004/09/transfer/CreateResponse'),
          present('s:Body/x:ResourceCreated/a:Address', 1),
          text('s:Body/x:ResourceCreated/a:ReferenceParameters/w:ResourceURI', DMTF + HARDWARE_ID),
          text('s:Body/x:ResourceCreated/a:ReferenceParameters/w:SelectorSet/w:Selector[InstanceID]', ({ target }) =>
            idOf(target, 'response'),
          ),
        ],
      },
    ],
    cleanUp: (t) => onId('delete', t, idOf(t, 'response')),
  },
  {
    name: 'Create by a WMI URI is answered with an EPR of that family',
    verifies: ['create:families'],
    needs: 'lab',
    optional: true,
    steps: [
      {
        send: (t) => create(t, hardwareIdXml(idOf(t, 'wmi')), { uri: wmiUri(t, HARDWARE_ID), selectors: {} }),
        expect: [
          ok,
          text('s:Body/x:ResourceCreated/a:ReferenceParameters/w:ResourceURI', ({ target }) =>
            wmiUri(target, HARDWARE_ID),
          ),
        ],
      },
    ],
    cleanUp: (t) => onId('delete', t, idOf(t, 'wmi')),
  },
  withHardwareId('duplicate', {
    name: 'Create of an instance that exists is refused',
    verifies: ['create:duplicate'],
    optional: true,
    steps: (id) => [{ send: (t) => create(t, hardwareIdXml(id(t))), expect: [fault('Sender', 'w:AlreadyExists')] }],
  }),
  {
    name: 'Create with a property that the class does not have is refused',
    verifies: ['create:unknown-property'],
    needs: 'lab',
    steps: [
      {
        send: (t) => create(t, hardwareIdXml(idOf(t, 'unknown'), '<h:NoSuchProperty>1</h:NoSuchProperty>')),
        expect: [INVALID],
      },
    ],
    cleanUp: (t) => onId('delete', t, idOf(t, 'unknown')),
  },
  {
    name: 'Create with a value of the wrong type is refused',
    verifies: ['create:type'],
    needs: 'lab',
    steps: [
      {
        send: (t) => create(t, hardwareIdXml(idOf(t, 'type')).replace('<h:IDType>5<', '<h:IDType>70000<')),
        expect: [INVALID],
      },
    ],
    cleanUp: (t) => onId('delete', t, idOf(t, 'type')),
  },
  {
    name: 'Create without an instance is refused',
    verifies: ['create:empty'],
    needs: 'lab',
    steps: [{ send: (t) => create(t, ''), expect: [fault('Sender')] }],
  },
  {
    name: 'Create of an element of another class is refused',
    verifies: ['create:other-class'],
    needs: 'lab',
    steps: [
      {
        send: (t) => create(t, hardwareIdXml(idOf(t, 'class')).replaceAll(HARDWARE_ID, SYSTEM)),
        expect: [INVALID],
      },
    ],
    cleanUp: (t) => onId('delete', t, idOf(t, 'class')),
  },
  {
    name: 'Create of an abstract class is refused',
    verifies: ['create:abstract'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          create(
            t,
            `<c:CIM_NetworkPipe xmlns:c="${DMTF}CIM_NetworkPipe"><c:InstanceID>abstract</c:InstanceID></c:CIM_NetworkPipe>`,
            {
              uri: dmtfUri(t, 'CIM_NetworkPipe'),
            },
          ),
        expect: [fault(null)],
      },
    ],
  },
  {
    name: 'Create for a class that allows none is refused',
    verifies: ['create:not-allowed'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          create(
            t,
            `<c:${SYSTEM} xmlns:c="${DMTF}${SYSTEM}"><c:CreationClassName>${SYSTEM}</c:CreationClassName><c:Name>new.lab.example</c:Name></c:${SYSTEM}>`,
            { uri: dmtfUri(t, SYSTEM) },
          ),
        expect: [NOT_CHANGEABLE],
      },
      { send: (t) => get(t, { selectors: inNamespace(t, systemKeys('new.lab.example')) }), expect: [anyFault] },
    ],
  },
];

export const deleteCases: readonly Case[] = [
  withHardwareId('delete', {
    name: 'Delete takes an instance away',
    verifies: ['delete', 'delete:response'],
    optional: true,
    steps: (id) => [
      {
        send: (t) => onId('delete', t, id(t)),
        expect: [
          ok,
          text('s:Header/a:Action', 'http://schemas.xmlsoap.org/ws/2004/09/transfer/DeleteResponse'),
          absent('s:Body/*'),
        ],
      },
      {
        send: (t) => onId('get', t, id(t)),
        expect: [fault('Sender', ['a:DestinationUnreachable', 'w:InvalidSelectors'])],
      },
    ],
  }),
  {
    name: 'Delete of an instance that does not exist is refused',
    verifies: ['delete:not-found'],
    needs: 'lab',
    steps: [
      {
        send: (t) => onId('delete', t, 'no-such-id'),
        expect: [fault('Sender', ['a:DestinationUnreachable', 'w:InvalidSelectors'])],
      },
    ],
  },
  {
    name: 'Delete without keys is refused',
    verifies: ['delete:no-keys'],
    needs: 'lab',
    steps: [
      {
        send: (t) => request({ action: actions.delete, uri: dmtfUri(t, HARDWARE_ID), selectors: inNamespace(t) }),
        expect: [fault('Sender', 'w:InvalidSelectors')],
      },
    ],
  },
  {
    name: 'Delete of an instance that may not go is refused, and it stays',
    verifies: ['delete:not-allowed'],
    needs: 'lab',
    steps: [
      { send: (t) => get(t, { action: actions.delete }), expect: [NOT_CHANGEABLE] },
      {
        send: (t) => get(t),
        expect: [
          ok,
          expectation('the instance', ({ answer }) => (answer.text.includes('iscsi-a') ? undefined : 'something else')),
        ],
      },
    ],
  },
];
