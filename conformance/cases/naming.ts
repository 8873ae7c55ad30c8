import type { Case } from '../case.js';
import { anyFault, cimStatus, fault, ok, present, text } from '../expectations.js';
import { METHOD, SERVICE } from '../lab.js';
import { ALL_CLASSES } from '../namespaces.js';
import { dmtfUri, enumerate, get, inNamespace, invoke, optimized, wmiUri } from '../requests.js';

const unreachable = fault('Sender', 'a:DestinationUnreachable');
const invalidUri = fault('Sender', 'a:DestinationUnreachable', 'InvalidResourceURI');

export const namingCases: readonly Case[] = [
  {
    name: 'a request without ResourceURI is refused',
    verifies: ['uri:required'],
    steps: [{ send: (t) => get(t, { uri: null }), expect: [invalidUri] }],
  },
  {
    name: 'an unknown ResourceURI is refused',
    verifies: ['uri:unknown'],
    steps: [{ send: (t) => get(t, { uri: 'http://example.org/nothing' }), expect: [invalidUri] }],
  },
  {
    name: 'a class is reached by its DMTF URI',
    verifies: ['uri:dmtf', 'namespace:selector'],
    needs: 'instance',
    steps: [{ send: (t) => get(t), expect: [ok] }],
  },
  {
    name: 'a class is reached by its WMI URI',
    verifies: ['uri:wmi'],
    needs: 'instance',
    steps: [{ send: (t) => get(t, { uri: wmiUri(t), selectors: t.selectors }), expect: [ok] }],
  },
  {
    name: 'a class is reached by the vendor form of its URI',
    verifies: ['uri:vendor'],
    needs: 'instance',
    steps: [
      {
        send: (t) => get(t, { uri: `http://schemas.microsoft.com/wbem/wscim/1/cim-schema/2/${t.className}` }),
        expect: [ok],
      },
    ],
  },
  {
    name: 'class and namespace compare without case',
    verifies: ['uri:case'],
    needs: 'instance',
    steps: [
      { send: (t) => get(t, { uri: dmtfUri(t, t.className.toLowerCase()) }), expect: [ok] },
      {
        send: (t) => get(t, { selectors: { __cimnamespace: t.namespace.toUpperCase(), ...t.selectors } }),
        expect: [ok],
      },
    ],
  },
  {
    name: 'a ResourceURI of 3,000 characters is too long',
    verifies: ['uri:length'],
    steps: [
      {
        send: (t) => get(t, { uri: dmtfUri(t, 'C'.repeat(3000)) }),
        expect: [fault('Sender', 'w:EncodingLimit', 'URILimitExceeded')],
      },
    ],
  },
  {
    name: 'a class that does not exist is not reachable',
    verifies: ['uri:class'],
    steps: [{ send: (t) => get(t, { uri: dmtfUri(t, 'CIM_NoSuchClass') }), expect: [unreachable] }],
  },
  {
    name: 'an unknown class has CIM status 5',
    verifies: ['fault:cim-error:class', 'fault:cim-error'],
    steps: [{ send: (t) => get(t, { uri: dmtfUri(t, 'CIM_NoSuchClass') }), expect: [cimStatus(5)] }],
  },
  {
    name: 'Get of all classes is not supported',
    verifies: ['uri:all-classes:transfer'],
    steps: [
      {
        send: (t) => get(t, { uri: ALL_CLASSES, selectors: inNamespace(t) }),
        expect: [fault('Sender', 'a:ActionNotSupported')],
      },
    ],
  },
  {
    name: 'a method of all classes is refused',
    verifies: ['uri:all-classes:invoke'],
    steps: [
      {
        send: (t) => invoke(t, { className: '*', method: 'Run' }, { uri: ALL_CLASSES }),
        expect: [fault('Sender', ['a:ActionNotSupported', 'a:DestinationUnreachable'])],
      },
    ],
  },
  {
    name: 'a server without shells says so',
    verifies: ['uri:shell'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          get(t, { uri: 'http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd', selectors: { ShellId: '1' } }),
        expect: [fault('Sender', ['a:DestinationUnreachable', 'w:UnsupportedFeature', 'a:ActionNotSupported'])],
      },
    ],
  },
  {
    name: 'the default namespace is meant when none is named',
    verifies: ['namespace:default'],
    needs: 'lab',
    steps: [{ send: (t) => get(t, { selectors: t.selectors }), expect: [ok] }],
  },
  {
    name: 'an unknown namespace is not reachable',
    verifies: ['namespace:unknown'],
    steps: [
      {
        send: (t) => get(t, { selectors: { __cimnamespace: 'root/no/such/namespace', ...t.selectors } }),
        expect: [unreachable],
      },
    ],
  },
  {
    name: 'an unknown namespace has CIM status 3',
    verifies: ['fault:cim-error:namespace'],
    steps: [
      {
        send: (t) => get(t, { selectors: { __cimnamespace: 'root/no/such/namespace', ...t.selectors } }),
        expect: [cimStatus(3)],
      },
    ],
  },
  {
    name: 'backslashes separate the parts of a namespace',
    verifies: ['namespace:separator'],
    needs: 'instance',
    steps: [
      {
        send: (t) => get(t, { selectors: { __cimnamespace: t.namespace.replaceAll('/', '\\'), ...t.selectors } }),
        expect: [ok],
      },
    ],
  },
  {
    name: 'a WMI URI goes with the same __cimnamespace',
    verifies: ['namespace:wmi-equal'],
    needs: 'instance',
    steps: [{ send: (t) => get(t, { uri: wmiUri(t) }), expect: [ok] }],
  },
  {
    name: 'a WMI URI with another __cimnamespace is refused',
    verifies: ['namespace:wmi-other'],
    needs: 'instance',
    steps: [
      {
        send: (t) => get(t, { uri: wmiUri(t), selectors: { __cimnamespace: 'root/other', ...t.selectors } }),
        expect: [anyFault],
      },
    ],
  },
  {
    name: 'an unknown method has CIM status 17',
    verifies: ['fault:cim-error:method'],
    needs: 'instance',
    steps: [
      {
        send: (t) => invoke(t, { className: t.className, keys: t.selectors, method: 'NoSuchMethod' }),
        expect: [cimStatus(17)],
      },
    ],
  },
  {
    name: 'Enumerate of a class that does not exist is refused',
    verifies: ['enumerate:unknown-class'],
    steps: [{ send: (t) => enumerate(t, optimized, { uri: dmtfUri(t, 'CIM_NoSuchClass') }), expect: [unreachable] }],
  },
  {
    name: 'a fault tells nothing of the inside of the server',
    verifies: ['fault:discreet'],
    steps: [
      {
        send: (t) =>
          invoke(t, { className: SERVICE, keys: { Name: '<w:Bad/>' }, method: METHOD, input: '<i:Goal><x/></i:Goal>' }),
        expect: [
          anyFault,
          {
            says: 'no stack and no path',
            check: ({ answer }) => /(\n\s+at |node_modules|\/src\/|\/dist\/|[A-Z]:\\\\)/.exec(answer.text)?.[0],
          },
        ],
      },
    ],
  },
  {
    name: 'a protocol fault has WSManFault with Code and Machine',
    verifies: ['fault:wsman-fault'],
    steps: [
      {
        send: (t) => get(t, { maxEnvelopeSize: '100' }),
        expect: [
          text('s:Body/s:Fault/s:Detail/f:WSManFault/@Code', '2150858878'),
          present('s:Body/s:Fault/s:Detail/f:WSManFault/@Machine'),
        ],
      },
    ],
  },
  {
    name: 'a FaultDetail is below the standard prefix',
    verifies: ['fault:detail-uri'],
    steps: [
      {
        send: (t) => get(t, { maxEnvelopeSize: '100' }),
        expect: [
          text(
            's:Body/s:Fault/s:Detail/w:FaultDetail',
            'http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/MinimumEnvelopeLimit',
          ),
        ],
      },
    ],
  },
];
