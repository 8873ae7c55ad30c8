import { describe, expect, test } from 'vitest';
import { CimStatus } from '../../src/cim/model/cim-status.js';
import { parsePathElement } from '../../src/cimxml/parse-path.js';
import { readXmlText } from '../../src/xml/read-xml.js';
import { plain } from '../support/plain-value.js';
import { createTestSchema } from '../support/test-schema.js';

const schema = createTestSchema();

function parse(content: string): unknown {
  return plain(parsePathElement(readXmlText(`<VALUE.REFERENCE>${content}</VALUE.REFERENCE>`), schema));
}

const key = (name: string, value: string) => `<KEYBINDING NAME="${name}"><KEYVALUE>${value}</KEYVALUE></KEYBINDING>`;
const name = (className: string, keys: string) => `<INSTANCENAME CLASSNAME="${className}">${keys}</INSTANCENAME>`;
const port = name('TEST_Port', key('PortNumber', '3260'));
const segments = '<LOCALNAMESPACEPATH><NAMESPACE NAME="root"/><NAMESPACE NAME="test"/></LOCALNAMESPACEPATH>';
const full = `<INSTANCEPATH><NAMESPACEPATH><HOST>srv</HOST>${segments}</NAMESPACEPATH>${port}</INSTANCEPATH>`;
const local = `<LOCALINSTANCEPATH>${segments}${port}</LOCALINSTANCEPATH>`;

describe('a path is read from', () => {
  test.each([
    ['INSTANCENAME', port, undefined],
    ['INSTANCENAME in other case', port.replace('TEST_Port', 'test_PORT'), undefined],
    ['LOCALINSTANCEPATH', local, 'root/test'],
    ['INSTANCEPATH', full, 'root/test'],
  ])('%s', (_, xml, namespace) => {
    expect(parse(xml)).toEqual({ namespace, className: 'TEST_Port', keys: { PortNumber: 3260 } });
  });

  test('a path in a key, whose namespace is its own', () => {
    const end = (role: string, path: string) =>
      `<KEYBINDING NAME="${role}"><VALUE.REFERENCE>${path}</VALUE.REFERENCE></KEYBINDING>`;
    expect(parse(name('TEST_HostsPort', end('Antecedent', name('TEST_System', '')) + end('Dependent', local)))).toEqual(
      {
        namespace: undefined,
        className: 'TEST_HostsPort',
        keys: {
          Antecedent: { namespace: undefined, className: 'TEST_System', keys: {} },
          Dependent: { namespace: 'root/test', className: 'TEST_Port', keys: { PortNumber: 3260 } },
        },
      },
    );
  });

  test('a class of another namespace, whose keys stay text', () => {
    const xml = local.replace('TEST_Port', 'OTHER_Port');
    expect(parse(xml)).toMatchObject({ className: 'OTHER_Port', keys: { PortNumber: '3260' } });
  });
});

describe('no path is read from', () => {
  const nested = (levels: number): string =>
    levels === 0
      ? local
      : local
          .replace(/<KEYVALUE>.*<\/KEYVALUE>/, `<VALUE.REFERENCE>${nested(levels - 1)}</VALUE.REFERENCE>`)
          .replace('TEST_Port', 'OTHER_Class');

  test.each([
    ['nothing', ''],
    ['a CLASSPATH', '<CLASSNAME NAME="TEST_Port"/>'],
    ['a path without name', `<LOCALINSTANCEPATH>${segments}</LOCALINSTANCEPATH>`],
    ['an unknown class', name('TEST_Nothing', '')],
    ['a key given twice', name('TEST_Port', key('PortNumber', '1') + key('portnumber', '2'))],
    ['a key without name', name('TEST_Port', '<KEYBINDING><KEYVALUE>1</KEYVALUE></KEYBINDING>')],
    ['a key without value', name('TEST_Port', '<KEYBINDING NAME="PortNumber"/>')],
    ['a value that is no key', name('TEST_Port', '<KEYVALUE>1</KEYVALUE>')],
    ['a key out of range', name('TEST_Port', key('PortNumber', '65536'))],
    ['a text for a reference', name('TEST_HostsPort', key('Dependent', 'x'))],
    [
      'a reference for a number',
      name('TEST_Port', `<KEYBINDING NAME="PortNumber"><VALUE.REFERENCE>${port}</VALUE.REFERENCE></KEYBINDING>`),
    ],
    ['paths in paths in paths', nested(4)],
    ['paths nested as deeply as XML may be', nested(20)],
  ])('%s', (_, xml) => {
    expect(() => parse(xml)).toThrow(expect.objectContaining({ name: 'CimError', status: CimStatus.InvalidParameter }));
  });
});
