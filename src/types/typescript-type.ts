import type { CimType } from '../cim/model/cim-type.js';

/** The types of values that are not plain JavaScript, which a file of types must import. */
export const IMPORTED_TYPES = ['CimClass', 'CimDateTime', 'CimInstance', 'InstancePath'] as const;

export type ImportedType = (typeof IMPORTED_TYPES)[number];

/** The TypeScript of a value that is not NULL; elements of an array may be. */
export function typescriptType(type: CimType): string {
  const element = scalarType(type);
  return type.array ? `readonly (${element} | null)[]` : element;
}

/** As `CimScalar` says. */
function scalarType({ name, embedded }: CimType): string {
  if (embedded) return embedded.kind === 'object' ? 'CimInstance | CimClass' : 'CimInstance';
  switch (name) {
    case 'boolean':
      return 'boolean';
    case 'string':
    case 'char16':
      return 'string';
    case 'datetime':
      return 'CimDateTime';
    case 'reference':
      return 'InstancePath';
    case 'uint64':
    case 'sint64':
      return 'bigint';
    default:
      return 'number';
  }
}
