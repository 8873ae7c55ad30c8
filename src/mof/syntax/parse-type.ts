import type { CimTypeName } from '../../cim/model/cim-type.js';
import type { ElementSyntax, NameSyntax, TypeSyntax } from './syntax.js';
import type { TokenReader } from './token-reader.js';

const intrinsicTypes: ReadonlyMap<string, CimTypeName> = new Map(
  (
    [
      ...['boolean', 'string', 'char16', 'datetime', 'real32', 'real64'],
      ...['uint8', 'sint8', 'uint16', 'sint16', 'uint32', 'sint32', 'uint64', 'sint64'],
    ] as CimTypeName[]
  ).map((name) => [name, name]),
);

/** What begins a declaration is no class that stands as a type. */
const keywords: ReadonlySet<string> = new Set(['class', 'instance', 'qualifier']);

/** Reads `uint32` or `CIM_System REF`, and WMI's `object`, `object:Class`, `ref:Class`, `Class` and `void`. */
export function parseType(reader: TokenReader): TypeSyntax {
  const name = reader.expectName('a type');
  const intrinsic = intrinsicTypes.get(name.text) ?? intrinsicTypes.get(name.text.toLowerCase());
  if (intrinsic) return { name: intrinsic, at: name.at, referenceClass: undefined };
  if (reader.acceptWord('ref')) {
    if (name.text.toLowerCase() === 'object') reader.noteForeign(name.at, "a reference to 'object' names no class");
    return { name: 'reference', at: name.at, referenceClass: name };
  }
  return parseWindowsType(reader, name);
}

function parseWindowsType(reader: TokenReader, name: NameSyntax): TypeSyntax {
  const { text, at } = name;
  const word = text.toLowerCase();
  const string: TypeSyntax = { name: 'string', at, referenceClass: undefined };
  if ((word === 'object' || word === 'ref') && reader.accept(':')) {
    const target = reader.expectName('the name of a class');
    reader.noteForeign(at, `'${text}:${target.text}' is not a type`);
    return word === 'ref' ? { name: 'reference', at, referenceClass: target } : { ...string, embedded: target };
  }
  const problem = `'${text}' is not a type; a reference is written ${text} REF`;
  if (reader.kind !== 'identifier' || keywords.has(word)) return reader.fail(problem, at);
  if (word === 'void') {
    reader.noteForeign(at, problem);
    return { name: 'uint32', at, referenceClass: undefined, isVoid: true };
  }
  reader.noteForeign(at, problem);
  return { ...string, embedded: word === 'object' ? 'any' : name };
}

/** Reads `[]` or `[8]` behind a name; undefined when there is none. */
export function parseArray(reader: TokenReader): ElementSyntax['array'] {
  if (!reader.accept('[')) return undefined;
  if (reader.accept(']')) return { size: undefined };
  const { number } = reader;
  if (reader.kind !== 'integer' || typeof number === 'bigint' || number < 1 || number > 0xffff_ffff) {
    reader.fail('a positive array size or ] is expected');
  }
  reader.advance();
  reader.expect(']', 'after the array size');
  return { size: number };
}
