import type { Listeners, PausableListeners } from '../../http/listeners.js';
import { allOpened } from '../all-opened.js';
import type { Closers } from '../closers.js';
import type { EndpointParts, EndpointSeams } from '../endpoint-seams.js';
import type { ReadyHost } from './prepare-hosts.js';

/** A host with its listeners. */
export interface ListeningHost extends ReadyHost {
  readonly listeners: Listeners;
}

/**
 * Has all hosts listen. Of several processes the primary alone listens for the hosts that are not the default one.
 *
 * @returns the default host first, which is the only one in a worker
 * @throws ListenError
 */
export async function listenAll(
  [main, ...others]: readonly [ReadyHost, ...ReadyHost[]],
  closers: Closers,
  seams: Pick<EndpointSeams, 'listen' | 'listening' | 'mayListen' | 'role'>,
  parts: EndpointParts,
): Promise<readonly [ListeningHost, ...ListeningHost[]]> {
  const listen = async (host: ReadyHost, opening: Promise<PausableListeners>): Promise<ListeningHost> => {
    const listeners = await opening;
    closers.add(listeners.close);
    closers.add(() => host.prepared.power.close());
    host.prepared.listening(listeners);
    return { ...host, listeners };
  };
  await seams.mayListen?.();
  const opening = seams.listen?.(parts) ?? main.prepared.listen();
  const first = await listen(main, opening);
  seams.listening?.(await opening);
  if (seams.role === 'worker') return [first];
  return [first, ...(await allOpened(others.map((host) => listen(host, host.prepared.listen()))))];
}
