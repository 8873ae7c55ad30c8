import {
  DMTF,
  ENUMERATION,
  identifyRequest,
  METHOD,
  NAMESPACE,
  type RequestParts,
  request,
  SERVICE_CLASS,
  TRANSFER,
  WMI,
  WQL,
} from '../../support/envelopes.js';
import { bodyOf, readCaptures, readCorpus } from './read-corpus.js';
import { XML_WORDS } from './xml-words.js';

const ASSOCIATIONS = 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter';

/** Stands between two tags for the enumeration that was opened last; anywhere else in a message it is what it is. */
export const LAST_CONTEXT = 'uuid:00000000-0000-4000-8000-000000000000';

const port = { SystemCreationClassName: 'MSFTSM_ComputerSystem', SystemName: 'iscsi-a.lab.example' };
const inEnumeration = (name: string, inside = '') => `<n:${name} xmlns:n="${ENUMERATION}">${inside}</n:${name}>`;
const filter = (dialect: string, inside: string) =>
  inEnumeration('Enumerate', `<w:Filter Dialect="${dialect}">${inside}</w:Filter>`);
const pull = `<n:EnumerationContext>${LAST_CONTEXT}</n:EnumerationContext><n:MaxElements>2</n:MaxElements>`;
const optimized =
  '<w:OptimizeEnumeration/><w:MaxElements>3</w:MaxElements><w:EnumerationMode>EnumerateObjectAndEPR</w:EnumerationMode>';
const hardwareId = 'MSISCSITARGET_StorageHardwareID';
const instance = (id: string) =>
  `<c:${hardwareId} xmlns:c="${DMTF}${hardwareId}"><c:InstanceID>${id}</c:InstanceID><c:StorageID>iqn.x</c:StorageID><c:IDType>5</c:IDType></c:${hardwareId}>`;

const made: readonly RequestParts[] = [
  {},
  { operationTimeout: 'PT1S', maxEnvelopeSize: '8192' },
  { action: `${TRANSFER}/Get`, body: '' },
  {
    action: `${TRANSFER}/Get`,
    body: '',
    headers: '<w:FragmentTransfer s:mustUnderstand="true">Name</w:FragmentTransfer>',
  },
  {
    action: `${TRANSFER}/Get`,
    body: '',
    resourceUri: `${WMI}MSFTSM_ComputerSystem`,
    selectors: { CreationClassName: 'MSFTSM_ComputerSystem', Name: 'iscsi-a.lab.example' },
  },
  {
    action: `${TRANSFER}/Get`,
    body: '',
    resourceUri: 'http://schemas.microsoft.com/wbem/wsman/1/config',
    selectors: {},
  },
  {
    action: `${TRANSFER}/Create`,
    resourceUri: DMTF + hardwareId,
    selectors: { __cimnamespace: NAMESPACE },
    body: instance('a'),
  },
  {
    action: `${TRANSFER}/Put`,
    resourceUri: DMTF + hardwareId,
    selectors: { __cimnamespace: NAMESPACE, InstanceID: 'a' },
    body: instance('a'),
  },
  {
    action: `${TRANSFER}/Delete`,
    resourceUri: DMTF + hardwareId,
    selectors: { __cimnamespace: NAMESPACE, InstanceID: 'a' },
    body: '',
  },
  {
    action: `${ENUMERATION}/Enumerate`,
    resourceUri: `${DMTF}MSFTSM_ComputerSystem`,
    selectors: { __cimnamespace: NAMESPACE },
    body: inEnumeration('Enumerate'),
  },
  {
    action: `${ENUMERATION}/Enumerate`,
    resourceUri: `${DMTF}*`,
    selectors: { __cimnamespace: NAMESPACE },
    body: filter(WQL, "SELECT Name FROM MSFTSM_ComputerSystem WHERE Name LIKE 'iscsi%'"),
  },
  {
    action: `${ENUMERATION}/Enumerate`,
    resourceUri: `${WMI}*`,
    selectors: {},
    body: inEnumeration(
      'Enumerate',
      `${optimized}<w:Filter Dialect="${WQL}">SELECT * FROM CIM_ProtocolEndpoint</w:Filter>`,
    ),
  },
  {
    action: `${ENUMERATION}/Enumerate`,
    resourceUri: `${DMTF}*`,
    selectors: { __cimnamespace: NAMESPACE },
    body: filter(
      ASSOCIATIONS,
      `<b:AssociatedInstances xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd"><b:Object><a:Address>x</a:Address><a:ReferenceParameters><w:ResourceURI>${DMTF}MSFTSM_ComputerSystem</w:ResourceURI><w:SelectorSet><w:Selector Name="CreationClassName">MSFTSM_ComputerSystem</w:Selector><w:Selector Name="Name">iscsi-a.lab.example</w:Selector></w:SelectorSet></a:ReferenceParameters></b:Object></b:AssociatedInstances>`,
    ),
  },
  {
    action: `${ENUMERATION}/Pull`,
    resourceUri: `${DMTF}MSFTSM_ComputerSystem`,
    selectors: { __cimnamespace: NAMESPACE },
    body: inEnumeration('Pull', pull),
  },
  {
    action: `${ENUMERATION}/Pull`,
    resourceUri: `${DMTF}*`,
    selectors: { __cimnamespace: NAMESPACE },
    body: inEnumeration('Pull', pull),
  },
  {
    action: `${ENUMERATION}/Release`,
    resourceUri: `${DMTF}*`,
    selectors: { __cimnamespace: NAMESPACE },
    body: inEnumeration('Release', pull),
  },
  {
    action: 'http://schemas.microsoft.com/wbem/wsman/1/wmi/GetClass',
    resourceUri: WMI + SERVICE_CLASS,
    selectors: {},
    body: '',
  },
  {
    resourceUri: `${DMTF}MSISCSITARGET_TCPProtocolEndpoint`,
    action: `${DMTF}MSISCSITARGET_TCPProtocolEndpoint/RequestStateChange`,
    selectors: { __cimnamespace: NAMESPACE, ...port, CreationClassName: 'x', Name: 'y' },
  },
];

/** Messages of real clients, of our own, and those that went wrong once. */
export function soapMessages(): readonly Buffer[] {
  const ours = [identifyRequest, ...made.map(request)].map((text) => Buffer.from(text));
  return [...readCaptures().map(bodyOf), ...ours, ...readCorpus('soap')];
}

export const SOAP_WORDS = [
  ...XML_WORDS,
  ...[
    's:mustUnderstand="true"',
    's:mustUnderstand="false"',
    '<w:OptionSet><w:Option Name="x">1</w:Option></w:OptionSet>',
    'xsi:nil="true"',
  ],
  ...[
    'Get',
    'Put',
    'Create',
    'Delete',
    'Enumerate',
    'Pull',
    'Release',
    'Identify',
    'Subscribe',
    '*',
    'PT0.5S',
    'PT0S',
    'P1Y',
    '0',
    '-1',
  ],
  ...[
    '__cimnamespace',
    'root',
    'root/cimv2',
    NAMESPACE,
    SERVICE_CLASS,
    METHOD,
    `${METHOD}_INPUT`,
    DMTF,
    WMI,
    LAST_CONTEXT,
    'CIM_NetworkPipe',
  ],
  ...[
    'a:Action',
    'a:To',
    'a:MessageID',
    'a:ReplyTo',
    'w:ResourceURI',
    'w:SelectorSet',
    'w:Selector',
    'w:MaxEnvelopeSize',
    's:Body',
    's:Header',
  ],
  ...[
    '<w:OptimizeEnumeration/>',
    '<n:MaxTime>PT1S</n:MaxTime>',
    '<w:RequestTotalItemsCountEstimate/>',
    'EnumerateEPR',
    'DeepBasePropertiesOnly',
  ],
  ...[
    "SELECT * FROM CIM_ManagedElement WHERE Name = 'x'",
    'ASSOCIATORS OF {',
    'instance of MSISCSITARGET_GoalSetting { };',
    '/text()',
    'Name[1]',
  ],
] as unknown as readonly [string, ...string[]];
