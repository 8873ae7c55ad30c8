import { CimError } from '../../cim/model/cim-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { Schema } from '../../cim/schema/schema.js';
import { InstanceBinder } from '../bind/instance-binder.js';
import { ErrorList } from '../error-list.js';
import { MofErrors } from '../mof-error.js';
import { SourceText } from '../mof-source.js';
import { parseSingleInstance } from './parse-single-object.js';
import { SyntaxFailure } from './token-reader.js';

/**
 * Reads a string that holds one instance as MOF: `instance of X { … };`, as PowerShell users get from GetText and pass
 * on. Defaults of the class are applied; keys need not be set, and the class may be abstract.
 *
 * @throws CimError InvalidParameter with line and column of the first error
 */
export function parseInstanceText(text: string, schema: Schema): CimInstance {
  const source = new SourceText({ file: '', text });
  const binder = new InstanceBinder({
    errors: new ErrorList(1),
    namespace: undefined,
    schemaOf: (namespace) => (namespace === undefined ? schema : undefined),
    isExcused: () => false,
    findAlias: () => undefined,
    incomplete: false,
    allowQuotedIntegers: true,
  });
  try {
    const instance = binder.bindEmbedded(parseSingleInstance(source));
    if (instance) return instance;
  } catch (error) {
    const first = firstError(error, source);
    if (!first) throw error;
    throw new CimError('InvalidParameter', `MOF text, line ${first.line}, column ${first.column}: ${first.message}`);
  }
  // Every undefined comes with an error in the list, whose limit makes it throw.
  throw new TypeError('an instance failed without an error');
}

function firstError(error: unknown, source: SourceText) {
  if (error instanceof SyntaxFailure) return source.errorAt(error.at, error.message);
  return error instanceof MofErrors ? error.errors[0] : undefined;
}
