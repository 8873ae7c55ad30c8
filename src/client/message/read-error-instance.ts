import { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimType, plainType } from '../../cim/model/cim-type.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { NameMap } from '../../cim/model/name-map.js';
import { readTyped } from './read-typed-value.js';
import { groupByName } from './read-value.js';
import type { ResponseElement } from './response-element.js';
import { markedType } from './wscim-types.js';

/** A CIM error as a fault brings it. */
export interface ErrorInstance {
  readonly instance: CimInstance;
  /** By the properties' names. */
  readonly types: NameMap<CimType>;
}

const uint16 = plainType('uint16');
const uint32 = plainType('uint32');
const string = plainType('string');
const strings = plainType('string', { kind: 'Bag', size: undefined });

/** Properties that are no string, of CIM_Error and of what Windows (`error_…`) and OMI add; their own declaration is not asked for. */
const declared = new NameMap<CimType>([
  ['CIMStatusCode', uint32],
  ['ErrorSourceFormat', uint16],
  ['ErrorType', uint16],
  ['MessageArguments', strings],
  ['PerceivedSeverity', uint16],
  ['ProbableCause', uint16],
  ['RecommendedActions', strings],
  ['error_Category', uint32],
  ['error_Code', uint32],
  ['OMI_Category', uint32],
  ['OMI_Code', uint32],
]);

/** Reads an error instance. Its values have the types that the fault marks them with, else those of CIM_Error. */
export function readErrorInstance(element: ResponseElement): ErrorInstance {
  const types = new NameMap<CimType>();
  const values = new NameMap<CimValue>();
  for (const [name, elements] of groupByName(element)) {
    const type = typeOf(name, elements);
    types.set(name, type);
    values.set(name, readTyped(elements, type, new NameMap()));
  }
  return { instance: new CimInstance(element.name, values), types };
}

function typeOf(name: string, elements: readonly ResponseElement[]): CimType {
  const [first] = elements;
  const marked = first && markedType(first);
  const known = declared.get(name) ?? (elements.length > 1 ? strings : string);
  return marked === undefined || marked === known.name ? known : { ...known, name: marked };
}
