import type { Answer } from './answer.js';
import type { Message } from './message.js';

/** A way to a server. */
export interface Connection {
  /** @throws Error when no answer comes, or none in time */
  send(message: Message): Promise<Answer>;
  close(): void;
}

export interface ConnectionOptions {
  /** `http://host:5985/wsman` */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Take any TLS certificate. */
  readonly insecure?: boolean;
  /** Milliseconds for one exchange. */
  readonly timeout?: number;
}
