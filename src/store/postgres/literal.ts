/**
 * A value in the text of a statement, for several statements that go there in one message, which takes no parameters. Of a text it is a
 * string with escapes, which means the same whatever `standard_conforming_strings` is; U+0000 must not be in it.
 */
export function literal(value: string | number): string {
  if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : `'${value}'::double precision`;
  return `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
