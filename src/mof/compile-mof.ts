import type { HostDeclaration } from '../cim/hosts/host-names.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { type InstancePath, normalizeNamespace } from '../cim/model/instance-path.js';
import type { SchemaBase } from '../cim/schema/schema.js';
import { Compiler } from './bind/compiler.js';
import type { MofDialectChoice } from './dialect.js';
import type { MofCompilation } from './mof-compilation.js';
import type { MofSource } from './mof-source.js';
import { windowsSchema } from './windows/windows-schema.js';

/** What lies beneath a namespace for the texts of a file; nothing when undefined. */
export type BeneathText = (namespace: string, file: string) => SchemaBase | undefined;

/** What is wrong with instances of a namespace beside each other: which one, and why. */
export type CheckInstances = (
  instances: readonly CimInstance[],
) => Iterable<{ readonly path: InstancePath; readonly message: string }>;

/** How {@link compileMof} goes about it. */
export interface CompileMofOptions {
  /** Where declarations go until a `#pragma namespace`. */
  readonly defaultNamespace: string;
  /** What is there already: its classes, qualifiers and instances count as declared before. It is not changed. */
  readonly base?: MofCompilation | undefined;
  /** Computers that namespaces may be of, besides those of the base and those that the texts declare. */
  readonly hosts?: readonly HostDeclaration[] | undefined;
  /** Whose of them the texts are, but for what they say to be another's; no host's in particular when undefined. */
  readonly host?: string | undefined;
  /** How the texts are to be read; `dmtf` when undefined. Included texts are read as the one that includes them. */
  readonly dialect?: MofDialectChoice | undefined;
  /** In Windows' dialect, too, an instance that another text gives again takes the properties that are named there, and keeps the others. */
  readonly changesGivenAgain?: boolean | undefined;
  /** What lies beneath a namespace for a text: classes and qualifiers that are there unless others of their names are declared. */
  readonly beneath?: BeneathText | undefined;
  /** Looks at the instances of each namespace that the texts say something of, when all are there. What it finds is an error at its place. */
  readonly check?: CheckInstances | undefined;
  /**
   * Gives the text that `#pragma include(path)` in the text `from` stands for.
   *
   * @throws IncludeError with why it cannot be had; MofErrors with what is wrong within it
   */
  readInclude(path: string, from: string): MofSource;
}

/**
 * Compiles MOF texts (DSP0004 2.x), one after another, as one compilation: aliases are known in all of them.
 *
 * Classes must come after their superclass and the qualifiers they use; classes that references name may come later, and
 * so may instances that aliases stand for. A class or qualifier that is declared again in the same words is passed over,
 * as a file that two others include must be; in other words it is an error, since a CIM server that quietly takes the
 * later one makes the outcome depend on the order of files. In Windows' dialect the later one counts, as it does there.
 *
 * An instance that is given again by another text takes the properties that are named there: so a lab includes another one, and says
 * what differs.
 *
 * @throws MofErrors with all errors found, a hundred at most
 */
export function compileMof(sources: readonly MofSource[], options: CompileMofOptions): MofCompilation {
  const { base, hosts = [], host, dialect = 'dmtf', changesGivenAgain = false, readInclude, beneath, check } = options;
  const compiler = new Compiler({
    base,
    hosts,
    host,
    dialect,
    changesGivenAgain,
    readInclude,
    windowsSchema,
    ...(beneath && { beneath }),
    ...(check && { check }),
  });
  for (const source of sources) compiler.read(source, normalizeNamespace(options.defaultNamespace));
  return compiler.finish();
}
