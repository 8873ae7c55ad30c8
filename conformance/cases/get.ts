import type { Case } from '../case.js';
import {
  absent,
  expectation,
  fault,
  inDocument,
  matches,
  namespaceOf,
  ok,
  present,
  text,
  texts,
} from '../expectations.js';
import { findAll } from '../find.js';
import { HOSTED_SERVICE, SERVICE, SYSTEM, serviceKeys, systemKeys } from '../lab.js';
import { DMTF } from '../namespaces.js';
import { dmtfUri, eprXml, get, inNamespace, wmiUri } from '../requests.js';
import { create, hardwareIdXml, idOf, onId } from './hardware-id.js';

const SYSTEM_ELEMENT = `s:Body/*:${SYSTEM}`;

export const getCases: readonly Case[] = [
  {
    name: 'Get answers with the instance, by the action GetResponse',
    verifies: ['get'],
    needs: 'instance',
    steps: [
      {
        send: (t) => get(t),
        expect: [
          ok,
          text('s:Header/a:Action', 'http://schemas.xmlsoap.org/ws/2004/09/transfer/GetResponse'),
          present('s:Body/*', 1),
        ],
      },
    ],
  },
  {
    name: 'the instance is the one with the keys',
    verifies: ['get'],
    needs: 'lab',
    steps: [
      {
        send: (t) => get(t),
        expect: [
          text(`${SYSTEM_ELEMENT}/*:Name`, 'iscsi-a.lab.example'),
          text(`${SYSTEM_ELEMENT}/*:ElementName`, 'iscsi-a'),
        ],
      },
    ],
  },
  {
    name: 'Get by the URI of a superclass finds the instance of the subclass',
    verifies: ['get:base-class'],
    needs: 'lab',
    steps: [
      {
        send: (t) => get(t, { uri: dmtfUri(t, 'CIM_ComputerSystem') }),
        expect: [ok, text(`s:Body/*/*:Name`, 'iscsi-a.lab.example')],
      },
    ],
  },
  {
    name: 'an instance that does not fit the envelope gets EncodingLimit',
    verifies: ['get:too-large'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          create(t, hardwareIdXml(idOf(t, 'large'), `<h:Description>${'long '.repeat(4000)}</h:Description>`)),
        expect: [ok],
      },
      {
        send: (t) => onId('get', t, idOf(t, 'large'), { maxEnvelopeSize: '8192' }),
        expect: [fault('Sender', 'w:EncodingLimit')],
      },
    ],
    cleanUp: (t) => onId('delete', t, idOf(t, 'large')),
  },
  {
    name: 'MaxEnvelopeSize counts the bytes of UTF-16',
    verifies: ['envelope-size:encoding'],
    needs: 'lab',
    steps: [
      {
        send: (t) => create(t, hardwareIdXml(idOf(t, 'utf-16'), `<h:Description>${'x'.repeat(3000)}</h:Description>`)),
        expect: [ok],
      },
      { send: (t) => onId('get', t, idOf(t, 'utf-16'), { maxEnvelopeSize: '8192' }), expect: [ok] },
      {
        send: (t) => {
          const message = onId('get', t, idOf(t, 'utf-16'), { maxEnvelopeSize: '8192' });
          const headers = { 'content-type': 'application/soap+xml;charset=UTF-16' };
          return { ...message, body: Buffer.from(`\ufeff${message.body}`, 'utf16le'), headers };
        },
        expect: [
          fault('Sender', 'w:EncodingLimit'),
          expectation('a fault in UTF-16', ({ answer }) => (answer.bytes[0] === 0xff ? undefined : 'another encoding')),
        ],
      },
    ],
    cleanUp: (t) => onId('delete', t, idOf(t, 'utf-16')),
  },
  {
    name: 'an instance is an element named after its class, in the namespace of its URI',
    verifies: ['instance:element', 'instance:namespace'],
    needs: 'lab',
    steps: [
      {
        send: (t) => get(t),
        expect: [
          present(SYSTEM_ELEMENT, 1),
          namespaceOf(SYSTEM_ELEMENT, DMTF + SYSTEM),
          namespaceOf(`${SYSTEM_ELEMENT}/*`, DMTF + SYSTEM),
        ],
      },
    ],
  },
  {
    name: 'in the WMI family an instance is in the namespace of the WMI URI',
    verifies: ['instance:namespace'],
    needs: 'lab',
    steps: [
      {
        send: (t) => get(t, { uri: wmiUri(t), selectors: t.selectors }),
        expect: [
          namespaceOf(
            SYSTEM_ELEMENT,
            'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/storage/iScsiTarget/MSFTSM_ComputerSystem',
          ),
        ],
      },
    ],
  },
  {
    name: 'an instance says its type',
    verifies: ['instance:type'],
    needs: 'lab',
    steps: [
      { send: (t) => get(t), expect: [matches(`${SYSTEM_ELEMENT}/@xsi:type`, /^\w+:MSFTSM_ComputerSystem_Type$/)] },
    ],
  },
  {
    name: 'properties come in alphabetical order',
    verifies: ['instance:order'],
    needs: 'lab',
    steps: [
      {
        send: (t) => get(t),
        expect: [
          inDocument('sorted names', (root) => {
            const names = findAll(root, `${SYSTEM_ELEMENT}/*`).map(({ local }) => local.toLowerCase());
            if (names.length < 2) return 'no properties';
            const at = names.findIndex((name, i) => i > 0 && name < (names[i - 1] ?? ''));
            return at < 0 ? undefined : `${names[at]} behind ${names[at - 1]}`;
          }),
        ],
      },
    ],
  },
  {
    name: 'every property is there, NULL ones as nil',
    verifies: ['instance:complete', 'null:output', 'array:null'],
    needs: 'lab',
    steps: [
      {
        send: (t) => get(t),
        expect: [
          text(`${SYSTEM_ELEMENT}/*:PrimaryOwnerName/@xsi:nil`, 'true'),
          text(`${SYSTEM_ELEMENT}/*:InstallDate/@xsi:nil`, 'true'),
          text(`${SYSTEM_ELEMENT}/*:Roles/@xsi:nil`, 'true'),
          present(`${SYSTEM_ELEMENT}/*:Roles`, 1),
        ],
      },
    ],
  },
  {
    name: 'an array property is its element repeated, in order',
    verifies: ['instance:array', 'array:repeated', 'array:no-null-elements'],
    needs: 'lab',
    steps: [
      {
        send: (t) => get(t),
        expect: [
          texts(`${SYSTEM_ELEMENT}/*:Dedicated`, ['3', '15']),
          absent(`${SYSTEM_ELEMENT}/*:Dedicated/@xsi:nil`),
          texts(`${SYSTEM_ELEMENT}/*:OperationalStatus`, ['2']),
        ],
      },
    ],
  },
  {
    name: 'a NULL array is marked when the client asks for it',
    verifies: ['array:precise'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          get(t, {
            options:
              '<w:OptionSet><w:Option Name="msftwinrm:UsePreciseArrays" Type="xs:boolean">true</w:Option></w:OptionSet>',
          }),
        expect: [
          text(`${SYSTEM_ELEMENT}/*:Roles/@p:IsNullArray`, 'true'),
          absent(`${SYSTEM_ELEMENT}/*:PrimaryOwnerName/@p:IsNullArray`),
        ],
      },
    ],
  },
  {
    name: 'a boolean property is true or false in lower case',
    verifies: ['value:boolean'],
    needs: 'lab',
    steps: [
      {
        send: (t) => get(t, { uri: dmtfUri(t, SERVICE), selectors: inNamespace(t, serviceKeys()) }),
        expect: [text(`s:Body/*:${SERVICE}/*:Started`, 'true')],
      },
    ],
  },
  {
    name: 'a reference property holds the children of an EPR',
    verifies: ['instance:reference'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          get(t, {
            uri: dmtfUri(t, HOSTED_SERVICE),
            selectorSet:
              `<w:SelectorSet><w:Selector Name="__cimnamespace">${t.namespace}</w:Selector>` +
              `<w:Selector Name="Antecedent"><a:EndpointReference>${eprXml(t, SYSTEM, systemKeys('iscsi-a.lab.example'))}</a:EndpointReference></w:Selector>` +
              `<w:Selector Name="Dependent"><a:EndpointReference>${eprXml(t, SERVICE, serviceKeys())}</a:EndpointReference></w:Selector></w:SelectorSet>`,
          }),
        expect: [
          ok,
          text(
            `s:Body/*:${HOSTED_SERVICE}/*:Antecedent/a:ReferenceParameters/w:SelectorSet/w:Selector[Name]`,
            'iscsi-a.lab.example',
          ),
          text(`s:Body/*:${HOSTED_SERVICE}/*:Dependent/a:ReferenceParameters/w:ResourceURI`, DMTF + SERVICE),
        ],
      },
    ],
  },
];
