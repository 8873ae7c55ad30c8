import { SaxesParser, type SaxesTagNS } from 'saxes';

/** An element as an independent, namespace-aware parser reads it. */
export interface XmlTree {
  readonly uri: string;
  readonly local: string;
  /** `{uri}local` → value, without namespace declarations. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlTree[];
  readonly text: string;
}

interface OpenElement extends XmlTree {
  readonly children: XmlTree[];
  text: string;
}

/** Reads a text strictly: not well-formed or an undeclared prefix throws. */
export function readXml(source: string): XmlTree {
  const parser = new SaxesParser({ xmlns: true });
  const open: OpenElement[] = [];
  let root: XmlTree | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const element: OpenElement = {
      uri: tag.uri,
      local: tag.local,
      attributes: attributesOf(tag),
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (text: string) => {
    const element = open.at(-1);
    if (element) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(source).close();
  if (!root) throw new Error('no root element');
  return root;
}

function attributesOf(tag: SaxesTagNS): ReadonlyMap<string, string> {
  const attributes = Object.values(tag.attributes).filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns');
  return new Map(attributes.map(({ uri, local, value }) => [`{${uri}}${local}`, value]));
}

/** Descends by local names: `find(envelope, 'Header', 'To')`. */
export function find(tree: XmlTree, ...names: readonly string[]): XmlTree {
  let at = tree;
  for (const name of names) {
    const next = at.children.find((child) => child.local === name);
    if (!next) throw new Error(`no ${name} in ${at.local}`);
    at = next;
  }
  return at;
}

export function findAll(tree: XmlTree, name: string): readonly XmlTree[] {
  return tree.children.filter((child) => child.local === name);
}

/** Writes a tree with prefixes of its own, each element declaring what it uses. */
export function writeXml({ uri, local, attributes, children, text }: XmlTree): string {
  const list = [...attributes].map(([name, value], index) => {
    const [, space = '', attribute = ''] = /^\{(.*)\}(.*)$/.exec(name) ?? [];
    return space === ''
      ? ` ${attribute}="${escapeXml(value)}"`
      : ` xmlns:q${index}="${escapeXml(space)}" q${index}:${attribute}="${escapeXml(value)}"`;
  });
  const content = children.map((child) => writeXml(child)).join('') + escapeXml(text);
  return `<t:${local} xmlns:t="${escapeXml(uri)}"${list.join('')}>${content}</t:${local}>`;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
