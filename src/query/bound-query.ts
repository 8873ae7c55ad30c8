import type { CimInstance } from '../cim/cim-instance.js';
import type { CimKeyValue, InstancePath } from '../cim/instance-path.js';
import type { NameMap } from '../cim/name-map.js';

/**
 * A query for instances, checked against the schema and ready to run. `matches` alone decides; `within`, `equalities`,
 * `references` and `keys` say what every match has in common, so that it can be looked up and need not be searched for.
 */
export interface BoundQuery {
  /** The class of FROM in its declared spelling. Its subclasses' instances are meant too. */
  readonly className: string;
  /**
   * The properties to return, in their declared spelling, in the order of the query, each once; system properties
   * (`__PATH`) among them. Undefined for all.
   */
  readonly projection: readonly string[] | undefined;
  /** Own properties of the class that `matches` reads, in their declared spelling. */
  readonly needs: readonly string[];
  /** The class, or the subclass of it that every match is an instance of. */
  readonly within: string;
  /**
   * Property = value that every match has, as the equality of {@link InstancePath} has it: strings in any case. No
   * datetimes and reals, of which one value has several texts.
   */
  readonly equalities: NameMap<CimKeyValue>;
  /** Reference = path that every match has; with the namespace only where the query names one. */
  readonly references: NameMap<InstancePath>;
  /** A value for every key of the class: at most one instance of each class has them. */
  readonly keys: NameMap<CimKeyValue> | undefined;
  /** Decides about an instance of the class or a subclass. */
  matches(instance: CimInstance): boolean;
}
