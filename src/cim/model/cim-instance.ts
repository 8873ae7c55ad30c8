import type { CimValue } from './cim-value.js';
import type { InstancePath } from './instance-path.js';
import { internedName, NameMap } from './name-map.js';

/**
 * An instance: its creation class and the values of its properties. A property that was never set is absent; one
 * that is NULL holds `null`. Instances are values: to change one, make a new one (`with`).
 */
export class CimInstance {
  readonly className: string;
  readonly properties: NameMap<CimValue>;
  /** Where the instance lives; undefined for embedded instances and ones not yet stored. */
  readonly path: InstancePath | undefined;

  constructor(className: string, properties: Iterable<readonly [string, CimValue]>, path?: InstancePath) {
    this.className = internedName(className);
    this.properties = properties instanceof NameMap ? properties : new NameMap(properties);
    this.path = path;
  }

  /** Reads a property, NULL when it is absent. */
  get(name: string): CimValue {
    return this.properties.get(name) ?? null;
  }

  /** Reads a string property; undefined when it is absent, NULL or no string. */
  getString(name: string): string | undefined {
    const value = this.properties.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** A copy with some properties set to new values. */
  with(changes: Readonly<Record<string, CimValue>>): CimInstance {
    const properties = new NameMap(this.properties);
    for (const name of Object.keys(changes)) properties.set(name, changes[name] ?? null);
    return new CimInstance(this.className, properties, this.path);
  }

  /** The same instance at a path. */
  at(path: InstancePath): CimInstance {
    return new CimInstance(this.className, this.properties, path);
  }
}
