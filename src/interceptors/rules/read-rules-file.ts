import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { didYouMean } from '../../strings/nearest-name.js';
import type { Rule } from './rule.js';
import { RuleError } from './rule-error.js';

/** A rule as it stands in a file: nobody has looked at it yet. */
export interface FiledRule {
  readonly rule: Rule;
  /** Its place in the file: `rules[2]`. */
  readonly place: string;
  /** The error with file and line in front. */
  locate(error: RuleError): RuleError;
}

const MEMBERS = ['$schema', 'rules'];

/**
 * Reads rules from a YAML or JSON file: a list, or an object whose `rules` is one.
 *
 * @throws RuleError with file and line, or of a file that cannot be read
 */
export async function readRulesFile(file: string): Promise<readonly FiledRule[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new RuleError('', `the rules cannot be read (${error.code ?? error.message})`, file);
  });
  return parseRules(text, basename(file));
}

/** @param name of the file, for messages @throws RuleError */
export function parseRules(text: string, name: string): readonly FiledRule[] {
  const lines = new LineCounter();
  // YAML has all of JSON, and says where each value stands.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const [broken] = document.errors;
  if (broken) throw new RuleError('', broken.message, `${name}:${lines.linePos(broken.pos[0]).line}`);
  const content = contentOf(document, name);
  const locate = (place: string, path: readonly (string | number)[], { problem }: RuleError) =>
    new RuleError(place, problem, `${name}:${lineOf(document, lines, path)}`);
  const isList = Array.isArray(content);
  const rules: unknown = isList ? content : membersOf(content, (place, error) => locate(place, [place], error));
  if (!Array.isArray(rules)) throw new RuleError('rules', 'expected a list of rules', name);
  return rules.map((rule: Rule, index) => ({
    rule,
    place: `rules[${index}]`,
    locate: (error) => {
      const place = error.place === '' ? `rules[${index}]` : `rules[${index}].${error.place}`;
      return locate(place, [...(isList ? [] : ['rules']), index, ...pathOf(error.place)], error);
    },
  }));
}

function contentOf(document: Document, name: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // Aliases of aliases, more than anybody writes.
    throw new RuleError('', (error as Error).message, name);
  }
}

function membersOf(content: unknown, locate: (place: string, error: RuleError) => RuleError): unknown {
  if (typeof content !== 'object' || content === null) return undefined;
  const unknown = Object.keys(content).find((member) => !MEMBERS.includes(member));
  if (unknown === 'when' || unknown === 'then')
    throw locate(unknown, new RuleError(unknown, 'a rule stands in a list, as in [{ when: …, then: … }]'));
  if (unknown !== undefined)
    throw locate(
      unknown,
      new RuleError(unknown, `no such member${didYouMean(unknown, MEMBERS) || `: there are ${MEMBERS.join(', ')}`}`),
    );
  return 'rules' in content ? content.rules : undefined;
}

/** `then[1].fault` as yaml wants it. */
function pathOf(place: string): (string | number)[] {
  return [...place.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
}

/** Of what is not there, that of what it should be in. */
function lineOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
