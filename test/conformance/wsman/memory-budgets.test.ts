import { describe, expect, it } from 'vitest';
import { DMTF, ENUMERATION, NAMESPACE, request, TRANSFER, WQL } from '../../support/envelopes.js';
import { readFault, readTree, textAt } from '../../support/read-answer.js';
import { runEndpoint } from '../../support/running-endpoint.js';

const CLASS = 'MSISCSITARGET_StorageHardwareID';

/** Each of them finds its instances by an index, and keeps their paths until they are pulled. */
const QUERY = `SELECT * FROM ${CLASS} WHERE IDType = 5`;
const QUOTA = { subcode: 'w:QuotaLimit', windowsCode: '2150858815' };

const running = runEndpoint({
  settings: { maxEnumerationMemoryKb: 100, maxEnumerationMemoryKbPerUser: 60, maxModelMemoryKb: 4096 },
});
const send = (action: string, body: string) =>
  running.post(request({ action, resourceUri: `${DMTF}${CLASS}`, selectors: { __cimnamespace: NAMESPACE }, body }));
const enumeration = (name: string, inside: string) =>
  send(`${ENUMERATION}/${name}`, `<n:${name} xmlns:n="${ENUMERATION}">${inside}</n:${name}>`);
const create = (id: string, name = '') =>
  send(
    `${TRANSFER}/Create`,
    `<p:${CLASS} xmlns:p="${DMTF}${CLASS}"><p:InstanceID>${id}</p:InstanceID><p:ElementName>${name}</p:ElementName><p:StorageID>x</p:StorageID><p:IDType>5</p:IDType></p:${CLASS}>`,
  );

describe('open enumerations', () => {
  it('take no more memory than they may, and have room again for each that is released', async () => {
    for (let n = 0; n < 100; n++) await create(`${n}`.padEnd(150, 'k'));
    const open = () =>
      enumeration(
        'Enumerate',
        `<w:Filter xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" Dialect="${WQL}">${QUERY}</w:Filter>`,
      );
    const ids: string[] = [];
    let refused: string | undefined;
    while (refused === undefined && ids.length < 20) {
      const { status, text } = await open();
      if (status === 200)
        ids.push(textAt(readTree(text), 'Envelope', 'Body', 'EnumerateResponse', 'EnumerationContext') ?? '');
      else refused = text;
    }
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.length).toBeLessThan(20);
    expect(readFault(refused ?? '')).toMatchObject(QUOTA);
    await enumeration('Release', `<n:EnumerationContext>${ids[0]}</n:EnumerationContext>`);
    expect((await open()).status).toBe(200);
    expect((await open()).status).toBe(500);
  });
});

describe('the instances', () => {
  it('take no more memory than they may: Create and Put beyond are refused and change nothing', async () => {
    let made = 0;
    let refused: string | undefined;
    while (refused === undefined && made < 20) {
      const { status, text } = await create(`large ${made}`, 'e'.repeat(1_000_000));
      if (status === 200) made += 1;
      else refused = text;
    }
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(5);
    expect(readFault(refused ?? '')).toMatchObject(QUOTA);
    expect((await create('small')).status).toBe(200);
    expect((await create('large', 'e'.repeat(1_000_000))).status).toBe(500);
    expect((await create('large')).status).toBe(200);
  });
});
