import type { Namespaces } from '../cim/contracts/namespaces.js';
import { CimError } from '../cim/model/cim-error.js';
import type { NameMap } from '../cim/model/name-map.js';
import { type UnknownName, unknownNameOf } from '../cim/model/unknown-name.js';
import { nearestName } from '../strings/nearest-name.js';

/**
 * Has an error about a name that there is not say the nearest one, for whoever has the endpoint: on the wire it says what Windows says.
 *
 * @returns the error; it has the name as `nearest` besides
 */
export function withNearestName(error: unknown, namespaces: Namespaces): unknown {
  const unknown = unknownNameOf(error);
  if (unknown === undefined || !(error instanceof CimError)) return error;
  const nearest = nearestName(unknown.name, knownNames(unknown, namespaces));
  if (nearest === undefined) return error;
  error.message = `${error.message.replace(/\.$/, '')}: did you mean '${nearest}'?`;
  return Object.assign(error, { nearest });
}

function knownNames(unknown: UnknownName, namespaces: Namespaces): Iterable<string> {
  switch (unknown.kind) {
    case 'namespace':
      return [...namespaces].map(({ name }) => name);
    case 'class':
      return unknown.schema.classNames;
    case 'key':
      return unknown.cimClass.keys.map(({ name }) => name);
    case 'property':
      return namesOf(unknown.cimClass.properties);
    case 'method':
      return namesOf(unknown.cimClass.methods);
    case 'parameter':
      return namesOf(unknown.method.parameters);
    default:
      return unknown.known;
  }
}

function namesOf(members: NameMap<{ readonly name: string }>): readonly string[] {
  return [...members.values()].map(({ name }) => name);
}
