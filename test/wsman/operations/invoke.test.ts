import { describe, expect, it } from 'vitest';
import {
  DMTF,
  inputXml,
  METHOD,
  NAMESPACE,
  portXml,
  request,
  SERVICE_CLASS,
  selectorXml,
  serviceKeys,
  systemsXml,
  WMI,
} from '../../support/envelopes.js';
import { at, readTree, type Tree, textAt } from '../../support/read-answer.js';
import { runEndpoint } from '../../support/running-endpoint.js';

const escapeXml = (xml: string) => xml.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const A = 'iscsi-a.lab.example';
const B = 'iscsi-b.lab.example';
const pairs =
  `<i:SourceEndpoint>${portXml(A, 'tcp-1')}</i:SourceEndpoint><i:SourceEndpoint>${portXml(A, 'tcp-2')}</i:SourceEndpoint>` +
  `<i:TargetEndpoint>${portXml(B, 'tcp-1')}</i:TargetEndpoint><i:TargetEndpoint>${portXml(B, 'tcp-2')}</i:TargetEndpoint>`;

describe('Invoke', () => {
  const running = runEndpoint({ seed: 1 });
  const call = async (message: string) => (await running.post(message)).text;
  const output = (text: string, method = METHOD) => at(readTree(text), 'Envelope', 'Body', `${method}_OUTPUT`) as Tree;
  const returnValue = (text: string) => at(output(text), 'ReturnValue');

  it('answers with the action of the request and Response', async () => {
    const tree = readTree(await call(request()));
    expect(textAt(tree, 'Envelope', 'Header', 'Action')).toBe(`${DMTF}${SERVICE_CLASS}/${METHOD}Response`);
    expect(textAt(tree, 'Envelope', 'Header', 'RelatesTo')).toBe('uuid:11111111-0000-0000-0000-000000000001');
    expect(textAt(tree, 'Envelope', 'Header', 'To')).toMatch(/role\/anonymous$/);
    expect(textAt(tree, 'Envelope', 'Header', 'MessageID')).toMatch(/^uuid:[0-9A-F-]{36}$/);
  });

  it('sends no OperationID and no SequenceId back', async () => {
    expect(await call(request())).not.toMatch(/OperationID|SequenceId/);
  });

  it('puts the output into the namespace of the resource URI', async () => {
    expect(await call(request())).toContain(`<p:${METHOD}_OUTPUT xmlns:p="${DMTF}${SERVICE_CLASS}"`);
    const uri = WMI.toLowerCase().replace('cimv2', 'CIMv2') + SERVICE_CLASS;
    const text = await call(request({ resourceUri: uri, selectors: serviceKeys }));
    expect(text).toContain(`xmlns:p="${uri}"`);
  });

  it('names the namespace in references for DMTF URIs only', async () => {
    expect(await call(request())).toContain(`<w:Selector Name="__cimnamespace">${NAMESPACE}</w:Selector>`);
    const text = await call(request({ resourceUri: WMI + SERVICE_CLASS, selectors: serviceKeys }));
    expect(text).not.toContain('__cimnamespace');
  });

  it.each([
    ['the namespace selector equal to the WMI URI', { resourceUri: WMI + SERVICE_CLASS }],
    ['no namespace selector', { selectors: serviceKeys }],
    [
      'a namespace with backslashes and other case',
      { selectors: { __cimnamespace: 'ROOT\\CIMV2\\Storage\\iscsitarget', ...serviceKeys } },
    ],
    [
      'the vendor twin of the DMTF URI',
      { resourceUri: `http://schemas.microsoft.com/wbem/wscim/1/cim-schema/2/${SERVICE_CLASS}` },
    ],
    [
      'the action of the class that declares the method',
      { action: `${DMTF}CIM_StorageConfigurationService/${METHOD}` },
    ],
    ['the base class as resource', { resourceUri: `${DMTF}CIM_StorageConfigurationService` }],
    ['an input element of another name and namespace', { body: inputXml(systemsXml(), METHOD, `${DMTF}Parameters`) }],
    ['parameters in another case', { body: inputXml(systemsXml().replaceAll('SourceSystem', 'SOURCESYSTEM')) }],
    ['pairs of ports', { body: inputXml(systemsXml() + pairs) }],
    [
      'nil parameters',
      {
        body: inputXml(`${systemsXml()}<i:Goal xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>`),
      },
    ],
    [
      'an object path as reference',
      {
        body: inputXml(
          systemsXml().replace(
            /<i:SourceSystem>.*<\/i:SourceSystem>/,
            `<i:SourceSystem>MSFTSM_ComputerSystem.CreationClassName="MSFTSM_ComputerSystem",Name="${A}"</i:SourceSystem>`,
          ),
        ),
      },
    ],
    [
      'a reference to a base class',
      { body: inputXml(systemsXml().replaceAll(`${DMTF}MSFTSM_ComputerSystem`, `${DMTF}CIM_ComputerSystem`)) },
    ],
    [
      'a reference to a base class of the declared class',
      { body: inputXml(systemsXml().replaceAll(`${DMTF}MSFTSM_ComputerSystem`, `${DMTF}CIM_System`)) },
    ],
    ['an option without a meaning here', { headers: '<w:OptionSet s:mustUnderstand="true"></w:OptionSet>' }],
    [
      'a request for precise arrays',
      {
        headers:
          '<w:OptionSet><w:Option Name="msftwinrm:UsePreciseArrays" Type="xs:boolean">true</w:Option></w:OptionSet>',
      },
    ],
  ])('takes %s', async (_, parts) => {
    expect(returnValue(await call(request(parts)))).toBe('0');
  });

  it.each([
    ['MOF', 'instance of CIM_SettingData { InstanceID = "g"; ElementName = "fast"; };'],
    [
      'CIM-XML',
      escapeXml(
        '<INSTANCE CLASSNAME="CIM_SettingData"><PROPERTY NAME="ElementName" TYPE="string"><VALUE>fast</VALUE></PROPERTY></INSTANCE>',
      ),
    ],
    [
      'escaped WS-Man XML',
      escapeXml(
        `<p:CIM_SettingData xmlns:p="${DMTF}CIM_SettingData"><p:ElementName>fast</p:ElementName></p:CIM_SettingData>`,
      ),
    ],
    ['elements', '<i:ElementName>fast</i:ElementName>'],
  ])('takes a Goal in %s', async (_, goal) => {
    expect(returnValue(await call(request({ body: inputXml(`${systemsXml()}<i:Goal>${goal}</i:Goal>`) })))).toBe('0');
  });

  it.each([
    ['5 for a missing system', inputXml(''), '5'],
    ['5 for an empty Body', '', '5'],
    ['5 for a system that does not exist', inputXml(systemsXml(A, 'nobody.lab.example')), '5'],
    ['5 for one system twice', inputXml(systemsXml(A, A)), '5'],
    ['4 for peers of another protocol', inputXml(systemsXml(A, 'legacy-c.lab.example')), '4'],
    [
      '5 for a Goal of another class',
      inputXml(`${systemsXml()}<i:Goal>instance of MSFTSM_ComputerSystem { Name = "x"; };</i:Goal>`),
      '5',
    ],
  ])('answers %s, and no pipe', async (_, body, value) => {
    const text = await call(request({ body }));
    expect(returnValue(text)).toBe(value);
    expect(at(output(text), 'ReplicationPipe', '@nil')).toBe('true');
  });

  it('answers "not supported" for the methods it does not have, by their own map', async () => {
    const text = await call(request({ action: `${DMTF}${SERVICE_CLASS}/StartService`, body: '' }));
    expect(at(output(text, 'StartService'), 'ReturnValue')).toBe('1');
  });

  it('writes a NULL array as one nil element, marked when the client wants it precisely', async () => {
    const headers = '<w:OptionSet><w:Option Name="msftwinrm:UsePreciseArrays">true</w:Option></w:OptionSet>';
    const method = 'GetElementsBasedOnUsage';
    const message = (more: string) => request({ action: `${DMTF}${SERVICE_CLASS}/${method}`, body: '', headers: more });
    expect(at(output(await call(message('')), method), 'TheElements', '@nil')).toBe('true');
    expect(at(output(await call(message(headers)), method), 'TheElements', '@IsNullArray')).toBe('true');
  });

  it('takes UTF-16 and answers in UTF-16', async () => {
    const bytes = Buffer.from(
      `\uFEFF${request({ body: inputXml(`<i:PipeElementName>Röhre ✓</i:PipeElementName>${systemsXml()}`) })}`,
      'utf16le',
    );
    const answer = await running.post(bytes, { headers: { 'content-type': 'application/soap+xml;charset="UTF-16"' } });
    expect(answer.headers.get('content-type')).toBe('application/soap+xml;charset=UTF-16');
    expect(returnValue(answer.bytes.toString('utf16le').slice(1))).toBe('0');
  });

  it('takes keys that are endpoint references, and says that they do not fit', async () => {
    const selectors = `${selectorXml({ __cimnamespace: NAMESPACE })}<w:Selector Name="Name"><a:EndpointReference/></w:Selector>`;
    expect(await call(request({ selectorXml: selectors }))).toContain('w:InvalidSelectors');
  });
});

describe('with profile windows, Invoke', () => {
  const running = runEndpoint({ profile: 'windows' });

  it('answers Busy, as the documentation of Windows says', async () => {
    const { text } = await running.post(request());
    expect(at(readTree(text), 'Envelope', 'Body', `${METHOD}_OUTPUT`, 'ReturnValue')).toBe('4096');
  });
});
