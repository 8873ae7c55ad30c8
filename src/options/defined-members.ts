/** The same without what is undefined, which counts as left out: spread over defaults, it would take their place. */
export function definedMembers<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, one]) => one !== undefined)) as T;
}
