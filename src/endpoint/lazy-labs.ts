import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Namespace } from '../cim/contracts/namespaces.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { NameMap } from '../cim/model/name-map.js';
import { compileFiles } from '../mof/cache/kept-compilations.js';
import { packageFile } from '../package/package-file.js';
import type { LazyNamespace } from '../store/lazy/lazy-namespace.js';
import { placeInTime } from '../windows/place-in-time.js';
import { DEFAULT_LAB, isFile } from './find-labs.js';
import type { SeedSource } from './seed-source.js';

/** The folders of built-in labs, each with a folder for a computer. */
const LABS = 'fixtures/labs/';

/**
 * The namespaces whose instances in built-in labs wait until they are used: `fixtures/labs/<lab>/<computer>/root.cimv2.mof`, of the first
 * computer of each lab. They are compiled then, with the classes of the model.
 *
 * @param labs of these, those that come with the program
 * @param namespaces of the model; a file of one that is not among them is passed over
 * @param now the endpoint's clock: what the files write as an interval is so long before they are read
 */
export function lazyLabs(
  labs: readonly SeedSource[] | undefined,
  namespaces: readonly Namespace[],
  now: () => number = Date.now,
): readonly LazyNamespace[] {
  const asOfNow = (instance: CimInstance) => placeInTime(instance, now());
  const byFile = new NameMap(namespaces.map((space) => [`${space.name.replaceAll('/', '.')}.mof`, space] as const));
  return builtInNames(labs ?? [DEFAULT_LAB]).flatMap((lab) => {
    const folder = computerFolder(packageFile(`${LABS}${lab}/`));
    if (folder === undefined) return [];
    return readdirSync(folder).flatMap((file) => {
      const space = byFile.get(file);
      return space === undefined
        ? []
        : [{ namespace: space.name, instances: () => compile(join(folder, file), space), asOfNow }];
    });
  });
}

function builtInNames(labs: readonly SeedSource[]): readonly string[] {
  return labs.filter((lab): lab is string => typeof lab === 'string' && !isFile(lab));
}

function computerFolder(lab: string): string | undefined {
  if (!existsSync(lab)) return undefined;
  const [first] = readdirSync(lab, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return first === undefined ? undefined : join(lab, first);
}

/** @throws MofErrors, which the tests of the labs would have found */
function compile(file: string, space: Namespace) {
  const base = {
    warnings: [],
    counts: { classes: 0, instances: 0, qualifiers: 0 },
    namespaces: new NameMap([[space.name, { ...space, instances: [] }]]),
  };
  const how = { defaultNamespace: space.name, dialect: 'windows', isProgram: () => true, base } as const;
  return compileFiles([file], how).namespaces.get(space.name)?.instances ?? [];
}
