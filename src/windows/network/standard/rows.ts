import type { CimKeyValue } from '../../../cim/model/instance-path.js';

export const STANDARD = 'root/StandardCimv2';

/** A key that Windows makes of several values: joined by `++`, each character ten places further, so that no path breaks on it. */
export function keyOf(...parts: readonly (string | number)[]): string {
  return Array.from(parts.join('++'), (character) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 10)).join(
    '',
  );
}

/** The keys of endpoints, which name no system. */
export function namedKeys(Name: string, SystemName = ''): Readonly<Record<string, CimKeyValue>> {
  return { Name, SystemName, SystemCreationClassName: '', CreationClassName: '' };
}
