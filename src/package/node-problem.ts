/** The oldest Node, as `engines` in package.json says. */
const OLDEST = [20, 19] as const;

/**
 * What to tell whoever starts a program with a Node that is too old for it; a line. Written for Nodes that are: it and what loads it
 * use nothing that is newer than Node 14.8.
 *
 * @param program its name
 * @param version as `process.versions.node` has it
 * @returns undefined when it will do
 */
export function nodeProblem(program: string, version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `${program}: this is Node ${version}, and it needs ${OLDEST.join('.')} or newer (see https://nodejs.org)\n`;
}
