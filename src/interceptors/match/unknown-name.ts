import type { Namespace, Namespaces } from '../../cim/contracts/namespaces.js';
import { sameName } from '../../cim/model/name-map.js';
import { OptionError } from '../../options/option-error.js';
import { nearestName } from '../../strings/nearest-name.js';
import type { ExchangeMatch } from './exchange-match.js';

/**
 * Refuses names of the model that the model does not have. Who asks whether something did *not* come, or waits for it, would be told
 * what he wants to hear, or nothing, if the name is misspelt. A client may well have asked for what there is not: then it came.
 *
 * @throws OptionError with the nearest name
 */
export function refuseUnknownNames(match: ExchangeMatch, namespaces: Namespaces): void {
  const { namespace, class: className, method } = match;
  const spaces = namespace === undefined ? [...namespaces] : [...spaceNamed(namespace, namespaces)];
  if (spaces.length === 0)
    throw unknown(
      'namespace',
      namespace,
      [...namespaces].map(({ name }) => name),
    );
  if (className !== undefined && !spaces.some(({ schema }) => schema.findClass(className)))
    throw unknown(
      'class',
      className,
      declarationsOf(spaces).map(({ name }) => name),
    );
  if (method === undefined) return;
  const methods = declarationsOf(spaces).flatMap((declared) => declared.methods.map(({ name }) => name));
  if (!methods.some((name) => sameName(name, method))) throw unknown('method', method, new Set(methods));
}

function spaceNamed(name: string, namespaces: Namespaces): readonly Namespace[] {
  const found = namespaces.findNamespace(name);
  return found === undefined ? [] : [found];
}

function declarationsOf(spaces: readonly Namespace[]) {
  return spaces.flatMap(({ schema }) => [...schema.declarations]);
}

const SHOWN = 200;

function unknown(member: string, name = '', known: Iterable<string>): OptionError {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? '' : `: did you mean '${nearest}'?`;
  const error = new OptionError(`${member}: there is no ${member} '${name.slice(0, SHOWN)}'${hint}`);
  return Object.assign(error, { place: member, nearest });
}
