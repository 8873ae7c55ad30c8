/** A text in Markdown without its blocks of code, in which nothing is a link or a heading. */
const withoutBlocks = (text: string) => text.replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '');

const LINK = /\[(?:[^[\]]|\[[^\]]*\])*\]\(\s*([^\s()]+)[^()]*\)/g;
const DEFINITION = /^\[[^\]]+\]:\s+(\S+)/gm;

/** Where the links of a text lead, as they are written. */
export function findLinks(text: string): readonly string[] {
  const prose = withoutBlocks(text).replaceAll(/`[^`]*`/g, 'code');
  return [LINK, DEFINITION].flatMap((pattern) => [...prose.matchAll(pattern)].map(([, target = '']) => target));
}

/** What stands in the text as code within a line. */
export function findCode(text: string): readonly string[] {
  return [...withoutBlocks(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

/** The anchors of a text's headings: lower case, spaces as hyphens, no other punctuation; a number for those that repeat. */
export function findAnchors(text: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutBlocks(text).matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const shown = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = shown.replaceAll(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    anchors.add(count === 0 ? anchor : `${anchor}-${count}`);
  }
  return anchors;
}
