import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { encodeXml } from '../../../src/xml/encode-xml.js';
import { readXml, readXmlText } from '../../../src/xml/read-xml.js';
import type { XmlCharset } from '../../../src/xml/xml-charset.js';
import type { XmlElement } from '../../../src/xml/xml-element.js';
import { XmlWriter } from '../../../src/xml/xml-writer.js';

/** A document as plain data: text first, then the children. */
interface Tree {
  readonly name: string;
  readonly namespace: number;
  readonly attributes: readonly { readonly name: string; readonly namespace: number; readonly value: string }[];
  readonly text: string;
  readonly children: readonly Tree[];
}

const namespaces = ['', 'urn:one', 'urn:two', 'http://example.org/three?a=1&b=2'];
const prefixes = ['', 'q1:', 'q2:', 'q3:'];

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/).filter((text) => !/^xml/i.test(text));
const namespace = fc.nat({ max: namespaces.length - 1 });
/** Every kind of character XML can carry, and those that need escaping often. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('&', '<', '>', '"', "'", ']]>', '\r', '\n', '\t', ' ', '&amp;', '<!--'),
    fc.integer({ min: 0x20, max: 0xd7ff }).map((code) => String.fromCodePoint(code)),
    fc.integer({ min: 0xe000, max: 0xfffd }).map((code) => String.fromCodePoint(code)),
    fc.integer({ min: 0x10000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
  ),
  maxLength: 12,
});

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    name,
    namespace,
    attributes: fc.uniqueArray(fc.record({ name, namespace, value: text }), {
      selector: (attribute) => `${attribute.namespace} ${attribute.name}`,
      maxLength: 4,
    }),
    text,
    children: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant([]),
      fc.array(tie('tree'), { maxLength: 4 }),
    ),
  }),
}));

function write(root: Tree): string {
  const writer = new XmlWriter();
  const element = (node: Tree, isRoot: boolean): void => {
    writer.open(prefixes[node.namespace] + node.name);
    if (isRoot) for (const i of [1, 2, 3]) writer.attribute(`xmlns:q${i}`, namespaces[i] ?? '');
    for (const attribute of node.attributes) {
      writer.attribute(prefixes[attribute.namespace] + attribute.name, attribute.value);
    }
    writer.text(node.text);
    for (const child of node.children) element(child, false);
    writer.close();
  };
  element(root, true);
  return writer.toString();
}

function treeOf(element: XmlElement): Tree {
  return {
    name: element.localName,
    namespace: namespaces.indexOf(element.namespaceUri),
    attributes: element.attributes.map((attribute) => ({
      name: attribute.localName,
      namespace: namespaces.indexOf(attribute.namespaceUri),
      value: attribute.value,
    })),
    text: element.text,
    children: element.children.map(treeOf),
  };
}

type OrderedNode = Record<string, unknown>;

/** The same document as an unrelated parser reads it; names only, it knows no namespaces. */
function independentTree(node: OrderedNode): unknown {
  const tag = Object.keys(node).find((key) => key !== ':@') ?? '';
  const content = node[tag] as OrderedNode[];
  const texts = content.filter((child) => '#text' in child).map((child) => String(child['#text']));
  return {
    name: tag,
    attributes: node[':@'] ?? {},
    text: texts.join(''),
    children: content.filter((child) => !('#text' in child)).map(independentTree),
  };
}

function namesOf(element: XmlElement): unknown {
  const qualified = (part: { prefix: string; localName: string }) =>
    part.prefix === '' ? part.localName : `${part.prefix}:${part.localName}`;
  return {
    name: qualified(element),
    attributes: Object.fromEntries(element.attributes.map((attribute) => [qualified(attribute), attribute.value])),
    text: element.text,
    children: element.children.map(namesOf),
  };
}

describe('a tree that was written', () => {
  test.each<XmlCharset>(['utf-8', 'utf-16le', 'utf-16be'])('reads back the same from %s', (charset) => {
    fc.assert(
      fc.property(tree, (root) => {
        const read = readXml(encodeXml(write(root), charset));
        expect(read.charset).toBe(charset);
        expect(treeOf(read.root)).toEqual(root);
      }),
    );
  });

  test('reads the same with an independent parser', () => {
    const parser = new XMLParser({
      preserveOrder: true,
      ignoreAttributes: false,
      attributeNamePrefix: '',
      trimValues: false,
      parseTagValue: false,
      parseAttributeValue: false,
      htmlEntities: true,
    });
    fc.assert(
      fc.property(tree, (root) => {
        const xml = write(root);
        const [document] = parser.parse(xml) as OrderedNode[];
        const declarations = Object.fromEntries([1, 2, 3].map((i) => [`xmlns:q${i}`, namespaces[i]]));
        const ours = namesOf(readXmlText(xml)) as { attributes: object };
        expect(independentTree(document ?? {})).toEqual({
          ...ours,
          attributes: { ...declarations, ...ours.attributes },
        });
      }),
    );
  });
});

describe('bytes at random', () => {
  test('give a tree or an XmlError, never another error', () => {
    const pieces = fc.constantFrom(
      '<',
      '</',
      '/>',
      '>',
      '<a',
      '<a>',
      '</a>',
      ' k="',
      '"',
      '&',
      '&lt;',
      '&#',
      ';',
      '<!',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      ':',
      'xmlns',
      'xmlns:p="',
      'p:',
      '\uD800',
      '\0',
      'é',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        try {
          readXmlText(parts.join(''));
        } catch (error) {
          expect(error).toMatchObject({ name: 'XmlError' });
        }
      }),
      { numRuns: 2000 },
    );
  });
});
