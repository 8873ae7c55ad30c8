import { describe, expect, it } from 'vitest';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { type ClientValue, typed } from '../../../src/client/client-value.js';
import { buildInvokeRequest, type RequestSettings } from '../../../src/client/message/request-envelope.js';
import { find, findAll, readXml, type XmlTree } from '../../client/xml-tree.js';

const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
const DMTF = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/';
const MUST = `{${SOAP}}mustUnderstand`;
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

const settings: RequestSettings = {
  family: 'dmtf',
  namespace: 'root/lab',
  to: 'http://127.0.0.1:5985/wsman',
  locale: 'de-DE',
  dataLocale: 'de-DE',
  maxEnvelopeSize: 512_000,
  operationTimeoutMs: undefined,
  sessionId: 'AAAA',
};
const service = new InstancePath({ className: 'CIM_Service', keys: { Name: 's1', Number: 7 } });

function build(parameters: Readonly<Record<string, ClientValue>>, changes: Partial<RequestSettings> = {}): XmlTree {
  return readXml(
    buildInvokeRequest({ target: service, method: 'Do', parameters, options: {} }, { ...settings, ...changes }),
  );
}

function input(parameters: Readonly<Record<string, ClientValue>>, changes: Partial<RequestSettings> = {}): XmlTree {
  return find(build(parameters, changes), 'Body', 'Do_INPUT');
}

function selectors(parent: XmlTree): Record<string, string> {
  const set = find(parent, 'SelectorSet').children;
  return Object.fromEntries(set.map((selector) => [selector.attributes.get('{}Name'), selector.text]));
}

describe('the headers of a method call', () => {
  it('demand that ResourceURI, Action, ReplyTo address and MaxEnvelopeSize are understood, as Windows does', () => {
    const header = find(build({}), 'Header');
    const demanded = [
      find(header, 'ResourceURI'),
      find(header, 'Action'),
      find(header, 'ReplyTo', 'Address'),
      find(header, 'MaxEnvelopeSize'),
    ];
    expect(demanded.map((element) => element.attributes.get(MUST))).toEqual(['true', 'true', 'true', 'true']);
  });

  it('name the class by a DMTF resource URI and the namespace by a selector', () => {
    const header = find(build({}), 'Header');
    expect(find(header, 'ResourceURI').text).toBe(`${DMTF}CIM_Service`);
    expect(selectors(header)).toEqual({ __cimnamespace: 'root/lab', Name: 's1', Number: '7' });
  });

  it('name class and namespace by the WMI resource URI alone when that family is chosen', () => {
    const header = find(build({}, { family: 'wmi' }), 'Header');
    expect(find(header, 'ResourceURI').text).toBe('http://schemas.microsoft.com/wbem/wsman/1/wmi/root/lab/CIM_Service');
    expect(selectors(header)).toEqual({ Name: 's1', Number: '7' });
  });

  it('have the resource URI and the method as action', () => {
    expect(find(build({}), 'Header', 'Action').text).toBe(`${DMTF}CIM_Service/Do`);
  });

  it('have the namespace of the path rather than the default one', () => {
    const target = service.inNamespace('root/other');
    const xml = buildInvokeRequest({ target, method: 'Do', parameters: {}, options: {} }, settings);
    expect(selectors(find(readXml(xml), 'Header')).__cimnamespace).toBe('root/other');
  });

  it('have another MessageID on each request', () => {
    const ids = [build({}), build({})].map((envelope) => find(envelope, 'Header', 'MessageID').text);
    expect(new Set(ids).size).toBe(2);
  });

  it('do not announce robust connections', () => {
    expect(findAll(find(build({}), 'Header'), 'OperationID')).toEqual([]);
  });

  it('have an OperationTimeout only when one is set', () => {
    expect(findAll(find(build({}), 'Header'), 'OperationTimeout')).toEqual([]);
    const header = find(build({}, { operationTimeoutMs: 1500 }), 'Header');
    expect(find(header, 'OperationTimeout').text).toBe('PT1.500S');
  });

  it('carry options', () => {
    const xml = buildInvokeRequest(
      { target: service, method: 'Do', parameters: {}, options: { 'wmi:x': 'a&b' } },
      settings,
    );
    const option = find(readXml(xml), 'Header', 'OptionSet', 'Option');
    expect([option.attributes.get('{}Name'), option.text]).toEqual(['wmi:x', 'a&b']);
  });
});

describe('parameters', () => {
  it('are children of METHOD_INPUT in the class namespace', () => {
    const element = input({ Name: 'x' });
    expect([element.uri, find(element, 'Name').uri]).toEqual([`${DMTF}CIM_Service`, `${DMTF}CIM_Service`]);
  });

  it('write booleans, numbers and 64-bit integers as XML Schema does', () => {
    const element = input({ a: true, b: -1, c: 2n ** 64n - 1n, d: 0.5, e: Number.POSITIVE_INFINITY, f: Number.NaN });
    expect(element.children.map((child) => child.text)).toEqual([
      'true',
      '-1',
      '18446744073709551615',
      '0.5',
      'INF',
      'NaN',
    ]);
  });

  it('write NULL as nil', () => {
    expect(find(input({ a: null }), 'a').attributes.get(`{${XSI}}nil`)).toBe('true');
  });

  it('repeat the element for an array, in order', () => {
    expect(findAll(input({ a: ['x', '', 'y'] }), 'a').map((child) => child.text)).toEqual(['x', '', 'y']);
  });

  it('leave an empty array out', () => {
    expect(input({ a: [] }).children).toEqual([]);
  });

  it('refuse NULL as an element of an array', () => {
    const instance = new CimInstance('X', [['List', ['a', null]]]);
    expect(() => build({ a: instance })).toThrow(/List: WS-Man cannot carry NULL/);
  });

  it('put the children of a reference right into the parameter', () => {
    const path = new InstancePath({ className: 'CIM_System', keys: { Name: 'a<b&"c' } });
    const reference = find(input({ System: path }), 'System');
    expect(reference.children.map((child) => child.local)).toEqual(['Address', 'ReferenceParameters']);
    const parameters = find(reference, 'ReferenceParameters');
    expect(find(parameters, 'ResourceURI').text).toBe(`${DMTF}CIM_System`);
    expect(selectors(parameters)).toEqual({ __cimnamespace: 'root/lab', Name: 'a<b&"c' });
  });

  it('write a key that is a reference as an EndpointReference in its selector', () => {
    const inner = new InstancePath({ className: 'CIM_System', keys: { Name: 'a' } });
    const outer = new InstancePath({ className: 'CIM_Hosted', keys: { Antecedent: inner } });
    const set = find(input({ Link: outer }), 'Link', 'ReferenceParameters', 'SelectorSet');
    const selector = set.children.find((child) => child.attributes.get('{}Name') === 'Antecedent');
    expect(selector && find(selector, 'EndpointReference', 'ReferenceParameters', 'ResourceURI').text).toBe(
      `${DMTF}CIM_System`,
    );
  });

  it('write references with WMI resource URIs in a WMI request', () => {
    const path = new InstancePath({ className: 'CIM_System', keys: { Name: 'a' } });
    const parameters = find(input({ System: path }, { family: 'wmi' }), 'System', 'ReferenceParameters');
    expect(find(parameters, 'ResourceURI').text).toBe(
      'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/lab/CIM_System',
    );
    expect(selectors(parameters)).toEqual({ Name: 'a' });
  });

  it('write an embedded instance with its type and its properties in its own class namespace', () => {
    const goal = new CimInstance('CIM_SettingData', [
      ['ElementName', 'g'],
      ['Size', null],
    ]);
    const element = find(input({ Goal: goal }), 'Goal');
    expect(element.attributes.get(`{${XSI}}type`)).toMatch(/^\w+:CIM_SettingData_Type$/);
    expect(find(element, 'ElementName')).toMatchObject({ uri: `${DMTF}CIM_SettingData`, text: 'g' });
    expect(find(element, 'Size').attributes.get(`{${XSI}}nil`)).toBe('true');
  });

  it('declare the prefix that the type of an embedded instance uses', () => {
    const xml = buildInvokeRequest(
      { target: service, method: 'Do', parameters: { Goal: new CimInstance('CIM_X', []) }, options: {} },
      settings,
    );
    const prefix = /xsi:type="(\w+):CIM_X_Type"/.exec(xml)?.[1];
    expect(xml).toContain(`xmlns:${prefix}="${DMTF}CIM_X"`);
  });

  it('write a timestamp as cim:Datetime, a Date in UTC', () => {
    const element = input({ a: CimDateTime.parse('20260102030405.000006+060'), b: new Date(0) });
    expect(find(element, 'a', 'Datetime').text).toBe('2026-01-02T03:04:05.000006+01:00');
    expect(find(element, 'b', 'Datetime').text).toBe('1970-01-01T00:00:00Z');
  });

  it('write an interval as cim:Interval and a datetime with wildcards as cim:CIM_DateTime', () => {
    const element = input({
      a: CimDateTime.parse('00000001020304.000005:000'),
      b: CimDateTime.parse('20260102030405.******+000'),
    });
    expect(find(element, 'a', 'Interval').text).toBe('P1DT2H3M4.000005S');
    expect(find(element, 'b', 'CIM_DateTime').text).toBe('20260102030405.******+000');
  });

  it('mark a typed value with its WS-CIM type', () => {
    const element = find(input({ a: typed('uint32', '5') }), 'a');
    expect([element.attributes.get(`{${XSI}}type`), element.text]).toEqual(['cim:cimUnsignedInt', '5']);
  });

  it('write a char16 as its code', () => {
    expect(find(input({ a: typed('char16', '5') }), 'a').text).toBe('53');
  });

  it('keep a carriage return', () => {
    expect(find(input({ a: 'x\r\ny' }), 'a').text).toBe('x\r\ny');
  });

  it('refuse characters that XML cannot carry, by code', () => {
    expect(() => build({ a: 'x\u0001' })).toThrow(/U\+0001/);
    expect(() => build({ a: '\ud800' })).toThrow(/U\+D800/);
  });

  it('refuse a name that is none', () => {
    expect(() => build({ 'a b': 1 })).toThrow("'a b' is not a parameter name");
  });
});

describe('typed values', () => {
  it('refuse a number out of range', () => {
    expect(() => typed('uint8', 256)).toThrow("'256' is not a uint8");
  });

  it('refuse text that is no value of the type', () => {
    expect(() => typed('boolean', 'maybe')).toThrow("'maybe' is not a boolean");
  });
});
