/** The protocol of docs/bridge.md. A parent compares both with what it knows. */
export const PROTOCOL = 'cimulator-bridge';
export const PROTOCOL_VERSION = 1;

/** The first line that a bridge writes. @param cimulator version of the package */
export function greeting(cimulator: string): string {
  return `${JSON.stringify({ protocol: PROTOCOL, version: PROTOCOL_VERSION, cimulator })}\n`;
}
