import { XmlError } from './xml-error.js';

/** What is stepped over as a whole, and what it ends with. */
const ENDS = { '<?': '?>', '<!--': '-->', '<![CDATA[': ']]>' } as const;
const COUNT_OF_STEP = 4096;
const START = /<(?:\?|!--|!\[CDATA\[)/g;

/** Up to a blank, or what may not stand in it. It ends with the instruction at the latest: what follows, many others, is not looked at. */
const TARGET = /[^ \t\r\n?:]*/y;

/**
 * Checks where the targets of processing instructions end, in which the parser is lenient: `<?x?y?>` is none, since a target ends
 * with a blank or with `?>` (XML 1.0 §2.6), and there is no colon in it (Namespaces in XML 1.0 §7). All else is the parser's to judge.
 *
 * In steps of a millisecond.
 *
 * @throws XmlError not-well-formed
 */
export function* checkInstructions(text: string): Generator<void, void, void> {
  if (!text.includes('<?')) return;
  let place = 0;
  for (let count = 1; ; count++) {
    if (count % COUNT_OF_STEP === 0) yield;
    START.lastIndex = place;
    const start = START.exec(text);
    if (start === null) return;
    const opening = start[0] as keyof typeof ENDS;
    const begin = start.index + opening.length;
    const end = text.indexOf(ENDS[opening], begin);
    // Without an end all that follows belongs to it, and the parser refuses the document.
    if (end === -1) return;
    if (opening === '<?') checkTarget(text, begin, end);
    place = end + ENDS[opening].length;
  }
}

function checkTarget(text: string, begin: number, end: number): void {
  TARGET.lastIndex = begin;
  TARGET.test(text);
  const next = TARGET.lastIndex;
  if (next < end && (text[next] === '?' || text[next] === ':')) {
    throw new XmlError(
      'not-well-formed',
      'The XML document is not well-formed: the target of a processing instruction is no name.',
    );
  }
}
