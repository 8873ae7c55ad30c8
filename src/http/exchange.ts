import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MessageSecurity } from '../auth/message-encryption/message-security.js';
import type { AuthenticatedUser } from '../auth/schemes/authentication-scheme.js';
import type { Connection } from './connection.js';
import type { ContentType } from './content-type.js';

/** One request and what becomes of it: the steps on its way in write down here what they find out. A class, since there is one for each. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: Connection;
  readonly startedAt = performance.now();
  /** All `Authorization` fields. */
  readonly authorization: readonly string[];
  /** It claims to be an Identify without credentials. */
  readonly anonymous: boolean;
  /** Undefined where the request is anonymous, and before it is admitted. */
  caller: AuthenticatedUser | undefined = undefined;
  /** What the message is sealed with, and its answer is to be; undefined: both go in clear. */
  security: MessageSecurity | undefined = undefined;
  /** Of a message in clear, once it is accepted. */
  contentType: ContentType | undefined = undefined;

  /** @param anonymousPath the path is the one for Identify without credentials */
  constructor(request: IncomingMessage, response: ServerResponse, connection: Connection, anonymousPath: boolean) {
    this.request = request;
    this.response = response;
    this.connection = connection;
    this.authorization = authorizationFields(request.rawHeaders);
    this.anonymous = anonymousPath || (this.authorization.length === 0 && request.headers.wsmanidentify !== undefined);
  }
}

/** All of them: Node's `headers` keeps the first and hides the others. */
function authorizationFields(rawHeaders: readonly string[]): string[] {
  const values: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (name.length === 13 && name.toLowerCase() === 'authorization') values.push(rawHeaders[i + 1] ?? '');
  }
  return values;
}
