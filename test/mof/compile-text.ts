import type { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { Schema } from '../../src/cim/schema/schema.js';
import { compileMof } from '../../src/mof/compile-mof.js';
import { IncludeError } from '../../src/mof/include-error.js';
import type { MofCompilation } from '../../src/mof/mof-compilation.js';
import { MofErrors } from '../../src/mof/mof-error.js';

/** Qualifier types that most tests need, in one line so that it is easy to tell lines apart. */
export const qualifierTypes = [
  'Qualifier Key : boolean = false, Scope(property, reference), Flavor(DisableOverride, ToSubclass);',
  'Qualifier Abstract : boolean = false, Scope(class, association, indication), Flavor(Restricted);',
  'Qualifier Association : boolean = false, Scope(association), Flavor(DisableOverride, ToSubclass);',
  'Qualifier Description : string = NULL, Scope(any), Flavor(Translatable);',
  'Qualifier ValueMap : string[], Scope(property, method, parameter);',
  'Qualifier Max : uint32 = NULL, Scope(property, reference);',
  'Qualifier Override : string = NULL, Scope(property, method, reference), Flavor(Restricted);',
  'Qualifier EmbeddedInstance : string = NULL, Scope(property, method, parameter);',
  'Qualifier EmbeddedObject : boolean = false, Scope(property, method, parameter), Flavor(DisableOverride);',
  'Qualifier In : boolean = true, Scope(parameter);',
  'Qualifier Out : boolean = false, Scope(parameter);',
  'Qualifier Version : string = NULL, Scope(class, association, indication), Flavor(Restricted);',
  'Qualifier Singleton : boolean = false, Scope(class);',
].join(' ');

export const testNamespace = 'root/test';

/** Compiles one text over the qualifier types above; includes are looked up in `files`. */
export function compileText(
  text: string,
  files: Readonly<Record<string, string>> = {},
  base?: MofCompilation,
): MofCompilation {
  return compileMof([{ file: 'test.mof', text }], {
    defaultNamespace: testNamespace,
    base: base ?? compileQualifierTypes(),
    readInclude: (path) => {
      const found = files[path];
      if (found === undefined) throw new IncludeError(`${path} cannot be read`);
      return { file: path, text: found };
    },
  });
}

/** A compilation that has the qualifier types and nothing else. */
export function compileQualifierTypes(): MofCompilation {
  return compileMof([{ file: 'qualifiers.mof', text: qualifierTypes }], {
    defaultNamespace: testNamespace,
    readInclude: () => {
      throw new IncludeError('there is nothing to include');
    },
  });
}

export function schemaOf(compilation: MofCompilation, namespace = testNamespace): Schema {
  const found = compilation.namespaces.get(namespace);
  if (!found) throw new Error(`namespace ${namespace} is missing`);
  return found.schema;
}

export function instancesOf(compilation: MofCompilation, namespace = testNamespace): readonly CimInstance[] {
  return compilation.namespaces.get(namespace)?.instances ?? [];
}

/** The errors of a text, `line:column: message` each; none when it compiles. */
export function errorsOf(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  try {
    compileText(text, files);
    return [];
  } catch (error) {
    if (error instanceof MofErrors) return error.errors.map((one) => one.toString().replace(/^test\.mof:/, ''));
    throw error;
  }
}

/** The value that a property of that type gets from a text: `readValue('uint8', '0x2A')` is 42. */
export function readValue(type: string, text: string, array = '') {
  const source = `class T { [Key] uint8 k; ${type} p${array}; }; instance of T { k = 1; p = ${text}; };`;
  const [instance] = instancesOf(compileText(source));
  return instance?.get('p');
}

/** What is wrong with a value of that type, without the place. */
export function readError(type: string, text: string, array = ''): string | undefined {
  const source = `class T { [Key] uint8 k; ${type} p${array}; }; instance of T { k = 1; p = ${text}; };`;
  return errorsOf(source)[0]?.replace(/^\d+:\d+: (?:p: )?/, '');
}
