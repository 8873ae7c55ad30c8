import type { InstancePath } from '../../cim/model/instance-path.js';

/** The words that take a value behind WHERE, as they are spelled in Microsoft's documentation. */
export const valueWords = [
  'AssocClass',
  'ResultClass',
  'Role',
  'ResultRole',
  'RequiredQualifier',
  'RequiredAssocQualifier',
] as const;

/** The words that stand alone. */
export const flagWords = ['ClassDefsOnly', 'KeysOnly', 'SchemaOnly'] as const;

export type ValueWord = (typeof valueWords)[number];
export type FlagWord = (typeof flagWords)[number];

/** `ASSOCIATORS OF {path} [WHERE …]` or `REFERENCES OF {path} [WHERE …]`. */
export interface AssociationStatement {
  readonly kind: 'Associators' | 'References';
  /** The object as it was written: keys have no types yet, and the only one may be without a name. */
  readonly path: InstancePath;
  readonly values: Readonly<Partial<Record<ValueWord, string>>>;
  readonly flags: readonly FlagWord[];
  /** Offset of the path. */
  readonly at: number;
}

export function associationStatement(parts: AssociationStatement): AssociationStatement {
  return Object.freeze({ ...parts, values: Object.freeze(parts.values), flags: Object.freeze(parts.flags) });
}
