import { SaxesParser } from 'saxes';

/** A CIM-XML element as a strict parser that shares nothing with the server reads it. */
export interface CimXmlElement {
  readonly name: string;
  /** In the order of the text. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly CimXmlElement[];
  readonly text: string;
}

interface OpenElement extends CimXmlElement {
  readonly children: CimXmlElement[];
  text: string;
}

/** @throws Error when the text is not well-formed */
export function readCimXml(source: string): CimXmlElement {
  const parser = new SaxesParser();
  const open: OpenElement[] = [];
  let root: CimXmlElement | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: OpenElement = { name, attributes: new Map(Object.entries(attributes)), children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(source).close();
  if (!root) throw new Error('no root element');
  return root;
}
