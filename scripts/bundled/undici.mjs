/**
 * What the client uses of undici, in place of its index, which loads ten times as much: fetch, web sockets, caches, mocks. For bundles
 * alone; a name that is missing here stops their build.
 */
import api from 'undici/lib/api/index.js';
import buildConnector from 'undici/lib/core/connect.js';
import Client from 'undici/lib/dispatcher/client.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import Pool from 'undici/lib/dispatcher/pool.js';

// As undici's index has it: `request` and the like are no part of the dispatchers themselves.
Object.assign(Dispatcher.prototype, api);

export { buildConnector, Client, Pool };
