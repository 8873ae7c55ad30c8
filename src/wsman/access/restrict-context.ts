import type { OperationContext } from '../operation.js';
import type { Permissions, Right } from '../wsman-service.js';
import { type Access, createAccess } from './access.js';
import { guardBroker } from './guard-broker.js';

/** What the operations of a restricted user work with. */
export type RestrictedContext = OperationContext & { readonly access: Access };

/**
 * Gives the context for operations of restricted users: the same one each time for the same permissions and right, with all that has
 * been found out about classes.
 */
export function createContextRestriction(
  context: OperationContext,
): (permissions: Permissions, right: Right) => RestrictedContext {
  const known = new WeakMap<Permissions, Map<Right, RestrictedContext>>();

  return (permissions, right) => {
    const byRight = known.get(permissions) ?? new Map<Right, RestrictedContext>();
    known.set(permissions, byRight);
    let restricted = byRight.get(right);
    if (restricted === undefined) {
      const access = createAccess(permissions, right);
      restricted = { ...context, access, broker: guardBroker(context.broker, access) };
      byRight.set(right, restricted);
    }
    return restricted;
  };
}
