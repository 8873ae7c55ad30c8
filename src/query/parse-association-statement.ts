import { sameName } from '../cim/model/name-map.js';
import { parseObjectPath } from '../cim/model/parse-object-path.js';
import {
  type AssociationStatement,
  associationStatement,
  type FlagWord,
  flagWords,
  type ValueWord,
  valueWords,
} from './ast/association-statement.js';
import { invalidQuery } from './query-error.js';
import type { TokenReader } from './token-reader.js';

/** The value words that REFERENCES OF knows: it has one class and one role (MS-WMI 2.2.1.1). */
const referencesWords: readonly ValueWord[] = ['ResultClass', 'Role', 'RequiredQualifier'];

/** Reads what follows `ASSOCIATORS` or `REFERENCES`, up to the end of the query. @throws CimError InvalidQuery */
export function parseAssociationStatement(
  reader: TokenReader,
  kind: AssociationStatement['kind'],
): AssociationStatement {
  reader.expectWord('OF');
  const { text, at } = reader.expect('objectPath', 'an object path in braces');
  // Scripts write what a property says between the quotes, {Win32_DiskDrive.DeviceID='\\.\PHYSICALDRIVE0'}, and Windows finds it.
  const path = parseObjectPath(text, 'as written');
  if (typeof path === 'string') throw invalidQuery(at, path);
  const values: Partial<Record<ValueWord, string>> = {};
  const flags: FlagWord[] = [];
  if (reader.acceptWord('WHERE')) parseWords(reader, kind, values, flags);
  if (reader.current.kind !== 'end') reader.fail('WHERE or the end of the query');
  return associationStatement({ kind, path, values, flags, at });
}

/** The words stand side by side, in any order, each once. */
function parseWords(
  reader: TokenReader,
  kind: AssociationStatement['kind'],
  values: Partial<Record<ValueWord, string>>,
  flags: FlagWord[],
): void {
  const allowed = kind === 'Associators' ? valueWords : referencesWords;
  do {
    const { text, at, kind: tokenKind } = reader.current;
    const isNamed = (word: string) => tokenKind === 'name' && sameName(word, text);
    const flag = flagWords.find(isNamed);
    const word = allowed.find(isNamed);
    if (flag === undefined && word === undefined) failAtWord(reader, allowed);
    if (flag ? flags.includes(flag) : word && values[word] !== undefined) {
      throw invalidQuery(at, `${text} is given twice`);
    }
    reader.take();
    if (flag) flags.push(flag);
    if (word) values[word] = parseWordValue(reader, word);
  } while (reader.current.kind !== 'end');
}

function parseWordValue(reader: TokenReader, word: ValueWord): string {
  reader.expect('=', `'=' behind ${word}`);
  return (reader.accept('string') ?? reader.expect('name', `a name for ${word}`)).text;
}

function failAtWord(reader: TokenReader, allowed: readonly ValueWord[]): never {
  if (reader.isWord('AND') || reader.isWord('OR')) {
    throw invalidQuery(reader.current.at, 'these words stand side by side, without AND and OR between them');
  }
  reader.fail(`one of ${[...allowed, ...flagWords].join(', ')}`);
}
