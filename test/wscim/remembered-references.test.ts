import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { InstancePath } from '../../src/cim/model/instance-path.js';
import { decodeReference } from '../../src/wscim/decode-reference.js';
import type { WscimContext } from '../../src/wscim/wscim-context.js';
import { isLasting } from '../../src/xml/lasting-elements.js';
import { readXml } from '../../src/xml/read-xml.js';
import type { XmlElement } from '../../src/xml/xml-element.js';
import { createTestSchema, namespace, wscimContext } from '../support/test-schema.js';
import { eprChildren, readElement } from '../support/xml-fragment.js';

const keys = { __cimnamespace: namespace, CreationClassName: 'TEST_System', Name: 'a' };
const context = wscimContext(createTestSchema());
const decode = (children: string, where = context) =>
  decodeReference(readElement(`<X>${children}</X>`), 'TEST_System', 'Parameter X', where);

describe('a reference that was read before', () => {
  it('is the same path when it is written the same', () => {
    expect(decode(eprChildren('TEST_System', keys))).toBe(decode(eprChildren('TEST_System', keys)));
  });

  it('is another path when a value differs, be it in its length alone', () => {
    const [one, two] = ['b', 'bb'].map((Name) => decode(eprChildren('TEST_System', { ...keys, Name })));
    expect(one?.keys.get('Name')).toBe('b');
    expect(two?.keys.get('Name')).toBe('bb');
  });

  it('is another path when the same text is cut into other names and values', () => {
    const [one, two] = [
      { ab: 'c', d: '' },
      { a: 'bc', d: '' },
    ].map((more) => decode(eprChildren('TEST_System', { ...keys, ...more })));
    expect(one?.equals(two as InstancePath)).toBe(false);
  });

  it('is not taken for one that says that a key is NULL', () => {
    const plain = eprChildren('TEST_System', { ...keys, Name: '' });
    decode(plain);
    const nil = plain.replace(/(<w:Selector Name="Name")/, '$1 xsi:nil="true"');
    expect(() => decode(nil)).toThrow(/NULL/);
  });

  it('means what it says in the namespace of each request', () => {
    const elsewhere = { ...context, namespace: 'root/other' };
    const children = eprChildren('TEST_System', { CreationClassName: 'TEST_System', Name: 'a' });
    expect(decode(children).namespace).toBe(namespace);
    expect(decode(children, elsewhere).namespace).toBe('root/other');
  });

  it('means what it says in each schema', () => {
    decode(eprChildren('TEST_System', keys));
    const other = wscimContext(createTestSchema());
    expect(decode(eprChildren('TEST_System', keys), other)).not.toBe(decode(eprChildren('TEST_System', keys)));
  });

  it('means what it says in each namespace and schema when message after message has the very same element', () => {
    const children = eprChildren('TEST_System', { CreationClassName: 'TEST_System', Name: 'b' });
    const declared = ['a', 'w'].map((prefix) => ` xmlns:${prefix}="urn:${prefix}"`).join('');
    const message = Buffer.from(`<e${declared}><h><X>${children}</X></h><b/></e>`);
    const read = () => readXml(message).root.children[0]?.children[0] as XmlElement;
    for (let time = 0; time < 400; time++) read();
    const decodeIn = (where: WscimContext) => decodeReference(read(), 'TEST_System', 'Parameter X', where);
    const elsewhere = { ...context, namespace: 'root/other' };
    const other = wscimContext(createTestSchema());
    expect(isLasting(read())).toBe(true);
    expect(decodeIn(context)).toBe(decodeIn(context));
    expect(decodeIn(elsewhere).namespace).toBe('root/other');
    expect(decodeIn(other)).not.toBe(decodeIn(context));
    expect(decodeIn(context).namespace).toBe(namespace);
  });

  it('does not keep the message that it was read from', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const padding = 'x'.repeat(100_000);
    const read = (count: number) =>
      Array.from({ length: count }, (_, n) => {
        const children = eprChildren('TEST_System', {
          ...keys,
          Name: `a name longer than a few letters ${count} ${n}`,
        });
        const message = Buffer.from(
          `<Y xmlns="urn:y" xmlns:a="urn:a" xmlns:w="urn:w" padding="${padding}"><X>${children}</X></Y>`,
        );
        return decodeReference(readXml(message).root.children[0] as XmlElement, 'TEST_System', 'X', context);
      });
    read(50);
    collect();
    const before = process.memoryUsage().heapUsed;
    const paths = read(100);
    collect();
    expect((process.memoryUsage().heapUsed - before) / paths.length).toBeLessThan(padding.length / 4);
  });
});
