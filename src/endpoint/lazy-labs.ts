import type { Namespace } from '../cim/contracts/namespaces.js';
import { type HostNames, shortName } from '../cim/hosts/host-names.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import { NameMap } from '../cim/model/name-map.js';
import { seededFraction } from '../interceptors/rules/seeded-fraction.js';
import { compileFiles } from '../mof/cache/kept-compilations.js';
import { MofErrors } from '../mof/mof-error.js';
import type { LazyNamespace } from '../store/lazy/lazy-namespace.js';
import { placeInTime } from '../windows/place-in-time.js';
import { placeOnComputer } from '../windows/place-on-computer.js';
import { scaleComputer } from '../windows/scale-computer.js';
import { DEFAULT_LAB } from './find-labs.js';
import { givenFor } from './hosts/host-options-of.js';
import type { PlacedHost, Placement } from './hosts/placement.js';
import { filesIn, LABS, type LabFolder, labFolders } from './lab-folders.js';
import type { EndpointOptions } from './options/endpoint-options.js';
import { windowsSchema } from './windows-schema/with-windows.js';

/**
 * The namespaces whose instances in built-in labs wait until they are used: `fixtures/labs/<lab>/<computer>/root.cimv2.mof`, of the first
 * computer of each lab, or for each host of the folder that is called as it is. A folder that is called as no host is, is the default host's;
 * a lab of one host alone is that host's, whatever its folder is called. They are compiled then, with the classes of the model.
 *
 * @param options the endpoint's clock, or the host's, counts: what the files write as an interval is so long before they are read
 * @param namespaces of the model; a file of one that is not among them is passed over
 * @returns each by its name in the store
 */
export function lazyLabs(
  options: EndpointOptions,
  namespaces: readonly Namespace[],
  placement: Placement,
): readonly LazyNamespace[] {
  const { lab = DEFAULT_LAB, clock } = options;
  const { names, hosts } = placement;
  const spaces = new NameMap(namespaces.map((space) => [space.name, space] as const));
  const scale = scaleOf(options);
  const fill = (folders: readonly (LabFolder | undefined)[], now: () => number = Date.now, host?: PlacedHost) =>
    folders
      .flatMap((folder) => (folder ? filesIn(folder).map((file) => ({ ...file, computer: folder.name })) : []))
      .flatMap(({ namespace, path, computer }) => {
        const space = spaces.get(namespace);
        const name = shortName(host?.declaration.name ?? computer);
        const filled = { host, name, now, scale };
        return space ? [lazyNamespace(space, () => compile(path, space, names), filled)] : [];
      });
  const shared = labFolders(lab);
  if (hosts.length === 0)
    return fill(
      shared.map(([first]) => first),
      clock,
    );
  return hosts.flatMap((host) => {
    const { declaration } = host;
    const isCalledSo = ({ name }: LabFolder) => names.find(name) === declaration;
    const isNobodys = ({ name }: LabFolder) => names.find(name) === undefined;
    const given = givenFor(options, names, declaration);
    const ofAll = (all: readonly LabFolder[]) =>
      all.find(isCalledSo) ?? (host === placement.default ? all.find(isNobodys) : undefined);
    const ofOwn = (all: readonly LabFolder[]) => all.find(isCalledSo) ?? all[0];
    const folders = [...shared.map(ofAll), ...labFolders(given?.lab ?? []).map(ofOwn)];
    return fill(folders, given?.clock ?? clock, host);
  });
}

interface Filled {
  /** Undefined where there is one computer without a name. */
  readonly host: PlacedHost | undefined;
  /** What the computer is called, without its domain. */
  readonly name: string;
  readonly now: () => number;
  readonly scale: Scale;
}

/** Gives a computer of a name more of what it has. */
type Scale = (instances: readonly CimInstance[], name: string) => readonly CimInstance[];

function scaleOf({ labScale, seed = 0 }: EndpointOptions): Scale {
  if (labScale === undefined) return (instances) => instances;
  return (instances, name) =>
    scaleComputer(instances, labScale, (row, count) => seededFraction(seed, `${name} ${row}`, count));
}

function lazyNamespace(
  space: Namespace,
  instances: () => readonly CimInstance[],
  { host, name, now, scale }: Filled,
): LazyNamespace {
  const stored = (instance: CimInstance) => host?.translation.storedInstance(instance) ?? instance;
  return {
    namespace: host?.translation.storedNamespace(space.name) ?? space.name,
    instances() {
      const placed = instances().map((instance) => placeOnComputer(instance, name));
      return scale(placed, name).map(stored);
    },
    asOfNow: (instance) => placeInTime(instance, now()),
  };
}

/**
 * Classes of somebody's own may know less than Windows': what they have no place for is left out.
 *
 * @throws MofErrors, which the tests of the labs would have found
 */
function compile(file: string, space: Namespace, names: HostNames): readonly CimInstance[] {
  const windows = windowsSchema(space.name);
  try {
    return compileIn(file, space, names);
  } catch (error) {
    if (!(error instanceof MofErrors) || space.schema === windows) throw error;
    return compileIn(file, { ...space, schema: windows }, names).flatMap((one) => fitting(one, space));
  }
}

/** The part of an instance that its class has in a namespace; none where that has no such class, or one with other keys. */
function fitting(instance: CimInstance, { schema }: Namespace): readonly CimInstance[] {
  const { className, path, properties } = instance;
  const found = schema.findClass(className);
  if (path === undefined || found === undefined || found.keys.length !== path.keys.size) return [];
  if (!found.keys.every(({ name }) => path.keys.has(name))) return [];
  return [
    new CimInstance(
      className,
      [...properties].filter(([name]) => found.properties.has(name)),
      path,
    ),
  ];
}

/** @throws MofErrors */
function compileIn(file: string, space: Namespace, names: HostNames): readonly CimInstance[] {
  const base = {
    warnings: [],
    hosts: [...names],
    counts: { classes: 0, instances: 0, qualifiers: 0 },
    namespaces: new NameMap([[space.name, { ...space, instances: [] }]]),
  };
  const how = {
    ...{ defaultNamespace: space.name, base, includeRoot: LABS, changesGivenAgain: true },
    ...({ dialect: 'windows', isProgram: () => true } as const),
  };
  return compileFiles([file], how).namespaces.get(space.name)?.instances ?? [];
}
