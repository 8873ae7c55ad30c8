import type { CimClass } from '../cim/model/cim-class.js';
import { printClassCodes } from './print-class-codes.js';
import { printClassTypes } from './print-class-types.js';
import { IMPORTED_TYPES, type ImportedType } from './typescript-type.js';

/** What a file of types is for. */
export interface TypesFileOptions {
  /** Comment lines at its top, without `//`. */
  readonly head: readonly string[];
  /** The module in which the file finds a type. */
  readonly moduleOf: (name: ImportedType) => string;
  /** The module whose `CimClasses` the classes are added to. Default: they are declared only. */
  readonly registry?: string;
  /** Whether it has the codes of value maps as constants, which a file of declarations alone cannot have. Default: true. */
  readonly codes?: boolean;
}

/** The TypeScript of a file with the types of some classes. */
export function printTypesFile(
  classes: readonly CimClass[],
  { head, moduleOf, registry, codes = true }: TypesFileOptions,
): string {
  const sections = classes.flatMap((each) => [printClassTypes(each), (codes && printClassCodes(each)) || []].flat());
  const needed = IMPORTED_TYPES.filter((name) => sections.some((text) => new RegExp(`[ (]${name}\\b`).test(text)));
  return [
    head.map((line) => `// ${line}\n`).join(''),
    printImports(needed, moduleOf),
    ...(registry === undefined ? [] : [printRegistry(classes, registry)]),
    ...sections,
  ]
    .filter((section) => section !== '')
    .join('\n');
}

function printImports(names: readonly ImportedType[], moduleOf: (name: ImportedType) => string): string {
  const modules = new Map<string, ImportedType[]>();
  for (const name of names) modules.set(moduleOf(name), [...(modules.get(moduleOf(name)) ?? []), name]);
  return [...modules].map(([from, list]) => `import type { ${list.join(', ')} } from '${from}';\n`).join('');
}

function printRegistry(classes: readonly CimClass[], registry: string): string {
  const members = classes.map(({ name }) => `    ${name}: ${name};\n`).join('');
  return `declare module '${registry}' {\n  interface CimClasses {\n${members}  }\n}\n`;
}
