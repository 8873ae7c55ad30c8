import { describe, expect, it } from 'vitest';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import type { ClientOptions } from '../../../src/client/client-options.js';
import { fanClass, windowsInstance, windowsReference } from '../../client/answers.js';
import { outline, type ScriptedServer } from '../../client/scripted-server.js';
import { useScript } from '../../client/use-script.js';

const script = useScript();

const path = new InstancePath({ className: 'CIM_Fan', keys: { DeviceID: '7' } });
const fan = (properties: string) => windowsInstance('CIM_Fan', properties);
const actions = (started: ScriptedServer) => started.seen().map(({ action }) => action.split('/').pop());

describe('get', () => {
  it('asks with the keys as selectors and an empty body', async () => {
    const started = await script({ Get: fan('') }, { values: 'text' });
    await started.client.get(path);
    expect(started.seen()).toMatchObject([
      {
        action: 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get',
        resourceUri: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Fan',
        selectors: { __cimnamespace: 'root/lab', DeviceID: '7' },
        body: undefined,
      },
    ]);
  });

  it('names the real class when a superclass was asked for', async () => {
    const started = await script({ Get: fan('') }, { values: 'text' });
    const device = new InstancePath({ className: 'CIM_Device', keys: path.keys });
    expect(String((await started.client.get(device)).path)).toBe('root/lab:CIM_Fan.DeviceID="7"');
  });

  it('drops the properties that are not wanted', async () => {
    const started = await script({ Get: fan('<p:A>1</p:A><p:B>2</p:B>') }, { values: 'text' });
    const { properties } = await started.client.get(path, { properties: ['b'] });
    expect([...properties]).toEqual([['B', '2']]);
  });

  it('refuses an empty answer', async () => {
    const started = await script({ Get: '' });
    await expect(started.client.get(path)).rejects.toThrow('holds no instance');
  });
});

describe('values', () => {
  const values = async (properties: string, options: Partial<ClientOptions> = {}) => {
    const started = await script({ Get: fan(properties), GetClass: fanClass }, options);
    return Object.fromEntries((await started.client.get(path)).properties);
  };

  it.each([
    ['uint64', '<p:Speed>18446744073709551615</p:Speed>', { Speed: 18446744073709551615n }],
    ['boolean, however it is spelt', '<p:On>TRUE</p:On>', { On: true }],
    ['real32', '<p:Load>0.5</p:Load>', { Load: 0.5 }],
    ['char16, by its code', '<p:Letter>65</p:Letter>', { Letter: 'A' }],
    ['array of one', '<p:Modes>3</p:Modes>', { Modes: [3] }],
    ['array of several', '<p:Modes>3</p:Modes><p:Modes>4</p:Modes>', { Modes: [3, 4] }],
    ['NULL array', '<p:Modes xsi:nil="true"/>', { Modes: null }],
    ['NULL', '<p:Speed xsi:nil="true"/>', { Speed: null }],
    ['octet string', '<p:Code xsi:type="cim:cimBase64Binary">AAH/</p:Code>', { Code: [0, 1, 255] }],
    ['number that does not fit', '<p:Speed>fast</p:Speed>', { Speed: 'fast' }],
    ['property that the class lacks', '<p:Extra>1</p:Extra>', { Extra: '1' }],
    ['string of digits', '<p:DeviceID> 7 </p:DeviceID>', { DeviceID: ' 7 ' }],
  ])('have the declared type: %s', async (_what, properties, expected) => {
    expect(await values(properties)).toEqual(expected);
  });

  it.each([
    ['element', '<p:Made><cim:Datetime>2026-01-02T03:04:05Z</cim:Datetime></p:Made>'],
    ['plain text', '<p:Made>2026-01-02T03:04:05Z</p:Made>'],
    ['the text of CIM', '<p:Made>20260102030405.000000+000</p:Made>'],
  ])('are datetimes, written as %s', async (_what, properties) => {
    const { Made } = await values(properties);
    expect((Made as CimDateTime).equals(CimDateTime.parse('20260102030405.000000+000'))).toBe(true);
  });

  it('are references', async () => {
    const reference = windowsReference('CIM_System', '<w:Selector Name="Name">s</w:Selector>');
    const { System } = await values(`<p:System>${reference}</p:System>`);
    expect(String(System)).toBe('CIM_System.Name="s"');
  });

  it('are typed inside an embedded instance', async () => {
    const embedded = '<p:Goal xmlns:p1="urn:x" xsi:type="p1:CIM_Fan_Type"><p1:Speed>5</p1:Speed></p:Goal>';
    const { Goal } = await values(embedded);
    expect((Goal as CimInstance).get('Speed')).toBe(5n);
  });

  it('are spelt as the class spells them', async () => {
    expect(await values('<p:SPEED>5</p:SPEED>')).toEqual({ Speed: 5n });
  });

  it('stay text when text is wanted, and no class is fetched', async () => {
    const started = await script({ Get: fan('<p:Speed>5</p:Speed>'), GetClass: fanClass }, { values: 'text' });
    expect((await started.client.get(path)).get('Speed')).toBe('5');
    expect(actions(started)).toEqual(['Get']);
  });

  it('need the class once', async () => {
    const started = await script({ Get: fan('<p:Speed>5</p:Speed>'), GetClass: fanClass });
    await Promise.all([started.client.get(path), started.client.get(path)]);
    await started.client.get(path);
    expect(started.seen().filter(({ selectors }) => 'ClassName' in selectors)).toHaveLength(1);
  });

  it('stay text when the server declares no classes, which is asked once', async () => {
    const started = await script({ Get: fan('<p:Speed>5</p:Speed>') });
    expect((await started.client.get(path)).get('Speed')).toBe('5');
    await started.client.get(path);
    expect(started.seen().filter(({ selectors }) => 'ClassName' in selectors)).toHaveLength(1);
  });

  it('are not read when the class cannot be had for another reason', async () => {
    const started = await script({ Get: fan(''), GetClass: { status: 503, body: '' } });
    await expect(started.client.get(path)).rejects.toMatchObject({ failure: 'http' });
  });

  it('have typed keys in their path', async () => {
    const numbered = fanClass.replace('NAME="DeviceID" TYPE="string"', 'NAME="DeviceID" TYPE="uint32"');
    const started = await script({ Get: fan(''), GetClass: numbered });
    expect((await started.client.get(path)).path?.keys.get('DeviceID')).toBe(7);
  });
});

describe('getFragment', () => {
  const fragment = async (content: string, xpath: string, options: Partial<ClientOptions> = {}) => {
    const answer = `<w:XmlFragment xmlns:p="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${content}</w:XmlFragment>`;
    const started = await script({ Get: answer, GetClass: fanClass }, options);
    const value = await started.client.getFragment(path, xpath);
    return { value, xml: started.seen()[0]?.xml };
  };

  it('sends the path in a header that must be understood', async () => {
    const { xml } = await fragment('<p:Speed>5</p:Speed>', 'Speed');
    expect(xml).toContain('<w:FragmentTransfer s:mustUnderstand="true">Speed</w:FragmentTransfer>');
  });

  it('gives the value of the property in its type', async () => {
    expect((await fragment('<p:Speed>5</p:Speed>', 'Speed')).value).toBe(5n);
  });

  it('gives text for text()', async () => {
    expect((await fragment('5', 'Speed/text()')).value).toBe('5');
  });

  it('gives several properties as an instance', async () => {
    const { value } = await fragment('<p:Speed>5</p:Speed><p:On>true</p:On>', '*');
    expect([...(value as CimInstance).properties]).toEqual([
      ['Speed', 5n],
      ['On', true],
    ]);
  });

  it('refuses an answer without fragment', async () => {
    const started = await script({ Get: fan('') });
    await expect(started.client.getFragment(path, 'Speed')).rejects.toThrow('holds no XmlFragment');
  });
});

describe('create', () => {
  const created = `<x:ResourceCreated>${windowsReference('CIM_Fan', '<w:Selector Name="__cimnamespace">root/lab</w:Selector><w:Selector Name="DeviceID">9</w:Selector>')}</x:ResourceCreated>`;

  it('sends the instance and returns its path', async () => {
    const started = await script({ Create: created }, { values: 'text' });
    const made = await started.client.create('CIM_Fan', { DeviceID: '9', Modes: [1, 2], Load: null });
    expect(String(made)).toBe('root/lab:CIM_Fan.DeviceID="9"');
    const [request] = started.seen();
    expect(request).toMatchObject({
      action: 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Create',
      selectors: { __cimnamespace: 'root/lab' },
    });
    expect(request?.body?.uri).toBe('http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Fan');
    expect(outline(request?.body)).toBe('CIM_Fan(DeviceID(9) Modes(1) Modes(2) Load)');
  });

  it('refuses an answer that names no instance', async () => {
    const started = await script({ Create: '' });
    await expect(started.client.create('CIM_Fan', {})).rejects.toThrow('names no instance');
  });
});

describe('put', () => {
  const before = fan(
    '<p:Code xsi:type="cim:cimBase64Binary">AAE=</p:Code><p:DeviceID>7</p:DeviceID><p:Load xsi:nil="true"/>' +
      '<p:Made><cim:Interval>P1DT0H0M0S</cim:Interval></p:Made><p:Modes>1</p:Modes><p:Modes>2</p:Modes><p:Speed> 5 &amp;</p:Speed>',
  );

  it('sends back the whole instance with the changes in place', async () => {
    const started = await script({ Get: before, Put: fan('') }, { values: 'text' });
    await started.client.put(path, { modes: [3], On: true });
    const put = started.seen()[1];
    expect(put?.action).toBe('http://schemas.xmlsoap.org/ws/2004/09/transfer/Put');
    expect(outline(put?.body)).toBe(
      'CIM_Fan(Code(AAE=) DeviceID(7) Load Made(Interval(P1DT0H0M0S)) Modes(3) Speed( 5 &) On(true))',
    );
  });

  it('keeps the marks of what it sends back', async () => {
    const started = await script({ Get: before, Put: fan('') }, { values: 'text' });
    await started.client.put(path, {});
    const children = started.seen()[1]?.body?.children ?? [];
    const xsi = '{http://www.w3.org/2001/XMLSchema-instance}';
    expect(children.find(({ local }) => local === 'Load')?.attributes.get(`${xsi}nil`)).toBe('true');
    expect(children.find(({ local }) => local === 'Code')?.attributes.get(`${xsi}type`)).toBe('cim:cimBase64Binary');
    expect(new Set(children.map(({ uri }) => uri))).toEqual(
      new Set(['http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Fan']),
    );
  });

  it('names what has changed in options, as Set-CimInstance does', async () => {
    const started = await script({ Get: before, Put: fan('') }, { values: 'text' });
    await started.client.put(path, { Speed: 1, On: true });
    expect(started.seen()[1]?.options).toEqual([
      'wmiarray:__MIInstanceModifiedPropertiesList=Speed',
      'wmiarray:__MIInstanceModifiedPropertiesList=On',
    ]);
  });

  it('names nothing when told so', async () => {
    const started = await script({ Get: before, Put: fan('') }, { values: 'text' });
    await started.client.put(path, { Speed: 1 }, { modifiedProperties: false });
    expect(started.seen()[1]?.options).toEqual([]);
  });

  it('can make a property NULL', async () => {
    const started = await script({ Get: before, Put: fan('') }, { values: 'text' });
    await started.client.put(path, { Speed: null });
    const speed = started.seen()[1]?.body?.children.at(-1);
    expect([speed?.local, speed?.text, speed?.attributes.size]).toEqual(['Speed', '', 1]);
  });

  it('returns the instance of the answer', async () => {
    const started = await script({ Get: before, Put: fan('<p:Speed>6</p:Speed>'), GetClass: fanClass });
    const after = await started.client.put(path, { Speed: 6 });
    expect([String(after.path), after.get('Speed')]).toEqual(['root/lab:CIM_Fan.DeviceID="7"', 6n]);
  });

  it('fetches the instance when the answer is empty', async () => {
    const started = await script({ Get: [before, fan('<p:Speed>6</p:Speed>')], Put: '' }, { values: 'text' });
    expect((await started.client.put(path, { Speed: 6 })).get('Speed')).toBe('6');
    expect(actions(started)).toEqual(['Get', 'Put', 'Get']);
  });
});

describe('delete', () => {
  it('asks with the keys as selectors and an empty body', async () => {
    const started = await script({ Delete: '' });
    await started.client.delete(path);
    expect(started.seen()).toMatchObject([
      {
        action: 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Delete',
        selectors: { __cimnamespace: 'root/lab', DeviceID: '7' },
        body: undefined,
      },
    ]);
  });
});

describe('getConfig', () => {
  const config =
    '<cfg:Config xmlns:cfg="http://schemas.microsoft.com/wbem/wsman/1/config" xml:lang="en-US"><cfg:MaxTimeoutms>60000</cfg:MaxTimeoutms>' +
    '<cfg:Service><cfg:Auth><cfg:Basic>true</cfg:Basic></cfg:Auth><cfg:Listener>a</cfg:Listener><cfg:Listener>b</cfg:Listener></cfg:Service></cfg:Config>';

  it('reads the settings as a tree', async () => {
    const started = await script({ Get: config });
    expect(await started.client.getConfig()).toEqual({
      MaxTimeoutms: '60000',
      Service: { Auth: { Basic: 'true' }, Listener: ['a', 'b'] },
    });
    expect(started.seen()[0]).toMatchObject({
      resourceUri: 'http://schemas.microsoft.com/wbem/wsman/1/config',
      selectors: {},
    });
  });

  it('asks for a section', async () => {
    const started = await script({ Get: config });
    await started.client.getConfig('service');
    expect(started.seen()[0]?.resourceUri).toBe('http://schemas.microsoft.com/wbem/wsman/1/config/service');
  });
});

describe('onAnswer', () => {
  it('is given each answer as it came', async () => {
    const answers: string[] = [];
    const onAnswer = (xml: string) => void answers.push(xml);
    const started = await script({ Get: fan('<p:A>1</p:A>') }, { values: 'text', onAnswer });
    await started.client.get(path);
    expect(answers).toEqual([expect.stringContaining('<p:A>1</p:A>')]);
  });
});
