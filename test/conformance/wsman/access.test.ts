import { describe, expect, it } from 'vitest';
import {
  CQL,
  DMTF,
  ENUMERATION,
  METHOD,
  NAMESPACE,
  request,
  SELECTORS,
  SERVICE_CLASS,
  serviceKeys,
  TRANSFER,
  WMI,
  WQL,
} from '../../support/envelopes.js';
import { readFault } from '../../support/read-answer.js';
import { runEndpoint } from '../../support/running-endpoint.js';

const CONFIG = 'http://schemas.microsoft.com/wbem/wsman/1/config';
const ASSOCIATION = 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter';
const CLASSES = 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*';
const ALL = `${DMTF.replace('cim-schema/2/', '')}*`;
const HARDWARE_ID = 'MSISCSITARGET_StorageHardwareID';
const SYSTEM = 'MSFTSM_ComputerSystem';
const IDENTITY = 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd';

/** Users by what they may do. Nobody's name says what he has. */
const USERS = {
  everything: undefined,
  reader: ['read'],
  writer: ['write'],
  caller: ['execute'],
  nothing: [],
  elsewhere: ['all@root/elsewhere', 'all@winrm'],
  systems: [`read@${NAMESPACE}:CIM_ComputerSystem`],
  namespace: [`all@${NAMESPACE}`],
  services: [`execute@${NAMESPACE}:CIM_StorageConfigurationService`, `read@${NAMESPACE}:CIM_Service`],
  configurator: [`read@${NAMESPACE}:CIM_StorageConfigurationService`],
  configReader: ['read@winrm/config'],
  configWriter: ['write@winrm/config'],
} as const satisfies Record<string, readonly string[] | undefined>;
type User = keyof typeof USERS;

const running = runEndpoint({
  users: Object.entries(USERS).map(([name, roles]) => ({ name, password: name, ...(roles && { roles }) })),
});

const systemKeys = { CreationClassName: SYSTEM, Name: 'iscsi-a.lab.example' };
const systemPath = `${SYSTEM}.CreationClassName='${SYSTEM}',Name='iscsi-a.lab.example'`;
const selectorsOf = (keys: Record<string, string> = {}) => ({ __cimnamespace: NAMESPACE, ...keys });

async function send(user: User, parts: Parameters<typeof request>[0]): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${user}:${user}`).toString('base64')}`;
  return (await running.post(request(parts), { headers: { authorization } })).text;
}

const get = (user: User, className = SYSTEM, keys: Record<string, string> = systemKeys) =>
  send(user, { action: `${TRANSFER}/Get`, resourceUri: DMTF + className, selectors: selectorsOf(keys), body: '' });

function enumerate(user: User, resourceUri: string, inside = '', selectors = selectorsOf()) {
  const body = `<n:Enumerate xmlns:n="${ENUMERATION}"><w:OptimizeEnumeration/><w:MaxElements>1000</w:MaxElements>${inside}</n:Enumerate>`;
  return send(user, { action: `${ENUMERATION}/Enumerate`, resourceUri, selectors, body });
}
const query = (user: User, text: string, dialect = WQL) =>
  enumerate(user, ALL, `<w:Filter Dialect="${dialect}">${text}</w:Filter>`);

function onContext(user: User, name: string, context: string, resourceUri = `${DMTF}CIM_ComputerSystem`) {
  const body = `<n:${name} xmlns:n="${ENUMERATION}"><n:EnumerationContext>${context}</n:EnumerationContext></n:${name}>`;
  return send(user, { action: `${ENUMERATION}/${name}`, resourceUri, selectors: selectorsOf(), body });
}
const contextOf = (text: string) => /<n:EnumerationContext>(.+?)</.exec(text)?.[1] ?? '';

/** Opens an enumeration and takes nothing from it. */
async function open(user: User, resourceUri: string, filter = '', selectors = selectorsOf()) {
  const body = `<n:Enumerate xmlns:n="${ENUMERATION}">${filter}</n:Enumerate>`;
  return contextOf(await send(user, { action: `${ENUMERATION}/Enumerate`, resourceUri, selectors, body }));
}

let ids = 0;
function create(user: User, id = `access-${ids++}`) {
  const xml = `<p:${HARDWARE_ID} xmlns:p="${DMTF}${HARDWARE_ID}"><p:IDType>5</p:IDType><p:InstanceID>${id}</p:InstanceID><p:StorageID>iqn.1991-05.com.example:${id}</p:StorageID></p:${HARDWARE_ID}>`;
  return send(user, {
    action: `${TRANSFER}/Create`,
    resourceUri: DMTF + HARDWARE_ID,
    selectors: selectorsOf(),
    body: xml,
  });
}
const remove = (user: User, id: string) =>
  send(user, {
    action: `${TRANSFER}/Delete`,
    resourceUri: DMTF + HARDWARE_ID,
    selectors: selectorsOf({ InstanceID: id }),
    body: '',
  });
function put(user: User, id: string, name: string) {
  const xml = `<p:${HARDWARE_ID} xmlns:p="${DMTF}${HARDWARE_ID}"><p:InstanceID>${id}</p:InstanceID><p:ElementName>${name}</p:ElementName></p:${HARDWARE_ID}>`;
  return send(user, {
    action: `${TRANSFER}/Put`,
    resourceUri: DMTF + HARDWARE_ID,
    selectors: selectorsOf({ InstanceID: id }),
    body: xml,
  });
}
const invoke = (user: User, parts: Parameters<typeof request>[0] = {}) => send(user, parts);
const config = (user: User, operation: string, body = '', part = '') =>
  send(user, { action: `${TRANSFER}/${operation}`, resourceUri: CONFIG + part, selectors: {}, body });

const DENIED = { subcode: 'w:AccessDenied' };
const isDenied = (text: string) => text.includes('<s:Value>w:AccessDenied</s:Value>');
/** Element names of the items, each once, sorted. */
const classesIn = (text: string) =>
  [...new Set([...text.matchAll(/<p:((?:MS|CIM)\w+) /g)].map(([, name]) => name))].sort();

describe('a request without the right to it', () => {
  it('gets a fault of CIM status 2, as Windows writes it', async () => {
    const text = await get('caller');
    expect(readFault(text)).toMatchObject(DENIED);
    expect(text).toContain('<p:CIMStatusCode xsi:type="cim:cimUnsignedInt">2</p:CIMStatusCode>');
    expect(text).toContain('<p:error_Code xsi:type="cim:cimUnsignedInt">2147749891</p:error_Code>');
    expect(text).toContain(`Access is denied: this user may not read ${SYSTEM} in ${NAMESPACE}.`);
  });

  const operations: Readonly<Record<string, (user: User) => Promise<string>>> = {
    Get: (user) => get(user),
    'Get of a base class': (user) => get(user, 'CIM_ComputerSystem'),
    'Get by a WMI resource URI': (user) =>
      send(user, { action: `${TRANSFER}/Get`, resourceUri: WMI + SYSTEM, selectors: systemKeys, body: '' }),
    GetClass: (user) =>
      send(user, {
        action: `${TRANSFER}/Get`,
        resourceUri: CLASSES,
        selectors: selectorsOf({ ClassName: SYSTEM }),
        body: '',
      }),
    Enumerate: (user) => enumerate(user, DMTF + SYSTEM),
    'Enumerate of references': (user) =>
      enumerate(user, DMTF + SYSTEM, '<w:EnumerationMode>EnumerateEPR</w:EnumerationMode>'),
    EnumerateClasses: (user) => enumerate(user, CLASSES),
    'a WQL query': (user) => query(user, `SELECT * FROM ${SYSTEM}`),
    'a WQL query by key': (user) => query(user, `SELECT * FROM ${SYSTEM} WHERE Name='iscsi-a.lab.example'`),
    'a CQL query': (user) => query(user, `SELECT * FROM ${SYSTEM}`, CQL),
    'a class query': (user) => query(user, 'SELECT * FROM meta_class'),
    'ASSOCIATORS OF': (user) => query(user, `ASSOCIATORS OF {${systemPath}}`),
    'REFERENCES OF': (user) => query(user, `REFERENCES OF {${systemPath}}`),
    'ASSOCIATORS OF for classes': (user) => query(user, `ASSOCIATORS OF {${SYSTEM}} WHERE SchemaOnly`),
    'a selector filter': (user) =>
      enumerate(
        user,
        DMTF + SYSTEM,
        `<w:Filter Dialect="${SELECTORS}"><w:SelectorSet><w:Selector Name="Name">iscsi-a.lab.example</w:Selector></w:SelectorSet></w:Filter>`,
      ),
    Pull: async (user) => onContext(user, 'Pull', 'uuid:none'),
    Release: (user) => onContext(user, 'Release', 'uuid:none'),
    Create: (user) => create(user),
    Put: (user) => put(user, 'none', 'x'),
    Delete: (user) => remove(user, 'none'),
    Invoke: (user) => invoke(user),
    'Invoke without keys': (user) => invoke(user, { selectors: selectorsOf() }),
    'Invoke of a method that is none': (user) => invoke(user, { action: `${DMTF}${SERVICE_CLASS}/Nothing` }),
    'a class that is none': (user) => get(user, 'CIM_NoSuchClass'),
  };
  const reads = Object.keys(operations).filter((name) => !/^(Create|Put|Delete|Invoke)/.test(name));
  const writes = ['Create', 'Put', 'Delete'];
  const calls = Object.keys(operations).filter((name) => name.startsWith('Invoke'));

  it.each([
    ...Object.keys(operations).flatMap((name) => [['nothing', name] as const, ['elsewhere', name] as const]),
    ...Object.keys(operations).map((name) => ['configReader', name] as const),
    ...[...writes, ...calls].map((name) => ['reader', name] as const),
    ...[...reads, ...calls].map((name) => ['writer', name] as const),
    ...[...reads, ...writes].map((name) => ['caller', name] as const),
  ])('%s may not: %s', async (user, name) => {
    expect(isDenied((await operations[name]?.(user)) ?? '')).toBe(true);
  });

  it.each([
    ...Object.keys(operations).flatMap((name) => [['everything', name] as const, ['namespace', name] as const]),
    ...reads.map((name) => ['reader', name] as const),
    ...writes.map((name) => ['writer', name] as const),
    ...calls.map((name) => ['caller', name] as const),
  ])('%s may: %s', async (user, name) => {
    const text = (await operations[name]?.(user)) ?? '';
    expect([text !== '', isDenied(text)]).toEqual([true, false]);
  });

  it.each(Object.keys(USERS) as User[])('%s may identify the service', async (user) => {
    const authorization = `Basic ${Buffer.from(`${user}:${user}`).toString('base64')}`;
    const body = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body><i:Identify xmlns:i="${IDENTITY}"/></s:Body></s:Envelope>`;
    expect((await running.post(body, { headers: { authorization } })).status).toBe(200);
  });

  it('leaves nothing half done', async () => {
    await create('everything', 'kept');
    await Promise.all([put('reader', 'kept', 'changed'), remove('reader', 'kept'), create('reader', 'not-made')]);
    const left = await query('everything', `SELECT * FROM ${HARDWARE_ID}`);
    expect([left.includes('>kept<'), left.includes('changed'), left.includes('not-made')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('the right to write', () => {
  it('is enough to create, change and delete, and shows nothing of what is there', async () => {
    expect(await create('writer', 'written')).toContain('ResourceCreated');
    expect(await put('writer', 'written', 'new name')).toContain('<s:Body></s:Body>');
    expect(await query('everything', `SELECT * FROM ${HARDWARE_ID}`)).toContain('new name');
    expect(isDenied(await remove('writer', 'written'))).toBe(false);
    expect(await query('everything', `SELECT * FROM ${HARDWARE_ID}`)).not.toContain('>written<');
  });

  it('with the right to read shows what a Put has made of the instance', async () => {
    await create('namespace', 'shown');
    expect(await put('namespace', 'shown', 'new name')).toContain('new name');
  });
});

describe('the right to a class', () => {
  it('is one to its subclasses, by either name', async () => {
    for (const className of [SYSTEM, 'CIM_ComputerSystem'])
      expect(await get('systems', className)).toContain(`<p:${SYSTEM} `);
  });

  it.each([
    ['an enumeration', () => enumerate('systems', `${DMTF}CIM_ManagedElement`)],
    ['a WQL query', () => query('systems', 'SELECT * FROM CIM_ManagedElement')],
    ['a CQL query', () => query('systems', 'SELECT * FROM CIM_ManagedElement', CQL)],
    ['a query by property', () => query('systems', "SELECT * FROM CIM_System WHERE Name='iscsi-a.lab.example'")],
  ])('shows of a base class the instances of that class: %s', async (_how, ask) => {
    expect(classesIn(await ask())).toEqual([SYSTEM]);
  });

  it('shows them to a client that pulls, too', async () => {
    const context = await open('systems', `${DMTF}CIM_ManagedElement`);
    const body = `<n:Pull xmlns:n="${ENUMERATION}"><n:EnumerationContext>${context}</n:EnumerationContext><n:MaxElements>1000</n:MaxElements></n:Pull>`;
    const parts = { action: `${ENUMERATION}/Pull`, resourceUri: `${DMTF}CIM_ManagedElement`, body };
    const text = await send('systems', { ...parts, selectors: selectorsOf() });
    expect([classesIn(text), text.includes('EndOfSequence')]).toEqual([[SYSTEM], true]);
  });

  it('counts nothing else', async () => {
    const headers = '<w:RequestTotalItemsCountEstimate/>';
    const parts = { action: `${ENUMERATION}/Enumerate`, resourceUri: `${DMTF}CIM_ManagedElement`, headers };
    const body = `<n:Enumerate xmlns:n="${ENUMERATION}"/>`;
    const text = await send('systems', { ...parts, selectors: selectorsOf(), body });
    expect(text).toContain('<w:TotalItemsCountEstimate>3</w:TotalItemsCountEstimate>');
  });

  it('does not tell whether there is another instance behind a base class', async () => {
    const keys = { ...serviceKeys, CreationClassName: 'MSISCSITARGET_ReplicationService', Name: 'ReplicationService' };
    expect(await get('reader', 'CIM_Service', keys)).toContain('<p:MSISCSITARGET_ReplicationService ');
    const there = readFault(await get('configurator', 'CIM_Service', keys));
    const notThere = readFault(await get('configurator', 'CIM_Service', { ...keys, Name: 'NoSuchService' }));
    expect(there).toEqual({ ...notThere, reason: notThere.reason?.replace('NoSuchService', 'ReplicationService') });
    expect(there).toMatchObject({ subcode: 'a:DestinationUnreachable' });
  });

  it('shows no instance that is associated with one of that class', async () => {
    expect(classesIn(await query('systems', `ASSOCIATORS OF {${systemPath}}`))).toEqual([]);
    expect(classesIn(await query('systems', `REFERENCES OF {${systemPath}}`))).toEqual([]);
    expect(await query('systems', `ASSOCIATORS OF {${systemPath}} WHERE ClassDefsOnly`)).not.toContain('<CLASS');
  });

  it('shows the same by an association filter', async () => {
    const epr = `<a:Address>x</a:Address><a:ReferenceParameters><w:ResourceURI>${DMTF}${SYSTEM}</w:ResourceURI><w:SelectorSet>${Object.entries(
      selectorsOf(systemKeys),
    )
      .map(([name, value]) => `<w:Selector Name="${name}">${value}</w:Selector>`)
      .join('')}</w:SelectorSet></a:ReferenceParameters>`;
    const filter = (kind: string, user: User) =>
      enumerate(
        user,
        ALL,
        `<w:Filter Dialect="${ASSOCIATION}"><b:${kind} xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd"><b:Object>${epr}</b:Object></b:${kind}></w:Filter>`,
      );
    for (const kind of ['AssociatedInstances', 'AssociationInstances']) {
      expect(classesIn(await filter(kind, 'systems'))).toEqual([]);
      expect(classesIn(await filter(kind, 'reader'))).not.toEqual([]);
      expect(isDenied(await filter(kind, 'caller'))).toBe(true);
    }
  });

  it('shows the declarations of that class and its subclasses only', async () => {
    const names = (text: string) => [...text.matchAll(/<CLASS[^>]* NAME="(\w+)"/g)].map(([, name]) => name).sort();
    const all = names(await enumerate('systems', CLASSES));
    expect(all).toContain('CIM_ComputerSystem');
    expect(all).toContain(SYSTEM);
    expect(all).not.toContain('CIM_Service');
    expect(names(await query('systems', 'SELECT * FROM meta_class'))).toEqual(all);
    expect(isDenied(await query('systems', 'SELECT * FROM CIM_Service'))).toBe(true);
    expect(
      isDenied(
        await send('systems', {
          action: `${TRANSFER}/Get`,
          resourceUri: CLASSES,
          selectors: selectorsOf({ ClassName: 'CIM_ManagedElement' }),
          body: '',
        }),
      ),
    ).toBe(true);
  });

  it('is one to its methods, whatever class the action names', async () => {
    expect(await invoke('services')).toContain(`${METHOD}_OUTPUT`);
    expect(await invoke('services', { action: `${DMTF}CIM_StorageConfigurationService/${METHOD}` })).toContain(
      '_OUTPUT',
    );
  });

  it.each([
    ['another class in the header', { resourceUri: `${DMTF}MSISCSITARGET_ReplicationService` }],
    [
      'another class in the header and the right one in the action',
      { resourceUri: `${DMTF}CIM_Service`, action: `${DMTF}${SERVICE_CLASS}/${METHOD}` },
    ],
    [
      'another class, without keys',
      { resourceUri: `${DMTF}MSISCSITARGET_ReplicationService`, selectors: selectorsOf() },
    ],
  ])('is none to the methods of others: %s', async (_what, parts) => {
    const text = await invoke('services', parts);
    expect([text.includes('_OUTPUT'), text.includes('s:Fault')]).toEqual([false, true]);
  });
});

describe('an enumeration', () => {
  it.each(['Pull', 'Release', 'GetStatus', 'Renew'])('belongs to the user who opened it: %s', async (name) => {
    const context = await open('everything', `${DMTF}CIM_ComputerSystem`);
    expect(readFault(await onContext('reader', name, context))).toMatchObject({
      subcode: 'n:InvalidEnumerationContext',
    });
    expect(await onContext('everything', 'Pull', context)).toContain('PullResponse');
  });

  it('of the configuration is pulled by nobody else, nor by way of a class', async () => {
    const context = await open('everything', `${CONFIG}/listener`, '', {} as never);
    expect(await onContext('reader', 'Pull', context, `${CONFIG}/listener`)).toContain('InvalidEnumerationContext');
    expect(await onContext('everything', 'Pull', context)).toContain('InvalidEnumerationContext');
  });
});

describe('the configuration', () => {
  const change = `<cfg:Config xmlns:cfg="${CONFIG}"><cfg:MaxBatchItems>4321</cfg:MaxBatchItems></cfg:Config>`;

  it.each(['everything', 'reader', 'configReader'] as const)('is read by %s', async (user) => {
    expect(await config(user, 'Get')).toContain('<cfg:Config ');
    expect(await enumerate(user, `${CONFIG}/listener`, '', {} as never)).toContain('<cfg:Listener ');
  });

  it.each(['writer', 'caller', 'nothing', 'elsewhere', 'systems', 'namespace', 'configWriter'] as const)(
    'is not read by %s',
    async (user) => {
      const texts = [
        await config(user, 'Get'),
        await config(user, 'Get', '', '/service'),
        await enumerate(user, `${CONFIG}/listener`, '', {} as never),
      ];
      expect(texts.map(isDenied)).toEqual([true, true, true]);
      expect(texts.join('')).not.toContain('<cfg:');
    },
  );

  it.each(['reader', 'caller', 'nothing', 'elsewhere', 'namespace', 'configReader'] as const)(
    'is not changed by %s',
    async (user) => {
      expect(isDenied(await config(user, 'Put', change))).toBe(true);
      expect(isDenied(await config(user, 'Create'))).toBe(true);
      expect(await config('everything', 'Get')).not.toContain('4321');
    },
  );

  it('tells that with a Windows error number', async () => {
    expect(await config('reader', 'Put', change)).toContain(
      '<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="5"',
    );
  });

  it('is changed by who may write everywhere, or there; the answer is for those who may read', async () => {
    expect(await config('configWriter', 'Put', change)).not.toContain('<cfg:');
    expect(await config('everything', 'Get')).toContain('4321');
    expect(isDenied(await config('writer', 'Put', change.replace('4321', '1000')))).toBe(false);
  });
});
