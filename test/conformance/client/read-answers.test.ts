import { describe, expect, it } from 'vitest';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { readEnvelope } from '../../../src/client/message/read-envelope.js';
import { type InvokeResult, outputElement, readInvokeResult } from '../../../src/client/message/read-invoke-result.js';
import { omiAnswer, openwsmanAnswer, windowsAnswer, windowsReference } from '../../client/answers.js';

function read(xml: string): InvokeResult {
  const headers = new Map([['content-type', 'application/soap+xml;charset=UTF-8']]);
  const answer = readEnvelope({ status: 200, headers, body: Buffer.from(xml) });
  return readInvokeResult(outputElement(answer.body), answer.xml);
}

/** The value of the parameter X that a Windows server writes as this XML. */
function value(output: string): CimValue | undefined {
  return read(windowsAnswer(output)).outputs.get('X');
}

describe('an answer of Windows', () => {
  it('has its ReturnValue as a number, apart from the outputs', () => {
    const result = read(windowsAnswer('<p:A>x</p:A><p:ReturnValue>4096</p:ReturnValue>'));
    expect([result.returnValue, [...result.outputs.keys()]]).toEqual([4096, ['A']]);
  });

  it('keeps a ReturnValue that is no number among the outputs', () => {
    const result = read(windowsAnswer('<p:ReturnValue>true</p:ReturnValue>'));
    expect([result.returnValue, result.outputs.get('returnvalue')]).toEqual([undefined, 'true']);
  });

  it('gives the text of scalars with their white space', () => {
    expect(value('<p:X xsi:type="cim:cimString"> a&lt;&#65;&#13;\n</p:X>')).toBe(' a<A\r\n');
  });

  it('gives an empty string for an empty element', () => {
    expect(value('<p:X/>')).toBe('');
  });

  it('gives NULL for nil', () => {
    expect(value('<p:X xsi:nil="true"/>')).toBeNull();
  });

  it('gives an array for a repeated element', () => {
    expect(value('<p:X>1</p:X><p:Y/><p:X>2</p:X>')).toEqual(['1', '2']);
  });

  it('gives a reference as a path with its namespace', () => {
    const selectors = '<w:Selector Name="__cimnamespace">root/lab</w:Selector><w:Selector Name="K">v</w:Selector>';
    const path = value(`<p:X>${windowsReference('CIM_Pipe', selectors)}</p:X>`);
    expect(path).toBeInstanceOf(InstancePath);
    expect(String(path)).toBe('root/lab:CIM_Pipe.K="v"');
  });

  it('gives an array of references', () => {
    const one = (name: string) => `<p:X>${windowsReference('C', `<w:Selector Name="K">${name}</w:Selector>`)}</p:X>`;
    expect(String(value(one('1') + one('2')))).toBe('C.K="1",C.K="2"');
  });

  it('gives a key that is a reference as a path, wrapped or not', () => {
    const inner = windowsReference('In', '<w:Selector Name="K">v</w:Selector>');
    const bare = value(`<p:X>${windowsReference('Out', `<w:Selector Name="R">${inner}</w:Selector>`)}</p:X>`);
    const wrapped = value(
      `<p:X>${windowsReference('Out', `<w:Selector Name="R"><a:EndpointReference>${inner}</a:EndpointReference></w:Selector>`)}</p:X>`,
    );
    expect([String(bare), String(wrapped)]).toEqual(['Out.R="In.K=\\"v\\""', 'Out.R="In.K=\\"v\\""']);
  });

  it('gives an embedded instance with its class and properties', () => {
    const embedded = value(
      '<p:X xmlns:e="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_SettingData" xsi:type="e:CIM_SettingData_Type"><e:Size>5</e:Size><e:None xsi:nil="true"/></p:X>',
    );
    expect(embedded).toBeInstanceOf(CimInstance);
    const instance = embedded as CimInstance;
    expect([instance.className, ...instance.properties]).toEqual(['CIM_SettingData', ['Size', '5'], ['None', null]]);
  });

  it('gives an embedded instance without properties as an instance', () => {
    expect(value('<p:X xmlns:e="urn:e" xsi:type="e:CIM_X_Type"/>')).toMatchObject({ className: 'CIM_X' });
  });

  it('takes the class of an embedded instance without type from its namespace', () => {
    const embedded = value('<p:X xmlns:e="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Y"><e:A>1</e:A></p:X>');
    expect(embedded).toMatchObject({ className: 'CIM_Y' });
  });

  it('leaves out the address that old servers put among the properties of an instance', () => {
    const location = `<cim:Location>${windowsReference('CIM_X', '')}</cim:Location>`;
    const embedded = value(`<p:X xmlns:e="urn:e" xsi:type="e:CIM_X_Type">${location}<e:A>1</e:A></p:X>`);
    expect([...(embedded as CimInstance).properties.keys()]).toEqual(['A']);
  });

  it.each([
    ['<cim:Datetime>2026-01-02T03:04:05Z</cim:Datetime>', '20260102030405.000000+000'],
    ['<cim:Datetime>2026-01-02T03:04:05.5-01:30</cim:Datetime>', '20260102030405.500000-090'],
    ['<cim:Interval>P1DT2H3M4.000005S</cim:Interval>', '00000001020304.000005:000'],
    ['<cim:Interval>PT90M</cim:Interval>', '00000000013000.000000:000'],
    ['<cim:CIM_DateTime>20260102030405.******+000</cim:CIM_DateTime>', '20260102030405.******+000'],
  ])('gives %s as a datetime', (xml, text) => {
    const found = value(`<p:X>${xml}</p:X>`);
    expect([found instanceof CimDateTime, String(found)]).toEqual([true, text]);
  });

  it.each(['P1Y', 'P', 'PT', '2026-13-02T03:04:05Z'])(
    'gives the text of the datetime %s that CIM cannot hold',
    (text) => {
      expect(value(`<p:X><cim:Datetime>${text}</cim:Datetime></p:X>`)).toBe(text);
    },
  );

  it('comes with its text', () => {
    const xml = windowsAnswer('<p:ReturnValue>0</p:ReturnValue>');
    expect(read(xml).xml).toBe(xml);
  });
});

describe('an answer of OMI', () => {
  it('is read though the output element has the name of the class', () => {
    const { returnValue, outputs } = read(omiAnswer);
    expect([returnValue, ...outputs]).toEqual([0, ['Nothing', null], ['Flag', 'TRUE']]);
  });

  it('is read though references have prefixes that are declared nowhere', () => {
    const reference = windowsReference('CIM_Pipe', '<w:Selector Name="K">v</w:Selector>')
      .replaceAll('a:', 'wsa:')
      .replaceAll('w:', 'wsman:');
    expect(String(value(`<p:X>${reference}</p:X>`))).toBe('CIM_Pipe.K="v"');
  });
});

describe('an answer of openwsman', () => {
  it('is read with its declaration, its line breaks and its wrapped reference', () => {
    const { returnValue, outputs } = read(openwsmanAnswer);
    expect([returnValue, String(outputs.get('Pipe'))]).toEqual([0, 'root/lab:CIM_Pipe.InstanceID="p1"']);
  });
});

describe('an answer without output element', () => {
  it('has no ReturnValue and no outputs', () => {
    const result = read('<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body/></s:Envelope>');
    expect([result.returnValue, result.outputs.size]).toEqual([undefined, 0]);
  });
});
