import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from './logger.js';

/** What a listener does with the requests that come by it. */
export interface HttpRoutes {
  readonly logger: Logger;
  /** How long a refused request's body is still read, in milliseconds. */
  readonly lingerMs: number;
  /** A message of WS-Management. @param anonymous at the address where nobody need sign in */
  wsman(request: IncomingMessage, response: ServerResponse, anonymous: boolean): void;
  /** Why requests cannot be answered as they should, for `/readyz`; undefined when all is well. */
  problem(): string | undefined;
}
