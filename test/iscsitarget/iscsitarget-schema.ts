import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileMof } from '../../src/mof/compile-mof.js';
import type { MofCompilation, MofNamespace } from '../../src/mof/mof-compilation.js';

export const namespace = 'root/cimv2/storage/iScsiTarget';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** The namespace as the project's own MOF declares it, and what a lab adds to it. */
export function loadNamespace(lab?: string): MofNamespace {
  const schema = compile('schemas/schema.mof');
  const compilation = lab === undefined ? schema : compile(`fixtures/labs/${lab}.mof`, schema);
  const found = compilation.namespaces.get(namespace);
  if (!found) throw new Error(`the schema declares nothing in ${namespace}`);
  return found;
}

function compile(path: string, base?: MofCompilation): MofCompilation {
  return compileMof([read(join(project, path))], {
    defaultNamespace: namespace,
    base,
    readInclude: (included, from) => read(join(dirname(from), included)),
  });
}

function read(file: string): { file: string; text: string } {
  return { file, text: readFileSync(file, 'utf8') };
}
