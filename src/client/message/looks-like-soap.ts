import type { TransportResponse } from '../transport/transport.js';

/** Whether an answer says that it is XML, and has a body. */
export function looksLikeSoap({ headers, body }: TransportResponse): boolean {
  return (
    body.length > 0 &&
    /^\s*(?:application\/soap\+xml|text\/xml|application\/xml)\b/i.test(headers.get('content-type') ?? '')
  );
}
