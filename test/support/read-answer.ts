import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An answer as an XML reader that shares nothing with the server sees it: prefixes dropped, names kept. */
export type Tree = { readonly [name: string]: Tree | Tree[] | string };

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
});

/** @throws Error when the text is not well-formed */
export function readTree(xml: string): Tree {
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw new Error(`not well-formed: ${valid.err.msg} in ${xml.slice(0, 300)}`);
  return parser.parse(xml) as Tree;
}

/** What stands at a path of element names; undefined when a step is missing. */
export function at(
  tree: Tree | Tree[] | string | undefined,
  ...path: readonly string[]
): Tree | Tree[] | string | undefined {
  let current = tree;
  for (const step of path) {
    if (current === undefined || typeof current === 'string' || Array.isArray(current)) return undefined;
    current = current[step];
  }
  return current;
}

/** The text at a path, whether the element has attributes or not. */
export function textAt(tree: Tree, ...path: readonly string[]): string | undefined {
  const found = at(tree, ...path);
  if (typeof found === 'string') return found;
  const text = at(found, '#text');
  return typeof text === 'string' ? text : undefined;
}

/** What a fault says. */
export interface FaultFacts {
  readonly code: string | undefined;
  readonly subcode: string | undefined;
  readonly detail: string | undefined;
  readonly windowsCode: string | undefined;
  readonly cimStatus: string | undefined;
  readonly reason: string | undefined;
  readonly action: string | undefined;
}

export function readFault(xml: string): FaultFacts {
  const tree = readTree(xml);
  const fault = ['Envelope', 'Body', 'Fault'] as const;
  return {
    code: textAt(tree, ...fault, 'Code', 'Value'),
    subcode: textAt(tree, ...fault, 'Code', 'Subcode', 'Value'),
    detail: textAt(tree, ...fault, 'Detail', 'FaultDetail')
      ?.split('/')
      .at(-1),
    windowsCode: textAt(tree, ...fault, 'Detail', 'WSManFault', '@Code'),
    cimStatus: textAt(tree, ...fault, 'Detail', 'MSFT_WmiError', 'CIMStatusCode'),
    reason: textAt(tree, ...fault, 'Reason', 'Text'),
    action: textAt(tree, 'Envelope', 'Header', 'Action'),
  };
}
