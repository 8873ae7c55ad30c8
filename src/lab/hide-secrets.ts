import { CimInstance } from '../cim/model/cim-instance.js';
import { createSecrets } from '../secrets/secrets.js';
import { createScrubber } from './scrub.js';

/** What of a lab is not for others to see. */
export interface HidingOptions {
  /** What is secret besides what is known: `Name`, or `Class.Name`. */
  readonly secrets?: readonly string[] | undefined;
  /** Replaces serial numbers and addresses. */
  readonly scrub?: boolean | undefined;
}

/**
 * Instances without their secrets, in properties, keys and references alike.
 *
 * @param superclassesOf the superclasses of a class, which hand their secrets down
 */
export function hideSecrets(
  instances: readonly CimInstance[],
  superclassesOf: (className: string) => readonly string[],
  { secrets, scrub }: HidingOptions,
): readonly CimInstance[] {
  const { begin } = createSecrets(secrets, superclassesOf);
  const masked = instances.map((one) => {
    const masking = begin();
    const shown = new CimInstance(one.className, masking.values(one.properties, one.className));
    return one.path ? shown.at(masking.path(one.path)) : shown;
  });
  if (!scrub) return masked;
  const scrubber = createScrubber(masked);
  return masked.map((one) => scrubber.instance(one));
}
