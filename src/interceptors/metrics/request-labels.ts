import type { Namespaces } from '../../cim/contracts/namespaces.js';
import type { CimClass } from '../../cim/model/cim-class.js';
import { operationOfAction } from '../../wsman/wsman-operation.js';
import type { Outcome } from '../../wsman/wsman-service.js';
import type { ExchangeOutcome } from '../match/exchange-match.js';

export interface RequestLabels {
  readonly operation: string;
  readonly class: string;
  readonly method: string;
  readonly outcome: ExchangeOutcome;
}

/** In the place of a name that nobody knows: clients choose names, and each would be a row of its own for good. */
const OTHER = 'other';
const NONE = '';

/** Names of operations, classes and methods as the schemas spell them, and no others: so many rows there are at most. */
export function requestLabels(
  { action, className, returned, fault }: Outcome,
  isLost: boolean,
  namespaces: Namespaces,
): RequestLabels {
  const operation = action === undefined ? undefined : operationOfAction(action);
  const cimClass = className === undefined ? undefined : findClass(className, namespaces);
  const method = returned?.method ?? operation?.method;
  return {
    operation: operation?.name ?? OTHER,
    class: className === undefined ? NONE : (cimClass?.name ?? OTHER),
    method: method === undefined ? NONE : (cimClass?.methods.get(method)?.name ?? OTHER),
    outcome: isLost ? 'lost' : fault === undefined ? 'answered' : 'fault',
  };
}

function findClass(name: string, namespaces: Namespaces): CimClass | undefined {
  for (const { schema } of namespaces) {
    const found = schema.findClass(name);
    if (found) return found;
  }
  return undefined;
}
