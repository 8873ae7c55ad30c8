import { describe, expect, it } from 'vitest';
import {
  DMTF,
  METHOD,
  NAMESPACE,
  request,
  SERVICE_CLASS,
  selectorXml,
  serviceKeys,
  TRANSFER,
} from '../../support/envelopes.js';
import { at, readFault, readTree, type Tree, textAt } from '../../support/read-answer.js';
import { readRecordedRequest } from '../../support/recorded-request.js';
import { runEndpoint } from '../../support/running-endpoint.js';

const HARDWARE_ID = 'MSISCSITARGET_StorageHardwareID';
const BODY = ['Envelope', 'Body'] as const;

describe('writing instances', () => {
  const running = runEndpoint();
  const send = async (verb: string, className: string, keys: Record<string, string>, body = '', headers = '') => {
    const selectors = { __cimnamespace: NAMESPACE, ...keys };
    const parts = { action: `${TRANSFER}/${verb}`, resourceUri: DMTF + className, selectors, body, headers };
    return (await running.post(request(parts))).text;
  };
  const instanceXml = (className: string, properties: Record<string, string>) => {
    const inside = Object.entries(properties).map(([name, value]) => `<p:${name}>${value}</p:${name}>`);
    return `<p:${className} xmlns:p="${DMTF}${className}">${inside.join('')}</p:${className}>`;
  };
  const initiator = (id: string) => ({
    InstanceID: id,
    ElementName: id,
    StorageID: `iqn.2026-11.example:${id}`,
    IDType: '5',
  });
  const create = (id: string) => send('Create', HARDWARE_ID, {}, instanceXml(HARDWARE_ID, initiator(id)));
  const get = (id: string) => send('Get', HARDWARE_ID, { InstanceID: id });

  it('creates an instance and returns its reference', async () => {
    const tree = readTree(await create('one'));
    const reference = at(tree, ...BODY, 'ResourceCreated', 'ReferenceParameters');
    expect(at(reference, 'ResourceURI')).toBe(DMTF + HARDWARE_ID);
    expect(textAt(tree, 'Envelope', 'Header', 'Action')).toBe(`${TRANSFER}/CreateResponse`);
    expect(at(readTree(await get('one')), ...BODY, HARDWARE_ID, 'StorageID')).toBe('iqn.2026-11.example:one');
  });

  it.each([
    ['twice', async () => (await create('two')) && create('two'), { subcode: 'w:AlreadyExists', cimStatus: '11' }],
    [
      'with an unknown property',
      () => send('Create', HARDWARE_ID, {}, instanceXml(HARDWARE_ID, { Colour: 'red' })),
      { subcode: 'x:InvalidRepresentation', detail: 'InvalidValues', cimStatus: '12' },
    ],
    [
      'with a value of the wrong type',
      () => send('Create', HARDWARE_ID, {}, instanceXml(HARDWARE_ID, { IDType: 'x' })),
      { subcode: 'x:InvalidRepresentation', detail: 'InvalidValues', cimStatus: '1' },
    ],
    [
      'without a property that the class requires',
      () => send('Create', HARDWARE_ID, {}, instanceXml(HARDWARE_ID, { InstanceID: 'none' })),
      { subcode: 'x:InvalidRepresentation', detail: 'MissingValues', cimStatus: '4' },
    ],
    [
      'of an abstract class',
      () => send('Create', 'CIM_System', {}, instanceXml('CIM_System', { Name: 'x' })),
      { cimStatus: '7' },
    ],
    [
      'of a class that is made by the system',
      () => send('Create', SERVICE_CLASS, {}, instanceXml(SERVICE_CLASS, serviceKeys)),
      { cimStatus: '7' },
    ],
    [
      'without a body, as wsman was recorded to send',
      async () => (await running.post(readRecordedRequest('wsman-create-hardware-id.http').body)).text,
      { subcode: 'x:InvalidRepresentation' },
    ],
  ])('is refused %s', async (_, act, fault) => {
    expect(readFault(await act())).toMatchObject(fault);
  });

  it('changes the properties that differ, and leaves read-only ones that do not', async () => {
    await create('three');
    const changed = instanceXml(HARDWARE_ID, { ...initiator('three'), ElementName: 'renamed' });
    const tree = readTree(await send('Put', HARDWARE_ID, { InstanceID: 'three' }, changed));
    expect(at(tree, ...BODY, HARDWARE_ID, 'ElementName')).toBe('renamed');
  });

  it('changes only the properties that a CIM client lists', async () => {
    await create('four');
    const options =
      '<w:OptionSet><w:Option Name="wmiarray:__MIInstanceModifiedPropertiesList" Type="xs:string">ElementName</w:Option></w:OptionSet>';
    const body = instanceXml(HARDWARE_ID, { InstanceID: 'four', ElementName: 'changed', StorageID: 'ignored' });
    const tree = readTree(await send('Put', HARDWARE_ID, { InstanceID: 'four' }, body, options));
    expect(at(tree, ...BODY, HARDWARE_ID)).toMatchObject({
      ElementName: 'changed',
      StorageID: 'iqn.2026-11.example:four',
    });
  });

  it.each([
    ['a key', { InstanceID: 'six', StorageID: 'iqn.2026-11.example:six', ElementName: 'x', IDType: '5' }, '4'],
    ['a value to the wrong type', { IDType: 'x' }, '1'],
    ['what the class does not have', { Colour: 'red' }, '12'],
  ])('refuses to change %s', async (_, properties, cimStatus) => {
    await create('seven');
    const fault = readFault(
      await send('Put', HARDWARE_ID, { InstanceID: 'seven' }, instanceXml(HARDWARE_ID, properties)),
    );
    expect(fault).toMatchObject({ subcode: 'x:InvalidRepresentation', detail: 'InvalidValues', cimStatus });
  });

  it('takes back what a Get gave, its key in other letters and what is read-only among it, and changes nothing', async () => {
    const before = readTree(await send('Get', SERVICE_CLASS, serviceKeys));
    const folded = Object.fromEntries(Object.entries(serviceKeys).map(([name, value]) => [name, value.toUpperCase()]));
    const given = at(before, ...BODY, SERVICE_CLASS, 'ElementName') as string;
    const body = instanceXml(SERVICE_CLASS, { ...folded, ElementName: given });
    const after = readTree(await send('Put', SERVICE_CLASS, folded, body));
    expect(at(after, ...BODY, SERVICE_CLASS)).toEqual(at(before, ...BODY, SERVICE_CLASS));
  });

  it('changes a property beside a key in other letters, and keeps the key', async () => {
    await create('eight');
    const body = instanceXml(HARDWARE_ID, { ...initiator('eight'), InstanceID: 'EIGHT', ElementName: 'renamed' });
    const tree = readTree(await send('Put', HARDWARE_ID, { InstanceID: 'eight' }, body));
    expect(at(tree, ...BODY, HARDWARE_ID)).toMatchObject({ InstanceID: 'eight', ElementName: 'renamed' });
  });

  it('refuses to change what the system owns', async () => {
    const body = instanceXml(SERVICE_CLASS, { ...serviceKeys, ElementName: 'mine' });
    expect(readFault(await send('Put', SERVICE_CLASS, serviceKeys, body))).toMatchObject({ cimStatus: '7' });
  });

  it('deletes an instance', async () => {
    await create('five');
    expect(at(readTree(await send('Delete', HARDWARE_ID, { InstanceID: 'five' })), ...BODY)).toBe('');
    expect(readFault(await get('five'))).toMatchObject({ cimStatus: '6' });
  });

  it('deletes a pipe with all that belongs to it', async () => {
    const { text } = await running.post(request());
    const reference = at(
      readTree(text),
      ...BODY,
      `${METHOD}_OUTPUT`,
      'ReplicationPipe',
      'ReferenceParameters',
      'SelectorSet',
    ) as Tree;
    const id = /cimulator:pipe:[0-9a-f-]+/.exec(JSON.stringify(reference))?.[0] ?? '';
    await send('Delete', 'CIMULATOR_ReplicationPipe', { InstanceID: id });
    expect(readFault(await send('Get', 'CIM_NetworkPipe', { InstanceID: id }))).toMatchObject({ cimStatus: '6' });
    const filter = `<w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">select * from CIM_EndpointOfNetworkPipe</w:Filter>`;
    const body = `<n:Enumerate xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"><w:OptimizeEnumeration/><w:MaxElements>9</w:MaxElements>${filter}</n:Enumerate>`;
    const action = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate';
    const parts = {
      action,
      resourceUri: 'http://schemas.dmtf.org/wbem/wscim/1/*',
      selectorXml: selectorXml({ __cimnamespace: NAMESPACE }),
      body,
    };
    expect(at(readTree((await running.post(request(parts))).text), ...BODY, 'EnumerateResponse', 'Items')).toBe('');
  });
});
