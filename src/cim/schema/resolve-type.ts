import type { CimQualifier } from '../model/cim-class.js';
import type { CimArrayKind, CimType } from '../model/cim-type.js';
import type { NameMap } from '../model/name-map.js';
import { SchemaError } from './schema-error.js';

/** Completes a declared type with what qualifiers say of it: ArrayType, EmbeddedInstance, EmbeddedObject. */
export function describeElementType(
  type: CimType,
  qualifiers: NameMap<CimQualifier>,
  place: SchemaError['place'],
): CimType {
  const array = type.array && { ...type.array, kind: arrayKind(qualifiers.get('ArrayType')?.value, place) };
  const embeddedClass = qualifiers.get('EmbeddedInstance')?.value;
  const isObject = qualifiers.get('EmbeddedObject')?.value === true;
  if (typeof embeddedClass !== 'string' && !isObject) return { ...type, array };
  if (type.name !== 'string') {
    throw new SchemaError(place, 'EmbeddedInstance and EmbeddedObject are for elements of type string');
  }
  return {
    ...type,
    array,
    embedded: typeof embeddedClass === 'string' ? { kind: 'instance', className: embeddedClass } : { kind: 'object' },
  };
}

function arrayKind(value: unknown, place: SchemaError['place']): CimArrayKind {
  switch (typeof value === 'string' ? value.toLowerCase() : 'bag') {
    case 'bag':
      return 'Bag';
    case 'ordered':
      return 'Ordered';
    case 'indexed':
      return 'Indexed';
    default:
      throw new SchemaError(
        { ...place, qualifier: 'ArrayType' },
        `ArrayType ${String(value)} is not Bag, Ordered or Indexed`,
      );
  }
}
