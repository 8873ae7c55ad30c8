/**
 * Whether a document type declaration stands before the root element, found by stepping over the XML declaration,
 * comments and processing instructions only. The parser would read a whole internal subset before it tells.
 * Anywhere else a declaration is not well-formed, which the parser says.
 */
export function findDoctype(text: string): boolean {
  let at = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0; // the parser skips one too
  for (;;) {
    at = skipWhiteSpace(text, at);
    if (text.charCodeAt(at) !== LESS) return false;
    const next = text.charCodeAt(at + 1);
    let end: number;
    if (next === QUESTION) {
      end = text.indexOf('?>', at + 2);
      at = end + 2;
    } else if (next === EXCLAMATION) {
      if (!text.startsWith('--', at + 2)) return text.startsWith('DOCTYPE', at + 2);
      end = text.indexOf('-->', at + 4);
      at = end + 3;
    } else {
      return false;
    }
    if (end === -1) return false;
  }
}

const BYTE_ORDER_MARK = 0xfeff;
const LESS = 0x3c;
const QUESTION = 0x3f;
const EXCLAMATION = 0x21;

function skipWhiteSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return at;
    at++;
  }
}
