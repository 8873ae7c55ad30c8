/**
 * The three truth values of a condition. A comparison with NULL is unknown, and an object is selected only when the
 * whole condition is true. In this order AND is the least and OR the greatest of its operands.
 */
export const FALSE = 0;
export const UNKNOWN = 1;
export const TRUE = 2;

export type Truth = typeof FALSE | typeof UNKNOWN | typeof TRUE;

export function truthOf(value: boolean): Truth {
  return value ? TRUE : FALSE;
}
