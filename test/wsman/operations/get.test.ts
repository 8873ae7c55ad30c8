import { describe, expect, it } from 'vitest';
import { DMTF, NAMESPACE, request, SERVICE_CLASS, serviceKeys, WMI } from '../../support/envelopes.js';
import { at, readFault, readTree, textAt } from '../../support/read-answer.js';
import { readRecordedRequest } from '../../support/recorded-request.js';
import { runEndpoint } from '../../support/running-endpoint.js';

const GET = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get';
const BODY = ['Envelope', 'Body'] as const;

describe('Get', () => {
  const running = runEndpoint();
  const get = async (parts: Parameters<typeof request>[0]) => {
    const answer = await running.post(request({ action: GET, body: '', ...parts }));
    return answer.text;
  };

  it.each(['libmi-get-service.http', 'wsman-get-service.http'])('answers %s', async (file) => {
    const { body } = readRecordedRequest(file);
    const { status, text } = await running.post(body);
    expect(status).toBe(200);
    const service = at(readTree(text), ...BODY, SERVICE_CLASS);
    expect(at(service, 'Name')).toBe('StorageConfigurationService');
    expect(at(service, 'SystemName')).toBe('iscsi-a.lab.example');
  });

  it('answers pypsrp-get.http', async () => {
    const { text } = await running.post(readRecordedRequest('pypsrp-get.http').body);
    expect(at(readTree(text), ...BODY, 'MSFTSM_ComputerSystem', 'Name')).toBe('iscsi-a.lab.example');
  });

  it('names the answer after the action of the request', async () => {
    const tree = readTree(await get({}));
    expect(textAt(tree, 'Envelope', 'Header', 'Action')).toBe(`${GET}Response`);
  });

  it('writes every property of the class, in alphabetical order, NULL ones as nil', async () => {
    const text = await get({});
    const names = [...text.matchAll(/<p:(\w+)[ >]/g)].map(([, name]) => name?.toLowerCase() ?? '');
    const properties = [...new Set(names.slice(1))];
    expect(properties).toEqual([...properties].sort());
    expect(properties).toHaveLength(21);
    expect(at(readTree(text), ...BODY, SERVICE_CLASS, 'Description', '@nil')).toBe('true');
  });

  it('says the type of the instance', async () => {
    const text = await get({});
    expect(at(readTree(text), ...BODY, SERVICE_CLASS, '@type')).toBe(`p:${SERVICE_CLASS}_Type`);
    expect(text).toContain(`xmlns:p="${DMTF}${SERVICE_CLASS}"`);
  });

  it('repeats the letter case of a WMI resource URI', async () => {
    const uri = WMI.replace('iScsiTarget', 'ISCSITARGET') + SERVICE_CLASS;
    expect(await get({ resourceUri: uri, selectors: serviceKeys })).toContain(`xmlns:p="${uri}"`);
  });

  it('finds the instance of a subclass by the path of a base class, and names it by its own class', async () => {
    const text = await get({ resourceUri: `${DMTF}CIM_StorageConfigurationService` });
    expect(at(readTree(text), ...BODY, SERVICE_CLASS, 'Name')).toBe('StorageConfigurationService');
    expect(text).toContain(`xmlns:p="${DMTF}${SERVICE_CLASS}"`);
  });

  it('compares selectors without case', async () => {
    const selectors = { __CIMNAMESPACE: NAMESPACE.toUpperCase(), ...serviceKeys, SystemName: 'ISCSI-A.LAB.EXAMPLE' };
    expect(at(readTree(await get({ selectors })), ...BODY, SERVICE_CLASS, 'SystemName')).toBe('iscsi-a.lab.example');
  });

  it.each([
    ['without keys', { selectors: { __cimnamespace: NAMESPACE } }, { detail: 'InsufficientSelectors' }],
    ['of nothing', { selectors: { __cimnamespace: NAMESPACE, ...serviceKeys, Name: 'x' } }, { cimStatus: '6' }],
    ['of all classes', { resourceUri: 'http://schemas.dmtf.org/wbem/wscim/1/*' }, { subcode: 'a:ActionNotSupported' }],
  ])('%s is a fault', async (_, parts, fault) => {
    expect(readFault(await get(parts))).toMatchObject(fault);
  });
});

describe('GetClass', () => {
  const running = runEndpoint();
  const uri = 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*';
  const getClass = async (selectors: Record<string, string>, headers = '', resourceUri = uri) => {
    const parts = {
      action: GET,
      resourceUri,
      selectors: { __cimnamespace: NAMESPACE, ...selectors },
      headers,
      body: '',
    };
    return (await running.post(request(parts))).text;
  };

  it('returns a declaration without namespace, with its superclasses', async () => {
    const text = await getClass({ ClassName: SERVICE_CLASS });
    expect(text).toContain('<s:Body><CLASS NAME=');
    expect(at(readTree(text), ...BODY, 'CLASS')).toMatchObject({
      '@NAME': SERVICE_CLASS,
      '@SUPERCLASS': 'CIM_StorageConfigurationService',
      '@DERIVATION':
        'CIM_StorageConfigurationService,CIM_Service,CIM_EnabledLogicalElement,CIM_LogicalElement,CIM_ManagedSystemElement,CIM_ManagedElement',
    });
  });

  it('leaves qualifiers out when the client does not want them', async () => {
    const option = '<w:OptionSet><w:Option Name="IncludeQualifiers">false</w:Option></w:OptionSet>';
    expect(await getClass({ ClassName: SERVICE_CLASS }, option)).not.toContain('<QUALIFIER');
    expect(await getClass({ ClassName: SERVICE_CLASS })).toContain('<QUALIFIER');
  });

  it('of a class that does not exist is a fault', async () => {
    expect(readFault(await getClass({ ClassName: 'CIM_Nothing' }))).toMatchObject({ cimStatus: '6' });
  });

  it('without a class name is a fault', async () => {
    expect(readFault(await getClass({}))).toMatchObject({ detail: 'InsufficientSelectors' });
  });

  it('as an XML schema is not supported', async () => {
    const xsd = 'http://schemas.dmtf.org/wbem/ws-cim/1/cim-schema/2/*';
    const fault = readFault(await getClass({ ClassName: SERVICE_CLASS }, '', xsd));
    expect(fault).toMatchObject({ subcode: 'w:UnsupportedFeature' });
  });
});
