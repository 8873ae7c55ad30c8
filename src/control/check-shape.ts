import type { TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { findShapeProblem } from '../options/shape/find-shape-problem.js';
import { pathText } from '../options/shape/value-path.js';
import { ControlError } from './control-error.js';

/**
 * Sees to it that a body or query is what its route takes.
 *
 * @param convert texts may stand for numbers and booleans, as they do in a query
 * @returns the same, converted
 * @throws ControlError 400 with the place, and the nearest name for a member that there is not
 */
export function checkShape(schema: TSchema, given: unknown, convert = false): unknown {
  const value = convert ? Value.Convert(schema, given ?? {}) : given;
  const problem = findShapeProblem(schema, value);
  if (problem === undefined) return value;
  const { path, text, nearest } = problem;
  const place = pathText(path);
  throw new ControlError(400, `${place === '' ? '' : `${place}: `}${text}`, { place, nearest });
}
