import { describe, expect, it, test } from 'vitest';
import { ns } from '../../src/xml/namespaces.js';
import { readXml, readXmlText } from '../../src/xml/read-xml.js';
import { usualPrefixes } from '../../src/xml/usual-prefixes.js';
import type { XmlElement } from '../../src/xml/xml-element.js';
import { XmlError } from '../../src/xml/xml-error.js';

/** An envelope that declares what libmi declares. */
function envelope({ header = '', body = '' }: { header?: string; body?: string }): string {
  return (
    `<s:Envelope xmlns:s="${ns.soap}" xmlns:a="${ns.addressing}" xmlns:w="${ns.wsman}" xmlns:p="urn:p">` +
    `<s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`
  );
}

const reference = (selector = 'x') =>
  '<wsa:Address>anonymous</wsa:Address><wsa:ReferenceParameters><wsman:ResourceURI>urn:c</wsman:ResourceURI>' +
  `<wsman:SelectorSet><wsman:Selector Name="k">${selector}</wsman:Selector></wsman:SelectorSet></wsa:ReferenceParameters>`;

const input = (parameters: string) => envelope({ body: `<p:M_INPUT>${parameters}</p:M_INPUT>` });

/** As the server reads it, in both ways and twice, since the second time it may be remembered. */
function refusals(xml: string): (string | undefined)[] {
  return [xml, xml, `<!-- not plain -->${xml}`].map((text) => {
    try {
      readXml(Buffer.from(text));
      return undefined;
    } catch (error) {
      if (error instanceof XmlError) return error.code;
      throw error;
    }
  });
}

function namespaces(element: XmlElement): string[] {
  return [element.namespaceUri, ...element.children.flatMap(namespaces)];
}

describe('references as libmi writes them are read', () => {
  test.each([
    ['as a parameter', input(`<p:X>${reference()}</p:X>`)],
    ['as several members of an array', input(`<p:X>${reference()}</p:X><p:X>${reference()}</p:X>`)],
    ['as a property of an instance', envelope({ body: `<p:C><p:X>${reference()}</p:X></p:C>` })],
    ['as a property of an embedded instance', input(`<p:X><p:Y>${reference()}</p:Y></p:X>`)],
    ['as a key in a reference', input(`<p:X>${reference(reference())}</p:X>`)],
    [
      'as a key of the target',
      envelope({ header: `<w:SelectorSet><w:Selector Name="k">${reference()}</w:Selector></w:SelectorSet>` }),
    ],
    [
      'as the object of a filter',
      envelope({
        body: `<p:Enumerate><w:Filter><p:AssociatedInstances><p:Object>${reference()}</p:Object></p:AssociatedInstances></w:Filter></p:Enumerate>`,
      }),
    ],
    [
      'in an EndpointReference that is declared',
      input(`<p:X><a:EndpointReference>${reference()}</a:EndpointReference></p:X>`),
    ],
  ])('%s', (_where, xml) => {
    expect(refusals(xml)).toEqual([undefined, undefined, undefined]);
  });

  it('with the namespaces that libmi means', () => {
    const value = readXml(Buffer.from(input(`<p:X>${reference()}</p:X>`))).root.children[1]?.children[0]?.children[0];
    expect(namespaces(value as XmlElement)).toEqual([
      'urn:p',
      ns.addressing,
      ns.addressing,
      ns.wsman,
      ns.wsman,
      ns.wsman,
    ]);
  });
});

describe('a prefix that nobody declared is refused', () => {
  test.each([
    ['on the root', '<s:Envelope/>'],
    ['on a header block', envelope({ header: '<wsa:To>x</wsa:To>' })],
    ['on a header block of WS-Management', envelope({ header: '<wsman:ResourceURI>x</wsman:ResourceURI>' })],
    ['on the SelectorSet of the header', envelope({ header: '<wsman:SelectorSet/>' })],
    [
      'on a Selector of the header',
      envelope({ header: '<w:SelectorSet><wsman:Selector Name="k">x</wsman:Selector></w:SelectorSet>' }),
    ],
    ['in ReplyTo', envelope({ header: '<a:ReplyTo><wsa:Address>x</wsa:Address></a:ReplyTo>' })],
    ['on what stands in the Body', envelope({ body: '<n:Enumerate/>' })],
    ['on a parameter', input('<q:X>1</q:X>')],
    ['on a parameter, with a prefix of libmi', input('<wsa:Address>1</wsa:Address>')],
    ['on the value of a date', input('<p:X><cim:Datetime>2026-01-02T03:04:05Z</cim:Datetime></p:X>')],
    ['on a reference, with another prefix', input(`<p:X>${reference().replaceAll('wsa:', 'wsx:')}</p:X>`)],
    ['on another element of a reference', input('<p:X><wsa:EndpointReference/></p:X>')],
    ['on a ResourceURI outside of a reference', input('<p:X><wsman:ResourceURI>x</wsman:ResourceURI></p:X>')],
    ['on a Selector outside of a SelectorSet', input('<p:X><wsman:Selector Name="k"/></p:X>')],
    [
      'on a Selector in a SelectorSet of another namespace',
      input('<p:X><p:SelectorSet><wsman:Selector Name="k"/></p:SelectorSet></p:X>'),
    ],
    ['on an attribute', input('<p:X xsi:nil="true"/>')],
    ['on an attribute of an envelope', envelope({ header: '<a:To soap:mustUnderstand="1"/>' })],
    ['on an attribute of a reference', input(`<p:X>${reference().replace('Name=', 'wsman:Name=')}</p:X>`)],
    ['on an end tag alone', input('<p:X></q:X>')],
    ['behind the element that declared it', input('<p:X xmlns:q="urn:q"/><q:Y/>')],
  ])('%s', (where, xml) => {
    const code = where === 'on an end tag alone' ? 'not-well-formed' : 'undeclared-prefix';
    expect(refusals(xml)).toEqual([code, code, code]);
  });

  it.each(['xsi', 'schema'])('in the value of %s:type, but for those that clients leave undeclared', (prefix) => {
    const typed = (type: string) =>
      refusals(
        input(`<p:X xmlns:xsi="${ns.xsi}" xmlns:schema="${ns.xsd}" xmlns:p1="urn:1" ${prefix}:type="${type}">a</p:X>`),
      );
    for (const type of ['cim:cimString', 'xs:string', 'xsd:string', 'p1:C_Type', 'p:C_Type', 'C_Type', ' p1:C', '']) {
      expect(typed(type)).toEqual([undefined, undefined, undefined]);
    }
    for (const type of ['zz:string', 'p2:C_Type', ' q:x', 'CIM:cimString']) {
      expect(typed(type)).toEqual(['undeclared-prefix', 'undeclared-prefix', 'undeclared-prefix']);
    }
  });

  it('but not inside of another attribute value or of text', () => {
    expect(refusals(input('<p:X><p:Y k="cim:cimString" type="zz:a" p:type="zz:a">zz:string</p:Y></p:X>'))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('by name and place, at a length that fits a fault', () => {
    expect(() => readXmlText('<a>\n <zz:b/></a>')).toThrow(
      'The XML uses an undefined XML namespace: the prefix zz of zz:b is not declared. It stands at line 2, column 8.',
    );
    expect(() => readXmlText(`<a><${'z'.repeat(900)}:b/></a>`)).toThrow(/^.{0,300}$/);
  });
});

describe('text that was cut out of a message', () => {
  const read = (xml: string) => readXmlText(xml, { prefixes: usualPrefixes });

  it('may use the prefixes that messages usually declare', () => {
    expect(namespaces(read('<a:EndpointReference><w:ResourceURI/></a:EndpointReference>'))).toEqual([
      ns.addressing,
      ns.wsman,
    ]);
    expect(read('<C xsi:nil="true"/>').attributes[0]?.namespaceUri).toBe(ns.xsi);
  });

  it('means what it declares itself', () => {
    expect(read('<wsa:a xmlns:wsa="urn:own"/>').namespaceUri).toBe('urn:own');
  });

  it('may use no others', () => {
    expect(() => read('<zz:a/>')).toThrow(expect.objectContaining({ code: 'undeclared-prefix' }));
  });
});
