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

/**
 * A method answers a code other than 0, and changes nothing. Thrown where it is found out, caught where methods are, which explain the call
 * with the message.
 */
export class RegistryRefusal extends Error {
  override readonly name = 'RegistryRefusal';
  readonly returnValue: number;

  constructor(code: Exclude<keyof typeof RegistryError, 'none'>, message: string) {
    super(message);
    this.returnValue = RegistryError[code];
  }
}
