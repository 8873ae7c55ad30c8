import { describe, expect, it } from 'vitest';
import { readSelectorSet } from '../../src/wsman/header/selector-set.js';
import { findResource } from '../../src/wsman/resource.js';
import { findTarget } from '../../src/wsman/target.js';
import { isLasting } from '../../src/xml/lasting-elements.js';
import { readXml } from '../../src/xml/read-xml.js';
import type { XmlElement } from '../../src/xml/xml-element.js';
import { createTestBroker } from '../support/test-broker.js';
import { namespace } from '../support/test-schema.js';
import { dmtfUri } from '../support/xml-fragment.js';

/** The same SelectorSet as a header block of message after message. */
function selectorSetOf(keys: Readonly<Record<string, string>>): XmlElement {
  const selectors = Object.entries(keys).map(([name, value]) => `<Selector Name="${name}">${value}</Selector>`);
  const message = Buffer.from(`<e><h><SelectorSet>${selectors.join('')}</SelectorSet></h><b/></e>`);
  for (let time = 0; time < 400; time++) readXml(message);
  return readXml(message).root.children[0]?.children[0] as XmlElement;
}

const { namespaces } = await createTestBroker();
const target = (set: XmlElement, className: string, defaultNamespace = namespace) => {
  const selectors = readSelectorSet(set);
  const resource = findResource(dmtfUri(className), selectors, namespaces, defaultNamespace);
  if (resource.kind === 'config') throw new Error('no class');
  return findTarget(resource, selectors);
};

describe('selectors that message after message has', () => {
  const set = selectorSetOf({ CreationClassName: 'TEST_System', Name: 'one of the systems' });

  it('are read once, and mean the same path', () => {
    expect(isLasting(set)).toBe(true);
    expect(readSelectorSet(set)).toBe(readSelectorSet(set));
    expect(target(set, 'TEST_System').path).toBe(target(set, 'TEST_System').path);
  });

  it('mean another path with another class', () => {
    const paths = ['TEST_System', 'TEST_SubSystem', 'TEST_System'].map((name) => target(set, name).path);
    expect(paths.map(({ className }) => className)).toEqual(['TEST_System', 'TEST_SubSystem', 'TEST_System']);
    expect(paths.map(({ keys }) => keys.get('Name'))).toEqual(Array(3).fill('one of the systems'));
  });

  it('are refused each time when they do not fit the class', () => {
    const unknown = selectorSetOf({ CreationClassName: 'TEST_System', NoSuchKeyInThisClass: 'one of the systems' });
    for (let time = 0; time < 2; time++) {
      expect(() => target(unknown, 'TEST_System')).toThrow(expect.objectContaining({ key: 'UnexpectedSelectors' }));
    }
  });

  it('are refused each time when a name is given twice', () => {
    const twice = selectorSetOf({ CreationClassName: 'TEST_System', Name: 'one', NAME: 'another of the systems' });
    for (let time = 0; time < 2; time++) {
      expect(() => readSelectorSet(twice)).toThrow(expect.objectContaining({ key: 'DuplicateSelectors' }));
    }
  });
});
