/** A host to listen on, as a URL that leads there has it. Every address is none to connect to; this machine always is one of them. */
export function hostInUrl(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  // An address of IPv6: no name has a colon, and Node's own test takes milliseconds to be made ready.
  return host.includes(':') ? `[${host}]` : host;
}
