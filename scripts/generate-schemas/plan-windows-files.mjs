import { classFileText, inOrder, notice } from './plan-files.mjs';

/**
 * @typedef {import('./read-facts.mjs').ClassFacts} ClassFacts
 * @typedef {import('./read-windows-facts.mjs').WindowsFacts} WindowsFacts
 */

/** Qualifier types of DSP0004, and those that Windows has besides; both are written by hand. */
const qualifierFiles = ['qualifiers.mof', 'windows-qualifiers.mof'];

/** What is in every namespace, and has its MOF from elsewhere. */
const commonFiles = ['cim/CIM_Error.mof', 'faults/MSFT_WmiError.mof'];

/** Includes what is in every namespace. */
export const systemFile = 'system.mof';

/**
 * Every file of Windows' namespaces: its path below `schemas/` and its text. A namespace has an entry file, named after
 * it with dots (`root.cimv2.mof`), and a folder of its own name with its classes.
 *
 * @param {WindowsFacts} facts
 * @param {ReadonlyMap<string, ClassFacts>} common
 * @returns {Map<string, string>}
 */
export function planWindowsFiles({ namespaces, system }, common) {
  const systemNames = inOrder(system).filter((name) => !common.has(name));
  const systemPaths = systemNames.map((name) => `system/${name}.mof`);
  const files = new Map([
    [
      systemFile,
      entryText('What every namespace of Windows has.', [...qualifierFiles, ...systemPaths, ...commonFiles]),
    ],
    ...systemNames.map((name) => /** @type {const} */ ([`system/${name}.mof`, classFileText(system, name)])),
  ]);
  /** @type {Map<string, string>} Of each class that two namespaces have alike: where it is. */
  const placed = new Map();
  for (const [namespace, classes] of namespaces) {
    const paths = inOrder(classes)
      .filter((name) => !system.has(name))
      .map((name) => {
        const text = classFileText(classes, name);
        const known = placed.get(text);
        const path = known ?? `${namespace}/${name}.mof`;
        placed.set(text, path);
        files.set(path, text);
        return path;
      });
    files.set(entryFile(namespace), entryText(`Windows' ${namespace}.`, [systemFile, ...paths], namespace));
  }
  return files;
}

/** @param {string} namespace */
export function entryFile(namespace) {
  return `${namespace.replaceAll('/', '.')}.mof`;
}

/** @param {WindowsFacts} facts */
export function generatedFolders({ namespaces }) {
  return ['system', ...namespaces.keys()];
}

/**
 * @param {string} title
 * @param {readonly string[]} files
 * @param {string} [namespace]
 */
function entryText(title, files, namespace) {
  const pragmas = namespace === undefined ? [] : [`#pragma namespace("${namespace}")`];
  const lines = [...pragmas, ...files.map((file) => `#pragma include("${file}")`)];
  return `// ${title}\n${notice}\n\n${lines.join('\n')}\n`;
}
