import type { ClassDeclaration, QualifierTypeDeclaration } from '../../cim/schema/class-declaration.js';
import { encodeClass, encodeQualifierType } from '../cache/declaration-codec.js';

/** True when two declarations of a class say the same, in the same order and spelling. */
export function sameClass(a: ClassDeclaration, b: ClassDeclaration): boolean {
  return JSON.stringify(encodeClass(a)) === JSON.stringify(encodeClass(b));
}

/** True when two declarations of a qualifier type say the same. */
export function sameQualifierType(a: QualifierTypeDeclaration, b: QualifierTypeDeclaration): boolean {
  return JSON.stringify(encodeQualifierType(a)) === JSON.stringify(encodeQualifierType(b));
}
