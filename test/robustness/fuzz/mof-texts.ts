import { compileMof } from '../../../src/mof/compile-mof.js';
import type { MofDialect } from '../../../src/mof/dialect.js';
import { IncludeError } from '../../../src/mof/include-error.js';
import type { MofCompilation } from '../../../src/mof/mof-compilation.js';
import { MofErrors } from '../../../src/mof/mof-error.js';
import { printNamespace } from '../../../src/mof/print/print-mof.js';
import { compileQualifierTypes, testNamespace } from '../../mof/compile-text.js';
import { unlessRefused, type Verdict } from './fuzz-target.js';

const base = compileQualifierTypes();

function compile(text: string, dialect: MofDialect, over?: MofCompilation): MofCompilation | undefined {
  return refusedWithPlaces(() =>
    compileMof([{ file: 'fuzz.mof', text }], {
      defaultNamespace: testNamespace,
      dialect,
      ...(over && { base: over }),
      readInclude: (path) => {
        if (path === 'other.mof') return { file: path, text: 'class Other { [Key] string k; };' };
        throw new IncludeError(`${path} cannot be read`);
      },
    }),
  );
}

const PLACE = /^(?:fuzz|other)\.mof:\d+:\d+: ./s;

/** Undefined when it was refused. @throws Error when that does not say where */
function refusedWithPlaces<T>(compiling: () => T): T | undefined {
  try {
    return compiling();
  } catch (error) {
    if (!(error instanceof MofErrors)) throw error;
    const without = error.errors.find((one) => !PLACE.test(String(one)));
    if (without !== undefined || error.errors.length === 0) throw new Error(`refused without a place: ${without}`);
    return undefined;
  }
}

/** Compiles a text. What compiles as DSP0004 has it is printed, and must compile again to what is printed alike. */
export function runMof(text: string, dialect: MofDialect): Verdict {
  const compilation = compile(text, dialect, base);
  if (compilation === undefined) return 'refused';
  if (dialect === 'dmtf') for (const printed of print(compilation)) checkPrinted(printed);
  return 'taken';
}

/** Instances whose values MOF has no words for cannot be printed. */
function print({ namespaces }: MofCompilation): readonly string[] {
  return unlessRefused([RangeError], () => [...namespaces.values()].map(printNamespace)) ?? [];
}

function checkPrinted(printed: string): void {
  const again = compile(printed, 'dmtf');
  // What stands in one namespace may need another.
  if (again === undefined) return;
  if (!print(again).includes(printed))
    throw new Error(`printed as\n${printed}\nand then as\n${print(again).join('\n')}`);
}
