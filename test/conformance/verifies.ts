import { type RequirementId, requirements } from '../../conformance/requirements.js';

const known: ReadonlySet<string> = new Set(requirements.map(({ id }) => id));

/**
 * Names the requirements that a test proves, for its title. `coverage.test.ts` reads the calls from the source, so the
 * ids have to be written out.
 *
 * @throws Error for an id that is not in the table
 */
export function verifies(...ids: readonly [RequirementId, ...RequirementId[]]): string {
  for (const id of ids) if (!known.has(id)) throw new Error(`no requirement has the id ${id}`);
  return `[${ids.join(', ')}]`;
}
