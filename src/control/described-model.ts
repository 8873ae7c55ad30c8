import type { Namespace } from '../cim/contracts/namespaces.js';
import type { CimClass } from '../cim/model/cim-class.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { isKeyValue } from '../cim/model/is-key-value.js';
import { NameMap } from '../cim/model/name-map.js';
import type { JsonInstance } from '../cimjson/cim-json-types.js';
import { encodeInstance } from '../cimjson/encode.js';
import { readPlainPath, readPlainValues } from '../cimjson/read-plain.js';
import { nearestName } from '../strings/nearest-name.js';
import type { ControlContext } from './control-context.js';
import { ControlError } from './control-error.js';

/** Reads and writes JSON with the classes of the endpoint at hand. */
export class DescribedModel {
  readonly #context: Pick<ControlContext, 'namespaces' | 'namespace'>;

  constructor(context: Pick<ControlContext, 'namespaces' | 'namespace'>) {
    this.#context = context;
  }

  /** @throws CimError InvalidNamespace */
  spaceOf(namespace: string | undefined): Namespace {
    return this.#context.namespaces.getNamespace(namespace ?? this.#context.namespace);
  }

  /** @throws ControlError 404 with the nearest name */
  classOf(space: Namespace, name: string, place = 'class'): CimClass {
    const found = space.schema.findClass(name);
    if (found) return found;
    const nearest = nearestName(
      name,
      Array.from(space.schema.declarations, (declaration) => declaration.name),
    );
    const hint = nearest === undefined ? '' : ` (did you mean '${nearest}'?)`;
    throw new ControlError(404, `${place}: ${space.name} has no class '${name.slice(0, 200)}'${hint}`, {
      place,
      nearest,
    });
  }

  /** A path with its namespace, its keys of the types of its class. @throws CimJsonError, CimError, ControlError */
  readPath(json: unknown, place = 'path'): InstancePath {
    const { namespace } = readPlainPath(json, place);
    const space = this.spaceOf(namespace);
    const path = readPlainPath(json, place, (name) => space.schema.findClass(name)?.properties);
    this.classOf(space, path.className, place);
    return path.inNamespace(space.name);
  }

  /** @throws CimJsonError with the place and the nearest name */
  readProperties(json: unknown, { schema }: Namespace, cimClass: CimClass): NameMap<CimValue> {
    const what = `class ${cimClass.name} has no property`;
    return readPlainValues(json, cimClass.properties, what, 'properties', (name) => schema.findClass(name)?.properties);
  }

  /** An instance with the path that its keys make. @throws ControlError for a key that is missing */
  newInstance(space: Namespace, cimClass: CimClass, properties: NameMap<CimValue>): CimInstance {
    const keys = new NameMap<CimKeyValue>();
    for (const { name } of cimClass.keys) {
      const value = properties.get(name) ?? null;
      if (!isKeyValue(value))
        throw new ControlError(400, `properties.${name}: it is missing, and a key of ${cimClass.name}`, {
          place: `properties.${name}`,
        });
      keys.set(name, value);
    }
    const isSingleton = cimClass.keys.length === 0;
    const path = new InstancePath({ namespace: space.name, className: cimClass.name, keys, isSingleton });
    return new CimInstance(cimClass.name, properties, path);
  }

  /** An instance as docs/json.md has it, in the types of its class. */
  instanceJson(instance: CimInstance): JsonInstance {
    const space = this.#context.namespaces.findNamespace(instance.path?.namespace ?? this.#context.namespace);
    return encodeInstance(instance, (name) => space?.schema.findClass(name));
  }
}
