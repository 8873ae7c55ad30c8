import { createServer } from 'node:net';
import { ListenError } from '../http/listen-error.js';

/**
 * A port that can be listened on. Workers that listen on port 0 would find another one when all of them have ended in between.
 *
 * @param port 0: any free one
 * @throws ListenError when it is taken, or the address is not this machine's
 */
export function freePort(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => reject(new ListenError(host, port, error as NodeJS.ErrnoException)));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
