import { describe, expect, it } from 'vitest';
import {
  DMTF,
  eprXml,
  identifyRequest,
  inputXml,
  METHOD,
  NAMESPACE,
  type RequestParts,
  request,
  SERVICE_CLASS,
  selectorXml,
  serviceKeys,
  systemsXml,
  systemXml,
  WMI,
} from '../support/envelopes.js';
import { at, type FaultFacts, readFault, readTree, textAt } from '../support/read-answer.js';
import { runEndpoint } from '../support/running-endpoint.js';

/** A message and the fault it must get. Fields left out are not compared. */
interface BadMessage {
  readonly name: string;
  readonly message: string | Uint8Array;
  readonly fault: Partial<FaultFacts>;
}

const all = { __cimnamespace: NAMESPACE, ...serviceKeys };
const without = (name: string) => Object.fromEntries(Object.entries(all).filter(([key]) => key !== name));
const withParts = (parts: RequestParts) => request(parts);
const withInput = (parameters: string) => request({ body: inputXml(parameters) });
const envelope = (inside: string) =>
  `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">${inside}</s:Envelope>`;

const malformed = { code: 's:Sender', subcode: 'w:SchemaValidationError' };
const missingHeader = { code: 's:Sender', subcode: 'a:MessageInformationHeaderRequired', windowsCode: '2150858769' };
const unreachable = { code: 's:Sender', subcode: 'a:DestinationUnreachable', detail: 'InvalidResourceURI' };
const selectors = (detail: string) => ({ code: 's:Sender', subcode: 'w:InvalidSelectors', detail });
const mismatch = { subcode: 'w:InvalidParameter', detail: 'TypeMismatch', cimStatus: '13' };
const unreadable = { ...mismatch, cimStatus: '1' };

const notXml: readonly BadMessage[] = [
  { name: 'a truncated envelope', message: request().slice(0, -40), fault: malformed },
  { name: 'a truncated envelope that ends between elements', message: request().slice(0, -13), fault: malformed },
  { name: 'something that is not XML', message: 'GET / HTTP/1.1', fault: malformed },
  { name: 'JSON', message: '{"jsonrpc":"2.0"}', fault: malformed },
  { name: 'a processing instruction that is none', message: `<?x?xml version="1.0"?>\n${request()}`, fault: malformed },
  {
    name: 'a header block with a prefix that nobody declared',
    message: withParts({ headers: '<wsman:Locale xml:lang="en-US"/>' }),
    fault: { code: 's:Sender', subcode: 'w:InternalError', detail: 'Invalid', windowsCode: '2150858819' },
  },
  {
    name: 'a parameter with a prefix that nobody declared',
    message: withInput('<q:PipeElementName>a</q:PipeElementName>'),
    fault: { code: 's:Sender', subcode: 'w:InternalError', detail: 'Invalid', windowsCode: '2150858819' },
  },
  { name: 'two roots', message: request() + request(), fault: malformed },
  { name: 'mismatched tags', message: request().replace('</s:Body>', '</s:Head>'), fault: malformed },
  { name: 'a doubled attribute', message: request().replace('xml:lang=', 'xml:lang="a" xml:lang='), fault: malformed },
  {
    name: 'an undefined entity',
    message: withInput('<i:PipeElementName>&nbsp;</i:PipeElementName>'),
    fault: malformed,
  },
  { name: 'a document type', message: `<!DOCTYPE x []>${request()}`, fault: malformed },
  {
    name: 'an external entity in a selector',
    message: `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${request().replace('iscsi-a.lab.example', '&e;')}`,
    fault: malformed,
  },
  {
    name: 'entities that multiply',
    message: `<!DOCTYPE x [<!ENTITY a "ha">${'bcdefgh'.replace(/./g, (name, index) => `<!ENTITY ${name} "${`&${String.fromCharCode(97 + index)};`.repeat(50)}">`)}]>${request().replace('srv1', '&h;')}`,
    fault: malformed,
  },
  {
    name: '60,000 nested elements',
    message: withInput('<a>'.repeat(60_000) + '</a>'.repeat(60_000)),
    fault: { subcode: 'w:EncodingLimit' },
  },
  {
    name: 'bytes that are not UTF-8',
    message: Buffer.from(request().replace('srv1', '\xff'), 'latin1'),
    fault: { subcode: 'w:EncodingLimit', detail: 'CharacterSet' },
  },
  { name: 'an unknown root', message: '<hello/>', fault: malformed },
  { name: 'an envelope without Body', message: envelope('<s:Header/>'), fault: malformed },
  {
    name: 'SOAP 1.1',
    message: request().replaceAll(
      'http://www.w3.org/2003/05/soap-envelope',
      'http://schemas.xmlsoap.org/soap/envelope/',
    ),
    fault: { code: 's:VersionMismatch' },
  },
];

const headers: readonly BadMessage[] = [
  { name: 'no To', message: withParts({ to: null }), fault: missingHeader },
  { name: 'no ReplyTo', message: withParts({ replyTo: null }), fault: missingHeader },
  { name: 'no MessageID', message: withParts({ messageId: null }), fault: missingHeader },
  { name: 'no Action', message: withParts({ action: null, resourceUri: DMTF + SERVICE_CLASS }), fault: missingHeader },
  { name: 'no header at all', message: envelope(`<s:Body>${inputXml('')}</s:Body>`), fault: missingHeader },
  {
    name: 'an empty MessageID',
    message: withParts({ messageId: ' ' }),
    fault: { subcode: 'a:InvalidMessageInformationHeader' },
  },
  {
    name: 'a ReplyTo elsewhere',
    message: withParts({ replyTo: 'http://attacker.example/' }),
    fault: { subcode: 'w:UnsupportedFeature', detail: 'AddressingMode' },
  },
  {
    name: 'two Actions',
    message: withParts({ headers: '<a:Action>http://example.com/other</a:Action>' }),
    fault: { subcode: 'a:InvalidMessageInformationHeader' },
  },
  {
    name: 'an unknown header that must be understood',
    message: withParts({ headers: '<x:Unknown xmlns:x="urn:x" s:mustUnderstand="true"/>' }),
    fault: { code: 's:MustUnderstand', subcode: undefined },
  },
  {
    name: 'MaxEnvelopeSize 100',
    message: withParts({ maxEnvelopeSize: '100' }),
    fault: { subcode: 'w:EncodingLimit', detail: 'MinimumEnvelopeLimit' },
  },
  { name: 'MaxEnvelopeSize of letters', message: withParts({ maxEnvelopeSize: 'big' }), fault: malformed },
  {
    name: 'a timeout that is no duration',
    message: withParts({ operationTimeout: 'soon' }),
    fault: { subcode: 'a:InvalidMessageInformationHeader', detail: 'InvalidTimeout' },
  },
  {
    name: 'a negative timeout',
    message: withParts({ operationTimeout: '-PT1S' }),
    fault: { detail: 'InvalidTimeout' },
  },
  {
    name: 'no ResourceURI',
    message: withParts({ resourceUri: null, action: `${DMTF}${SERVICE_CLASS}/${METHOD}` }),
    fault: unreachable,
  },
  {
    name: 'an unknown ResourceURI',
    message: withParts({ resourceUri: 'http://example.com/x' }),
    fault: { ...unreachable, windowsCode: '2150858811' },
  },
  {
    name: 'an unknown class',
    message: withParts({ resourceUri: `${DMTF}CIM_NoSuchClass` }),
    fault: { ...unreachable, cimStatus: '5' },
  },
  {
    name: 'an unknown namespace',
    message: withParts({ selectors: { ...all, __cimnamespace: 'root/nowhere' } }),
    fault: { ...unreachable, cimStatus: '3' },
  },
  {
    name: 'a WMI URI and another namespace selector',
    message: withParts({ resourceUri: WMI + SERVICE_CLASS, selectors: { ...all, __cimnamespace: 'root/wmi' } }),
    fault: { code: 's:Receiver', subcode: 'w:InternalError' },
  },
  {
    name: 'an action of another class',
    message: withParts({
      resourceUri: `${DMTF}MSISCSITARGET_StoragePool`,
      selectors: { __cimnamespace: NAMESPACE },
      action: `${DMTF}${SERVICE_CLASS}/${METHOD}`,
    }),
    fault: { subcode: 'a:ActionNotSupported', detail: 'ActionMismatch' },
  },
  {
    name: 'an action that is no URI of ours',
    message: withParts({ action: 'urn:do-it' }),
    fault: { subcode: 'a:ActionNotSupported' },
  },
  {
    name: 'an unknown method',
    message: withParts({ action: `${DMTF}${SERVICE_CLASS}/NoSuchMethod` }),
    fault: { subcode: 'a:ActionNotSupported', cimStatus: '17' },
  },
  {
    name: 'an option that must be complied with and is not known',
    message: withParts({
      headers: '<w:OptionSet><w:Option Name="Strange" MustComply="true">1</w:Option></w:OptionSet>',
    }),
    fault: { subcode: 'w:InvalidOptions', detail: 'NotSupported' },
  },
];

const selectorSets: readonly BadMessage[] = [
  {
    name: 'a missing selector',
    message: withParts({ selectors: without('SystemName') }),
    fault: selectors('InsufficientSelectors'),
  },
  {
    name: 'no selectors',
    message: withParts({ selectors: { __cimnamespace: NAMESPACE } }),
    fault: { ...selectors('InsufficientSelectors'), windowsCode: '2150859002' },
  },
  {
    name: 'an unknown selector',
    message: withParts({ selectors: { ...all, Colour: 'blue' } }),
    fault: selectors('UnexpectedSelectors'),
  },
  {
    name: 'a doubled selector',
    message: withParts({ selectorXml: selectorXml(all) + selectorXml({ name: 'again' }) }),
    fault: selectors('DuplicateSelectors'),
  },
  {
    name: 'a selector without a name',
    message: withParts({ selectorXml: `${selectorXml(all)}<w:Selector>x</w:Selector>` }),
    fault: { subcode: 'w:InvalidSelectors' },
  },
  {
    name: 'keys of an instance that does not exist',
    message: withParts({ selectors: { ...all, SystemName: 'nobody.lab.example' } }),
    fault: { subcode: 'a:DestinationUnreachable', cimStatus: '6' },
  },
];

const parameters: readonly BadMessage[] = [
  {
    name: 'an unknown parameter',
    message: withInput(`${systemsXml()}<i:Colour>blue</i:Colour>`),
    fault: { subcode: 'w:InvalidParameter', detail: 'InvalidName', cimStatus: '4' },
  },
  {
    name: 'a string twice',
    message: withInput('<i:PipeElementName>a</i:PipeElementName><i:PipeElementName>b</i:PipeElementName>'),
    fault: mismatch,
  },
  {
    name: 'an element for a string',
    message: withInput('<i:PipeElementName><i:x/></i:PipeElementName>'),
    fault: mismatch,
  },
  { name: 'text for a reference', message: withInput('<i:SourceSystem>iscsi-a</i:SourceSystem>'), fault: mismatch },
  {
    name: 'a reference to a class of another kind',
    message: withInput(`<i:SourceSystem>${eprXml('MSISCSITARGET_StoragePool', { InstanceID: 'x' })}</i:SourceSystem>`),
    fault: mismatch,
  },
  {
    name: 'a reference to an unknown class',
    message: withInput(`<i:SourceSystem>${eprXml('CIM_NoSuchClass', { Name: 'x' })}</i:SourceSystem>`),
    fault: mismatch,
  },
  {
    name: 'a reference with a doubled selector',
    message: withInput(
      `<i:SourceSystem>${systemXml('a').replace('</w:SelectorSet>', '<w:Selector Name="NAME">b</w:Selector></w:SelectorSet>')}</i:SourceSystem>`,
    ),
    fault: { subcode: 'w:InvalidParameter' },
  },
  {
    name: 'a Goal that is not MOF',
    message: withInput(`${systemsXml()}<i:Goal>instance of CIM_SettingData { </i:Goal>`),
    fault: { subcode: 'w:InvalidParameter' },
  },
  {
    name: 'a Goal of an unknown class',
    message: withInput(`${systemsXml()}<i:Goal>instance of CIM_NoSuchClass { };</i:Goal>`),
    fault: { subcode: 'w:InvalidParameter' },
  },
  {
    name: 'a number out of range',
    message: request({
      action: `${DMTF}${SERVICE_CLASS}/RequestStateChange`,
      body: inputXml('<i:RequestedState>65536</i:RequestedState>', 'RequestStateChange_INPUT'),
    }),
    fault: unreadable,
  },
  {
    name: 'letters for a number',
    message: request({
      action: `${DMTF}${SERVICE_CLASS}/RequestStateChange`,
      body: inputXml('<i:RequestedState>two</i:RequestedState>', 'RequestStateChange_INPUT'),
    }),
    fault: unreadable,
  },
];

describe('a bad message', () => {
  const running = runEndpoint();

  describe.each([
    ['that is not a SOAP message', notXml],
    ['with a wrong header', headers],
    ['with wrong selectors', selectorSets],
    ['with wrong parameters', parameters],
  ])('%s', (_, messages) => {
    it.each(messages)('$name gets its fault, and the next request is answered', async ({ message, fault }) => {
      const answer = await running.post(message);
      expect(answer.status).toBe(500);
      expect(answer.headers.get('content-type')).toBe('application/soap+xml;charset=UTF-8');
      expect(readFault(answer.text)).toMatchObject(fault);
      expect(answer.text).not.toMatch(/\.ts\b|\.js\b|node:|\bat \w+ \(|\/src\/|\/dist\//);
      expect((await running.post(identifyRequest)).status).toBe(200);
    });

    it.each(messages)('$name changes nothing', async ({ message }) => {
      const before = await pipes();
      await running.post(message);
      expect(await pipes()).toBe(before);
    });
  });

  it('relates its fault to the request as soon as the MessageID could be read', async () => {
    const answer = await running.post(withParts({ replyTo: null }));
    expect(textAt(readTree(answer.text), 'Envelope', 'Header', 'RelatesTo')).toBe(
      'uuid:11111111-0000-0000-0000-000000000001',
    );
  });

  it.each([
    ['without Body', request().replace(/<s:Body>.*<\/s:Body>/s, '')],
    ['with something behind its Body', request().replace('</s:Body>', '</s:Body><s:Body/>')],
    ['with its Header behind the Body', request().replace(/(<s:Header>.*<\/s:Header>)(<s:Body>.*<\/s:Body>)/s, '$2$1')],
    ['with something before its Header', request().replace('<s:Header>', '<x xmlns=""/><s:Header>')],
    [
      'of SOAP 1.1',
      request().replaceAll('http://www.w3.org/2003/05/soap-envelope', 'http://schemas.xmlsoap.org/soap/envelope/'),
    ],
    ['that is called otherwise', request().replaceAll('s:Envelope', 's:Message')],
  ])('relates its fault to the request when it is an envelope %s', async (_what, message) => {
    const answer = await running.post(message);
    expect(answer.status).toBe(500);
    expect(textAt(readTree(answer.text), 'Envelope', 'Header', 'RelatesTo')).toBe(
      'uuid:11111111-0000-0000-0000-000000000001',
    );
  });

  it('tells nobody without credentials what this host is called', async () => {
    const machine = ({ text }: { text: string }) => /Machine="(.*?)"/.exec(text)?.[1];
    const anonymous = { url: running.url.replace('/wsman', '/wsman-anon/identify') };
    const message = request().replace('</s:Header>', '<x:Identify xmlns:x="urn:x"/></s:Header>');
    expect(machine(await running.post(message))).not.toBe('');
    for (const body of [
      message,
      message.slice(0, -9),
      message.replaceAll('<s:Body>', '<s:Head>'),
      '<Identify/>',
      '<q:Identify/>',
    ]) {
      expect(machine(await running.post(body, anonymous))).toBe('');
    }
  });

  it('names the block that is not understood, with its namespace declared', async () => {
    const { text } = await running.post(withParts({ headers: '<x:Unknown xmlns:x="urn:x" s:mustUnderstand="1"/>' }));
    expect(text).toMatch(/<s:NotUnderstood qname="(\w+):Unknown" xmlns:\1="urn:x"\/>/);
  });

  it('in UTF-16 is answered in UTF-16', async () => {
    const bytes = Buffer.from(`\uFEFF${request({ to: null })}`, 'utf16le');
    const answer = await running.post(bytes, { headers: { 'content-type': 'application/soap+xml;charset=UTF-16' } });
    expect(answer.headers.get('content-type')).toBe('application/soap+xml;charset=UTF-16');
    expect(answer.bytes.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfe]));
    expect(readFault(answer.bytes.toString('utf16le').slice(1))).toMatchObject(missingHeader);
  });

  it('answers actions it does not have with ActionNotSupported', async () => {
    const action = 'http://schemas.xmlsoap.org/ws/2004/08/eventing/Subscribe';
    const { text } = await running.post(request({ action, body: '' }));
    expect(readFault(text)).toMatchObject({ subcode: 'a:ActionNotSupported' });
  });

  async function pipes(): Promise<number> {
    const { broker } = running.endpoint;
    const { InstancePath } = await import('../../src/cim/model/instance-path.js');
    const path = new InstancePath({
      namespace: NAMESPACE,
      className: 'MSFTSM_ComputerSystem',
      keys: { CreationClassName: 'MSFTSM_ComputerSystem', Name: 'iscsi-a.lab.example' },
    });
    return (await broker.associators(path, { resultClass: 'CIMULATOR_ReplicationPipeEndpoint' })).length;
  }

  it('is told apart from a good one', async () => {
    const before = await pipes();
    const answer = await running.post(request());
    expect(answer.status).toBe(200);
    expect(at(readTree(answer.text), 'Envelope', 'Body', `${METHOD}_OUTPUT`, 'ReturnValue')).toBe('0');
    expect(await pipes()).toBe(before + 1);
  });
});
