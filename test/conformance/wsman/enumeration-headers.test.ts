import { afterEach, describe, expect, it, vi } from 'vitest';
import { DMTF, ENUMERATION, NAMESPACE, request, systemXml, WQL } from '../../support/envelopes.js';
import { at, readTree, textAt } from '../../support/read-answer.js';
import { runEndpoint } from '../../support/running-endpoint.js';

const ASK = '<w:RequestTotalItemsCountEstimate s:mustUnderstand="true"/>';
const OPTIMIZE = '<w:OptimizeEnumeration/><w:MaxElements>2</w:MaxElements>';

const running = runEndpoint({ settings: { enumerationTimeoutMs: 100_000 } });

async function send(name: string, inside: string, headers = '', resourceUri = `${DMTF}CIM_ComputerSystem`) {
  const body = `<n:${name} xmlns:n="${ENUMERATION}">${inside}</n:${name}>`;
  const parts = { action: `${ENUMERATION}/${name}`, selectors: { __cimnamespace: NAMESPACE }, resourceUri, body };
  return readTree((await running.post(request({ ...parts, headers }))).text);
}

type Answer = Awaited<ReturnType<typeof send>>;
const estimateOf = (answer: Answer) => at(answer, 'Envelope', 'Header', 'TotalItemsCountEstimate');
const response = (answer: Answer, ...path: string[]) =>
  textAt(answer, 'Envelope', 'Body', 'EnumerateResponse', ...path);
const query = (text: string) => `<w:Filter Dialect="${WQL}">${text}</w:Filter>`;

describe('the estimate of the number of items', () => {
  it('is not sent to who does not ask', async () => {
    expect(estimateOf(await send('Enumerate', ''))).toBeUndefined();
  });

  it.each(['', OPTIMIZE])('is that of the class and its subclasses (%s)', async (inside) => {
    expect(estimateOf(await send('Enumerate', inside, ASK))).toBe('3');
  });

  it('is that of the class alone without polymorphism', async () => {
    const inside = `<b:PolymorphismMode xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd">None</b:PolymorphismMode>`;
    expect(estimateOf(await send('Enumerate', inside, ASK))).toBe('0');
  });

  it('is that of the objects that an association finds', async () => {
    const object = `<b:Object>${systemXml('iscsi-a.lab.example')}</b:Object><b:ResultClassName>CIM_Service</b:ResultClassName>`;
    const filter = `<w:Filter Dialect="http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter"><b:AssociatedInstances xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd">${object}</b:AssociatedInstances></w:Filter>`;
    expect(estimateOf(await send('Enumerate', filter, ASK, 'http://schemas.dmtf.org/wbem/wscim/1/*'))).toBe('5');
  });

  it('is NULL for a query that has to be searched for', async () => {
    const answer = await send('Enumerate', query("select * from CIM_ComputerSystem where Name like '%a%'"), ASK);
    expect(at(estimateOf(answer), '@nil')).toBe('true');
  });

  it('is given with a Pull, of the whole enumeration', async () => {
    const id = response(await send('Enumerate', OPTIMIZE), 'EnumerationContext');
    const pulled = await send('Pull', `<n:EnumerationContext>${id}</n:EnumerationContext>`, ASK);
    expect(estimateOf(pulled)).toBe('3');
  });
});

const seconds = (duration: string | undefined) => Number(/^PT([\d.]+)S$/.exec(duration ?? '')?.[1]);

/** Seconds for which an enumeration will be kept. */
async function leftOf(id: string | undefined): Promise<number> {
  const status = await send('GetStatus', `<n:EnumerationContext>${id}</n:EnumerationContext>`);
  return seconds(textAt(status, 'Envelope', 'Body', 'GetStatusResponse', 'Expires'));
}

describe('Expires', () => {
  it('is not answered to who does not ask', async () => {
    expect(response(await send('Enumerate', ''), 'Expires')).toBeUndefined();
  });

  it('is what the client asked for', async () => {
    const granted = seconds(response(await send('Enumerate', '<n:Expires>PT50S</n:Expires>'), 'Expires'));
    expect(granted).toBeGreaterThan(45);
    expect(granted).toBeLessThanOrEqual(50);
  });

  it.each(['P365D', '2999-01-01T00:00:00Z'])('is no more than EnumerationTimeoutms (%s)', async (wanted) => {
    const answer = await send('Enumerate', `<n:Expires>${wanted}</n:Expires>${OPTIMIZE}`);
    expect(seconds(response(answer, 'Expires'))).toBeLessThanOrEqual(100);
    const id = response(answer, 'EnumerationContext');
    const left = await leftOf(id);
    expect(left).toBeGreaterThan(90);
    expect(left).toBeLessThanOrEqual(100);
  });

  it('stands before the context, as the schema of WS-Enumeration has it', async () => {
    const answer = await send('Enumerate', '<n:Expires>PT50S</n:Expires>');
    const names = Object.keys(at(answer, 'Envelope', 'Body', 'EnumerateResponse') as object);
    expect(names).toEqual(['Expires', 'EnumerationContext']);
  });

  it('is not answered when everything fits into the answer', async () => {
    const all = '<n:Expires>PT50S</n:Expires><w:OptimizeEnumeration/><w:MaxElements>10</w:MaxElements>';
    expect(response(await send('Enumerate', all), 'Expires')).toBeUndefined();
  });
});

describe('a clock that is set', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ['forward', 5],
    ['back', -5],
  ])('by hours %s neither ends an enumeration nor prolongs it', async (_, hours) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const id = response(await send('Enumerate', '<n:Expires>PT50S</n:Expires>'), 'EnumerationContext');
    vi.setSystemTime(Date.now() + hours * 3_600_000);
    expect(await leftOf(id)).toBeGreaterThan(40);
    expect(await leftOf(id)).toBeLessThanOrEqual(50);
  });

  it('changes what a moment means, from then on', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime('2040-01-01T00:00:00Z');
    const inside = '<n:Expires>2040-01-01T00:00:30Z</n:Expires>';
    const id = response(await send('Enumerate', inside), 'EnumerationContext');
    expect(await leftOf(id)).toBeGreaterThan(20);
    expect(await leftOf(id)).toBeLessThanOrEqual(30);
  });
});

describe('being pulled from', () => {
  const secondsLeft = async (inside: string) => {
    const id = response(await send('Enumerate', inside), 'EnumerationContext');
    await send('Pull', `<n:EnumerationContext>${id}</n:EnumerationContext>`);
    return leftOf(id);
  };

  it('does not move the end that a client has asked for', async () => {
    expect(await secondsLeft('<n:Expires>PT30S</n:Expires>')).toBeLessThanOrEqual(30);
  });

  it('keeps any other enumeration for the whole time again', async () => {
    expect(await secondsLeft('')).toBeGreaterThan(95);
  });
});
