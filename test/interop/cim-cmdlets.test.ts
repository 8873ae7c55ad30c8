import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { NAMESPACE } from '../support/envelopes.js';
import { at, readFault, readTree, textAt } from '../support/read-answer.js';
import { runEndpoint } from '../support/running-endpoint.js';

const folder = new URL('../../fixtures/captures/cim-cmdlets/', import.meta.url);

/** What Microsoft's CIM cmdlets ask, as bodies of messages, and what they need to hear. */
describe('a request of the CIM cmdlets', () => {
  const running = runEndpoint();
  const replay = async (name: string) => (await running.post(readFileSync(new URL(name, folder)))).text;
  const errorIn = (xml: string) => at(readTree(xml), 'Envelope', 'Body', 'Fault', 'Detail', 'MSFT_WmiError');

  it('create-dummyclass.xml makes an instance of the class of its resource URI, whatever the element is called', async () => {
    const reference = ['Envelope', 'Body', 'ResourceCreated', 'ReferenceParameters'] as const;
    const created = readTree(await replay('create-dummyclass.xml'));
    expect(textAt(created, ...reference, 'ResourceURI')).toMatch(/\/MSISCSITARGET_StorageHardwareID$/);
    const className = 'MSISCSITARGET_StorageHardwareID';
    const path = new InstancePath({ namespace: NAMESPACE, className, keys: { InstanceID: 'dummy' } });
    const found = await running.endpoint.broker.getInstance(path);
    expect([found.className, found.get('StorageID'), found.get('IDType')]).toEqual([className, 'iqn.x:dummy', 5]);
    // The same from libmi, after the first: the keys are taken.
    expect(readFault(await replay('create-dummyclass-libmi.xml'))).toMatchObject({ cimStatus: '11' });
  });

  it('wql-doubled-quote.xml is refused, and told how a quote is written', async () => {
    const fault = readFault(await replay('wql-doubled-quote.xml'));
    expect(fault).toMatchObject({ subcode: 'n:CannotProcessFilter', cimStatus: '15' });
    expect(fault.reason).toContain(String.raw`a quote inside a string has a backslash before it (\')`);
  });

  it.each([
    ['invoke-text-for-number.xml', "Parameter RequestedState: 'abc' is not a value of type uint16."],
    ['invoke-text-for-datetime.xml', "Parameter TimeoutPeriod: 'abc' is not a value of type datetime."],
  ])('%s gets the numbers that Windows gives for it', async (name, message) => {
    const xml = await replay(name);
    expect(readFault(xml)).toMatchObject({ subcode: 'w:InvalidParameter', detail: 'TypeMismatch', reason: message });
    const values = ['CIMStatusCode', 'error_Code', 'error_Category', 'error_Type', 'MessageID', 'Message'];
    expect(values.map((each) => at(errorIn(xml), each, '#text'))).toEqual([
      '1',
      '2150858817',
      '26',
      'HRESULT',
      'HRESULT 0x80338041',
      message,
    ]);
  });

  it('enumerate-namespaces-of-root.xml finds the namespaces below', async () => {
    const items = at(readTree(await replay('enumerate-namespaces-of-root.xml')), ...ITEMS);
    const names = [
      'cimv2',
      'interop',
      'wmi',
      'default',
      'Microsoft',
      'SecurityCenter2',
      'StandardCimv2',
      'subscription',
    ];
    expect(items).toMatchObject(names.map((Name) => ({ Name })));
  });

  it('invoke-instance-method-without-keys.xml is told which keys are missing', async () => {
    expect(readFault(await replay('invoke-instance-method-without-keys.xml'))).toMatchObject({
      subcode: 'w:InvalidSelectors',
      detail: 'InsufficientSelectors',
      windowsCode: '2150859002',
      reason:
        'An instance of MSISCSITARGET_StorageConfigurationService needs the selectors Name, SystemCreationClassName, SystemName, CreationClassName.',
    });
  });

  it('maxenvelopesize-0.xml asks for an answer that cannot be', async () => {
    expect(readFault(await replay('maxenvelopesize-0.xml'))).toMatchObject({
      subcode: 'w:EncodingLimit',
      detail: 'MinimumEnvelopeLimit',
      windowsCode: '2150858878',
    });
  });
});

const ITEMS = ['Envelope', 'Body', 'EnumerateResponse', 'Items', '__NAMESPACE'];
