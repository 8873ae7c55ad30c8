/** A piece of markup as it stands in a text that need not be well-formed. */
export interface MarkupPiece {
  readonly kind: 'text' | 'start' | 'empty' | 'end' | 'comment' | 'cdata' | 'instruction';
  /** Where it stands. */
  readonly from: number;
  readonly to: number;
  /** The text ended before the piece did. */
  readonly isCut: boolean;
}

/**
 * Takes a text apart, from the beginning to its end, whatever it is: pieces that are joined again are the text. What a reader of XML
 * would refuse is taken for what it looks like.
 */
export function* scanMarkup(text: string): IterableIterator<MarkupPiece> {
  for (let at = 0; at < text.length; ) {
    const piece = text[at] === '<' ? tagAt(text, at) : textAt(text, at);
    yield piece;
    at = piece.to;
  }
}

function textAt(text: string, from: number): MarkupPiece {
  const next = text.indexOf('<', from);
  return { kind: 'text', from, to: next === -1 ? text.length : next, isCut: false };
}

function tagAt(text: string, from: number): MarkupPiece {
  if (text.startsWith('<!--', from)) return until(text, from, '-->', 'comment');
  if (text.startsWith('<![CDATA[', from)) return until(text, from, ']]>', 'cdata');
  if (text.startsWith('<?', from)) return until(text, from, '?>', 'instruction');
  if (text.startsWith('<!', from)) return until(text, from, '>', 'instruction');
  const end = endOfTag(text, from + 1);
  if (end === -1) return { kind: 'start', from, to: text.length, isCut: true };
  if (text[from + 1] === '/') return { kind: 'end', from, to: end + 1, isCut: false };
  return { kind: text[end - 1] === '/' ? 'empty' : 'start', from, to: end + 1, isCut: false };
}

function until(text: string, from: number, mark: string, kind: MarkupPiece['kind']): MarkupPiece {
  const end = text.indexOf(mark, from + 2);
  return end === -1
    ? { kind, from, to: text.length, isCut: true }
    : { kind, from, to: end + mark.length, isCut: false };
}

/** Of the `>` that ends a tag: not one within quotes. -1 when there is none. */
function endOfTag(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '>') return at;
    if (character !== '"' && character !== "'") continue;
    at = text.indexOf(character, at + 1);
    if (at === -1) return -1;
  }
  return -1;
}

/** The name in a tag, with its prefix. */
export function tagName(tag: string): string {
  return /^<\/?([^\s/>"'=]*)/.exec(tag)?.[1] ?? '';
}

/** The name in a tag, without its prefix. */
export function localNameOf(tag: string): string {
  const name = tagName(tag);
  return name.slice(name.lastIndexOf(':') + 1);
}
