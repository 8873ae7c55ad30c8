import type { Document, ParsedNode, YAMLError } from 'yaml';
import type { ValuePath } from '../shape/value-path.js';
import { DocumentError, type DocumentPlace } from './document-error.js';

/** Plain data that was read from a file, and where in it each part stands. */
export interface LocatedDocument {
  readonly file: string;
  readonly value: unknown;
  /**
   * Where the value stands, or the name of the member that has it; of what is not there, where the nearest thing around it stands.
   */
  placeOf(path: ValuePath, part?: 'name' | 'value'): DocumentPlace;
}

/** Characters of a text; more is nothing that a person wrote. */
export const MAX_DOCUMENT_LENGTH = 1 << 20;

/**
 * Reads YAML 1.2, of which JSON is a part. What YAML reads in more ways than one is refused: the same name twice, tags, several documents.
 *
 * @param file what errors call it; `.json` means that nothing but JSON will do
 * @throws DocumentError
 */
export async function parseDocument(text: string, file: string): Promise<LocatedDocument> {
  if (text.length > MAX_DOCUMENT_LENGTH)
    throw new DocumentError({ file, line: 1, column: 1 }, `more than ${MAX_DOCUMENT_LENGTH} characters`);
  const { LineCounter, parseDocument: parseYaml } = await import('yaml');
  const lineCounter = new LineCounter();
  const isJson = file.toLowerCase().endsWith('.json');
  const bare = text.replace(/^\uFEFF/, '');
  const document = parseYaml(bare, { lineCounter, schema: isJson ? 'json' : 'core', prettyErrors: false });
  const at = (offset: number): DocumentPlace => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw new DocumentError(at(problem.pos[0]), messageOf(problem), { cause: problem });
  if (isJson) checkJson(bare, at(0));
  return {
    file,
    value: plainValue(document, at),
    placeOf: (path, part = 'value') => at(offsetOf(document, path, part)),
  };
}

function messageOf({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here: only one is read';
  return message.split('\n')[0] ?? message;
}

/** What YAML takes and JSON does not: comments, text without quotes. */
function checkJson(text: string, beginning: DocumentPlace): void {
  try {
    JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DocumentError(beginning, `this is not JSON: ${why}`, { cause: error });
  }
}

function plainValue(document: Document.Parsed, at: (offset: number) => DocumentPlace): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new DocumentError(at(0), error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function offsetOf(document: Document.Parsed, path: ValuePath, part: 'name' | 'value'): number {
  let node: ParsedNode | null = document.contents;
  let offset = node?.range[0] ?? 0;
  for (const [index, step] of path.entries()) {
    const isLast = index === path.length - 1;
    const found = memberOf(node, step);
    if (found === undefined) return offset;
    offset = startOf(isLast && part === 'name' ? found.key : found.value) ?? startOf(found.key) ?? offset;
    node = found.value;
  }
  return offset;
}

interface Member {
  readonly key: ParsedNode | null;
  readonly value: ParsedNode | null;
}

/** Aliases are not followed: a mistake in what they stand for is told where it is written. */
function memberOf(node: ParsedNode | null, step: string | number): Member | undefined {
  if (node === null || !('items' in node)) return undefined;
  if (typeof step === 'number') {
    const item = node.items[step];
    return item === undefined || 'key' in item ? undefined : { key: item, value: item };
  }
  const pair = node.items.find((item) => 'key' in item && 'value' in item.key && String(item.key.value) === step);
  return pair !== undefined && 'key' in pair ? { key: pair.key, value: pair.value } : undefined;
}

function startOf(node: ParsedNode | null): number | undefined {
  return node?.range[0];
}
