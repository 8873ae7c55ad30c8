import { beforeAll, describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { DMTF, ENUMERATION, NAMESPACE, request } from '../../support/envelopes.js';
import { readFault, readTree, textAt } from '../../support/read-answer.js';
import { runEndpoint } from '../../support/running-endpoint.js';

const CLASS = 'MSISCSITARGET_StorageHardwareID';
const SIZES = [10, 9_000, 10, 600_000, 20_000, 10, 50_000];

/** Sends Enumerate or Pull with an envelope of the least size. */
const running = runEndpoint({ lab: 'none' });
const send = (name: string, inside: string, maxEnvelopeSize = '8192') => {
  const body = `<n:${name} xmlns:n="${ENUMERATION}">${inside}</n:${name}>`;
  const parts = { resourceUri: `${DMTF}${CLASS}`, selectors: { __cimnamespace: NAMESPACE }, maxEnvelopeSize, body };
  return running.post(request({ ...parts, action: `${ENUMERATION}/${name}` }));
};
const idsIn = (xml: string) => [...xml.matchAll(/InstanceID>big(\d)</g)].map(([, id]) => Number(id));
const contextOf = (xml: string, response: string) =>
  textAt(readTree(xml), 'Envelope', 'Body', response, 'EnumerationContext') ?? '';

describe('items that no envelope of the client can hold', () => {
  beforeAll(async () => {
    for (const [n, size] of SIZES.entries()) {
      const values = { InstanceID: `big${n}`, StorageID: 'iqn.x', IDType: 5, ElementName: 'e'.repeat(size) };
      await running.endpoint.broker.createInstance(NAMESPACE, new CimInstance(CLASS, Object.entries(values)));
    }
  });

  async function readAll(optimized: string) {
    let { text } = await send('Enumerate', optimized);
    const id = contextOf(text, 'EnumerateResponse');
    const found = idsIn(text);
    let faults = 0;
    for (let pulls = 0; pulls < 30 && !text.includes('EndOfSequence'); pulls++) {
      const more = `<n:EnumerationContext>${id}</n:EnumerationContext><n:MaxElements>100</n:MaxElements>`;
      const answer = await send('Pull', more);
      text = answer.text;
      expect(answer.bytes.length).toBeLessThanOrEqual(8192);
      if (answer.status === 200) {
        found.push(...idsIn(text));
        continue;
      }
      faults += 1;
      expect(readFault(text)).toMatchObject({ subcode: 'w:EncodingLimit', windowsCode: '2150858824' });
    }
    return { found, faults, text };
  }

  it.each([
    ['in batches', ''],
    ['with the answer to Enumerate', '<w:OptimizeEnumeration/><w:MaxElements>100</w:MaxElements>'],
  ])('are passed over, each with a fault, and hide none of the others: %s', async (_, optimized) => {
    const { found, faults, text } = await readAll(optimized);
    expect(found).toEqual([0, 2, 5]);
    expect(faults).toBe(4);
    expect(text).toContain('EndOfSequence');
  });

  it('stay where only MaxCharacters are too few', async () => {
    const id = contextOf((await send('Enumerate', '')).text, 'EnumerateResponse');
    const pull = (characters: number) =>
      send(
        'Pull',
        `<n:EnumerationContext>${id}</n:EnumerationContext><n:MaxElements>1</n:MaxElements><n:MaxCharacters>${characters}</n:MaxCharacters>`,
      );
    expect(readFault((await pull(100)).text)).toMatchObject({ subcode: 'w:EncodingLimit' });
    expect(idsIn((await pull(6000)).text)).toEqual([0]);
  });
});

describe('a Pull with a MessageID as long as they may be', () => {
  it('loses nothing: its answer holds fewer items', async () => {
    for (let n = 100; n < 180; n++) {
      const values = { InstanceID: `small${n}`, StorageID: 'iqn.x', IDType: 5, ElementName: 'e'.repeat(80) };
      await running.endpoint.broker.createInstance(NAMESPACE, new CimInstance(CLASS, Object.entries(values)));
    }
    const id = contextOf((await send('Enumerate', '')).text, 'EnumerateResponse');
    const found = new Set<string>();
    for (let text = '', pulls = 0; pulls < 100 && !text.includes('EndOfSequence'); pulls++) {
      const inside = `<n:EnumerationContext>${id}</n:EnumerationContext><n:MaxElements>100</n:MaxElements>`;
      const body = `<n:Pull xmlns:n="${ENUMERATION}">${inside}</n:Pull>`;
      const parts = {
        resourceUri: `${DMTF}${CLASS}`,
        selectors: { __cimnamespace: NAMESPACE },
        maxEnvelopeSize: '8192',
        body,
      };
      const message = request({ ...parts, action: `${ENUMERATION}/Pull` });
      const answer = await running.post(message.replace(/(MessageID[^>]*>)[^<]*</, `$1urn:${'m'.repeat(2_000)}<`));
      text = answer.text;
      expect(answer.bytes.length).toBeLessThanOrEqual(8192);
      for (const [, name = ''] of text.matchAll(/InstanceID>(small\d+)</g)) found.add(name);
    }
    expect(found.size).toBe(80);
  });
});

describe('a fault', () => {
  it('does not repeat a MessageID of 1.5 MB', async () => {
    const message = request({ resourceUri: `${DMTF}${CLASS}`, action: `${ENUMERATION}/Pull`, body: '' });
    const long = message.replace(/(MessageID[^>]*>)[^<]*</, `$1${'m'.repeat(1_500_000)}<`);
    const { bytes, text } = await running.post(long);
    expect(readFault(text)).toMatchObject({ subcode: 'w:EncodingLimit' });
    expect(bytes.length).toBeLessThan(8192);
  });
});
