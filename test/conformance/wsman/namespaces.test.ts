import { afterAll, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/client/create-client.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import { DMTF, NAMESPACE, request, WQL } from '../../support/envelopes.js';
import { at, readFault, readTree, textAt } from '../../support/read-answer.js';
import { PASSWORD, runEndpoint, USER } from '../../support/running-endpoint.js';

const ENUMERATE = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate';
const GET = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get';
const DELETE = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete';
const DECLARATIONS = 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*';
const PARENTS = ['root', 'root/cimv2', 'root/cimv2/storage'];

const enumerate = (filter = '') =>
  `<n:Enumerate xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"><w:OptimizeEnumeration/><w:MaxElements>100</w:MaxElements>${filter}</n:Enumerate>`;
const wql = (query: string) => enumerate(`<w:Filter Dialect="${WQL}">${query}</w:Filter>`);

/** Those of Windows, and those that are there since these lie in them. */
const WINDOWS = [
  ...['default', 'Microsoft', 'SecurityCenter2', 'StandardCimv2', 'subscription', 'Microsoft/Windows'],
  ...['DeviceGuard', 'Smb', 'Storage', 'TaskScheduler'].map((name) => `Microsoft/Windows/${name}`),
  ...['power', 'Security', 'Security/MicrosoftTpm', 'Security/MicrosoftVolumeEncryption', 'TerminalServices'].map(
    (name) => `cimv2/${name}`,
  ),
].map((name) => `root/${name}`);

describe('a namespace that has others below it', () => {
  const running = runEndpoint();
  const ask = async (parts: Parameters<typeof request>[0]) => (await running.post(request(parts))).text;
  const clients: WsmanClient[] = [];
  afterAll(() => Promise.all(clients.map((one) => one.close())));
  function client(namespace: string): WsmanClient {
    const one = createClient({ url: running.url, user: USER, password: PASSWORD, auth: 'basic', namespace });
    clients.push(one);
    return one;
  }

  async function namesIn(namespace: string): Promise<readonly string[]> {
    const one = client(namespace);
    const names: string[] = [];
    for await (const instance of one.enumerate('__NAMESPACE')) names.push(String(instance.get('Name')));
    return names;
  }

  async function walk(namespace: string): Promise<readonly string[]> {
    const below = await Promise.all((await namesIn(namespace)).map((name) => walk(`${namespace}/${name}`)));
    return [namespace, ...below.flat()];
  }

  it('is found by a walk from the root, with all of them', async () => {
    const own = [...PARENTS, NAMESPACE, 'root/interop', 'root/wmi'];
    expect((await walk('root')).toSorted()).toEqual([...own, ...WINDOWS].toSorted());
  });

  it.each([
    [
      'SELECT * FROM __NAMESPACE',
      ['cimv2', 'interop', 'wmi', 'default', 'Microsoft', 'SecurityCenter2', 'StandardCimv2', 'subscription'],
    ],
    ["SELECT Name FROM __namespace WHERE Name = 'CIMV2'", ['cimv2']],
    ["SELECT * FROM __NAMESPACE WHERE Name LIKE 'w%'", ['wmi']],
  ])('answers %s', async (query, names) => {
    const one = client('root');
    const found: unknown[] = [];
    for await (const instance of one.query(query)) found.push(instance.get('Name'));
    expect(found).toEqual(names);
  });

  it.each([
    [`http://schemas.microsoft.com/wbem/wsman/1/wmi/${NAMESPACE}/*`, wql('SELECT * FROM __NAMESPACE')],
    [`http://schemas.microsoft.com/wbem/wsman/1/wmi/${NAMESPACE}/__NAMESPACE`, enumerate()],
  ])('may be asked of one that has none: %s', async (resourceUri, body) => {
    const answer = readTree(await ask({ action: ENUMERATE, resourceUri, selectors: {}, body }));
    expect(at(answer, 'Envelope', 'Body', 'EnumerateResponse', 'Items')).toBe('');
    const one = client(NAMESPACE);
    expect((await one.getClass('__NAMESPACE')).superclass).toBe('__SystemClass');
  });

  it.each(PARENTS)('gives its instances and classes: %s', async (namespace) => {
    const one = client(namespace);
    const [Name = ''] = await namesIn(namespace);
    const selectors = { __cimnamespace: namespace.replaceAll('/', '\\'), Name };
    const got = readTree(await ask({ action: GET, resourceUri: `${DMTF}__NAMESPACE`, selectors, body: '' }));
    expect(textAt(got, 'Envelope', 'Body', '__NAMESPACE', 'Name')).toBe(Name);
    const classes = [];
    for await (const each of one.enumerateClasses()) classes.push(each.name);
    expect(classes).toEqual(expect.arrayContaining(['__SystemClass', '__NAMESPACE', '__SystemSecurity']));
    expect(classes.includes('Win32_Service')).toBe(namespace === 'root/cimv2');
    expect([...(await one.getClass('__NAMESPACE')).properties.keys()]).toEqual(['Name']);
  });

  it.each([
    ['Enumerate of an unknown class', { action: ENUMERATE, resourceUri: `${DMTF}CIM_Nothing`, body: enumerate() }, '5'],
    ['a query for one', { action: ENUMERATE, resourceUri: `${DMTF}*`, body: wql('SELECT * FROM CIM_Nothing') }, '5'],
    ['a method of one', { action: `${DMTF}CIM_Nothing/Go`, resourceUri: `${DMTF}CIM_Nothing`, body: '' }, '5'],
    [
      'GetClass of one',
      { action: GET, resourceUri: DECLARATIONS, selectors: { ClassName: 'CIM_Nothing' }, body: '' },
      '6',
    ],
  ])('knows only its own classes: %s', async (_what, parts, cimStatus) => {
    const selectors = { __cimnamespace: 'root/cimv2', ...('selectors' in parts ? parts.selectors : {}) };
    expect(readFault(await ask({ ...parts, selectors }))).toMatchObject({ cimStatus });
  });

  it('has no more below it than there are', async () => {
    const selectors = { __cimnamespace: 'root/cimv2/nothing' };
    const answer = await ask({ action: ENUMERATE, resourceUri: `${DMTF}__NAMESPACE`, selectors, body: enumerate() });
    expect(readFault(answer)).toMatchObject({ cimStatus: '3', reason: 'Namespace root/cimv2/nothing does not exist.' });
    expect(answer).toContain('>HRESULT 0x8004100e<');
  });

  it('cannot be taken away by a client', async () => {
    const selectors = { __cimnamespace: 'root', Name: 'wmi' };
    const answer = await ask({ action: DELETE, resourceUri: `${DMTF}__NAMESPACE`, selectors, body: '' });
    expect(readFault(answer)).toMatchObject({ cimStatus: '7' });
  });
});
