import type { CimClass, CimQualifier } from '../cim/model/cim-class.js';
import { type CimType, isBigIntType, isIntegerType } from '../cim/model/cim-type.js';
import type { NameMap } from '../cim/model/name-map.js';

interface Mapped {
  readonly name: string;
  readonly type: CimType;
  readonly qualifiers: NameMap<CimQualifier>;
}

/**
 * A constant with the codes of a class's value maps by their labels: those of a property under its name, those of a parameter and
 * of ReturnValue under the method's.
 *
 * @returns undefined when the class has no value maps
 */
export function printClassCodes({ name, properties, methods }: CimClass): string | undefined {
  const ofMethods = [...methods.values()].flatMap((method) => {
    const elements = [{ ...method, name: 'ReturnValue', type: method.returnType }, ...method.parameters.values()];
    const codes = elements.map((element) => printCodes(element, '    ')).join('');
    return codes === '' ? [] : [`  ${method.name}: {\n${codes}  },\n`];
  });
  const ofProperties = [...properties.values()].map((property) => printCodes(property, '  '));
  const members = [...ofProperties, ...ofMethods].join('');
  return members === '' ? undefined : `export const ${name} = {\n${members}} as const;\n`;
}

function printCodes(element: Mapped, indent: string): string {
  const codes = codesOf(element).map(([label, code]) => `${indent}  ${label}: ${code},\n`);
  return codes.length > 0 ? `${indent}${element.name}: {\n${codes.join('')}${indent}},\n` : '';
}

/** The single codes of a value map by label; ranges have no one value, and are left out. */
function codesOf({ type, qualifiers }: Mapped): [label: string, code: string][] {
  const labels = qualifiers.get('Values')?.value;
  if (!isIntegerType(type.name) || !Array.isArray(labels)) return [];
  // DSP0004 §5.6.3.64: without a ValueMap, labels stand for 0, 1, 2 …
  const codes = qualifiers.get('ValueMap')?.value ?? labels.map((_label, index) => String(index));
  if (!Array.isArray(codes)) return [];
  const named = new Map<string, string>();
  for (const [index, code] of codes.entries()) {
    const label: unknown = labels[index];
    if (typeof code !== 'string' || typeof label !== 'string' || !/^-?\d+$/.test(code)) continue;
    const digits = BigInt(code).toString();
    named.set(freeName(identifier(label), digits, named), isBigIntType(type.name) ? `${digits}n` : digits);
  }
  return [...named];
}

/** Of labels that read alike all but the first have their code behind them; no code replaces another. */
function freeName(word: string, digits: string, taken: ReadonlyMap<string, string>): string {
  let name = taken.has(word) ? `${word}${digits.replace('-', '_')}` : word;
  while (taken.has(name)) name += '_';
  return name;
}

/** `Job Completed with No Error` → `JobCompletedWithNoError`. */
function identifier(label: string): string {
  const words = label.match(/[A-Za-z\d]+/g) ?? [];
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `_${joined}`;
}
