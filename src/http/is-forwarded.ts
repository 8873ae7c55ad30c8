import type { IncomingMessage } from 'node:http';

/** Whether a proxy that admits to be one has sent the request: who asked is somewhere else then. */
export function isForwarded({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers.via !== undefined || headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined;
}
