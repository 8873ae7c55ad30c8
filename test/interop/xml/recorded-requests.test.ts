import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ns } from '../../../src/xml/namespaces.js';
import { readXml } from '../../../src/xml/read-xml.js';
import { childOf, type XmlElement } from '../../../src/xml/xml-element.js';

const captures = new URL('../../../fixtures/captures/', import.meta.url);
const files = readdirSync(captures).filter((name) => name.endsWith('.http'));

function body(name: string): Uint8Array {
  const request = readFileSync(new URL(name, captures));
  return request.subarray(request.indexOf('\r\n\r\n') + 4);
}

function below(element: XmlElement, ...path: [namespaceUri: string, localName: string][]): XmlElement {
  return path.reduce((at, [namespaceUri, localName]) => {
    const child = childOf(at, namespaceUri, localName);
    if (child === undefined) throw new Error(`no {${namespaceUri}}${localName}`);
    return child;
  }, element);
}

describe('requests recorded from real clients', () => {
  test.each(files)('%s reads as an envelope with a body', (name) => {
    const { root, charset } = readXml(body(name));
    expect(charset).toBe('utf-8');
    expect(root).toMatchObject({ localName: 'Envelope', namespaceUri: 'http://www.w3.org/2003/05/soap-envelope' });
    expect(childOf(root, ns.soap, 'Body')).toBeDefined();
  });

  test("libmi's undeclared wsa: and wsman: mean WS-Addressing and WS-Management", () => {
    const { root } = readXml(body('libmi-invoke-minimal.http'));
    const parameters = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/Parameters';
    const reference = below(
      root,
      ['http://www.w3.org/2003/05/soap-envelope', 'Body'],
      [parameters, 'CreateOrModifyReplicationPipe'],
      [parameters, 'SourceSystem'],
      ['http://schemas.xmlsoap.org/ws/2004/08/addressing', 'ReferenceParameters'],
    );
    const selectors = below(reference, ['http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd', 'SelectorSet']);
    expect(selectors.children.map((selector) => selector.text)).toEqual([
      'root/cimv2/storage/iScsiTarget',
      'MSFTSM_ComputerSystem',
      'iscsi-a.lab.example',
    ]);
  });
});
