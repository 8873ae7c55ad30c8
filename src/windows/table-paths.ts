import { type MethodTable, type ReachedCode, type Reasons, withUnreached } from './method-table.js';

/** The path of an object as tables write it: a value with backslashes and quotes has them escaped. */
export function objectPath(className: string, keys: Readonly<Record<string, string>>): string {
  const texts = Object.entries(keys).map(([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&')}"`);
  return `${className}.${texts.join(',')}`;
}

/** Makes tables of methods that are called on one object of the default lab, or on a class. */
export function tablesOn(className: string, on: string, namespace = 'root/cimv2') {
  return (method: string, reached: readonly ReachedCode[], reasons: Reasons = {}): MethodTable => ({
    ...{ namespace, className, method, on },
    codes: withUnreached(reached, reasons),
  });
}

/** What takes the rights of administrators from the caller, whose groups the lab has. */
export const NO_ADMINISTRATORS = {
  remove: objectPath('Win32_Group', { Domain: 'SRV01', Name: 'Administrators' }),
};

/** One reason for several codes. */
export function because(reason: string, ...codes: readonly number[]): Reasons {
  return Object.fromEntries(codes.map((code) => [code, reason]));
}
