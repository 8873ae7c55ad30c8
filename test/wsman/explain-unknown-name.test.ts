import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/wsman/wsman-service.js';
import { CQL, DMTF, ENUMERATION, NAMESPACE, request, SELECTORS, TRANSFER, WQL } from '../support/envelopes.js';
import { runEndpoint } from '../support/running-endpoint.js';

const SYSTEM = 'MSFTSM_ComputerSystem';
const SERVICE = 'MSISCSITARGET_StorageConfigurationService';
const KEYS = { CreationClassName: SYSTEM, Name: 'iscsi-a.lab.example' };
const SERVICE_KEYS = {
  ...{ SystemCreationClassName: SYSTEM, SystemName: 'iscsi-a.lab.example' },
  ...{ CreationClassName: SERVICE, Name: 'StorageConfigurationService' },
};

const outcomes: Outcome[] = [];
const running = runEndpoint({
  users: [
    { name: 'all', password: 'x' },
    { name: 'pipes', password: 'x', roles: [`read@${NAMESPACE}:CIM_NetworkPipe`] },
    { name: 'caller', password: 'x', roles: [`execute@${NAMESPACE}`] },
    { name: 'elsewhere', password: 'x', roles: ['read@root/nowhere', 'execute@root/nowhere'] },
  ],
  interceptors: {
    message: [
      (next) => async (message, call) => {
        const response = await next.handle(message, call);
        outcomes.push(response.outcome);
        return response;
      },
    ],
  },
});

/** The objects beside a server, chosen by one more element of the filter. */
function associators(element: string) {
  const binding = 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd';
  const selectors = Object.entries({ __cimnamespace: NAMESPACE, ...KEYS })
    .map(([name, value]) => `<w:Selector Name="${name}">${value}</w:Selector>`)
    .join('');
  const object =
    '<a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address><a:ReferenceParameters>' +
    `<w:ResourceURI>${DMTF}${SYSTEM}</w:ResourceURI><w:SelectorSet>${selectors}</w:SelectorSet></a:ReferenceParameters>`;
  const dialect = 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter';
  return enumerate(
    dialect,
    `<b:AssociatedInstances xmlns:b="${binding}"><b:Object>${object}</b:Object>${element}</b:AssociatedInstances>`,
  );
}

/** What the caller is told, and what the log and the record of requests have. */
async function ask(parts: Parameters<typeof request>[0], user = 'all') {
  const authorization = `Basic ${Buffer.from(`${user}:x`).toString('base64')}`;
  const { text, headers } = await running.post(request(parts), { headers: { authorization } });
  const told = headers.get('cimulator-reason');
  return { text, told: told === null ? undefined : decodeURIComponent(told), logged: outcomes.at(-1)?.reason };
}

const get = (className: string, selectors: Record<string, string> = KEYS, namespace = NAMESPACE) => ({
  action: `${TRANSFER}/Get`,
  resourceUri: DMTF + className,
  selectors: { __cimnamespace: namespace, ...selectors },
});

function enumerate(dialect: string, filter: string, className = '*') {
  return {
    action: `${ENUMERATION}/Enumerate`,
    resourceUri: className === '*' ? 'http://schemas.dmtf.org/wbem/wscim/1/*' : DMTF + className,
    selectors: { __cimnamespace: NAMESPACE },
    body: `<n:Enumerate xmlns:n="${ENUMERATION}"><w:OptimizeEnumeration/><w:Filter Dialect="${dialect}">${filter}</w:Filter></n:Enumerate>`,
  };
}

function invoke(method: string, parameter: string) {
  const uri = DMTF + SERVICE;
  return {
    action: `${uri}/${method}`,
    resourceUri: uri,
    selectors: { __cimnamespace: NAMESPACE, ...SERVICE_KEYS },
    body: `<p:${method}_INPUT xmlns:p="${uri}"><p:${parameter}>x</p:${parameter}></p:${method}_INPUT>`,
  };
}

const create = (property: string) => ({
  action: `${TRANSFER}/Create`,
  resourceUri: DMTF + SYSTEM,
  selectors: { __cimnamespace: NAMESPACE },
  body: `<p:${SYSTEM} xmlns:p="${DMTF}${SYSTEM}"><p:${property}>x</p:${property}></p:${SYSTEM}>`,
});

const KINDS: readonly (readonly [string, Parameters<typeof request>[0], string])[] = [
  ['a namespace', get(SYSTEM, KEYS, 'root/cimv2/storage/iScsiTarge'), `did you mean ${NAMESPACE}?`],
  ['a class', get('MSFTSM_ComputerSystm'), `did you mean ${SYSTEM}`],
  ['a selector', get(SYSTEM, { CreationClassName: SYSTEM, Nmae: 'x' }), 'did you mean Name?'],
  [
    'a method',
    invoke('CreateOrModifyReplicationPip', 'PipeElementName'),
    'did you mean CreateOrModifyReplicationPipe?',
  ],
  ['a parameter', invoke('CreateOrModifyReplicationPipe', 'PipeElementNam'), 'did you mean PipeElementName?'],
  ['a property', create('ElementNam'), 'did you mean ElementName'],
  ['a property of a query', enumerate(WQL, `SELECT * FROM ${SYSTEM} WHERE Nam = 'x'`), 'did you mean Name'],
  ['a property of CQL', enumerate(CQL, `SELECT * FROM ${SYSTEM} WHERE Nam = 'x'`), 'did you mean Name'],
  ['a class of a query', enumerate(WQL, 'SELECT * FROM MSFTSM_ComputerSystm'), `did you mean ${SYSTEM}`],
  ['a word of a query', enumerate(WQL, `SELECT * FORM ${SYSTEM}`), 'did you mean FROM'],
  ['another word of it', enumerate(WQL, `SELECT * FROM ${SYSTEM} WHERE Name LKE 'x'`), 'did you mean LIKE'],
  [
    'a name of a selector filter',
    enumerate(SELECTORS, '<w:SelectorSet><w:Selector Name="Nmae">x</w:Selector></w:SelectorSet>', SYSTEM),
    'did you mean Name',
  ],
  ['a dialect of filters', enumerate(WQL.replace('WQL', 'WQ'), `SELECT * FROM ${SYSTEM}`), 'wsman/1/wql'],
  [
    'a resource URI',
    { ...get(SYSTEM), resourceUri: `${DMTF.replace('wscim', 'wscm')}${SYSTEM}` },
    `did you mean ${DMTF}`,
  ],
  [
    'a resource URI of WMI',
    { ...get(SYSTEM), resourceUri: `http://schemas.microsoft.com/wbem/wsmn/1/wmi/${NAMESPACE}/${SYSTEM}` },
    `did you mean http://schemas.microsoft.com/wbem/wsman/1/wmi/${NAMESPACE}/`,
  ],
  [
    'the class of an association',
    associators('<b:AssociationClassName>CIM_HostedServic</b:AssociationClassName>'),
    'did you mean CIM_HostedService',
  ],
  [
    'the class of a result',
    associators('<b:ResultClassName>CIM_Servic</b:ResultClassName>'),
    'did you mean CIM_Service',
  ],
];

describe('a role that no association has', () => {
  it.each([
    ['Role', 'Antecednt', 'Antecedent'],
    ['ResultRole', 'Dependnt', 'Dependent'],
  ])('finds nothing, and is explained: %s', async (element, name, meant) => {
    const { text, told, logged } = await ask(associators(`<b:${element}>${name}</b:${element}>`));
    expect(text).toContain('EnumerateResponse');
    expect(text).not.toContain('did you mean');
    expect([told, logged]).toEqual([expect.stringContaining(`did you mean ${meant}`), expect.stringContaining(meant)]);
    expect((await ask(associators(`<b:${element}>${meant}</b:${element}>`))).logged).toBeUndefined();
  });

  it('is not explained to a caller who may not read its association', async () => {
    const { told } = await ask(associators('<b:Role>Antecednt</b:Role>'), 'pipes');
    expect(told ?? '').not.toContain('Antecedent');
  });
});

describe('a name that there is not', () => {
  it.each(KINDS)('is explained by those that are near: %s', async (_, parts, hint) => {
    const { text, told, logged } = await ask(parts);
    expect(text).toContain('Fault');
    expect(logged).toContain(hint);
    expect(told).toContain(hint);
    expect(text).not.toContain('did you mean');
  });

  it('is explained by all there are, where they are few and none is near', async () => {
    expect((await ask(get(SYSTEM, { Zzz: 'x' }))).told).toContain('there are Name, CreationClassName');
  });

  it('is not explained where nothing is near', async () => {
    const { told, logged } = await ask(get('Zzzzzzzzzzzzzzzzzzzzzzzzzzz'));
    expect([told, logged]).toEqual([expect.not.stringContaining(';'), expect.not.stringContaining(';')]);
  });
});

describe('a caller with roles', () => {
  it('is told of a namespace in which it may read, and of no other', async () => {
    const wrong = get(SYSTEM, KEYS, 'root/cimv2/storage/iScsiTarge');
    expect((await ask(wrong, 'pipes')).told).toContain(`did you mean ${NAMESPACE}?`);
    const { told, logged } = await ask(wrong, 'elsewhere');
    expect(told ?? '').not.toContain(NAMESPACE);
    expect(logged).toContain(`did you mean ${NAMESPACE}?`);
  });

  it('is told of classes that it may read, and of no other', async () => {
    const query = (className: string) => enumerate(WQL, `SELECT * FROM ${className}`);
    expect((await ask(query('CIM_NetworkPip'), 'pipes')).told).toContain('did you mean CIM_NetworkPipe');
    const { told, logged } = await ask(query('MSFTSM_ComputerSystm'), 'pipes');
    expect(told ?? '').not.toContain(SYSTEM);
    expect(logged).toContain(SYSTEM);
  });

  it.each([
    ['methods', invoke('CreateOrModifyReplicationPip', 'PipeElementName'), 'CreateOrModifyReplicationPipe?'],
    ['parameters', invoke('CreateOrModifyReplicationPipe', 'PipeElementNam'), 'PipeElementName?'],
  ])('is not told of the %s of a class that it may not read', async (_, parts, name) => {
    const { told, logged } = await ask(parts, 'caller');
    expect(logged).toContain(name);
    expect(told ?? '').not.toContain(name);
  });

  it('that may do nothing with a class hears nothing but that', async () => {
    const { told, logged } = await ask(get('MSFTSM_ComputerSystm'), 'elsewhere');
    expect([told, logged]).toEqual([
      expect.stringMatching(/^Access is denied/),
      expect.stringMatching(/^Access is denied/),
    ]);
    expect(logged).not.toContain('did you mean');
  });
});
