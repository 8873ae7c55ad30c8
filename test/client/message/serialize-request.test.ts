import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestNode } from '../../../src/client/message/request-element.js';
import { serializeRequest } from '../../../src/client/message/serialize-request.js';
import { namespaces } from '../../../src/client/message/wsman-names.js';
import { readXml, type XmlTree } from '../xml-tree.js';

/** What is to be written: few names and attributes, so that shapes come again with other texts. */
interface Plan {
  readonly name: string;
  readonly attribute: string | undefined;
  readonly content: string | readonly Plan[] | undefined;
}

const xmlText = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((text) => text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''));
const text = fc.oneof(xmlText, fc.constantFrom('', '&lt;', '&amp;amp;', ']]>', '\r\n', '\uF8FF', '<a>', ' '));

const { plan } = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.record({
    name: fc.constantFrom('a:A', 'b:B'),
    attribute: fc.option(fc.constantFrom('x', '"<&>\'', '&lt;', '\uF8FF', '\uF8FF\uF8FF'), { nil: undefined }),
    content: fc.option(fc.oneof({ maxDepth: 2 }, text, fc.array(tie('plan'), { minLength: 1, maxLength: 3 })), {
      nil: undefined,
    }),
  }),
}));

function nodeOf(given: Plan, parent?: RequestNode): RequestNode {
  const node = parent ? parent.ele(uriOf(given), given.name) : new RequestNode(uriOf(given), given.name);
  if (given.attribute !== undefined) node.att('Name', given.attribute);
  if (typeof given.content === 'string') node.txt(given.content);
  else for (const child of given.content ?? []) nodeOf(child, node);
  return node;
}

const uriOf = ({ name }: Plan) => `urn:${name[0]}`;

function treeOf(given: Plan): XmlTree {
  const { name, attribute, content } = given;
  return {
    uri: uriOf(given),
    local: name.slice(2),
    attributes: new Map(attribute === undefined ? [] : [['{}Name', attribute]]),
    children: typeof content === 'string' || content === undefined ? [] : content.map(treeOf),
    text: typeof content === 'string' ? content : '',
  };
}

describe('a request', () => {
  it('is what was told, for a reader of its own', () => {
    fc.assert(
      fc.property(fc.array(plan, { minLength: 1, maxLength: 4 }), (plans) => {
        for (const given of plans) expect(readXml(serializeRequest(nodeOf(given)))).toEqual(treeOf(given));
      }),
      { numRuns: 500 },
    );
  });

  it.each(['&lt;', '&amp;', '&#65;', '&'])('has a text of %s as it is', (value) => {
    const write = () => serializeRequest(new RequestNode('urn:a', 'a:A').txt(value));
    expect([readXml(write()).text, readXml(write()).text]).toEqual([value, value]);
  });

  it('declares a prefix once where it is used below', () => {
    const root = new RequestNode('urn:a', 'a:A');
    root.att(namespaces.xmlns, 'xmlns:b', 'urn:b&c');
    root.ele('urn:b&c', 'b:B').txt('1');
    root.ele('urn:b&c', 'b:B').txt('2');
    expect(serializeRequest(root)).toBe('<a:A xmlns:a="urn:a" xmlns:b="urn:b&amp;c"><b:B>1</b:B><b:B>2</b:B></a:A>');
  });

  it('of many shapes, and of a long one, is written too', () => {
    for (let n = 0; n < 300; n++) {
      const root = new RequestNode('urn:a', 'a:A');
      root.ele('urn:a', `a:N${n}`).txt(`${n}`);
      expect(serializeRequest(root)).toBe(`<a:A xmlns:a="urn:a"><a:N${n}>${n}</a:N${n}></a:A>`);
    }
    const long = new RequestNode('urn:a', 'a:A').att('Name', 'x'.repeat(10_000)).txt('t');
    expect(serializeRequest(long)).toBe(`<a:A xmlns:a="urn:a" Name="${'x'.repeat(10_000)}">t</a:A>`);
  });

  it.each(['a\u0001b', 'a\uD800'])('with %j in an attribute is refused, again and again', (value) => {
    const write = () => serializeRequest(new RequestNode('urn:a', 'a:A').att('Name', value).txt('t'));
    expect(write).toThrow(/invalid characters/i);
    expect(write).toThrow(/invalid characters/i);
  });
});
