import { MethodRefusal } from '../method-refusal.js';

/** What StdRegProv answers: WinError.h, its own 1 and 6, and one constant of WMI. */
export const RegistryError = {
  none: 0,
  valueNotFound: 1,
  keyNotFound: 2,
  accessDenied: 5,
  invalidHive: 6,
  invalidParameter: 87,
  /** WBEM_E_TYPE_MISMATCH */
  typeMismatch: 0x80041005,
} as const;

/** A MethodRefusal by the name of its code. */
export class RegistryRefusal extends MethodRefusal {
  constructor(code: Exclude<keyof typeof RegistryError, 'none'>, message: string) {
    super(RegistryError[code], message);
  }
}
