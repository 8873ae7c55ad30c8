/**
 * Finds LMDB's binary for this Node among those of the optional package of this platform, in place of `node-gyp-build-optional-packages`,
 * which looks beside the package `lmdb`, and there is none where ours is installed. For bundles alone.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Of a name such as `node.abi127.glibc.node` or `node.napi.armv7.node`. */
const isFor = (tag, libc) =>
  ['node', 'napi', libc, `abi${process.versions.modules}`].includes(tag) ||
  tag === `armv${process.config.variables.arm_version ?? 8}`;

function libcOf() {
  if (process.platform !== 'linux') return undefined;
  // Nobody wants to know of the network here, and to look takes time.
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

/** @throws Error when there is none */
// biome-ignore lint/style/noDefaultExport: what it stands for has one
export default function loadBinary() {
  const name = `@lmdb/lmdb-${process.platform}-${process.arch}`;
  const folder = dirname(require.resolve(name));
  const libc = libcOf();
  const fit = readdirSync(folder)
    .filter(
      (file) =>
        file.endsWith('.node') &&
        file
          .split('.')
          .slice(0, -1)
          .every((tag) => isFor(tag, libc)),
    )
    // One for this very Node is quicker than one for all.
    .sort((a, b) => Number(b.includes('.abi')) - Number(a.includes('.abi')));
  if (fit[0] === undefined) throw new Error(`${name} has nothing for this Node`);
  return require(join(folder, fit[0]));
}
