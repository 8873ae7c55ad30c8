import { escapeText } from '../xml/escape-xml.js';
import { decodeReferences } from './decode-references.js';
import { MASK, maskAssignments } from './mask-assignments.js';
import { localNameOf, type MarkupPiece, scanMarkup, tagName } from './scan-markup.js';

/** How to mask. */
export interface Masks {
  isSecret(name: string): boolean;
  /** Is given each text that was masked, as it means itself. */
  found(value: string): void;
}

/** Of texts within texts within texts: what is deeper is masked as a whole. Each level looks at all that is below it. */
const DEEPEST = 6;

/**
 * Masks secrets in a text of any kind: SOAP in whatever prefixes, CIM-XML (`NAME="Password"`), MOF, queries, object paths, and each of
 * these within a string of another, escaped or in CDATA. Names compare without case, since the service reads them so. All else stays as
 * it is, letter by letter, even where the text is not well-formed or was cut off; what such a text leaves open is masked.
 */
export function maskText(text: string, masks: Masks, depth = 0): string {
  if (depth > DEEPEST) return MASK;
  return MARKUP.test(text) ? maskMarkup(text, masks, depth) : maskAssignments(text, masks.isSecret, masks.found);
}

const MARKUP = /<[\p{L}_!?/]/u;

function maskMarkup(text: string, masks: Masks, depth: number): string {
  let masked = '';
  const pieces = scanMarkup(text);
  for (const piece of pieces) {
    const raw = text.slice(piece.from, piece.to);
    const secret = (piece.kind === 'start' || piece.kind === 'empty') && holdsSecret(raw, masks);
    if (secret && piece.kind === 'start') masked += maskElement(text, raw, piece, pieces, masks, depth);
    else masked += maskPiece(raw, piece, masks, depth);
  }
  return masked;
}

function maskPiece(raw: string, { kind, isCut }: MarkupPiece, masks: Masks, depth: number): string {
  switch (kind) {
    case 'start':
    case 'empty':
      return isCut ? `<${localNameOf(raw)} ${MASK}` : maskAttributes(raw, masks, depth);
    case 'end':
      return raw;
    case 'comment':
      return `<!--${MASK}-->`;
    case 'instruction':
      return /^<\?xml\b/.test(raw) && !isCut ? raw : `<?${MASK}?>`;
    case 'cdata': {
      const content = raw.slice('<![CDATA['.length, isCut ? undefined : -']]>'.length);
      return `<![CDATA[${maskText(content, masks, depth + 1)}]]>`;
    }
    default:
      return maskCharacters(raw, masks, depth);
  }
}

/** Character data, which may carry a text of any kind, escaped. */
function maskCharacters(raw: string, masks: Masks, depth: number): string {
  if (!raw.includes('&')) return maskAssignments(raw, masks.isSecret, masks.found);
  const meant = decodeReferences(raw);
  const masked = maskText(meant, masks, depth + 1);
  return masked === meant ? raw : escapeText(masked);
}

/** The element with a mask in the place of its content. */
function maskElement(
  text: string,
  tag: string,
  { to }: MarkupPiece,
  pieces: Iterator<MarkupPiece>,
  masks: Masks,
  depth: number,
): string {
  const { content, end, isEmpty } = takeContent(text, tag, to, pieces);
  const shown = isEmpty ? content : isInstance(tag, content) ? maskText(content, masks, depth + 1) : MASK;
  if (shown === MASK) masks.found(textOf(content));
  return maskAttributes(tag, masks, depth) + shown + end;
}

/** Content up to the end tag of an element whose start tag was just read, or to the end of the text. */
function takeContent(text: string, tag: string, from: number, pieces: Iterator<MarkupPiece>) {
  const open = [tagName(tag)];
  for (let next = pieces.next(); !next.done; next = pieces.next()) {
    const { kind, from: at, to } = next.value;
    if (kind === 'start') open.push(tagName(text.slice(at, to)));
    // One that ends something else than what is open ends nothing.
    if (kind !== 'end' || open.at(-1) !== tagName(text.slice(at, to))) continue;
    open.pop();
    if (open.length > 0) continue;
    const content = text.slice(from, at);
    return { content, end: text.slice(at, to), isEmpty: NOTHING_SECRET.test(content) };
  }
  return { content: text.slice(from), end: '', isEmpty: false };
}

/** An empty text hides nothing, and a boolean says no more than that there is something. */
const NOTHING_SECRET = /^\s*(?:true|false)?\s*$/i;

/** Names of classes end like secrets, too: an instance of CIM_SharedSecret is read on, property by property. */
function isInstance(tag: string, content: string): boolean {
  return localNameOf(tag).includes('_') && /<[^/!?]/.test(content);
}

/** What an element that was masked says, for where else it stands. */
function textOf(content: string): string {
  let text = '';
  for (const { kind, from, to } of scanMarkup(content)) {
    if (kind === 'text') text += decodeReferences(content.slice(from, to));
    if (kind === 'cdata') text += content.slice(from + '<![CDATA['.length, to - ']]>'.length);
  }
  return text.trim();
}

const ATTRIBUTE = /([^\s=<>"']{1,200})(\s{0,20}=\s{0,20})(?:"([^"]*)"|'([^']*)')/g;

/** The element's own name, or the one that it gives what it holds: `<Selector Name="…">`, `<PROPERTY NAME="…">`. */
function holdsSecret(tag: string, masks: Masks): boolean {
  if (masks.isSecret(localNameOf(tag))) return true;
  for (const [, name = '', , quoted, apostrophed] of tag.matchAll(ATTRIBUTE))
    if (/(?:^|:)name$/i.test(name) && masks.isSecret(decodeReferences(quoted ?? apostrophed ?? '').trim())) return true;
  return false;
}

function maskAttributes(tag: string, masks: Masks, depth: number): string {
  return tag.replace(ATTRIBUTE, (whole, name: string, equals: string, quoted?: string, apostrophed?: string) => {
    const value = decodeReferences(quoted ?? apostrophed ?? '');
    const isNamespace = /^xmlns(?::|$)/.test(name);
    const isSecret = !isNamespace && masks.isSecret(name.slice(name.indexOf(':') + 1)) && !NOTHING_SECRET.test(value);
    if (isSecret) masks.found(value);
    const masked = isNamespace ? value : isSecret ? MASK : maskText(value, masks, depth + 1);
    if (masked === value) return whole;
    return `${name}${equals}"${escapeText(masked).replaceAll('"', '&quot;')}"`;
  });
}
