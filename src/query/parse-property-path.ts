import { shorten } from '../cim/model/shorten.js';
import { type PathStep, type PropertyPathNode, propertyPathNode } from './ast/property-path-node.js';
import { invalidQuery } from './query-error.js';
import { queryLimits } from './query-limits.js';
import type { TokenReader } from './token-reader.js';

/** Reads `name`, `name[index]` or such names joined by dots. @throws CimError InvalidQuery */
export function parsePropertyPath(reader: TokenReader): PropertyPathNode {
  const { at, text } = reader.current;
  if (reader.current.kind === 'name' && reader.next.kind === '(') {
    throw invalidQuery(at, `functions are not supported, so '${shorten(text)}(' has no meaning here`);
  }
  const steps: [PathStep, ...PathStep[]] = [parseStep(reader)];
  while (reader.accept('.')) {
    if (steps.length === queryLimits.pathSteps) {
      throw invalidQuery(at, `a property path has at most ${queryLimits.pathSteps} names`);
    }
    steps.push(parseStep(reader));
  }
  return propertyPathNode(steps, at);
}

function parseStep(reader: TokenReader): PathStep {
  const name = reader.expect('name', 'a property name').text;
  if (!reader.accept('[')) return Object.freeze({ name, index: undefined });
  const index = reader.expect('integer', 'the number of an array element');
  reader.expect(']', "']'");
  if (index.value < 0 || index.value > 0xffff_ffff) throw invalidQuery(index.at, 'no array has such an element');
  return Object.freeze({ name, index: Number(index.value) });
}
