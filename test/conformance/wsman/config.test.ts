import { describe, expect, it } from 'vitest';
import { createClient } from '../../../src/client/create-client.js';
import { ENUMERATION, request, TRANSFER } from '../../support/envelopes.js';
import { at, readFault, readTree, type Tree, textAt } from '../../support/read-answer.js';
import { PASSWORD, runEndpoint, USER } from '../../support/running-endpoint.js';

const CONFIG = 'http://schemas.microsoft.com/wbem/wsman/1/config';
const BODY = ['Envelope', 'Body'] as const;

function clientOf(running: ReturnType<typeof runEndpoint>) {
  const send = async (action: string, part: string, parts: Parameters<typeof request>[0] = {}) => {
    const { text } = await running.post(
      request({ action, resourceUri: CONFIG + part, selectors: {}, body: '', ...parts }),
    );
    return text;
  };
  return {
    send,
    get: (part = '', selectors: Record<string, string> = {}) => send(`${TRANSFER}/Get`, part, { selectors }),
    put: (part: string, content: string, root: string) =>
      send(`${TRANSFER}/Put`, part, { body: `<cfg:${root} xmlns:cfg="${CONFIG}">${content}</cfg:${root}>` }),
    enumerate: (part: string, inside = '') =>
      send(`${ENUMERATION}/Enumerate`, part, {
        body: `<n:Enumerate xmlns:n="${ENUMERATION}"><w:OptimizeEnumeration/><w:MaxElements>10</w:MaxElements>${inside}</n:Enumerate>`,
      }),
  };
}

/** The names of the elements in the Body, without end tags, in order. */
const elementNames = (text: string) => [...text.matchAll(/<cfg:(\w+)/g)].map(([, name]) => name);
const itemsOf = (text: string) => at(readTree(text), ...BODY, 'EnumerateResponse', 'Items');

describe('winrm/config', () => {
  const running = runEndpoint({ httpsPort: 0, settings: { maxBatchItems: 1234 }, limits: { maxConnections: 77 } });
  const { get, send, enumerate } = clientOf(running);

  it('is one document with the parts in the order of MS-WSMV 4.2.1', async () => {
    expect(elementNames(await get())).toEqual([
      ...['Config', 'MaxEnvelopeSizekb', 'MaxTimeoutms', 'MaxBatchItems', 'MaxProviderRequests'],
      ...['Client', 'NetworkDelayms', 'URLPrefix', 'AllowUnencrypted'],
      ...['Auth', 'Basic', 'Digest', 'Kerberos', 'Negotiate', 'Certificate', 'CredSSP'],
      ...['DefaultPorts', 'HTTP', 'HTTPS', 'TrustedHosts'],
      ...['Service', 'RootSDDL', 'MaxConcurrentOperations', 'MaxConcurrentOperationsPerUser', 'EnumerationTimeoutms'],
      ...['MaxConnections', 'MaxPacketRetrievalTimeSeconds', 'AllowUnencrypted'],
      ...['Auth', 'Basic', 'Kerberos', 'Negotiate', 'Certificate', 'CredSSP', 'CbtHardeningLevel'],
      ...['DefaultPorts', 'HTTP', 'HTTPS', 'IPv4Filter', 'IPv6Filter'],
      ...['EnableCompatibilityHttpListener', 'EnableCompatibilityHttpsListener'],
      ...['CertificateThumbprint', 'AllowRemoteAccess'],
      ...['Winrs', 'AllowRemoteShellAccess', 'IdleTimeout', 'MaxConcurrentUsers', 'MaxShellRunTime'],
      ...['MaxProcessesPerShell', 'MaxMemoryPerShellMB', 'MaxShellsPerUser'],
    ]);
  });

  it('is in the namespace of the configuration', async () => {
    expect(await get()).toContain(`<cfg:Config xmlns:cfg="${CONFIG}">`);
  });

  it('tells the values of this endpoint', async () => {
    const config = at(readTree(await get()), ...BODY, 'Config');
    expect(config).toMatchObject({
      MaxEnvelopeSizekb: '2048',
      MaxTimeoutms: '60000',
      MaxBatchItems: '1234',
      Service: {
        EnumerationTimeoutms: '240000',
        MaxConcurrentOperationsPerUser: '1500',
        MaxConnections: '77',
        MaxPacketRetrievalTimeSeconds: '30',
        AllowUnencrypted: 'false',
        AllowRemoteAccess: 'false',
        CertificateThumbprint: running.endpoint.https?.fingerprints.sha1,
      },
      Winrs: { AllowRemoteShellAccess: 'false' },
    });
  });

  it('tells the authentication schemes that Identify names', async () => {
    const body = '<wsmid:Identify xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"/>';
    const profiles = await send('x', '', { body });
    const basic = at(readTree(await get('/service/auth')), ...BODY, 'Auth', 'Basic');
    expect(basic).toBe(String(profiles.includes('/secprofile/http/basic')));
    expect(at(readTree(await get('/service/auth')), ...BODY, 'Auth', 'CredSSP')).toBe('false');
  });

  it('says of Negotiate that it is there, and of Kerberos that it is not', async () => {
    expect(at(readTree(await get('/service/auth')), ...BODY, 'Auth')).toMatchObject({
      Negotiate: 'true',
      Kerberos: 'false',
      CbtHardeningLevel: 'Relaxed',
    });
  });

  it.each([
    ['/client', 'Client', 'NetworkDelayms'],
    ['/client/auth', 'Auth', 'Digest'],
    ['/client/defaultports', 'DefaultPorts', 'HTTPS'],
    ['/service', 'Service', 'RootSDDL'],
    ['/service/auth', 'Auth', 'CbtHardeningLevel'],
    ['/service/defaultports', 'DefaultPorts', 'HTTP'],
    ['/winrs', 'Winrs', 'IdleTimeout'],
    ['/SERVICE/Auth', 'Auth', 'Kerberos'],
    ['/service/', 'Service', 'IPv4Filter'],
  ])('has the part %s', async (part, root, child) => {
    expect(textAt(readTree(await get(part)), ...BODY, root, child)).toBeDefined();
  });

  it('is found in any letter case', async () => {
    const text = await send(`${TRANSFER}/Get`, '', { resourceUri: CONFIG.toUpperCase() });
    expect(at(readTree(text), ...BODY, 'Config', 'MaxTimeoutms')).toBe('60000');
  });

  it.each([
    ['a part that there is not', '/nothing', {}, { detail: 'InvalidResourceURI' }],
    ['a value', '/maxtimeoutms', {}, { detail: 'InvalidResourceURI' }],
    ['the configuration with selectors', '', { Name: 'x' }, { detail: 'UnexpectedSelectors' }],
    ['the listeners without selectors', '/listener', {}, { windowsCode: '2150859002' }],
    ['a listener without transport', '/listener', { Address: '*' }, { windowsCode: '2150858842' }],
    ['a listener by port', '/listener', { Port: '1' }, { windowsCode: '2150858843' }],
    ['a listener elsewhere', '/listener', { Address: 'IP:10.0.0.1', Transport: 'HTTP' }, { windowsCode: '2150858752' }],
    ['a plug-in', '/plugin', { Name: 'WMI' }, { windowsCode: '2150858752' }],
    [
      'a certificate mapping',
      '/service/certmapping',
      { URI: '*', Subject: '*', Issuer: '00' },
      { windowsCode: '2150858752' },
    ],
    ['the security of a URI', '/service/security', { Uri: 'x' }, { windowsCode: '2150858752' }],
  ])('does not have %s', async (_, part, selectors, fault) => {
    expect(readFault(await get(part, selectors as Record<string, string>))).toMatchObject(fault);
  });

  it.each([
    ['Create', { Transport: 'HTTPS' }, 'InsufficientSelectors'],
    ['Create', { Address: '*' }, 'InsufficientSelectors'],
    ['Create', {}, 'InsufficientSelectors'],
    ['Create', { Address: '*', Transport: 'HTTPS', Port: '1' }, 'UnexpectedSelectors'],
    ['Delete', { Transport: 'HTTPS' }, 'InsufficientSelectors'],
  ])('has no %s of a listener by %j', async (operation, selectors, detail) => {
    const fault = readFault(await send(`${TRANSFER}/${operation}`, '/listener', { selectors }));
    expect(fault).toMatchObject({ subcode: 'w:InvalidSelectors', detail });
  });

  it('has a listener for each transport, found by address and transport without case', async () => {
    const http = readTree(await get('/listener', { Address: 'IP:127.0.0.1', Transport: 'HTTP' }));
    expect(at(http, ...BODY, 'Listener')).toMatchObject({
      Address: 'IP:127.0.0.1',
      Transport: 'HTTP',
      Port: String(running.endpoint.http?.port),
      Hostname: '',
      Enabled: 'true',
      URLPrefix: 'wsman',
      CertificateThumbprint: '',
      ListeningOn: '127.0.0.1',
    });
    const https = readTree(await get('/listener', { address: 'ip:127.0.0.1', TRANSPORT: 'https' }));
    expect(at(https, ...BODY, 'Listener')).toMatchObject({
      Port: String(running.endpoint.https?.port),
      Hostname: 'srv01.lab.example',
      CertificateThumbprint: running.endpoint.https?.fingerprints.sha1,
    });
  });

  it('says which listeners there are when another is asked for', async () => {
    const { reason } = readFault(await get('/listener', { Address: '*', Transport: 'HTTP' }));
    expect(reason).toContain('Address=IP:127.0.0.1+Transport=HTTPS');
  });

  it('enumerates the listeners', async () => {
    const found = at(itemsOf(await enumerate('/listener')), 'Listener') as Tree[];
    expect(found.map((listener) => listener.Transport)).toEqual(['HTTP', 'HTTPS']);
  });

  it('enumerates references, by which a listener is found again', async () => {
    const text = await enumerate('/listener', '<w:EnumerationMode>EnumerateEPR</w:EnumerationMode>');
    const [first] = at(itemsOf(text), 'EndpointReference') as Tree[];
    const parameters = at(first, 'ReferenceParameters');
    const selectors = at(parameters, 'SelectorSet', 'Selector') as { '@Name': string; '#text': string }[];
    const uri = at(parameters, 'ResourceURI') as string;
    const again = await get(
      uri.slice(CONFIG.length),
      Object.fromEntries(selectors.map((selector) => [selector['@Name'], selector['#text']])),
    );
    expect(at(readTree(again), ...BODY, 'Listener', 'Transport')).toBe('HTTP');
  });

  it('enumerates listener and reference together', async () => {
    const text = await enumerate('/listener', '<w:EnumerationMode>EnumerateObjectAndEPR</w:EnumerationMode>');
    const found = at(itemsOf(text), 'Item') as Tree[];
    expect(found.map((item) => Object.keys(item))).toEqual([
      ['Listener', 'EndpointReference'],
      ['Listener', 'EndpointReference'],
    ]);
  });

  it('enumerates in several batches', async () => {
    const body = `<n:Enumerate xmlns:n="${ENUMERATION}"/>`;
    const opened = readTree(await send(`${ENUMERATION}/Enumerate`, '/listener', { body }));
    const id = textAt(opened, ...BODY, 'EnumerateResponse', 'EnumerationContext');
    const pull = async () => {
      const inside = `<n:EnumerationContext>${id}</n:EnumerationContext>`;
      return readTree(
        await send(`${ENUMERATION}/Pull`, '/listener', {
          body: `<n:Pull xmlns:n="${ENUMERATION}">${inside}</n:Pull>`,
        }),
      );
    };
    const [first, second] = [await pull(), await pull()];
    expect(at(first, ...BODY, 'PullResponse', 'Items', 'Listener', 'Transport')).toBe('HTTP');
    expect(at(second, ...BODY, 'PullResponse', 'Items', 'Listener', 'Transport')).toBe('HTTPS');
    expect(at(second, ...BODY, 'PullResponse', 'EndOfSequence')).toBeDefined();
  });

  it.each(['/plugin', '/service/certmapping', '/service/security', '/winrs/customremoteshell'])(
    'enumerates nothing in %s',
    async (part) => {
      const text = await enumerate(part);
      expect(itemsOf(text)).toBe('');
      expect(at(readTree(text), ...BODY, 'EnumerateResponse', 'EndOfSequence')).toBeDefined();
    },
  );

  it('enumerates a part as the one item that it is', async () => {
    expect(at(itemsOf(await enumerate('/service')), 'Service', 'MaxConnections')).toBe('77');
  });

  it('takes no filter', async () => {
    const filter = '<w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">select * from x</w:Filter>';
    expect(readFault(await enumerate('/listener', filter)).subcode).toBe('n:FilteringNotSupported');
  });

  it.each(['Create', 'Delete'])('refuses %s of a listener, and says why', async (operation) => {
    const selectors = { Address: '*', Transport: 'HTTPS' };
    const fault = readFault(await send(`${TRANSFER}/${operation}`, '/listener', { selectors }));
    expect(fault).toMatchObject({ subcode: 'a:ActionNotSupported' });
    expect(fault.reason).toContain('when the endpoint starts');
  });

  it('has no methods', async () => {
    expect(readFault(await send(`${CONFIG}/Restart`, '')).subcode).toBe('a:ActionNotSupported');
  });
});

describe('Put of winrm/config', () => {
  const running = runEndpoint();
  const { get, put } = clientOf(running);
  const valueAt = async (...path: string[]) => textAt(readTree(await get()), ...BODY, 'Config', ...path);

  it.each([
    ['', 'Config', 'MaxBatchItems', '20'],
    ['', 'Config', 'MaxTimeoutms', '30000'],
    ['', 'Config', 'MaxEnvelopeSizekb', '500'],
    ['/service', 'Service', 'EnumerationTimeoutms', '60000'],
    ['/service', 'Service', 'MaxConcurrentOperations', '100'],
    ['/service', 'Service', 'MaxConcurrentOperationsPerUser', '15'],
  ])('changes %s %s/%s to %s', async (part, root, name, text) => {
    const answer = readTree(await put(part, `<cfg:${name}>${text}</cfg:${name}>`, root));
    expect(at(answer, ...BODY, root, name)).toBe(text);
    expect(await valueAt(...(root === 'Config' ? [name] : [root, name]))).toBe(text);
  });

  it('takes the whole document back with one value edited, as winrm set sends it', async () => {
    const before = await get();
    const config = before.slice(before.indexOf('<cfg:Config'), before.indexOf('</s:Body>'));
    const edited = config.replace(/<cfg:MaxTimeoutms>\d+</, '<cfg:MaxTimeoutms>45000<');
    const inside = edited.slice(edited.indexOf('>') + 1, edited.lastIndexOf('</'));
    await put('', inside, 'Config');
    const after = await get();
    expect(after.slice(after.indexOf('<cfg:Config'), after.indexOf('</s:Body>'))).toBe(edited);
  });

  it.each([
    ['a number below the least', '<cfg:MaxTimeoutms>499</cfg:MaxTimeoutms>'],
    ['a number above the greatest', '<cfg:MaxEnvelopeSizekb>8193</cfg:MaxEnvelopeSizekb>'],
    ['a number of great length', `<cfg:MaxBatchItems>${'9'.repeat(100_000)}</cfg:MaxBatchItems>`],
    ['a negative number', '<cfg:MaxBatchItems>-1</cfg:MaxBatchItems>'],
    ['a word', '<cfg:MaxBatchItems>many</cfg:MaxBatchItems>'],
    ['no text', '<cfg:MaxBatchItems/>'],
    [
      'more operations than are ever let in',
      '<cfg:Service><cfg:MaxConcurrentOperations>9999</cfg:MaxConcurrentOperations></cfg:Service>',
    ],
    ['a setting that there is not', '<cfg:MaxNothing>1</cfg:MaxNothing>'],
    ['a setting in the wrong part', '<cfg:EnumerationTimeoutms>60000</cfg:EnumerationTimeoutms>'],
    ['a setting twice', '<cfg:MaxBatchItems>5</cfg:MaxBatchItems><cfg:MaxBatchItems>6</cfg:MaxBatchItems>'],
  ])('refuses %s', async (_, content) => {
    const fault = readFault(await put('', content, 'Config'));
    expect(fault).toMatchObject({ subcode: 'w:SchemaValidationError' });
    expect(fault.reason?.length).toBeLessThan(300);
  });

  it.each([
    ['AllowUnencrypted', '/service', '<cfg:AllowUnencrypted>true</cfg:AllowUnencrypted>', 'Service'],
    ['Basic', '/service/auth', '<cfg:Basic>false</cfg:Basic>', 'Auth'],
    ['TrustedHosts', '/client', '<cfg:TrustedHosts>*</cfg:TrustedHosts>', 'Client'],
  ])('refuses to change %s, which is fixed at the start', async (name, part, content, root) => {
    const fault = readFault(await put(part, content, root));
    expect(fault.detail).toBe('InvalidValues');
    expect(fault.reason).toContain(`/${name} is fixed`);
  });

  it('changes nothing when one value of several is refused', async () => {
    const before = await valueAt('MaxBatchItems');
    await put('', '<cfg:MaxBatchItems>7</cfg:MaxBatchItems><cfg:MaxTimeoutms>1</cfg:MaxTimeoutms>', 'Config');
    expect(await valueAt('MaxBatchItems')).toBe(before);
  });

  it('refuses another part than the URI names', async () => {
    expect(readFault(await put('/service', '', 'Client')).subcode).toBe('w:SchemaValidationError');
  });
});

describe('a changed setting is obeyed from the next request on:', () => {
  const running = runEndpoint();
  const { get, put } = clientOf(running);

  it('MaxEnvelopeSizekb bounds requests', async () => {
    const large = request({ headers: `<x:Filler xmlns:x="urn:x">${'x'.repeat(40 * 1024)}</x:Filler>` });
    expect((await running.post(large)).status).toBe(200);
    await put('', '<cfg:MaxEnvelopeSizekb>32</cfg:MaxEnvelopeSizekb>', 'Config');
    expect((await running.post(large)).status).toBe(413);
    await put('', '<cfg:MaxEnvelopeSizekb>2048</cfg:MaxEnvelopeSizekb>', 'Config');
    expect((await running.post(large)).status).toBe(200);
  });

  it('MaxBatchItems bounds batches', async () => {
    const enumerate = () =>
      running.post(
        request({
          action: `${ENUMERATION}/Enumerate`,
          resourceUri: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ComputerSystem',
          selectors: { __cimnamespace: 'root/cimv2/storage/iScsiTarget' },
          body: `<n:Enumerate xmlns:n="${ENUMERATION}"><w:OptimizeEnumeration/><w:MaxElements>50</w:MaxElements></n:Enumerate>`,
        }),
      );
    await put('', '<cfg:MaxBatchItems>2</cfg:MaxBatchItems>', 'Config');
    const found = at(itemsOf((await enumerate()).text), 'MSFTSM_ComputerSystem');
    expect(found).toHaveLength(2);
    expect(await get()).toContain('<cfg:MaxBatchItems>2<');
  });
});

describe.each([
  ['never', 'false'],
  ['loopback', 'false'],
  ['always', 'true'],
] as const)('an endpoint that takes clear messages over plain HTTP: %s', (allowUnencrypted, told) => {
  const running = runEndpoint({ allowUnencrypted });

  it('says so in the configuration, and does so', async () => {
    const message = request({ action: `${TRANSFER}/Get`, resourceUri: CONFIG, selectors: {}, body: '' });
    expect((await running.post(message)).status).toBe(allowUnencrypted === 'never' ? 500 : 200);
    // It signs in with Negotiate, and seals.
    const client = createClient({ url: running.url, user: USER, password: PASSWORD });
    expect(await client.getConfig('service')).toMatchObject({ AllowUnencrypted: told });
    await client.close();
  });
});

describe('an endpoint on all addresses', () => {
  const running = runEndpoint({ host: '0.0.0.0', allowUnencrypted: true, maxEnvelopeSizeKb: 500 });
  const { get } = clientOf(running);

  it('has a listener *, which names the addresses it can be reached at', async () => {
    const text = await get('/listener', { Address: '*', Transport: 'HTTP' });
    const addresses = [...text.matchAll(/<cfg:ListeningOn>([\d.]+)</g)].map(([, address]) => address);
    expect(addresses).toContain('127.0.0.1');
  });

  it('says so in the configuration', async () => {
    const config = at(readTree(await get()), ...BODY, 'Config');
    expect(config).toMatchObject({
      MaxEnvelopeSizekb: '500',
      Service: { AllowUnencrypted: 'true', AllowRemoteAccess: 'true', CertificateThumbprint: '' },
    });
  });
});
