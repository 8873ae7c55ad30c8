import type { CimTypeName } from '../../cim/model/cim-type.js';
import type { ElementSyntax, TypeSyntax } from './syntax.js';
import type { TokenReader } from './token-reader.js';

const intrinsicTypes: ReadonlyMap<string, CimTypeName> = new Map(
  (
    [
      ...['boolean', 'string', 'char16', 'datetime', 'real32', 'real64'],
      ...['uint8', 'sint8', 'uint16', 'sint16', 'uint32', 'sint32', 'uint64', 'sint64'],
    ] as CimTypeName[]
  ).map((name) => [name, name]),
);

/** Reads `uint32` or `CIM_System REF`. */
export function parseType(reader: TokenReader): TypeSyntax {
  const name = reader.expectName('a type');
  const intrinsic = intrinsicTypes.get(name.text) ?? intrinsicTypes.get(name.text.toLowerCase());
  if (intrinsic) return { name: intrinsic, at: name.at, referenceClass: undefined };
  if (reader.acceptWord('ref')) return { name: 'reference', at: name.at, referenceClass: name };
  return reader.fail(`'${name.text}' is not a type; a reference is written ${name.text} REF`, name.at);
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
