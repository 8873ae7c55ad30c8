import type { HostDeclaration } from '../cim/hosts/host-names.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { NameMap } from '../cim/model/name-map.js';
import type { Schema } from '../cim/schema/schema.js';
import type { MofError } from './mof-error.js';

/** What MOF texts declare in one namespace. */
export interface MofNamespace {
  /** Normalised (`normalizeNamespace`), in the spelling of its first mention. */
  readonly name: string;
  readonly schema: Schema;
  /**
   * Each with its path, in the order of the text. Those that were given for a host are in that host's namespace (`hostNamespace`),
   * whichever it is; so are references to them.
   */
  readonly instances: readonly CimInstance[];
}

/** The outcome of a compilation. */
export interface MofCompilation {
  /** What was taken though it is doubtful, a hundred places at most; none of the base. */
  readonly warnings: readonly MofError[];
  /** By normalised name. Namespaces of the base are among them, with what they held before. */
  readonly namespaces: NameMap<MofNamespace>;
  /** The computers that were declared, or known before. */
  readonly hosts: readonly HostDeclaration[];
  /** What this compilation added: nothing of the base, and nothing that was declared twice in the same words. */
  readonly counts: {
    readonly classes: number;
    readonly instances: number;
    readonly qualifiers: number;
  };
}
