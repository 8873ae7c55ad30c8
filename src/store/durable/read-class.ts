import type { CimClass } from '../../cim/model/cim-class.js';
import type { CimScalar } from '../../cim/model/cim-value.js';
import { NameMap } from '../../cim/model/name-map.js';
import type { Json, NodeJson } from './document-form.js';

/**
 * The class that `writeClass` wrote.
 *
 * @param readScalar values within it that are no part of a class
 */
export function readClass(nodes: readonly NodeJson[], readScalar: (json: Json) => CimScalar): CimClass {
  const objects = nodes.map(([kind]) => (kind === 'a' ? [] : kind === 'm' ? new NameMap<unknown>() : {}));
  const read = (json: Json): unknown => {
    if (json === null) return null;
    return typeof json === 'object' && 'o' in json ? objects[json.o] : readScalar(json);
  };
  for (const [place, node] of nodes.entries()) fill(objects[place], node, read);
  // It was a class when it was written.
  return objects[0] as CimClass;
}

function fill(object: unknown, node: NodeJson, read: (json: Json) => unknown): void {
  if (Array.isArray(object)) {
    for (let at = 1; at < node.length; at += 1) object.push(read(node[at] as Json));
    return;
  }
  for (let at = 1; at + 1 < node.length; at += 2) {
    const [name, value] = [node[at] as string, read(node[at + 1] as Json)];
    if (object instanceof NameMap) object.set(name, value);
    else (object as Record<string, unknown>)[name] = value;
  }
}
