import type { CimInstance } from '../cim/model/cim-instance.js';
import type { CimKeyValue } from '../cim/model/instance-path.js';
import type { NameMap } from '../cim/model/name-map.js';

/**
 * A query for instances, checked against the schema and ready to run. `matches` alone decides; `within` and
 * `equalities` say what every match has in common, so that it can be looked up and need not be searched for.
 */
export interface BoundQuery {
  /** The class of FROM in its declared spelling. Its subclasses' instances are meant too. */
  readonly className: string;
  /**
   * The properties to return, in their declared spelling, in the order of the query, each once; system properties
   * (`__PATH`) among them. Undefined for all.
   */
  readonly projection: readonly string[] | undefined;
  /** The class, or the subclass of it that every match is an instance of. */
  readonly within: string;
  /**
   * Property = value that every match has, as keys compare: strings in any case, references by the object they name. No
   * datetimes and reals, of which one value has several texts.
   */
  readonly equalities: NameMap<CimKeyValue>;
  /** Decides about an instance of the class or a subclass. */
  matches(instance: CimInstance): boolean;
  /** The same; in steps, between which others may go on, about an instance whose texts are so long that it takes time. */
  judge(instance: CimInstance): boolean | Generator<void, boolean, void>;
}
