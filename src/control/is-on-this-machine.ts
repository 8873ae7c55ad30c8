import { isLoopback } from '../http/is-loopback.js';

/** Whether an address or name to listen on can be reached from this machine alone. */
export function isOnThisMachine(host: string): boolean {
  return host.toLowerCase() === 'localhost' || isLoopback(host);
}
