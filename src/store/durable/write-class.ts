import type { CimClass } from '../../cim/model/cim-class.js';
import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimScalar } from '../../cim/model/cim-value.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { NameMap } from '../../cim/model/name-map.js';

/**
 * A class that is a value, with all that it inherits. Whatever the class and its superclasses share is written once.
 *
 * @param writeScalar values within it that are no part of a class
 */
export function writeClass(cimClass: CimClass, writeScalar: (value: CimScalar) => string): string {
  const places = new Map<object, number>();
  const objects: object[] = [];
  const placeOf = (object: object): number => {
    let place = places.get(object);
    if (place === undefined) {
      place = objects.length;
      places.set(object, place);
      objects.push(object);
    }
    return place;
  };
  const write = (value: unknown): string => {
    if (value === null) return 'null';
    const isNode = typeof value === 'object' && !isValue(value);
    return isNode ? `{"o":${placeOf(value)}}` : writeScalar(value as CimScalar);
  };
  placeOf(cimClass);
  const nodes: string[] = [];
  // The list grows while it is gone through.
  for (let at = 0; at < objects.length; at += 1) nodes.push(writeNode(objects[at] ?? cimClass, write));
  return `[${nodes.join(',')}]`;
}

function isValue(object: object): boolean {
  return object instanceof CimDateTime || object instanceof InstancePath || object instanceof CimInstance;
}

function writeNode(node: object, write: (value: unknown) => string): string {
  if (Array.isArray(node)) return `["a"${node.map((one) => `,${write(one)}`).join('')}]`;
  const entries: Iterable<readonly [string, unknown]> = node instanceof NameMap ? node : Object.entries(node);
  let text = node instanceof NameMap ? '["m"' : '["o"';
  for (const [name, value] of entries) {
    // An optional member that is absent.
    if (value !== undefined) text += `,${JSON.stringify(name)},${write(value)}`;
  }
  return `${text}]`;
}
