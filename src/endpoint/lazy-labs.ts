import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Namespace } from '../cim/contracts/namespaces.js';
import { NameMap } from '../cim/model/name-map.js';
import { compileFiles } from '../mof/cache/kept-compilations.js';
import { packageFile } from '../package/package-file.js';
import type { LazyNamespace } from '../store/lazy/lazy-namespace.js';
import { isFile } from './find-labs.js';

/** The folders of built-in labs, each with a folder for a computer. */
const LABS = 'fixtures/labs/';

/**
 * The namespaces whose instances in built-in labs wait until they are used: `fixtures/labs/LAB/COMPUTER/root.cimv2.mof`, of the first
 * computer of each lab. They are compiled then, with the classes of the model.
 *
 * @param labs names of labs, and paths, of which these have none
 * @param namespaces of the model; a file of one that is not among them is passed over
 */
export function lazyLabs(labs: readonly string[], namespaces: readonly Namespace[]): readonly LazyNamespace[] {
  const byFile = new NameMap(namespaces.map((space) => [`${space.name.replaceAll('/', '.')}.mof`, space] as const));
  return labs
    .filter((lab) => !isFile(lab))
    .flatMap((lab) => {
      const folder = computerFolder(packageFile(`${LABS}${lab}/`));
      if (folder === undefined) return [];
      return readdirSync(folder).flatMap((file) => {
        const space = byFile.get(file);
        return space === undefined
          ? []
          : [{ namespace: space.name, instances: () => compile(join(folder, file), space) }];
      });
    });
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
