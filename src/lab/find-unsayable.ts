import { CimDateTime } from '../cim/model/cim-date-time.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import { findNonXmlCharacter } from '../mof/syntax/xml-characters.js';

/** Why MOF has no form for a value; undefined when it has one. Of embedded instances their printer says it. */
export function findUnsayable(value: CimValue): string | undefined {
  if (!isCimArray(value)) return value === null ? undefined : unsayable(value);
  for (const one of value) {
    const problem = one === null ? undefined : unsayable(one);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function unsayable(value: CimScalar): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `MOF has no form for ${value}`;
  if (typeof value === 'string') return badCharacter(value);
  if (value instanceof InstancePath) return badCharacter(value.toString());
  if (typeof value !== 'object' || value instanceof CimInstance || value instanceof CimDateTime) return undefined;
  return `MOF has no form for class ${value.name} as a value`;
}

function badCharacter(text: string): string | undefined {
  const found = findNonXmlCharacter(text);
  return found === undefined ? undefined : `MOF has no form for the character ${found}`;
}
