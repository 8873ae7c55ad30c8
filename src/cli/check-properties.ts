import type { CimInstance } from '../cim/model/cim-instance.js';
import type { WsmanClient } from '../client/wsman-client.js';
import { nearestName } from '../strings/nearest-name.js';
import { UsageError } from './exit-with-error.js';

/**
 * Sees to it that a property that no instance has is one that a class of theirs declares: servers leave out what is NULL, and people
 * misspell.
 *
 * @throws UsageError that names the nearest property
 */
export async function checkProperty(
  name: string,
  instances: readonly CimInstance[],
  client: WsmanClient,
): Promise<void> {
  const known: string[] = [];
  for (const { className, path, properties } of instances) {
    known.push(...properties.keys());
    const namespace = path?.namespace;
    const declared = await client
      .getClass(className, namespace === undefined ? {} : { namespace })
      .catch(() => undefined);
    // Where there is no declaration to be had, nobody can say.
    if (declared === undefined || declared.properties.has(name)) return;
    known.push(...declared.properties.keys());
  }
  const nearest = nearestName(name, known);
  const meant = nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
  const classes = instances
    .map(({ className }) => className)
    .slice(0, 3)
    .join(', ');
  throw new UsageError(`--properties: ${name} is no property of ${classes}${meant}`);
}
