/**
 * Why a call ended as it did, as our own server tells beside its answer (`Cimulator-Reason`); undefined where it does not, or where
 * the field is not what it writes.
 *
 * @param headers names in lower case
 */
export function toldReason(headers: ReadonlyMap<string, string>): string | undefined {
  const field = headers.get('cimulator-reason');
  if (field === undefined) return undefined;
  try {
    return decodeURIComponent(field);
  } catch {
    return undefined;
  }
}
