import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { HostDeclaration } from '../cim/hosts/host-names.js';
import { splitHost } from '../cim/hosts/host-namespace.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { NameMap } from '../cim/model/name-map.js';
import { NAMESPACE_CLASS } from '../cim/schema/namespace-class.js';
import { refuseInclude } from '../mof/cache/kept-compilations.js';
import { compileMof } from '../mof/compile-mof.js';
import type { MofDialectChoice } from '../mof/dialect.js';
import type { MofCompilation } from '../mof/mof-compilation.js';
import { MofErrors } from '../mof/mof-error.js';
import { readMofFiles } from '../mof/read-mof-files.js';
import { compileWithHint } from '../mof/windows-hint.js';
import { checkMachine } from '../windows/check-machine.js';
import { findLabs } from './find-labs.js';
import { howManyMore } from './load-model.js';
import { ModelError } from './model-error.js';
import { prepareGiven } from './prepare-given.js';
import { checkSeed, type SeedSource, sortSources } from './seed-source.js';

/** The model that is to be seeded. */
export interface SeedTarget {
  readonly namespaces: Namespaces;
  /** Computers that the instances may be of. */
  readonly hosts: readonly HostDeclaration[];
  readonly defaultNamespace: string;
  readonly dialect: MofDialectChoice;
}

/** What makes the instances of sources, for a model whose classes stay as they are. */
export type ReadSeed = (sources: readonly SeedSource[]) => Promise<readonly CimInstance[]>;

/**
 * @returns what gives the instances: those of labs and paths, then those of MOF, then those given as they are; a ModelError names the
 *   first thing that is wrong, with its file and line or its place in the list
 */
export function seedReader({ namespaces, hosts, defaultNamespace, dialect }: SeedTarget): ReadSeed {
  const base: MofCompilation = {
    warnings: [],
    hosts,
    counts: { classes: 0, instances: 0, qualifiers: 0 },
    namespaces: new NameMap(
      Array.from(namespaces, ({ name, schema }) => [name, { name, schema, instances: [] }] as const),
    ),
  };
  return async (sources) => {
    checkSeed('seed', sources);
    const { names, texts, instances } = sortSources(sources, 'seed');
    const files = await findLabs(names);
    const compilation = compile(dialect, (chosen) => {
      const { sources, readInclude } = readMofFiles(files);
      const given = texts.map(({ name, mof }) => ({ file: name, text: mof }));
      return compileMof([...sources, ...given], {
        defaultNamespace,
        base,
        dialect: chosen,
        check: checkMachine,
        readInclude: (path, from) =>
          given.some(({ file }) => file === from) ? refuseInclude() : readInclude(path, from),
      });
    });
    checkClasses(compilation, base);
    const declared = [...compilation.namespaces.values()].flatMap((space) => space.instances);
    checkHosts(compilation, base, declared);
    const namespace = declared.find(({ className }) => className === NAMESPACE_CLASS);
    if (namespace) throw new ModelError(`${namespace.path}: namespaces are made when the endpoint starts`);
    return [...declared, ...prepareGiven(instances, namespaces, defaultNamespace)];
  };
}

/** @throws ModelError */
function compile(dialect: MofDialectChoice, read: (dialect: MofDialectChoice) => MofCompilation): MofCompilation {
  try {
    return compileWithHint(dialect, read);
  } catch (error) {
    if (!(error instanceof MofErrors)) throw error;
    const hint = error.hint === undefined ? '' : `; ${error.hint}`;
    const [first] = error.errors;
    const place = first && `${first.file}:${first.line}:${first.column}`;
    throw new ModelError(`${first}${howManyMore(error.errors)}${hint}`, { cause: error, place });
  }
}

/** An endpoint that is the only computer takes a lab of several as its own, as long as nothing is said of one of them. @throws ModelError */
function checkHosts({ hosts }: MofCompilation, base: MofCompilation, declared: readonly CimInstance[]): void {
  const added = hosts.find((host) => !base.hosts.includes(host));
  const isOfOne = ({ path }: CimInstance) => splitHost(path?.namespace ?? '').host !== undefined;
  if (added && (base.hosts.length > 0 || declared.some(isOfOne)))
    throw new ModelError(`host ${added.name} is new: hosts come with the start, and a seed brings instances alone`);
}

/** Providers, clients and snapshots count on the classes that there are. @throws ModelError */
function checkClasses({ namespaces }: MofCompilation, base: MofCompilation): void {
  for (const [name, { schema }] of namespaces) {
    const before = base.namespaces.get(name);
    if (before?.schema === schema) continue;
    const added = [...schema.declarations].find((one) => before?.schema.getDeclaration(one.name) !== one);
    const what = added ? `class ${added.name}` : before ? 'a qualifier' : `namespace ${name}`;
    throw new ModelError(
      `${what} is new: classes come with the start (lab, schemaDir), and a seed brings instances alone`,
    );
  }
}
