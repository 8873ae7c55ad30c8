import { describe, expect, it } from 'vitest';
import { DMTF, ENUMERATION, NAMESPACE, request, SERVICE_CLASS, systemXml, WQL } from '../../support/envelopes.js';
import { at, readFault, readTree, type Tree, textAt } from '../../support/read-answer.js';
import { readRecordedRequest } from '../../support/recorded-request.js';
import { authorization, runEndpoint } from '../../support/running-endpoint.js';

const N = `xmlns:n="${ENUMERATION}"`;
const ALL = 'http://schemas.dmtf.org/wbem/wscim/1/*';
const ASSOCIATION = 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter';

const list = (found: Tree | Tree[] | string | undefined) =>
  found === undefined ? [] : Array.isArray(found) ? found : [found];

describe('Enumerate', () => {
  const running = runEndpoint();

  async function enumerate(className: string, inside: string, parts: Parameters<typeof request>[0] = {}) {
    const body = `<n:Enumerate ${N}>${inside}</n:Enumerate>`;
    const resourceUri = className === '*' ? ALL : DMTF + className;
    const selectors = { __cimnamespace: NAMESPACE };
    return running.post(request({ action: `${ENUMERATION}/Enumerate`, resourceUri, selectors, body, ...parts }));
  }

  const send = async (name: string, inside: string, resourceUri = `${DMTF}CIM_ComputerSystem`) => {
    const body = `<n:${name} ${N}>${inside}</n:${name}>`;
    const parts = { action: `${ENUMERATION}/${name}`, resourceUri, selectors: { __cimnamespace: NAMESPACE }, body };
    return (await running.post(request(parts))).text;
  };

  const contextOf = (text: string, response = 'EnumerateResponse') =>
    textAt(readTree(text), 'Envelope', 'Body', response, 'EnumerationContext') ?? '';
  const items = (text: string, response = 'EnumerateResponse') =>
    at(readTree(text), 'Envelope', 'Body', response, 'Items');
  const names = (text: string, className: string, response = 'EnumerateResponse') =>
    list(at(items(text, response), className)).map((one) => at(one, 'Name'));
  const isLast = (text: string, response = 'EnumerateResponse') =>
    at(readTree(text), 'Envelope', 'Body', response, 'EndOfSequence') !== undefined;

  it('answers what libmi was recorded to send', async () => {
    const { status, text } = await running.post(readRecordedRequest('libmi-enumerate-systems.http').body);
    expect(status).toBe(200);
    expect(names(text, 'MSFTSM_ComputerSystem')).toEqual([
      'iscsi-a.lab.example',
      'iscsi-b.lab.example',
      'legacy-c.lab.example',
    ]);
    expect(isLast(text)).toBe(true);
  });

  it('answers what wsman was recorded to send, and its Pull after that', async () => {
    const { text } = await running.post(readRecordedRequest('wsman-enumerate-epr.http').body);
    expect(items(text)).toBeUndefined();
    const pulled = await send(
      'Pull',
      `<n:EnumerationContext>${contextOf(text)}</n:EnumerationContext><n:MaxElements>10</n:MaxElements>`,
    );
    const references = list(at(items(pulled, 'PullResponse'), 'EndpointReference'));
    expect(references).toHaveLength(3);
    expect(at(references[0], 'ReferenceParameters', 'ResourceURI')).toBe(`${DMTF}MSFTSM_ComputerSystem`);
    expect(isLast(pulled, 'PullResponse')).toBe(true);
  });

  it('returns object and reference together when asked', async () => {
    const inside =
      '<w:OptimizeEnumeration/><w:MaxElements>10</w:MaxElements><w:EnumerationMode>EnumerateObjectAndEPR</w:EnumerationMode>';
    const { text } = await enumerate('CIM_ComputerSystem', inside);
    const [first] = list(at(items(text), 'Item'));
    expect(at(first, 'MSFTSM_ComputerSystem', 'Name')).toBe('iscsi-a.lab.example');
    expect(at(first, 'EndpointReference', 'ReferenceParameters', 'SelectorSet')).toBeDefined();
  });

  it('goes through all instances in small batches, each once', async () => {
    let { text } = await enumerate(
      'MSISCSITARGET_TCPProtocolEndpoint',
      '<w:OptimizeEnumeration/><w:MaxElements>2</w:MaxElements>',
    );
    const found = list(at(items(text), 'MSISCSITARGET_TCPProtocolEndpoint')).map(
      (one) => `${at(one, 'SystemName')} ${at(one, 'Name')}`,
    );
    let response = 'EnumerateResponse';
    while (!isLast(text, response)) {
      text = await send(
        'Pull',
        `<n:EnumerationContext>${contextOf(text, response)}</n:EnumerationContext><n:MaxElements>1</n:MaxElements>`,
      );
      response = 'PullResponse';
      found.push(
        ...list(at(items(text, response), 'MSISCSITARGET_TCPProtocolEndpoint')).map(
          (one) => `${at(one, 'SystemName')} ${at(one, 'Name')}`,
        ),
      );
    }
    expect(found).toEqual([
      'iscsi-a.lab.example tcp-1',
      'iscsi-a.lab.example tcp-2',
      'iscsi-b.lab.example tcp-1',
      'iscsi-b.lab.example tcp-2',
      'legacy-c.lab.example tcp-1',
      'legacy-c.lab.example tcp-2',
    ]);
  });

  it('keeps answers within MaxEnvelopeSize', async () => {
    const parts = { maxEnvelopeSize: '8192' };
    const { bytes, text } = await enumerate(
      'MSISCSITARGET_TCPProtocolEndpoint',
      '<w:OptimizeEnumeration/><w:MaxElements>100</w:MaxElements>',
      parts,
    );
    expect(bytes.length).toBeLessThanOrEqual(8192);
    expect(isLast(text)).toBe(false);
  });

  it.each([
    ['None', []],
    ['ExcludeSubClassProperties', ['CIM_ComputerSystem']],
    ['IncludeSubClassProperties', ['MSFTSM_ComputerSystem']],
  ])('polymorphism %s shows %j', async (mode, expected) => {
    const polymorphism = `<b:PolymorphismMode xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd">${mode}</b:PolymorphismMode>`;
    const { text } = await enumerate(
      'CIM_ComputerSystem',
      `<w:OptimizeEnumeration/><w:MaxElements>9</w:MaxElements>${polymorphism}`,
    );
    const shown = Object.keys(items(text) ?? {}).filter((name) => !name.startsWith('@') && name !== '#text');
    expect(shown).toEqual(expected);
  });

  describe('with a filter', () => {
    const optimized = '<w:OptimizeEnumeration/><w:MaxElements>1000</w:MaxElements>';
    const query = (text: string) => enumerate('*', `${optimized}<w:Filter Dialect="${WQL}">${text}</w:Filter>`);

    it('answers the query libmi was recorded to send: there is no such pipe yet', async () => {
      const { status, text } = await running.post(readRecordedRequest('libmi-query-pipes.http').body);
      expect(status).toBe(200);
      expect(isLast(text)).toBe(true);
    });

    it('finds by WQL', async () => {
      const { text } = await query("select * from CIM_ComputerSystem where Name like 'iscsi-_.lab.example'");
      expect(names(text, 'MSFTSM_ComputerSystem')).toEqual(['iscsi-a.lab.example', 'iscsi-b.lab.example']);
    });

    it('returns the properties that the query names', async () => {
      const { text } = await query("select Name from MSFTSM_ComputerSystem where Name = 'ISCSI-A.lab.example'");
      const [system] = list(at(items(text), 'XmlFragment'));
      expect(Object.keys(system ?? {}).filter((name) => !name.startsWith('@'))).toEqual(['Name']);
    });

    describe('for some properties', () => {
      const projection = "Select Name,InstallDate,Dedicated from CIM_ComputerSystem where Name = 'iscsi-a.lab.example'";
      const fragment =
        '<w:XmlFragment xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">' +
        '<Dedicated>3</Dedicated><Dedicated>15</Dedicated><InstallDate xsi:nil="true"/><Name>iscsi-a.lab.example</Name></w:XmlFragment>';
      const options = (name: string) => `<w:OptionSet><w:Option Name="${name}">true</w:Option></w:OptionSet>`;
      const filtered = (text: string, parts: Parameters<typeof request>[0] = {}, inside = '') =>
        enumerate('*', `${optimized}<w:Filter Dialect="${WQL}">${text}</w:Filter>${inside}`, parts);

      it('writes them as Windows does: in no namespace, in alphabetical order, NULL as nil', async () => {
        expect((await filtered(projection)).text).toContain(`<w:Items>${fragment}</w:Items>`);
      });

      it('adds the EPR of the object where it is asked for', async () => {
        const mode = '<w:EnumerationMode>EnumerateObjectAndEPR</w:EnumerationMode>';
        const { text } = await filtered(projection, {}, mode);
        expect(text).toContain(`<w:Item>${fragment}<a:EndpointReference>`);
        expect(text).toContain(`${DMTF}MSFTSM_ComputerSystem</w:ResourceURI>`);
      });

      it('keeps the form when it is pulled', async () => {
        const all = 'select Name from CIM_ComputerSystem';
        const { text } = await enumerate('*', `<w:Filter Dialect="${WQL}">${all}</w:Filter>`);
        const pull = `<n:EnumerationContext>${contextOf(text)}</n:EnumerationContext><n:MaxElements>10</n:MaxElements>`;
        const pulled = await send('Pull', pull, ALL);
        expect(list(at(items(pulled, 'PullResponse'), 'XmlFragment'))).toHaveLength(3);
      });

      it('keeps the element of the class for libmi', async () => {
        const recorded = readRecordedRequest('libmi-query-pipes.http').body.toString();
        const query = recorded.replace(/select \* from CIM_NetworkPipe where ElementName = 'pipe-a'/, projection);
        const { text } = await running.post(query);
        expect(text).toMatch(/<p:MSFTSM_ComputerSystem [^>]*><p:Dedicated>/);
        expect(text).not.toContain('XmlFragment');
      });

      it.each(['msftwinrm:UsePreciseArrays', '__MI_CallbackRegistration', 'wmi:__MI_OPERATIONOPTIONS_WRITEERRORMODE'])(
        'keeps the element of the class for clients that send the option %s',
        async (name) => {
          const { text } = await filtered(projection, { headers: options(name) });
          expect(text).toMatch(/<p:MSFTSM_ComputerSystem [^>]*><p:Dedicated>/);
        },
      );

      it.each(['IncludeQualifiers', 'wmi:MyContext'])('does not take the option %s for a mark', async (name) => {
        expect((await filtered(projection, { headers: options(name) })).text).toContain(fragment);
      });

      it('writes all properties with their class', async () => {
        const { text } = await filtered(projection.replace(/Name,InstallDate,Dedicated/, '*'));
        expect(text).toContain('<p:MSFTSM_ComputerSystem ');
      });
    });

    it.each([WQL, 'http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf', ASSOCIATION])(
      'refuses the URI of a class that does not exist, whatever the filter of dialect %s says',
      async (dialect) => {
        const text = 'select EnabledDefault from CIM_ComputerSystem';
        const answer = await enumerate('CIM_Cxxxxxx', `${optimized}<w:Filter Dialect="${dialect}">${text}</w:Filter>`);
        expect(readFault(answer.text)).toMatchObject({ cimStatus: '5' });
      },
    );

    it('follows associations by WQL', async () => {
      const path = `{MSFTSM_ComputerSystem.CreationClassName="MSFTSM_ComputerSystem",Name="iscsi-a.lab.example"}`;
      const { text } = await query(`associators of ${path} where ResultClass = CIM_Service`);
      expect(list(at(items(text), SERVICE_CLASS))).toHaveLength(1);
    });

    it.each([
      ['b:AssociatedInstances', 'b:Object'],
      ['b:associatedinstances', 'b:object'],
    ])('follows associations by %s', async (element, object) => {
      const filter = `<w:Filter Dialect="${ASSOCIATION}" xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd"><${element}><${object}>${systemXml('iscsi-a.lab.example')}</${object}><b:ResultClassName>CIM_StorageConfigurationService</b:ResultClassName></${element}></w:Filter>`;
      const { text } = await enumerate('*', optimized + filter);
      expect(names(text, SERVICE_CLASS)).toEqual(['StorageConfigurationService']);
    });

    it('returns the associations themselves', async () => {
      const object = `<b:Object><a:EndpointReference>${systemXml('iscsi-a.lab.example')}</a:EndpointReference></b:Object>`;
      const filter = `<n:Filter ${N} Dialect="${ASSOCIATION}" xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd"><b:AssociationInstances>${object}<b:ResultClassName>CIM_HostedService</b:ResultClassName></b:AssociationInstances></n:Filter>`;
      const { text } = await enumerate('*', optimized + filter);
      expect(list(at(items(text), 'MSISCSITARGET_HostedService'))).toHaveLength(5);
    });

    it('leaves out the properties that an association filter excludes', async () => {
      const filter = `<w:Filter Dialect="${ASSOCIATION}" xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd"><b:AssociatedInstances><b:Object>${systemXml('iscsi-a.lab.example')}</b:Object><b:ResultClassName>CIM_StorageConfigurationService</b:ResultClassName><b:ExcludeResultProperty>started</b:ExcludeResultProperty></b:AssociatedInstances></w:Filter>`;
      const { text } = await enumerate('*', optimized + filter);
      const [service] = list(at(items(text), SERVICE_CLASS));
      expect(service).toHaveProperty('StartMode');
      expect(service).not.toHaveProperty('Started');
    });

    it.each([
      ['references of {MSFTSM_ComputerSystem} where SchemaOnly Role = Antecedent', 'MSISCSITARGET_HostedService'],
      ['associators of {MSFTSM_ComputerSystem} where SchemaOnly AssocClass = CIM_HostedService', 'CIM_Service'],
    ])('returns the classes that are associated by declaration: %s', async (text, expected) => {
      const { text: answer } = await query(text);
      expect(list(at(items(answer), 'CLASS')).map((one) => at(one, '@NAME'))).toContain(expected);
    });

    it('selects by selectors', async () => {
      const filter =
        '<w:Filter Dialect="http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter"><w:SelectorSet><w:Selector Name="Name">tcp-1</w:Selector></w:SelectorSet></w:Filter>';
      const { text } = await enumerate('MSISCSITARGET_TCPProtocolEndpoint', optimized + filter);
      expect(list(at(items(text), 'MSISCSITARGET_TCPProtocolEndpoint'))).toHaveLength(3);
    });

    it('has selectors for classes only', async () => {
      const filter =
        '<w:Filter Dialect="http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter"><w:SelectorSet><w:Selector Name="Name">x</w:Selector></w:SelectorSet></w:Filter>';
      expect(readFault((await enumerate('*', optimized + filter)).text)).toMatchObject({
        subcode: 'n:CannotProcessFilter',
      });
    });

    it.each([
      ['a query that breaks off', 'select * from', { subcode: 'n:CannotProcessFilter', cimStatus: '15' }],
      ['a query of an unknown class', 'select * from CIM_Nothing', { cimStatus: '5' }],
      ['a query of an unknown property', 'select Colour from CIM_System', { cimStatus: '15' }],
    ])('%s is a fault', async (_, text, fault) => {
      expect(readFault((await query(text)).text)).toMatchObject(fault);
    });

    it('of an unknown dialect is a fault', async () => {
      const { text } = await enumerate('*', '<w:Filter Dialect="http://example.com/sql">select</w:Filter>');
      expect(readFault(text)).toMatchObject({ subcode: 'n:FilterDialectRequestedUnavailable' });
    });

    it('without anything in it, as wsman was recorded to send, is a fault', async () => {
      const { text } = await running.post(readRecordedRequest('wsman-associated.http').body);
      expect(readFault(text)).toMatchObject({ subcode: 'n:CannotProcessFilter' });
    });
  });

  describe('a context', () => {
    const start = async () => contextOf((await enumerate('CIM_ComputerSystem', '')).text);
    const pull = (id: string) => send('Pull', `<n:EnumerationContext>${id}</n:EnumerationContext>`);
    const unknown = { code: 's:Receiver', subcode: 'n:InvalidEnumerationContext' };

    it('that was released is unknown', async () => {
      const id = await start();
      const answer = await send('Release', `<n:EnumerationContext>${id}</n:EnumerationContext>`);
      expect(textAt(readTree(answer), 'Envelope', 'Header', 'Action')).toBe(`${ENUMERATION}/ReleaseResponse`);
      expect(readFault(await pull(id))).toMatchObject(unknown);
    });

    it('that nobody gave out is unknown', async () => {
      expect(readFault(await pull('uuid:00000000-0000-0000-0000-000000000000'))).toMatchObject(unknown);
    });

    it('gives one item when the client does not say how many', async () => {
      expect(names(await pull(await start()), 'MSFTSM_ComputerSystem', 'PullResponse')).toHaveLength(1);
    });

    it('tells its end, and takes a new one', async () => {
      const id = `<n:EnumerationContext>${await start()}</n:EnumerationContext>`;
      const status = await send('GetStatus', id);
      expect(textAt(readTree(status), 'Envelope', 'Body', 'GetStatusResponse', 'Expires')).toMatch(/^PT2\d\d\./);
      const renewed = await send('Renew', `${id}<n:Expires>PT10S</n:Expires>`);
      expect(textAt(readTree(renewed), 'Envelope', 'Body', 'RenewResponse', 'Expires')).toMatch(/^PT(10|9)\./);
    });
  });

  describe('of class declarations', () => {
    const uri = 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*';
    const selectors = { __cimnamespace: NAMESPACE, ClassName: 'CIM_StorageHardwareIDManagementService' };
    const all = '<w:OptimizeEnumeration/><w:MaxElements>9</w:MaxElements>';
    const subclass = 'MSISCSITARGET_StorageHardwareIDManagementService';

    it('returns references with which they can be fetched, alone or beside them', async () => {
      const inMode = async (mode: string) => {
        const inside = `${all}<w:EnumerationMode>${mode}</w:EnumerationMode>`;
        return items((await enumerate('*', inside, { resourceUri: uri, selectors })).text);
      };
      const both = at(await inMode('EnumerateObjectAndEPR'), 'Item');
      expect(at(both, 'CLASS', '@NAME')).toBe(subclass);
      const reference = at(await inMode('EnumerateEPR'), 'EndpointReference');
      expect(at(both, 'EndpointReference')).toEqual(reference);
      expect(at(reference, 'ReferenceParameters', 'ResourceURI')).toBe(uri);
      const named = list(at(reference, 'ReferenceParameters', 'SelectorSet', 'Selector'));
      expect(named.map((one) => [at(one, '@Name'), at(one, '#text')])).toEqual([
        ['__cimnamespace', NAMESPACE],
        ['ClassName', subclass],
      ]);
    });

    it('takes no filter', async () => {
      const inside = `${all}<w:Filter Dialect="${WQL}">select * from meta_class</w:Filter>`;
      const { text } = await enumerate('*', inside, { resourceUri: uri, selectors });
      expect(readFault(text)).toMatchObject({ subcode: 'n:FilteringNotSupported' });
    });
  });

  it('returns class declarations, every class after its superclass', async () => {
    const uri = 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*';
    const selectors = { __cimnamespace: NAMESPACE, ClassName: '' };
    let { text } = await enumerate('*', '<w:OptimizeEnumeration/><w:MaxElements>32000</w:MaxElements>', {
      resourceUri: uri,
      selectors,
    });
    const found = list(at(items(text), 'CLASS')).map((one) => String(at(one, '@NAME')));
    let response = 'EnumerateResponse';
    while (!isLast(text, response)) {
      const body = `<n:Pull ${N}><n:EnumerationContext>${contextOf(text, response)}</n:EnumerationContext><n:MaxElements>32000</n:MaxElements></n:Pull>`;
      const answer = await running.post(request({ action: `${ENUMERATION}/Pull`, resourceUri: uri, selectors, body }), {
        headers: { authorization },
      });
      expect(answer.bytes.length).toBeLessThanOrEqual(512_000);
      text = answer.text;
      response = 'PullResponse';
      found.push(...list(at(items(text, response), 'CLASS')).map((one) => String(at(one, '@NAME'))));
    }
    expect(new Set(found).size).toBe(found.length);
    expect(found).toContain(SERVICE_CLASS);
    expect(found.indexOf('CIM_Service')).toBeLessThan(found.indexOf(SERVICE_CLASS));
  });
});
