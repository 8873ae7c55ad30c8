/**
 * How long an enumeration will be kept, as a duration from now (WS-Enumeration §3.1).
 *
 * @param remaining milliseconds
 */
export function writeExpires(remaining: number): string {
  return `<n:Expires>PT${(remaining / 1000).toFixed(3)}S</n:Expires>`;
}
