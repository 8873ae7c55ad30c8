/** How long an enumeration will be kept, as a duration from now (WS-Enumeration §3.1). */
export function writeExpires(expires: number): string {
  return `<n:Expires>PT${Math.max(0, (expires - Date.now()) / 1000).toFixed(3)}S</n:Expires>`;
}
