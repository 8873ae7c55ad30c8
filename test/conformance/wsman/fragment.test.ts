import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  DMTF,
  ENUMERATION,
  NAMESPACE,
  request,
  SERVICE_CLASS,
  serviceKeys,
  TRANSFER,
} from '../../support/envelopes.js';
import { at, readFault, readTree, textAt } from '../../support/read-answer.js';
import { runEndpoint } from '../../support/running-endpoint.js';

const XPATH = 'http://www.w3.org/TR/1999/REC-xpath-19991116';
const SHELF = `${DMTF}DEMO_Shelf`;
const FRAGMENT = ['Envelope', 'Body', 'XmlFragment'] as const;

const running = runEndpoint({ lab: fileURLToPath(new URL('fragment-lab.mof', import.meta.url)) });

const block = (path: string, attributes = ' s:mustUnderstand="true"') =>
  `<w:FragmentTransfer${attributes}>${path}</w:FragmentTransfer>`;

async function send(operation: string, headers: string, body = ''): Promise<string> {
  const selectors = { __cimnamespace: NAMESPACE, Name: 'oak' };
  const parts = { action: `${TRANSFER}/${operation}`, resourceUri: SHELF, selectors, headers, body };
  return (await running.post(request(parts))).text;
}

const get = (path: string) => send('Get', block(path));
const put = (path: string, content: string, attributes = '') =>
  send('Put', block(path), `<w:XmlFragment xmlns:q="${SHELF}"${attributes}>${content}</w:XmlFragment>`);

const whole = async () => at(readTree(await send('Get', '')), 'Envelope', 'Body', 'DEMO_DeepShelf');

describe('Get of a fragment', () => {
  it('returns one property and nothing else', async () => {
    expect(at(readTree(await get('Slots')), ...FRAGMENT)).toMatchObject({ Slots: '4' });
    expect(await get('Slots')).not.toContain('Label');
  });

  it('writes the property in the namespace of the real class', async () => {
    expect(await get('Depth')).toContain(`xmlns:p="${DMTF}DEMO_DeepShelf"`);
    expect(await get('Depth')).toContain('<p:Depth>18446744073709551615</p:Depth>');
  });

  it('repeats the path in the header of the answer, to be understood', async () => {
    const text = await get('Colours[2]');
    expect(textAt(readTree(text), 'Envelope', 'Header', 'FragmentTransfer')).toBe('Colours[2]');
    expect(text).toMatch(/<w:FragmentTransfer s:mustUnderstand="true">/);
  });

  it.each([
    ['Colours', ['red', 'green', 'blue']],
    ['Colours[1]', 'red'],
    ['Colours[2]', 'green'],
    ['Colours[ 3 ]', 'blue'],
    ['q:Colours[3]', 'blue'],
    ['DEMO_DeepShelf/Colours[1]', 'red'],
    ['q:DEMO_Shelf/q:colours[1]', 'red'],
  ])('%s finds %j: members that are sent are counted from 1', async (path, expected) => {
    expect(at(readTree(await get(path)), ...FRAGMENT, 'Colours')).toEqual(expected);
  });

  it.each([
    ['Label/text()', 'a &lt; b'],
    ['Label[1]/text()', 'a &lt; b'],
    ['Colours[2]/text()', 'green'],
    ['Slots/text()', '4'],
    ['Locked/text()', 'true'],
    ['Bought/text()', '2026-01-02T03:04:05Z'],
    ['DEMO_DeepShelf/Depth/text()', '18446744073709551615'],
  ])('%s is the bare text %s', async (path, expected) => {
    expect(await get(path)).toMatch(`>${expected}</w:XmlFragment>`);
  });

  it('shows NULL as nil, and as no text', async () => {
    expect(at(readTree(await get('Nothing')), ...FRAGMENT, 'Nothing', '@nil')).toBe('true');
    expect(await get('Neighbour')).toContain('<p:Neighbour xsi:nil="true"/>');
  });

  it('writes an octet string as the one element that it is', async () => {
    expect(await get('Serial[1]')).toContain('<p:Serial xsi:type="cim:cimBase64Binary">AQI=</p:Serial>');
  });

  it('takes the dialect of XPath 1.0', async () => {
    const text = await send('Get', block('Slots', ` s:mustUnderstand="true" Dialect="${XPATH}"`));
    expect(at(readTree(text), ...FRAGMENT, 'Slots')).toBe('4');
  });

  it.each([
    ['a property that the class does not have', 'Price'],
    ['a member that the array does not have', 'Colours[4]'],
    ['a member before the first', 'Colours[0]'],
    ['a second value of a property with one', 'Slots[2]'],
    ['a member of NULL', 'Nothing[1]'],
    ['the text of a whole array', 'Colours/text()'],
    ['the text of an embedded instance', 'Neighbour/text()'],
    ['the text of an octet string', 'Serial[1]/text()'],
    ['another class', 'CIM_ComputerSystem/Name'],
    ['a class that nobody knows', 'Nowhere/Name'],
    ['nothing', ''],
    ['a condition', "Colours[. = 'red']"],
    ['an axis', '//Slots'],
    ['a slash at the beginning', '/Slots'],
    ['a slash before the class', '/DEMO_DeepShelf/Depth'],
    ['a slash before what would be text', '/DEMO_DeepShelf/Depth/text()'],
    ['a slash and nothing more', '/'],
    ['a slash behind blanks', ' /DEMO_DeepShelf/Depth'],
    ['a path into a property', 'Neighbour/Name'],
    ['a path of great length', `Slots${'/x'.repeat(5000)}`],
    ['a name of great length', 'x'.repeat(100_000)],
  ])('refuses a path to %s', async (_, path) => {
    const fault = readFault(await get(path));
    expect(fault).toMatchObject({ subcode: 'w:CannotProcessFilter', windowsCode: '2150858899' });
    expect(fault.reason?.length).toBeLessThan(500);
  });
});

describe('Put of a fragment', () => {
  beforeEach(async () => {
    const colours = ['red', 'green', 'blue'].map((colour) => `<q:Colours>${colour}</q:Colours>`).join('');
    await put('Colours', colours);
    await put('Slots', '<q:Slots>4</q:Slots>');
    await put('Label', '<q:Label>first</q:Label>');
  });

  it('changes one property and leaves the others', async () => {
    const before = await whole();
    await put('Slots', '<q:Slots>5</q:Slots>');
    expect(await whole()).toEqual({ ...(before as object), Slots: '5' });
  });

  it('answers with the fragment as it is now', async () => {
    expect(at(readTree(await put('Slots', '<q:Slots>6</q:Slots>')), ...FRAGMENT, 'Slots')).toBe('6');
    expect(await put('Label/text()', 'second')).toMatch('>second</w:XmlFragment>');
  });

  it('changes one member of an array', async () => {
    await put('Colours[2]', '<q:Colours>yellow</q:Colours>');
    expect(at(await whole(), 'Colours')).toEqual(['red', 'yellow', 'blue']);
  });

  it('changes the text of a member', async () => {
    await put('Colours[3]/text()', 'black');
    expect(at(await whole(), 'Colours')).toEqual(['red', 'green', 'black']);
  });

  it('gives an array other members, or none', async () => {
    await put('Colours', '<q:Colours>a</q:Colours><q:Colours>b</q:Colours>');
    expect(at(await whole(), 'Colours')).toEqual(['a', 'b']);
    await put('Colours', '');
    expect(at(await whole(), 'Colours')).toBeUndefined();
  });

  it('sets NULL by a nil property and by a nil fragment', async () => {
    const xsi = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    await put('Label', `<q:Label${xsi} xsi:nil="true"/>`);
    expect(at(await whole(), 'Label', '@nil')).toBe('true');
    await put('Slots', '', `${xsi} xsi:nil="true"`);
    expect(at(await whole(), 'Slots', '@nil')).toBe('true');
  });

  it.each([
    ['without XmlFragment', '<q:Slots xmlns:q="urn:x">5</q:Slots>'],
    ['with nothing', ''],
  ])('is refused %s', async (_, body) => {
    const fault = readFault(await send('Put', block('Slots'), body));
    expect(fault.subcode).toBe('x:InvalidRepresentation');
  });

  it.each([
    ['another property', 'Slots', '<q:Label>x</q:Label>'],
    ['no property', 'Slots', ''],
    ['elements for text()', 'Slots/text()', '<q:Slots>5</q:Slots>'],
    [
      'NULL for a member',
      'Colours[1]',
      '<q:Colours xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>',
    ],
  ])('is refused with %s', async (_, path, content) => {
    expect(readFault(await put(path, content)).detail).toBe('InvalidFragment');
  });

  it('is refused with a value of the wrong type, and changes nothing', async () => {
    const before = await whole();
    expect(readFault(await put('Slots', '<q:Slots>many</q:Slots>')).cimStatus).toBe('1');
    expect(readFault(await put('Colours[1]', '<q:Colours>a</q:Colours><q:Colours>b</q:Colours>')).cimStatus).toBe('13');
    expect(await whole()).toEqual(before);
  });

  it('takes a key that is the same in other letters, as a whole Put does, and keeps it', async () => {
    expect(at(readTree(await put('Name', '<q:Name>OAK</q:Name>')), ...FRAGMENT, 'Name')).toBe('oak');
  });

  it('does not change a key', async () => {
    expect(readFault(await put('Name', '<q:Name>pine</q:Name>')).cimStatus).toBe('4');
  });
});

describe('FragmentTransfer is refused', () => {
  it('in a dialect that is not XPath', async () => {
    const text = await send('Get', block('Slots', ' s:mustUnderstand="true" Dialect="urn:other"'));
    expect(readFault(text)).toMatchObject({
      code: 's:Receiver',
      subcode: 'w:FragmentDialectNotSupported',
      windowsCode: '2150858896',
    });
  });

  it.each(['', ' s:mustUnderstand="false"'])('when it need not be understood (%s)', async (attributes) => {
    expect(readFault(await send('Get', block('Slots', attributes)))).toMatchObject({
      subcode: 'a:InvalidMessageInformationHeader',
    });
  });

  it.each([
    ['Create', { action: `${TRANSFER}/Create`, resourceUri: SHELF }],
    ['Delete', { action: `${TRANSFER}/Delete`, resourceUri: SHELF }],
    ['Enumerate', { action: `${ENUMERATION}/Enumerate`, resourceUri: SHELF }],
    ['a method call', { selectors: { __cimnamespace: NAMESPACE, ...serviceKeys }, resourceUri: DMTF + SERVICE_CLASS }],
    [
      'a class declaration',
      { action: `${TRANSFER}/Get`, resourceUri: 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*' },
    ],
    [
      'the configuration',
      { action: `${TRANSFER}/Get`, resourceUri: 'http://schemas.microsoft.com/wbem/wsman/1/config', selectors: {} },
    ],
  ])('on %s', async (_, parts) => {
    const selectors = { __cimnamespace: NAMESPACE, Name: 'oak' };
    const { text } = await running.post(request({ selectors, headers: block('Slots'), body: '', ...parts }));
    expect(readFault(text)).toMatchObject({ detail: 'FragmentLevelAccess', windowsCode: '2150858871' });
  });
});
