/**
 * The header fields of an answer, names and values by turns.
 *
 * @param length bytes of the body
 * @param reason of `Cimulator-Reason`
 */
export function answerFields(
  status: number,
  length: number,
  contentType: string | undefined,
  reason: string | undefined,
): string[] {
  // RFC 9110 §8.6: no Content-Length with 204.
  const fields = status === 204 ? [] : ['Content-Length', String(length)];
  if (reason !== undefined) fields.push('Cimulator-Reason', reason);
  if (status === 204) return fields;
  if (contentType !== undefined) fields.push('Content-Type', contentType);
  return fields;
}
