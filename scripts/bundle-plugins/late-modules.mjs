import { isBuiltin } from 'node:module';

/**
 * What the packages load at once, and a start with them has no use for: HTTP/2, ranges of proxies' addresses, versions of plug-ins,
 * logging in another thread.
 */
const LATE = ['node:http2', '@fastify/proxy-addr', 'semver', 'pino/lib/transport.js'];

const PREFIX = '\0late:';
const files = new Map();

/** Whether a module comes from a package. */
export const isInPackage = (file) => file?.replaceAll('\\', '/').includes('/node_modules/') === true;

/** Whether a file was made by {@link lateModules}. */
export const isStandIn = (file) => file?.startsWith(PREFIX) === true;

/** The entry of the list that a specifier or a file belongs to. */
export function lateName(id) {
  const path = id.replaceAll('\\', '/').split('/node_modules/').at(-1);
  return LATE.find((late) => path === late || path.startsWith(`${late}/`));
}

/** Puts something in their place that loads them when it is first touched. */
export const lateModules = {
  name: 'late-modules',

  async resolveId(id, importer) {
    // Its own files see each other as they are.
    if (!isInPackage(importer) || lateName(importer)) return null;
    const found = isBuiltin(id) ? { id } : await this.resolve(id, importer, { skipSelf: true });
    const name = found && lateName(found.id);
    if (!name) return null;
    const standIn = PREFIX + name;
    if ((files.get(standIn) ?? found.id) !== found.id) throw new Error(`there are two versions of ${name}`);
    files.set(standIn, found.id);
    return standIn;
  },

  load(id) {
    if (!files.has(id)) return null;
    const required = `require(${JSON.stringify(files.get(id))})`;
    return `module.exports = new Proxy(() => {}, {
      get: (_, name) => ${required}[name],
      apply: (_, self, args) => Reflect.apply(${required}, self, args),
    });`;
  },
};
