import type { Case, Step } from '../case.js';
import { absent, fault, inDocument, ok, present, sameTexts, text } from '../expectations.js';
import { findAll } from '../find.js';
import { HOSTED_SERVICE, SERVICE, SYSTEM, systems, TCP } from '../lab.js';
import { ALL_CLASSES, dialects, WMI } from '../namespaces.js';
import { dmtfUri, enumerate, modeXml, onContext, optimized, query } from '../requests.js';

const RESPONSE = 's:Body/n:EnumerateResponse';
const ITEMS = `${RESPONSE}/w:Items`;
const cannotProcess = fault('Sender', 'n:CannotProcessFilter');
const [A, B, C] = systems;

/**
 * A query against the lab that gives systems of these names.
 *
 * @param text WQL, escaped for XML
 */
const givesSystems = (text: string, names: readonly string[]): Step => ({
  send: (t) => query(t, text),
  expect: [ok, sameTexts(`${ITEMS}/*/*:Name`, names), present(`${RESPONSE}/w:EndOfSequence`, 1)],
});

const queried = (text: string, expect: Step['expect']): Step => ({ send: (t) => query(t, text), expect });

const labCase = (name: string, verifies: Case['verifies'], ...steps: readonly Step[]): Case => ({
  name,
  verifies,
  needs: 'lab',
  optional: true,
  steps,
});

const SYSTEM_PATH = `${SYSTEM}.CreationClassName="${SYSTEM}",Name="${A}"`;

export const wqlCases: readonly Case[] = [
  {
    name: 'w:Filter together with n:Filter is refused',
    verifies: ['filter:both'],
    steps: [
      {
        send: (t) =>
          enumerate(
            t,
            `<n:Filter Dialect="${dialects.wql}">SELECT * FROM ${t.className}</n:Filter>${optimized}<w:Filter Dialect="${dialects.wql}">SELECT * FROM ${t.className}</w:Filter>`,
            { uri: ALL_CLASSES },
          ),
        expect: [fault('Sender')],
      },
    ],
  },
  {
    name: 'n:Filter is taken as w:Filter is',
    verifies: ['filter:enumeration'],
    optional: true,
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          enumerate(
            t,
            `<n:Filter Dialect="${dialects.wql}">SELECT * FROM ${SYSTEM} WHERE Name = '${B}'</n:Filter>${optimized}`,
            {
              uri: ALL_CLASSES,
            },
          ),
        expect: [ok, sameTexts(`${ITEMS}/*/*:Name`, [B])],
      },
    ],
  },
  {
    name: 'an unknown dialect is refused',
    verifies: ['filter:dialect'],
    steps: [
      {
        send: (t) => enumerate(t, `${optimized}<w:Filter Dialect="http://example.org/dialect">x</w:Filter>`),
        expect: [fault('Sender', ['n:FilterDialectRequestedUnavailable', 'n:FilteringNotSupported'])],
      },
    ],
  },
  {
    name: 'SELECT * gives the instances of the class',
    verifies: ['wql'],
    optional: true,
    needs: 'instance',
    steps: [
      {
        send: (t) => query(t, `SELECT * FROM ${t.className}`),
        expect: [ok, present(`${ITEMS}/*`)],
      },
    ],
  },
  labCase('a query is taken on the URI of a class', ['wql:class-uri'], {
    send: (t) => query(t, `SELECT * FROM ${SYSTEM} WHERE Name = '${A}'`, { uri: dmtfUri(t, SYSTEM) }),
    expect: [ok, sameTexts(`${ITEMS}/*/*:Name`, [A])],
  }),
  labCase('a query is taken on the all-classes URI of the WMI family', ['wql:wmi-uri'], {
    send: (t) =>
      query(t, `SELECT * FROM ${SYSTEM} WHERE Name = '${A}'`, { uri: `${WMI}${t.namespace}/*`, selectors: {} }),
    expect: [ok, sameTexts(`${ITEMS}/*/*:Name`, [A])],
  }),
  labCase(
    '= compares strings without case',
    ['wql:equal'],
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE ElementName = 'ISCSI-A'`, [A]),
  ),
  labCase(
    '&lt;> and != mean not equal'.replace('&lt;', '<'),
    ['wql:not-equal'],
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE Name &lt;> '${A}'`, [B, C]),
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE Name != '${A}'`, [B, C]),
  ),
  labCase(
    '<, >, <= and >= compare numbers',
    ['wql:order'],
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE EnabledState &lt; 3`, systems),
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE EnabledState &lt;= 2`, systems),
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE EnabledState > 2`, []),
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE EnabledState >= 2`, systems),
  ),
  labCase(
    'LIKE knows its wildcards',
    ['wql:like'],
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE Name LIKE 'iscsi-%'`, [A, B]),
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE ElementName LIKE 'iscsi__'`, [A, B]),
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE Name LIKE 'iscsi-[b-z].%'`, [B]),
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE Name LIKE 'iscsi-[^b].%'`, [A]),
  ),
  labCase(
    'brackets take their meaning from wildcards',
    ['wql:like:underscore'],
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE ElementName LIKE 'iscsi[_]a'`, []),
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE CreationClassName LIKE 'MSFTSM[_]%' AND Name LIKE 'legacy%'`, [C]),
  ),
  labCase(
    'LIKE on a number is refused',
    ['wql:like:type'],
    queried(`SELECT * FROM ${SYSTEM} WHERE EnabledState LIKE '2%'`, [cannotProcess]),
  ),
  labCase(
    '= compares references',
    ['wql:reference'],
    queried(
      `SELECT * FROM ${HOSTED_SERVICE} WHERE Antecedent = "${SYSTEM}.CreationClassName=\\"${SYSTEM}\\",Name=\\"${A}\\""`,
      [ok, present(`${ITEMS}/*:${HOSTED_SERVICE}`, 5)],
    ),
  ),
  labCase(
    'IS NULL and IS NOT NULL tell apart what has a value',
    ['wql:null'],
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE PrimaryOwnerName IS NULL`, systems),
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE PrimaryOwnerName IS NOT NULL`, []),
  ),
  labCase(
    'AND, OR, NOT and parentheses combine conditions',
    ['wql:and-or-not'],
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE Name = '${A}' OR Name = '${B}' AND EnabledState = 99`, [A]),
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE (Name = '${A}' OR Name = '${B}') AND EnabledState = 99`, []),
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE NOT (Name = '${A}' OR Name = '${B}')`, [C]),
  ),
  labCase(
    'TRUE and FALSE compare with booleans',
    ['wql:boolean'],
    queried(`SELECT * FROM ${SERVICE} WHERE Started = TRUE`, [ok, present(`${ITEMS}/*`, 3)]),
    queried(`SELECT * FROM ${SERVICE} WHERE Started = FALSE`, [ok, absent(`${ITEMS}/*`)]),
  ),
  labCase(
    'keywords and names may be in any case',
    ['wql:keywords'],
    givesSystems(`select * From ${SYSTEM.toLowerCase()} wHERE NAME like 'legacy%'`, [C]),
  ),
  labCase(
    'strings stand in single or double quotes',
    ['wql:quotes'],
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE Name = "${B}"`, [B]),
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE Name = '${B}'`, [B]),
  ),
  labCase(
    'a query that nothing meets gives an empty sequence',
    ['wql:no-match'],
    givesSystems(`SELECT * FROM ${SYSTEM} WHERE Name = 'nobody'`, []),
  ),
  labCase(
    'a query over a superclass finds instances of subclasses',
    ['wql:subclasses'],
    givesSystems('SELECT * FROM CIM_ComputerSystem', systems),
  ),
  labCase(
    '__CLASS stands for the class of an instance',
    ['wql:class'],
    givesSystems(`SELECT * FROM CIM_System WHERE __CLASS = "${SYSTEM}"`, systems),
    givesSystems('SELECT * FROM CIM_System WHERE __CLASS = "CIM_ComputerSystem"', []),
  ),
  labCase(
    'ISA tests the class of an instance',
    ['wql:isa'],
    givesSystems(`SELECT * FROM CIM_System WHERE __THIS ISA "${SYSTEM}"`, systems),
  ),
  labCase(
    'meta_class asks for classes',
    ['wql:meta-class'],
    queried(`SELECT * FROM meta_class WHERE __this ISA "${SYSTEM}"`, [ok, present(`${ITEMS}/*`)]),
  ),
  labCase(
    'a list of properties gives just these',
    ['wql:projection'],
    queried(`SELECT ElementName, EnabledState FROM ${SYSTEM} WHERE Name = '${A}'`, [
      ok,
      present(`${ITEMS}/*`, 1),
      inDocument('the two properties', (root) => {
        const names = findAll(root, `${ITEMS}/*/*`).map(({ local }) => local);
        return names.join() === 'ElementName,EnabledState' ? undefined : names.join();
      }),
      text(`${ITEMS}/*/*:ElementName`, 'iscsi-a'),
    ]),
  ),
  labCase('a projection goes with the whole EPR of its object', ['wql:projection', 'mode:object-and-epr'], {
    send: (t) =>
      enumerate(
        t,
        `${optimized}<w:Filter Dialect="${dialects.wql}">SELECT ElementName FROM ${SYSTEM} WHERE Name = '${A}'</w:Filter>${modeXml('EnumerateObjectAndEPR')}`,
        { uri: ALL_CLASSES },
      ),
    expect: [
      ok,
      text(`${ITEMS}/w:Item/*/*:ElementName`, 'iscsi-a'),
      text(`${ITEMS}/w:Item/a:EndpointReference/a:ReferenceParameters/w:SelectorSet/w:Selector[Name]`, A),
    ],
  }),
  {
    name: 'a query that cannot be read is refused',
    verifies: ['wql:syntax'],
    optional: true,
    steps: [
      queried('SELECT * FROM', [cannotProcess]),
      queried('SELEKT * FROM X', [cannotProcess]),
      queried("SELECT * FROM CIM_System WHERE Name = 'open", [cannotProcess]),
    ],
  },
  {
    name: 'a query over a class that does not exist is refused',
    verifies: ['wql:unknown-class'],
    optional: true,
    steps: [
      queried('SELECT * FROM CIM_NoSuchClass', [
        fault('Sender', ['n:CannotProcessFilter', 'a:DestinationUnreachable']),
      ]),
    ],
  },
  labCase(
    'a query with a property that the class does not have is refused',
    ['wql:unknown-property'],
    queried(`SELECT * FROM ${SYSTEM} WHERE NoSuchProperty = 1`, [
      fault('Sender', ['n:CannotProcessFilter', 'w:InvalidParameter']),
    ]),
  ),
  labCase(
    'ASSOCIATORS OF gives the objects at the other ends',
    ['wql:associators'],
    queried(`ASSOCIATORS OF {${SYSTEM_PATH}}`, [
      ok,
      present(`${ITEMS}/*:${SERVICE}`, 1),
      present(`${ITEMS}/*:${TCP}`, 2),
    ]),
  ),
  labCase(
    'ASSOCIATORS OF keeps to what its WHERE says',
    ['wql:associators:where'],
    queried(`ASSOCIATORS OF {${SYSTEM_PATH}} WHERE AssocClass = ${HOSTED_SERVICE}`, [ok, present(`${ITEMS}/*`, 5)]),
    queried(`ASSOCIATORS OF {${SYSTEM_PATH}} WHERE ResultClass = ${TCP}`, [ok, present(`${ITEMS}/*`, 2)]),
    queried(`ASSOCIATORS OF {${SYSTEM_PATH}} WHERE AssocClass = ${HOSTED_SERVICE} Role = Antecedent`, [
      ok,
      present(`${ITEMS}/*`, 5),
    ]),
    queried(`ASSOCIATORS OF {${SYSTEM_PATH}} WHERE AssocClass = ${HOSTED_SERVICE} Role = Dependent`, [
      ok,
      absent(`${ITEMS}/*`),
    ]),
    queried(`ASSOCIATORS OF {${SYSTEM_PATH}} WHERE AssocClass = ${HOSTED_SERVICE} ResultRole = Antecedent`, [
      ok,
      absent(`${ITEMS}/*`),
    ]),
  ),
  labCase(
    'KeysOnly gives no values but those of keys',
    ['wql:associators:keys-only'],
    queried(`ASSOCIATORS OF {${SYSTEM_PATH}} WHERE ResultClass = ${SERVICE} KeysOnly`, [
      ok,
      text(`${ITEMS}/*:${SERVICE}/*:Name`, 'StorageConfigurationService'),
      inDocument(
        'no StartMode',
        (root) => findAll(root, `${ITEMS}/*/*:StartMode`).find((node) => node.text !== '')?.text,
      ),
    ]),
  ),
  labCase(
    'ClassDefsOnly gives the classes of the results',
    ['wql:associators:class-defs'],
    queried(`ASSOCIATORS OF {${SYSTEM_PATH}} WHERE ResultClass = ${TCP} ClassDefsOnly`, [
      ok,
      inDocument('the class, no instance', (root) => {
        const [item] = findAll(root, `${ITEMS}/*`);
        return item === undefined || item.text !== '' || findAll(item, '*:SystemName').some((node) => node.text !== '')
          ? `${item?.local ?? 'no item'}`
          : undefined;
      }),
    ]),
  ),
  labCase(
    'RequiredAssocQualifier and RequiredQualifier keep to classes with that qualifier',
    ['wql:associators:qualifier'],
    queried(
      `ASSOCIATORS OF {${SYSTEM_PATH}} WHERE AssocClass = ${HOSTED_SERVICE} RequiredAssocQualifier = Association`,
      [ok, present(`${ITEMS}/*`, 5)],
    ),
    queried(`ASSOCIATORS OF {${SYSTEM_PATH}} WHERE RequiredQualifier = NoSuchQualifier`, [ok, absent(`${ITEMS}/*`)]),
  ),
  labCase(
    'REFERENCES OF gives the associations',
    ['wql:references'],
    queried(`REFERENCES OF {${SYSTEM_PATH}} WHERE ResultClass = ${HOSTED_SERVICE}`, [
      ok,
      present(`${ITEMS}/*:${HOSTED_SERVICE}`, 5),
      present(`${ITEMS}/*:${HOSTED_SERVICE}/*:Dependent/a:ReferenceParameters`, 5),
    ]),
  ),
  labCase(
    'REFERENCES OF keeps to what its WHERE says',
    ['wql:references:where'],
    queried(`REFERENCES OF {${SYSTEM_PATH}} WHERE ResultClass = ${HOSTED_SERVICE} Role = Antecedent`, [
      ok,
      present(`${ITEMS}/*`, 5),
    ]),
    queried(`REFERENCES OF {${SYSTEM_PATH}} WHERE ResultClass = ${HOSTED_SERVICE} Role = Dependent`, [
      ok,
      absent(`${ITEMS}/*`),
    ]),
  ),
  labCase(
    'the results of a query are pulled in batches',
    ['wql:batches'],
    {
      send: (t) =>
        enumerate(
          t,
          `<w:Filter Dialect="${dialects.wql}">SELECT * FROM ${SYSTEM} WHERE Name LIKE 'iscsi%'</w:Filter>`,
          { uri: ALL_CLASSES },
        ),
      expect: [ok],
      remember: { context: `${RESPONSE}/n:EnumerationContext` },
    },
    {
      send: (t, { context = '' }) => onContext(t, 'pull', context, '', { uri: ALL_CLASSES }),
      expect: [ok, present('s:Body/n:PullResponse/n:Items/*', 1)],
    },
    {
      send: (t, { context = '' }) =>
        onContext(t, 'pull', context, '<n:MaxElements>9</n:MaxElements>', { uri: ALL_CLASSES }),
      expect: [ok, present('s:Body/n:PullResponse/n:Items/*', 1), present('s:Body/n:PullResponse/n:EndOfSequence', 1)],
    },
  ),
  {
    name: 'a query in CQL is answered or its dialect refused',
    verifies: ['cql'],
    needs: 'lab',
    steps: [
      {
        send: (t) =>
          enumerate(
            t,
            `${optimized}<w:Filter Dialect="${dialects.cql}">SELECT * FROM ${SYSTEM} WHERE Name = '${A}'</w:Filter>`,
            { uri: ALL_CLASSES },
          ),
        expect: [
          {
            says: 'the system or FilterDialectRequestedUnavailable',
            check: (exchange) =>
              exchange.answer.status === 200
                ? present(`${ITEMS}/*`, 1).check(exchange)
                : fault('Sender', 'n:FilterDialectRequestedUnavailable').check(exchange),
          },
        ],
      },
    ],
  },
];
