import { XmlError } from './xml-error.js';

/** What is stepped over as a whole, and what it ends with. */
const ENDS = { '<?': '?>', '<!--': '-->', '<![CDATA[': ']]>' } as const;
const START = /<(?:\?|!--|!\[CDATA\[)/g;

/** Up to a blank or the end. */
const TARGET = /[^ \t\r\n]*/y;

/**
 * Checks where the targets of processing instructions end, in which the parser is lenient: `<?x?y?>` is none, since a target ends
 * with a blank or with `?>` (XML 1.0 §2.6), and there is no colon in it (Namespaces in XML 1.0 §7). All else is the parser's to judge.
 *
 * @throws XmlError not-well-formed
 */
export function checkInstructions(text: string): void {
  if (!text.includes('<?')) return;
  START.lastIndex = 0;
  for (let start = START.exec(text); start !== null; start = START.exec(text)) {
    const opening = start[0] as keyof typeof ENDS;
    const begin = start.index + opening.length;
    const end = text.indexOf(ENDS[opening], begin);
    // Without an end all that follows belongs to it, and the parser refuses the document.
    if (end === -1) return;
    if (opening === '<?') checkTarget(text, begin, end);
    START.lastIndex = end + ENDS[opening].length;
  }
}

function checkTarget(text: string, begin: number, end: number): void {
  TARGET.lastIndex = begin;
  const target = (TARGET.exec(text)?.[0] ?? '').slice(0, end - begin);
  if (target.includes('?') || target.includes(':')) {
    throw new XmlError(
      'not-well-formed',
      'The XML document is not well-formed: the target of a processing instruction is no name.',
    );
  }
}
