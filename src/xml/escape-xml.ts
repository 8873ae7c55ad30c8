/**
 * Escapes character data. A carriage return becomes a reference, or the reader would make it a line feed; `>` is
 * escaped for the sake of `]]>`; characters that XML 1.0 cannot carry become `?`, as Windows writes them.
 */
export function escapeText(text: string): string {
  return TEXT_NEEDS_CARE.test(text) ? text.replace(TEXT_CARE, replacement) : text;
}

/** Escapes an attribute value for double quotes; tabs and line breaks become references, so that they survive. */
export function escapeAttribute(value: string): string {
  return ATTRIBUTE_NEEDS_CARE.test(value) ? value.replace(ATTRIBUTE_CARE, replacement) : value;
}

// XML 1.0 §2.2 Char: everything but most of C0, lone surrogates, U+FFFE and U+FFFF. In a Unicode-aware pattern only
// a lone surrogate matches \p{Surrogate}; a pair is one character.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const TEXT_NEEDS_CARE = /[&<>\r\0-\x08\v\f\x0e-\x1f\p{Surrogate}\uFFFE\uFFFF]/u;
const TEXT_CARE = new RegExp(TEXT_NEEDS_CARE, 'gu');
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const ATTRIBUTE_NEEDS_CARE = /[&<>"\0-\x1f\p{Surrogate}\uFFFE\uFFFF]/u;
const ATTRIBUTE_CARE = new RegExp(ATTRIBUTE_NEEDS_CARE, 'gu');

function replacement(character: string): string {
  switch (character) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '"':
      return '&quot;';
    case '\r':
      return '&#13;';
    case '\n':
      return '&#10;';
    case '\t':
      return '&#9;';
    default:
      return '?';
  }
}
