import { findShapeProblem } from '../shape/find-shape-problem.js';
import type { JsonSchema } from '../shape/json-schema.js';
import { pathText } from '../shape/value-path.js';
import { DocumentError } from './document-error.js';
import type { LocatedDocument } from './parse-document.js';

/**
 * Looks whether what a file says is what the schema wants.
 *
 * @throws DocumentError with the place of the first thing that is wrong, what it should be, and for a name that there is not the
 *   nearest one. A value whose schema says `writeOnly` is a secret, and not quoted.
 */
export function checkDocument(schema: JsonSchema, document: LocatedDocument): void {
  const problem = findShapeProblem(schema, document.value);
  if (problem === undefined) return;
  const { path, part, text } = problem;
  throw new DocumentError(document.placeOf(path, part), `${pathText(path) || 'the whole'}: ${text}`);
}
