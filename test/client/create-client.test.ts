import { afterEach, describe, expect, it } from 'vitest';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import type { ClientOptions } from '../../src/client/client-options.js';
import { createClient } from '../../src/client/create-client.js';
import type { WsmanClient } from '../../src/client/wsman-client.js';
import { identifyAnswer, windowsAnswer } from './answers.js';
import { type FakeAnswer, type FakeRequest, type FakeServer, startFakeServer } from './fake-server.js';

const WSMID = 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd';
const ok: FakeAnswer = { body: windowsAnswer('<p:ReturnValue>0</p:ReturnValue>') };

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function connect(
  answer: FakeAnswer | ((request: FakeRequest) => FakeAnswer),
  options: Partial<ClientOptions> = {},
): Promise<{ server: FakeServer; client: WsmanClient }> {
  const server = await startFakeServer(answer);
  const client = createClient({ url: server.url, ...options });
  opened.push(client, server);
  return { server, client };
}

describe('invoke', () => {
  it('posts the request to the path of the URL as SOAP', async () => {
    const { server, client } = await connect(ok);
    await client.invoke('CIM_X', 'Do');
    expect(server.requests[0]).toMatchObject({
      url: '/wsman',
      headers: { 'content-type': 'application/soap+xml;charset=UTF-8' },
    });
  });

  it('says how long the call may take, and its family, where the call has them', async () => {
    const { server, client } = await connect(ok, { operationTimeoutMs: 1000 });
    await client.invoke('CIM_X', 'Do', {}, { operationTimeoutMs: 7000, resourceUriFamily: 'wmi' });
    const sent = String(server.requests[0]?.body);
    expect(sent).toContain('>PT7.000S<');
    expect(sent).toContain('/wbem/wsman/1/wmi/');
  });

  it('adds /wsman to a URL without a path', async () => {
    const server = await startFakeServer(ok);
    const client = createClient({ url: new URL(server.url).origin });
    opened.push(client, server);
    await client.invoke('CIM_X', 'Do');
    expect(server.requests[0]?.url).toBe('/wsman');
  });

  it('calls a static method on a class name, with the namespace as only selector', async () => {
    const { server, client } = await connect(ok, { namespace: 'root/lab' });
    await client.invoke('CIM_X', 'Do');
    const body = server.requests[0]?.body.toString() ?? '';
    expect(body.match(/<w:Selector .*?<\/w:Selector>/g)).toEqual([
      '<w:Selector Name="__cimnamespace">root/lab</w:Selector>',
    ]);
  });

  it('refuses a class name that is none before anything is sent', async () => {
    const { server, client } = await connect(ok);
    await expect(client.invoke('CIM_X.Key="1"', 'Do')).rejects.toThrow('is not a class name');
    expect(server.requests).toEqual([]);
  });

  it('returns ReturnValue and outputs', async () => {
    const { client } = await connect({ body: windowsAnswer('<p:A>x</p:A><p:ReturnValue>5</p:ReturnValue>') });
    const result = await client.invoke(new InstancePath({ className: 'CIM_X', keys: { K: 1 } }), 'Do', { P: 'v' });
    expect([result.returnValue, result.outputs.get('a')]).toEqual([5, 'x']);
  });

  it('sends Basic credentials at once, in UTF-8', async () => {
    const { server, client } = await connect(ok, { user: 'jürgen', password: 'a:b', auth: 'basic' });
    await client.invoke('CIM_X', 'Do');
    const encoded = Buffer.from('jürgen:a:b', 'utf8').toString('base64');
    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${encoded}`);
  });

  it('sends no credentials when it has none', async () => {
    const { server, client } = await connect(ok);
    await client.invoke('CIM_X', 'Do');
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('keeps its connection for the next call', async () => {
    const { server, client } = await connect(ok);
    await client.invoke('CIM_X', 'Do');
    await client.invoke('CIM_X', 'Do');
    expect(server.requests.map((request) => request.connection)).toEqual([1, 1]);
  });

  it('sends UTF-16 with a byte order mark, and reads such an answer', async () => {
    const answer = Buffer.from(`\uFEFF${windowsAnswer('<p:A>ä😀</p:A>')}`, 'utf16le');
    const { server, client } = await connect(
      { body: answer, headers: { 'content-type': 'application/soap+xml;charset=UTF-16' } },
      { charset: 'utf-16' },
    );
    const result = await client.invoke('CIM_X', 'Do', { P: 'ö' });
    const request = server.requests[0];
    expect(request?.body.subarray(0, 4)).toEqual(Buffer.from([0xff, 0xfe, 0x3c, 0]));
    expect(request?.body.toString('utf16le')).toContain('>ö<');
    expect(request?.headers['content-type']).toBe('application/soap+xml;charset=UTF-16');
    expect(result.outputs.get('A')).toBe('ä😀');
  });

  it('sends the headers it was given', async () => {
    const { server, client } = await connect(ok, { headers: { 'x-lab': '7' } });
    await client.invoke('CIM_X', 'Do');
    expect(server.requests[0]?.headers['x-lab']).toBe('7');
  });

  it.each([
    [{}, {}, 'en-US', 'en-US'],
    [{ locale: 'de-DE', dataLocale: 'fr-FR' }, {}, 'de-DE', 'fr-FR'],
    [{ locale: 'de-DE' }, { dataLocale: 'it-IT' }, 'de-DE', 'it-IT'],
    [{}, { locale: 'nl' }, 'nl', 'en-US'],
  ])('says in which language texts and values are wanted: %j, %j', async (options, callOptions, locale, dataLocale) => {
    const { server, client } = await connect(ok, options);
    await client.invoke('CIM_X', 'Do', {}, callOptions);
    const body = server.requests[0]?.body.toString() ?? '';
    expect(body.match(/(?<=<[wp]:(?:Data)?Locale [^>]*xml:lang=")[^"]*/g)).toEqual([locale, dataLocale]);
  });

  it('refuses a language that is none before anything is sent', async () => {
    const { server, client } = await connect(ok);
    await expect(client.invoke('CIM_X', 'Do', {}, { locale: 'a b' })).rejects.toThrow("'a b' is not a language tag");
    expect(server.requests).toEqual([]);
  });

  it('sends its own options with every call, and those of the call in place of them', async () => {
    const { server, client } = await connect(ok, { options: { A: '1', B: ['2', '3'] } });
    await client.invoke('CIM_X', 'Do', {}, { options: { A: '4', C: '5' } });
    const body = server.requests[0]?.body.toString() ?? '';
    expect(body.match(/<w:Option .*?<\/w:Option>/g)).toEqual([
      '<w:Option Name="A">4</w:Option>',
      '<w:Option Name="B">2</w:Option>',
      '<w:Option Name="B">3</w:Option>',
      '<w:Option Name="C">5</w:Option>',
    ]);
  });

  it('posts to whatever path the URL has', async () => {
    const server = await startFakeServer(ok);
    const client = createClient({ url: `${new URL(server.url).origin}/other/wsman` });
    opened.push(client, server);
    await client.invoke('CIM_X', 'Do');
    expect(server.requests[0]?.url).toBe('/other/wsman');
  });

  it('takes another family of resource URIs for one call', async () => {
    const { server, client } = await connect(ok);
    await client.invoke('CIM_X', 'Do', {}, { resourceUriFamily: 'wmi' });
    expect(server.requests[0]?.body.toString()).toContain('/wmi/root/cimv2/storage/iScsiTarget/CIM_X/Do</a:Action>');
  });

  it('runs many calls at once', async () => {
    const { client } = await connect(({ body }) => {
      const value = /<m:P>(\d+)<\/m:P>/.exec(body.toString())?.[1];
      return { body: windowsAnswer(`<p:P>${value}</p:P>`) };
    });
    const calls = Array.from({ length: 40 }, (_, index) => client.invoke('CIM_X', 'Do', { P: index }));
    const outputs = (await Promise.all(calls)).map(({ outputs }) => outputs.get('P'));
    expect(outputs).toEqual(calls.map((_, index) => String(index)));
  });
});

describe('identify', () => {
  const content =
    '<i:ProtocolVersion>urn:p</i:ProtocolVersion><i:ProductVendor>Vendor &amp; Co</i:ProductVendor><i:ProductVersion>1</i:ProductVersion>' +
    '<i:SecurityProfiles><i:SecurityProfileName>urn:basic</i:SecurityProfileName><i:SecurityProfileName>urn:spnego</i:SecurityProfileName></i:SecurityProfiles>';

  it.each([
    ['Windows and openwsman', WSMID],
    ['OMI', 'http://www.w3.org/2003/05/soap-envelope'],
  ])('reads what %s say', async (_server, namespace) => {
    const { client } = await connect({ body: identifyAnswer(namespace, content) });
    expect(await client.identify()).toMatchObject({
      protocolVersion: 'urn:p',
      productVendor: 'Vendor & Co',
      productVersion: '1',
      securityProfiles: ['urn:basic', 'urn:spnego'],
    });
  });

  it('sends an envelope with an empty header', async () => {
    const { server, client } = await connect({ body: identifyAnswer(WSMID, content) });
    await client.identify();
    expect(server.requests[0]?.body.toString()).toContain('<s:Header/>');
  });

  it('sends the header of WinRM and no credentials when anonymous', async () => {
    const { server, client } = await connect({ body: identifyAnswer(WSMID, content) }, { user: 'u', password: 'p' });
    await client.identify({ anonymous: true });
    expect(server.requests[0]?.headers).toMatchObject({ wsmanidentify: 'unauthenticated' });
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('sends credentials and no such header otherwise', async () => {
    const account = { user: 'u', password: 'p', auth: 'basic' } as const;
    const { server, client } = await connect({ body: identifyAnswer(WSMID, content) }, account);
    await client.identify();
    expect(server.requests[0]?.headers.authorization).toMatch(/^Basic /);
    expect(server.requests[0]?.headers.wsmanidentify).toBeUndefined();
  });

  it('refuses an answer to something else', async () => {
    const { client } = await connect(ok);
    await expect(client.identify()).rejects.toThrow('no IdentifyResponse');
  });
});
