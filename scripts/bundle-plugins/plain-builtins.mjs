/**
 * Takes Node's modules as they are. One that is imported is made into a module with every export of it: of `node:crypto` the Web
 * Crypto API as well, and of `node:fs` its streams, which a start does not need.
 */
export const plainBuiltins = {
  name: 'plain-builtins',

  renderChunk(code) {
    return { code: code.replaceAll(/^import (.+) from ("node:[\w/]+");$/gm, asConstants), map: null };
  },
};

/** The statement stays on its line, so that the source map holds. */
function asConstants(_statement, bindings, specifier) {
  const [whole, named] = bindings.startsWith('{') ? [undefined, bindings] : bindings.split(/, (?=\{)/);
  const names = [whole?.replace('* as ', ''), named?.replaceAll(' as ', ': ')].filter((each) => each !== undefined);
  return names.map((each) => `const ${each} = process.getBuiltinModule(${specifier});`).join(' ');
}
