/**
 * The header fields of an answer, names and values by turns.
 *
 * @param length bytes of the body
 */
export function answerFields(status: number, length: number, contentType: string | undefined): string[] {
  // RFC 9110 §8.6: no Content-Length with 204.
  if (status === 204) return [];
  const fields = ['Content-Length', String(length)];
  if (contentType !== undefined) fields.push('Content-Type', contentType);
  return fields;
}
