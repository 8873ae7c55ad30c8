import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlainXml } from '../../../src/client/message/read-plain-xml.js';
import { readAnyXml } from '../../../src/client/message/read-response-xml.js';
import type { ResponseElement } from '../../../src/client/message/response-element.js';
import { windowsAnswer, windowsCimError, windowsEnvelope, windowsFault, windowsInstance } from '../answers.js';

/** A tree without what is no data; scopes by what they make of some prefixes. */
function plain({ scope, children, ...rest }: ResponseElement): unknown {
  const prefixes = ['', 'p', 'q', 'a', 'xsi', 'none'].map((prefix) => scope.resolve(prefix));
  return { ...rest, prefixes, children: children.map(plain) };
}

/** What comes of a text: a tree, or that it is refused. */
function outcome(text: string, read: (text: string) => ResponseElement | undefined): unknown {
  try {
    const root = read(text);
    return root && plain(root);
  } catch (error) {
    if (error instanceof SyntaxError) return 'refused';
    throw error;
  }
}

/** Pieces that make documents, good ones now and then. */
const pieces = fc.constantFrom(
  ...[
    '<p:A>',
    '</p:A>',
    '<p:A xmlns:p="urn:1">',
    '<p:A xmlns:p="urn:2">',
    '<p:A/>',
    '<B>',
    '</B>',
    '<B xmlns="urn:3"/>',
  ],
  ...[
    '<B q:n="1" xmlns:q="urn:4">',
    '<B n=\'"\' m="\'">',
    '<B n="&lt;&#65;">',
    '<B n="&no;">',
    '<B n="1" n="2">',
    '<B n=1>',
  ],
  ...[
    '<B n="a>b">',
    '<B n="a<b">',
    '<B n="a\nb\tc" >',
    '<B >',
    '</B >',
    '<B / >',
    '< B>',
    '<B\n/>',
    '<toString/>',
    '<p:/>',
    '<1/>',
  ],
  ...[
    'text',
    ' ',
    '\n',
    '&amp;',
    '&#x41;',
    '&',
    '&no;',
    ']]>',
    '>',
    'ä😀',
    '"',
    '<',
    '<!-- c -->',
    '<![CDATA[<B>]]>',
    '<?pi?>',
  ],
  ...['<?xml version="1.0"?>', '<?xml version="1.0" encoding="utf-8" standalone="yes" ?>', '<!DOCTYPE a>'],
);

interface Tree {
  readonly tag: string;
  readonly content: readonly (string | Tree)[];
}

/** Well-formed documents of the same pieces. */
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.record({
    tag: fc.constantFrom(
      'p:A',
      'p:A xmlns:p="urn:1"',
      'p:A xmlns:p="urn:2"',
      'B',
      'B xmlns="urn:3"',
      'B n="&lt;" xsi:nil="true"',
      'C',
    ),
    content: fc.array(fc.oneof({ maxDepth: 4 }, fc.constantFrom('text', '&lt;', ' ', ']]>', 'ä'), tie('tree')), {
      maxLength: 4,
    }),
  }),
}));

function write({ tag, content }: Tree): string {
  if (content.length === 0) return `<${tag}/>`;
  return `<${tag}>${content.map((one) => (typeof one === 'string' ? one : write(one))).join('')}</${tag.split(' ')[0]}>`;
}

describe('the short way through a document', () => {
  it('comes to what the parser comes to, for good documents', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom('', '\n', '<?xml version="1.0" encoding="UTF-8"?>\n'), (given, before) => {
        const text = `${before}${write(given)}`;
        expect(outcome(text, readPlainXml)).toEqual(outcome(text, readAnyXml));
      }),
      { numRuns: 1000 },
    );
  });

  it('comes to what the parser comes to, or to nothing, for all kinds of documents', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (given) => {
        const text = given.join('');
        const found = outcome(text, readPlainXml);
        if (found !== undefined) expect(found).toEqual(outcome(text, readAnyXml));
      }),
      { numRuns: 5000 },
    );
  });

  it('comes to what the parser comes to when a good document is changed in one place', () => {
    const place = fc.record({ at: fc.nat(), length: fc.nat({ max: 3 }), piece: pieces });
    fc.assert(
      fc.property(tree, place, (given, { at, length, piece }) => {
        const good = write(given);
        const start = at % (good.length + 1);
        const text = good.slice(0, start) + piece + good.slice(start + length);
        const found = outcome(text, readPlainXml);
        if (found !== undefined) expect(found).toEqual(outcome(text, readAnyXml));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['an answer', windowsAnswer('<p:A>1</p:A><p:B xmlns:xsi="urn:x" xsi:nil="true"/>')],
    ['a fault', windowsFault('Sender', 'a:DestinationUnreachable', 'Not found.', windowsCimError)],
    ['an instance', windowsEnvelope(windowsInstance('CIM_Fan', '<p:DeviceID>1</p:DeviceID>'))],
  ])('is taken by %s', (_what, text) => {
    expect(outcome(text, readPlainXml)).toEqual(outcome(text, readAnyXml));
  });

  it('is left where nothing but the parser can say what a document is', () => {
    const texts = [
      '<a><!-- c --></a>',
      '<a><![CDATA[x]]></a>',
      '<a b="1>2"/>',
      '<a></a >',
      '<a>&no;</a>',
      '<a/><b/>',
      '',
    ];
    expect(texts.map((text) => readPlainXml(text))).toEqual(texts.map(() => undefined));
  });

  it('is left by a document that is nested as deeply as may be', () => {
    const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
    expect(readPlainXml(nested(99))).toBeDefined();
    expect(readPlainXml(nested(100))).toBeUndefined();
    expect(readAnyXml(nested(101))).toBeDefined();
    expect(() => readAnyXml(nested(102))).toThrow('Maximum nested tags exceeded');
  });

  it('leads on when more tags have come than are kept', () => {
    for (let n = 0; n < 6000; n++) {
      const root = readPlainXml(`<a${n}><b n="${n}">${n}</b></a${n}>`);
      expect(root?.children[0]?.attributes[0]?.value).toBe(`${n}`);
    }
  });
});
