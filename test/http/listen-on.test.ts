import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listenOn } from '../../src/http/listen-on.js';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

const createOne = () => createServer((socket) => socket.destroy());
const placeOf = (server: Server) => server.address() as AddressInfo;

/** 192.0.2.1 is no machine's own (RFC 5737). */
async function listen(host: string, port = 0) {
  const servers = await listenOn(createOne, host, port, async () => ['127.0.0.1', '::1', '127.0.0.2', '192.0.2.1']);
  open.push(...servers);
  return servers;
}

const isThere = (host: string, port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });

describe('listening', () => {
  it('on localhost is done at every address that it has here, with one port', async () => {
    const servers = await listen('LocalHost');
    const { port, address } = placeOf(servers[0]);
    for (const host of new Set(['127.0.0.2', address])) expect(await isThere(host, port)).toBe(true);
    expect(new Set(servers.map((one) => placeOf(one).port))).toEqual(new Set([port]));
    expect(new Set(servers.map((one) => placeOf(one).address)).size).toBe(servers.length);
    expect(servers.map((one) => placeOf(one).address)).not.toContain('192.0.2.1');
  });

  it('on an address is done there alone', async () => {
    const [server, ...others] = await listen('127.0.0.1');
    expect(others).toEqual([]);
    expect(await isThere('127.0.0.2', placeOf(server).port)).toBe(false);
  });

  it('on localhost is refused when the first address is taken', async () => {
    const [first] = await listen('localhost');
    await expect(listen('localhost', placeOf(first).port)).rejects.toThrow('EADDRINUSE');
  });
});
