import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** To some clients it is 127.0.0.1, and to others ::1. */
const THIS_MACHINE = 'localhost';

/**
 * Listens on an address; on every one that this machine has under the name `localhost`.
 *
 * @param port 0: any free one, the same on all addresses
 * @param addressesOf all addresses of a name
 * @returns the first is there in any case; another address that cannot be had is left out
 * @throws what the system says when the address cannot be had
 */
export async function listenOn<T extends Server>(
  createServer: () => T,
  host: string,
  port: number,
  addressesOf: (name: string) => Promise<readonly string[]> = allAddresses,
): Promise<readonly [T, ...T[]]> {
  const first = await listening(createServer(), host, port);
  if (host.toLowerCase() !== THIS_MACHINE) return [first];
  const own = first.address() as AddressInfo;
  const others = new Set(await addressesOf(host).catch(() => []));
  others.delete(own.address);
  const opened = await Promise.all(
    Array.from(others, (address) => listening(createServer(), address, own.port).catch(() => undefined)),
  );
  return [first, ...opened.filter((one) => one !== undefined)];
}

async function listening<T extends Server>(server: T, host: string, port: number): Promise<T> {
  server.listen({ host, port });
  await once(server, 'listening');
  return server;
}

async function allAddresses(name: string): Promise<readonly string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}
