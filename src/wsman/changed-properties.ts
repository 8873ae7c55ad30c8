import type { CimValue } from '../cim/model/cim-value.js';
import { NameMap } from '../cim/model/name-map.js';
import type { OptionSet } from './header/option-set.js';

/** Names the properties that Set-CimInstance changed, one option each (MS-WSMV 3.2.4.2). */
const MODIFIED_PROPERTIES = 'wmiarray:__MIInstanceModifiedPropertiesList';

/** What a Put is to change: all that was given, or what a CIM client says it has changed of it. */
export function changedProperties(given: NameMap<CimValue>, options: OptionSet): NameMap<CimValue> {
  const named = options.get(MODIFIED_PROPERTIES);
  if (!named) return given;
  const listed = new NameMap(named.map((name) => [name ?? '', true] as const));
  return new NameMap([...given].filter(([name]) => listed.has(name)));
}
