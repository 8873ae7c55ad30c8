import { compileMof } from '../../../src/mof/compile-mof.js';
import type { MofDialect } from '../../../src/mof/dialect.js';
import { IncludeError } from '../../../src/mof/include-error.js';
import type { MofCompilation } from '../../../src/mof/mof-compilation.js';
import { MofErrors } from '../../../src/mof/mof-error.js';
import { printNamespace } from '../../../src/mof/print/print-mof.js';
import { compileQualifierTypes, testNamespace } from '../../mof/compile-text.js';
import { unlessRefused, type Verdict } from './fuzz-target.js';

export const MOF_WORDS = [
  ...[
    'class',
    'instance of',
    'as',
    '$A',
    'Qualifier',
    'Scope(any)',
    'Flavor(Restricted)',
    'REF',
    'NULL',
    'true',
    'false',
  ],
  ...[
    'uint8',
    'sint64',
    'real32',
    'char16',
    'datetime',
    'string',
    'boolean',
    'void',
    'object',
    'object:A',
    'ref:A',
    'ref',
  ],
  ...[
    '[Key]',
    '[Association]',
    '[EmbeddedObject]',
    '[EmbeddedInstance("A")]',
    '[Override("k")]',
    '[ValueMap{"1"}]',
    '[Abstract]',
  ],
  ...[
    '[key, read: ToInstance]',
    'ToSubclass',
    'Amended',
    'DisableOverride',
    '#pragma',
    'namespace',
    'include',
    'deleteclass',
  ],
  ...[
    '("root/x")',
    '("other.mof")',
    '("A", NOFAIL)',
    'classflags(1)',
    'autorecover',
    '__namespace',
    '__EventFilter',
    'structure',
  ],
  ...[
    'A',
    'B',
    'k',
    's',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ';',
    ',',
    ':',
    '=',
    '-',
    '"',
    "'",
    '\\',
    '/*',
    '*/',
    '//',
    '"\\x41"',
    '"\\"',
  ],
  ...[
    '0x1F',
    '101b',
    '017',
    '-1',
    '1.5e3',
    '99999999999999999999',
    "'c'",
    '"20200101000000.000000+000"',
    '"A.k=1"',
    '"\\\\.\\root:A"',
  ],
  ...['\u0000', '\ufeff', '\u2028', '\u{1F600}', '\r\n', ' '],
] as unknown as readonly [string, ...string[]];

const base = compileQualifierTypes();

function compile(text: string, dialect: MofDialect, over?: MofCompilation): MofCompilation | undefined {
  return unlessRefused([MofErrors], () =>
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
