import type { CimClass } from '../../cim/model/cim-class.js';
import { checkClass } from '../../cim/schema/check-class.js';
import { resolveClass } from '../../cim/schema/resolve-class.js';
import type { Schema } from '../../cim/schema/schema.js';
import { SchemaError } from '../../cim/schema/schema-error.js';
import type { ClassSyntax, NameSyntax } from '../syntax/syntax.js';
import type { WindowsNames } from '../windows/windows-names.js';
import { bindClass } from './bind-class.js';
import { locateSchemaError } from './locate-schema-error.js';

/** Where a class that is a value stands. */
export interface EmbeddedClassContext {
  /** What its superclass and its references are looked up in, as it is by now. */
  schema(): Schema | undefined;
  isExcused(className: string): boolean;
  report(at: number, message: string): void;
  readonly incomplete: boolean;
  readonly windows: WindowsNames | undefined;
}

/** Makes a class that is the value of an embedded object; it is no class of the namespace. Undefined when it is wrong, which has been reported. */
export function bindEmbeddedClass(syntax: ClassSyntax, context: EmbeddedClassContext): CimClass | undefined {
  const { windows, incomplete, isExcused } = context;
  let failed = false;
  const report = (at: number, message: string) => {
    failed = true;
    context.report(at, message);
  };
  const requireClass = ({ text, at }: NameSyntax) => {
    if (windows?.findClass(text) ?? context.schema()?.findClass(text)) return;
    failed = true;
    if (!isExcused(text)) context.report(at, `class ${text} does not exist`);
  };
  if (syntax.superclass) requireClass(syntax.superclass);
  const schema = context.schema();
  if (failed || !schema) return undefined;
  const declaration = bindClass(syntax, { schema, report, incomplete, windows, requireClass });
  if (failed) return undefined;
  try {
    const cimClass = resolveClass(declaration, context.schema() ?? schema);
    checkClass(cimClass, { referencesAnywhere: windows !== undefined });
    return cimClass;
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    report(locateSchemaError(error.place, syntax), error.message);
    return undefined;
  }
}
