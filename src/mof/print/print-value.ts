import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimTypeName } from '../../cim/model/cim-type.js';
import { type CimScalar, type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { InstancePath } from '../../cim/model/instance-path.js';

const shortEscapes: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  "'": "\\'",
  '\\': '\\\\',
};

/** Gives an embedded instance its MOF text. */
export type PrintEmbedded = (instance: CimInstance) => string;

/**
 * A value as MOF writes it. Embedded instances become strings that hold MOF (DSP0004 Annex A has no other form).
 *
 * @throws RangeError for what MOF cannot say: INF, NaN, classes as values
 */
export function printValue(value: CimValue, type: CimTypeName, printEmbedded: PrintEmbedded): string {
  if (!isCimArray(value)) return printScalar(value, type, printEmbedded);
  return `{${value.map((item) => printScalar(item, type, printEmbedded)).join(', ')}}`;
}

function printScalar(value: CimScalar | null, type: CimTypeName, printEmbedded: PrintEmbedded): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return type === 'real32' || type === 'real64' ? printReal(value) : String(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return type === 'char16' ? `'${escapeText(value)}'` : printString(value);
  if (value instanceof CimDateTime || value instanceof InstancePath) return printString(value.toString());
  if (value instanceof CimInstance) return printString(printEmbedded(value));
  throw new RangeError(`MOF has no form for class ${value.name} as a value`);
}

export function printString(text: string): string {
  return `"${escapeText(text)}"`;
}

/** Line ends and controls would end a literal; lone surrogates would not survive an encoding. */
function escapeText(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to escape
    /["\\\u0000-\u001f\u007f\u2028\u2029\ufeff]|'|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (char) => shortEscapes[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A real has a point (DSP0004 Annex A, floatValue): `1e21` is written `1.0e+21`. */
function printReal(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`MOF has no form for ${value}`);
  const [mantissa = '', exponent] = (Object.is(value, -0) ? '-0' : String(value)).split('e');
  const pointed = mantissa.includes('.') ? mantissa : `${mantissa}.0`;
  return exponent === undefined ? pointed : `${pointed}e${exponent}`;
}
