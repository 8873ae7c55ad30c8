import type { Case, Step } from '../case.js';
import { absent, anyFault, fault, ok, present, sameTexts, text } from '../expectations.js';
import {
  CAPABILITIES,
  HOSTED_SERVICE,
  SERVICE,
  SYSTEM,
  serviceKeys,
  services,
  systemKeys,
  systems,
  TCP,
} from '../lab.js';
import type { Message } from '../message.js';
import { ALL_CLASSES, dialects } from '../namespaces.js';
import {
  dmtfUri,
  enumerate,
  eprXml,
  inNamespace,
  modeXml,
  optimized,
  type Parts,
  selectorSetXml,
} from '../requests.js';
import type { Target } from '../target.js';

const RESPONSE = 's:Body/n:EnumerateResponse';
const ITEMS = `${RESPONSE}/w:Items`;
const cannotProcess = fault('Sender', 'n:CannotProcessFilter');
const [A, B] = systems;

const labCase = (name: string, verifies: Case['verifies'], ...steps: readonly Step[]): Case => ({
  name,
  verifies,
  needs: 'lab',
  optional: true,
  steps,
});

/** @param selectors markup */
const selectorFilter = (selectors: string, parts?: Parts) => (t: Target) =>
  enumerate(t, `${optimized}<w:Filter Dialect="${dialects.selector}">${selectors}</w:Filter>`, {
    uri: dmtfUri(t, SYSTEM),
    ...parts,
  });

export const selectorFilterCases: readonly Case[] = [
  labCase(
    'a selector filter keeps what has these values',
    ['selector-filter'],
    {
      send: selectorFilter(selectorSetXml({ ElementName: 'iscsi-b', EnabledState: '2' })),
      expect: [ok, sameTexts(`${ITEMS}/*/*:Name`, [B])],
    },
    { send: selectorFilter(selectorSetXml({ ElementName: 'nobody' })), expect: [ok, absent(`${ITEMS}/*`)] },
  ),
  labCase('a selector filter with a name twice is refused', ['selector-filter:duplicate'], {
    send: selectorFilter(
      '<w:SelectorSet><w:Selector Name="ElementName">a</w:Selector><w:Selector Name="ElementName">b</w:Selector></w:SelectorSet>',
    ),
    expect: [cannotProcess],
  }),
  labCase('a selector filter on an array is refused', ['selector-filter:array'], {
    send: selectorFilter(selectorSetXml({ OperationalStatus: '2' })),
    expect: [cannotProcess],
  }),
  labCase('a selector filter with quotation marks is refused', ['selector-filter:quotes'], {
    send: selectorFilter(selectorSetXml({ ElementName: "it's" })),
    expect: [cannotProcess],
  }),
  {
    name: 'a selector filter on the all-classes URI is refused',
    verifies: ['selector-filter:all-classes'],
    needs: 'lab',
    steps: [
      { send: selectorFilter(selectorSetXml({ ElementName: 'iscsi-a' }), { uri: ALL_CLASSES }), expect: [anyFault] },
    ],
  },
];

/**
 * Enumerate with an association filter about the first system of the lab.
 *
 * @param more markup behind the object
 */
const associated =
  (
    kind: 'AssociatedInstances' | 'AssociationInstances',
    more = '',
    {
      object = systemXml,
      mode = 'EnumerateObject',
      dialect = dialects.association,
    }: { readonly object?: (target: Target) => string; readonly mode?: string; readonly dialect?: string } = {},
  ): ((target: Target) => Message) =>
  (target) =>
    enumerate(
      target,
      `${optimized}<w:Filter Dialect="${dialect}"><b:${kind}>${object(target)}${more}</b:${kind}></w:Filter>${modeXml(mode)}`,
      { uri: ALL_CLASSES, selectors: inNamespace(target) },
    );

const systemEpr = (target: Target) => eprXml(target, SYSTEM, systemKeys(A));

function systemXml(target: Target) {
  return `<b:Object>${systemEpr(target)}</b:Object>`;
}

const hosted = `<b:AssociationClassName>${HOSTED_SERVICE}</b:AssociationClassName>`;

export const associationCases: readonly Case[] = [
  labCase('AssociatedInstances gives the objects at the other ends', ['association:associated'], {
    send: associated('AssociatedInstances'),
    expect: [ok, ...services.map((name) => present(`${ITEMS}/*:${name}`, 1)), present(`${ITEMS}/*:${TCP}`, 2)],
  }),
  labCase('AssociationInstances gives the associations', ['association:association'], {
    send: associated('AssociationInstances', `<b:ResultClassName>${HOSTED_SERVICE}</b:ResultClassName>`),
    expect: [ok, present(`${ITEMS}/*`, 5), present(`${ITEMS}/*:${HOSTED_SERVICE}`, 5)],
  }),
  labCase('AssociationClassName keeps to associations of that class', ['association:class'], {
    send: associated('AssociatedInstances', hosted),
    expect: [ok, present(`${ITEMS}/*`, 5)],
  }),
  labCase(
    'ResultClassName keeps to results of that class and its subclasses',
    ['association:result-class'],
    {
      send: associated('AssociatedInstances', `<b:ResultClassName>${TCP}</b:ResultClassName>`),
      expect: [ok, present(`${ITEMS}/*`, 2)],
    },
    {
      send: associated('AssociatedInstances', '<b:ResultClassName>CIM_Service</b:ResultClassName>'),
      expect: [ok, present(`${ITEMS}/*`, 5)],
    },
  ),
  labCase(
    'Role keeps to associations where the object has that role',
    ['association:role'],
    {
      send: associated('AssociatedInstances', `${hosted}<b:Role>Antecedent</b:Role>`),
      expect: [ok, present(`${ITEMS}/*`, 5)],
    },
    {
      send: associated('AssociatedInstances', `${hosted}<b:Role>Dependent</b:Role>`),
      expect: [ok, absent(`${ITEMS}/*`)],
    },
  ),
  labCase(
    'ResultRole keeps to results that have that role',
    ['association:result-role'],
    {
      send: associated('AssociatedInstances', `${hosted}<b:ResultRole>Dependent</b:ResultRole>`),
      expect: [ok, present(`${ITEMS}/*`, 5)],
    },
    {
      send: associated('AssociatedInstances', `${hosted}<b:ResultRole>Antecedent</b:ResultRole>`),
      expect: [ok, absent(`${ITEMS}/*`)],
    },
  ),
  labCase('IncludeResultProperty keeps to the properties named', ['association:properties'], {
    send: associated(
      'AssociatedInstances',
      `<b:ResultClassName>${SERVICE}</b:ResultClassName><b:IncludeResultProperty>ElementName</b:IncludeResultProperty>`,
    ),
    expect: [ok, present(`${ITEMS}/*/*:ElementName`, 1), absent(`${ITEMS}/*/*:StartMode`)],
  }),
  labCase('the object may stand in an EndpointReference', ['association:wrapped'], {
    send: associated('AssociatedInstances', hosted, {
      object: (t) => `<b:Object><a:EndpointReference>${systemEpr(t)}</a:EndpointReference></b:Object>`,
    }),
    expect: [ok, present(`${ITEMS}/*`, 5)],
  }),
  labCase('the dialect may be spelt AssociationFilter', ['association:dialect-case'], {
    send: associated('AssociatedInstances', hosted, {
      dialect: 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding/AssociationFilter',
    }),
    expect: [ok, present(`${ITEMS}/*`, 5)],
  }),
  labCase('an association filter without object is refused', ['association:no-object'], {
    send: associated('AssociatedInstances', '', { object: () => '' }),
    expect: [fault('Sender', ['n:CannotProcessFilter', 'w:SchemaValidationError'])],
  }),
  {
    name: 'an association filter with an object that does not exist gives nothing or a fault',
    verifies: ['association:unknown-object'],
    needs: 'lab',
    steps: [
      {
        send: associated('AssociatedInstances', '', {
          object: (t) => `<b:Object>${eprXml(t, SYSTEM, systemKeys('nobody.lab.example'))}</b:Object>`,
        }),
        expect: [
          {
            says: 'no items or a fault',
            check: (exchange) =>
              exchange.answer.status === 200
                ? [present(RESPONSE, 1), absent(`${ITEMS}/*`)].map(({ check }) => check(exchange)).find(Boolean)
                : anyFault.check(exchange),
          },
        ],
      },
    ],
  },
  labCase(
    'an association filter goes with every mode',
    ['association:epr'],
    {
      send: associated('AssociatedInstances', hosted, { mode: 'EnumerateEPR' }),
      expect: [ok, present(`${ITEMS}/a:EndpointReference`, 5)],
    },
    {
      send: associated('AssociatedInstances', hosted, { mode: 'EnumerateObjectAndEPR' }),
      expect: [ok, present(`${ITEMS}/w:Item/a:EndpointReference`, 5)],
    },
  ),
  labCase('what hangs on a service by several associations is found once', ['association:associated'], {
    send: associated('AssociatedInstances', `<b:ResultClassName>${CAPABILITIES}</b:ResultClassName>`, {
      object: (t) => `<b:Object>${eprXml(t, SERVICE, serviceKeys())}</b:Object>`,
    }),
    expect: [
      ok,
      present(`${ITEMS}/*`, 1),
      text(`${ITEMS}/*/*:InstanceID`, `cimulator:${A}:StorageReplicationCapabilities`),
    ],
  }),
];
