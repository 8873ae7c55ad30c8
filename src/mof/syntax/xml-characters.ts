/** What XML 1.0 has no form for, not even as a character reference (production 2); lone surrogates are among it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

const ASCII_NAME = /^\w*$/;
const NAME = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}_]*$/u;

/** The first character of a text that no XML message could carry, as `U+0000`; undefined when there is none. */
export function findNonXmlCharacter(text: string): string | undefined {
  const found = FORBIDDEN.exec(text)?.[0];
  return found === undefined ? undefined : `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** True for names that can be names of XML elements as they are. */
export function isXmlName(name: string): boolean {
  return ASCII_NAME.test(name) || NAME.test(name);
}
