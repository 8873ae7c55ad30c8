/** An endpoint in a process of its own, for requests-kept.mjs: prints its URL. The argument: `on`, or `off` for an endpoint that keeps no requests. */
import { startEndpoint } from '../dist/index.js';
import { account } from './servers.mjs';

const [, , kept] = process.argv;
const endpoint = await startEndpoint({
  users: [{ name: account.user, password: account.password }],
  ...(kept === 'off' && { requests: 'off' }),
});
console.log(endpoint.http.url);
process.once('SIGTERM', () => void endpoint.close());
