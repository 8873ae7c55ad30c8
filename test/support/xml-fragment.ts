import { ns } from '../../src/xml/namespaces.js';
import { readXmlText } from '../../src/xml/read-xml.js';
import type { XmlElement } from '../../src/xml/xml-element.js';

/** The URI of a class of the test schema in the DMTF family. */
export function dmtfUri(className: string): string {
  return `http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/${className}`;
}

const declarations = [
  ['p', dmtfUri('TEST_System')],
  ['xsi', ns.xsi],
  ['a', ns.addressing],
  ['w', ns.wsman],
  ['cim', ns.cimCommon],
  ['m', ns.microsoft],
  ['p1', dmtfUri('TEST_Setting')],
];

/** Reads elements as parameters of a method are read, with the prefixes of our envelopes declared. */
export function readElements(xml: string): readonly XmlElement[] {
  const attributes = declarations.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('');
  const root = readXmlText(`<Envelope${attributes}><Body><INPUT>${xml}</INPUT></Body></Envelope>`);
  return root.children[0]?.children[0]?.children ?? [];
}

/** Reads one element with the prefixes of our envelopes declared. */
export function readElement(xml: string): XmlElement {
  const [element] = readElements(xml);
  if (!element) throw new Error('the fragment has no element');
  return element;
}

/** The children of an endpoint reference, as Windows writes them. */
export function eprChildren(className: string, selectors: Readonly<Record<string, string>>): string {
  const list = Object.entries(selectors).map(([name, value]) => `<w:Selector Name="${name}">${value}</w:Selector>`);
  return (
    '<a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address><a:ReferenceParameters>' +
    `<w:ResourceURI>${dmtfUri(className)}</w:ResourceURI><w:SelectorSet>${list.join('')}</w:SelectorSet></a:ReferenceParameters>`
  );
}
