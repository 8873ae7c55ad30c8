import type { StateOrigin } from '../state/state-origin.js';
import { DEFAULT_LAB, isFile } from './find-labs.js';
import type { ModelOptions } from './options/model-options.js';
import { isList, nameOfLabs } from './seed-source.js';

const BUILT_IN = 'built-in';

/** What lab and schema of an endpoint are called, and whether both came with the program. */
export function namedOrigin({
  lab = DEFAULT_LAB,
  schemaDir = BUILT_IN,
}: ModelOptions): Pick<StateOrigin, 'lab' | 'schema' | 'isBuiltIn'> {
  const labs = isList(lab) ? lab : [lab];
  const schemas = typeof schemaDir === 'string' ? [schemaDir] : schemaDir;
  return {
    lab: nameOfLabs(labs),
    schema: schemas.join(', '),
    isBuiltIn: labs.every((one) => typeof one === 'string' && !isFile(one)) && schemas.every((one) => one === BUILT_IN),
  };
}
