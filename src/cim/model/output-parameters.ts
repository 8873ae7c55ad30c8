import type { CimMethod, CimParameter } from './cim-class.js';
import { foldName } from './name-map.js';

/** Methods never change once they are resolved. */
const remembered = new WeakMap<CimMethod, readonly CimParameter[]>();

/** The parameters that a method gives back, in alphabetical order: Windows writes them so. */
export function outputParameters(method: CimMethod): readonly CimParameter[] {
  let parameters = remembered.get(method);
  if (!parameters) {
    parameters = [...method.parameters.values()].filter(({ isOut }) => isOut).sort(byName);
    remembered.set(method, parameters);
  }
  return parameters;
}

function byName(a: CimParameter, b: CimParameter): number {
  return foldName(a.name) < foldName(b.name) ? -1 : 1;
}
