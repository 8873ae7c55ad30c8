import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConnectionRoom, noteSignIn } from '../../src/http/connection-room.js';
import { DEFAULT_HTTP_LIMITS, type HttpLimits } from '../../src/http/http-limits.js';
import type { Logger } from '../../src/http/logger.js';

/** As much of a socket as the room looks at. */
class TestSocket extends EventEmitter {
  isClosed = false;
  isBusy = false;

  constructor(readonly remoteAddress: string) {
    super();
  }

  destroy(): void {
    this.isClosed = true;
    this.emit('close');
  }
}

let room: ConnectionRoom;
let lines: { readonly message: string; readonly facts: object }[];

function open(limits: Partial<HttpLimits>): void {
  lines = [];
  const warn = (facts: object, message: string) => lines.push({ message, facts });
  const logger = { warn } as unknown as Logger;
  room = new ConnectionRoom(
    { ...DEFAULT_HTTP_LIMITS, ...limits },
    logger,
    (socket) => (socket as unknown as TestSocket).isBusy,
  );
}

function connect(address = '127.0.0.1'): TestSocket {
  const socket = new TestSocket(address);
  room.enter(socket as unknown as Socket);
  return socket;
}

const signIn = (socket: TestSocket, user = 'lab') => noteSignIn(socket as unknown as Socket, user);
const several = (count: number, address?: string) => Array.from({ length: count }, () => connect(address));
const openOf = (sockets: readonly TestSocket[]) => sockets.filter(({ isClosed }) => !isClosed).length;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});

afterEach(() => {
  room.close();
  vi.useRealTimers();
});

describe('connections on which nobody has signed in', () => {
  test('make room for others when there are too many, the one that came first before the others', () => {
    open({ maxConnections: 10, reservedConnections: 2 });
    const silent = several(20);
    expect(silent.map(({ isClosed }) => isClosed)).toEqual([...Array(12).fill(true), ...Array(8).fill(false)]);
    expect(lines.map(({ message }) => message)).toEqual(['too many connections; one was closed']);
  });

  test('make room when a request runs on them only after those on which none does', () => {
    open({ maxConnections: 4, reservedConnections: 0 });
    const [first, second, third, fourth] = several(4) as [TestSocket, TestSocket, TestSocket, TestSocket];
    first.isBusy = true;
    connect();
    expect([first, second, third, fourth].map(({ isClosed }) => isClosed)).toEqual([false, true, false, false]);
    for (const socket of [third, fourth]) socket.isBusy = true;
    const [fifth] = several(1) as [TestSocket];
    fifth.isBusy = true;
    connect();
    expect(first.isClosed).toBe(true);
  });

  test('leave those alone on which somebody has', () => {
    open({ maxConnections: 10, reservedConnections: 2 });
    const signedIn = several(3);
    for (const socket of signedIn) signIn(socket);
    several(100);
    expect(openOf(signedIn)).toBe(3);
  });

  test('are closed after a while', () => {
    open({ signInTimeoutMs: 5_000 });
    const [silent, signedIn, busy] = several(3) as [TestSocket, TestSocket, TestSocket];
    signIn(signedIn);
    busy.isBusy = true;
    vi.advanceTimersByTime(4_000);
    const later = connect();
    vi.advanceTimersByTime(2_000);
    expect([silent, signedIn, busy, later].map(({ isClosed }) => isClosed)).toEqual([true, false, false, false]);
    busy.isBusy = false;
    vi.advanceTimersByTime(1_000);
    expect(busy.isClosed).toBe(true);
  });

  test.each([
    ['192.0.2.1', '::ffff:192.0.2.1', '192.0.2.2'],
    ['2001:db8:0:1::1', '2001:db8:0:1:ffff::2', '2001:db8:0:2::1'],
  ])('have a share for each address, as %s and %s are one, and %s is another', (address, same, other) => {
    open({ maxUnauthenticatedPerAddress: 3 });
    const from = [...several(2, address), ...several(2, same)];
    expect(from.map(({ isClosed }) => isClosed)).toEqual([false, false, false, true]);
    expect(lines).toEqual([expect.objectContaining({ facts: { peer: same, maxUnauthenticatedPerAddress: 3 } })]);
    expect(connect(other).isClosed).toBe(false);
    from[0]?.destroy();
    expect(connect(address).isClosed).toBe(false);
    if (from[1]) signIn(from[1]);
    expect(connect(address).isClosed).toBe(false);
    expect(connect(address).isClosed).toBe(true);
  });

  test.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('have no such share from %s', (address) => {
    open({ maxUnauthenticatedPerAddress: 3 });
    expect(openOf(several(64, address))).toBe(64);
  });
});

describe('connections on which somebody has signed in', () => {
  test('leave room for newcomers, the one that signed in first and is idle before the others', () => {
    open({ maxConnections: 10, reservedConnections: 2 });
    const members: TestSocket[] = [];
    for (let i = 0; i < 10; i++) {
      const member = connect();
      member.isBusy = i === 0;
      signIn(member);
      members.push(member);
    }
    expect(members.map(({ isClosed }) => isClosed)).toEqual([false, true, true, ...Array(7).fill(false)]);
    expect(connect().isClosed).toBe(false);
  });

  test('may all be busy: then whoever signs in on one more is turned away, and newcomers have their room', () => {
    open({ maxConnections: 4, reservedConnections: 2 });
    const members = busyMembers(4, 'lab');
    expect(members.map(({ isClosed }) => isClosed)).toEqual([false, false, true, true]);
    expect(connect().isClosed).toBe(false);
  });

  test('may all be busy: then the user with the most makes room for others', () => {
    open({ maxConnections: 10, reservedConnections: 2 });
    const greedy = busyMembers(8, 'reader');
    const others = [...busyMembers(2, 'lab'), ...busyMembers(1, 'other')];
    expect(greedy.map(({ isClosed }) => isClosed)).toEqual([true, true, true, ...Array(5).fill(false)]);
    expect(openOf(others)).toBe(3);
    expect(openOf(busyMembers(1, 'reader'))).toBe(0);
  });

  function busyMembers(count: number, user: string): TestSocket[] {
    return Array.from({ length: count }, () => {
      const member = connect();
      member.isBusy = true;
      signIn(member, user);
      return member;
    });
  }
});

test('when something else has run out, the room is smaller for a minute, at the cost of those on which nobody has signed in', () => {
  open({});
  const silent = several(29);
  const signedIn = connect();
  signIn(signedIn);
  room.shrink();
  expect(openOf(silent)).toBe(26);
  several(10);
  expect([openOf(silent), signedIn.isClosed]).toEqual([16, false]);
  vi.advanceTimersByTime(20_000);
  vi.advanceTimersByTime(45_000);
  several(100);
  expect(lines.at(-1)?.facts).toEqual({ maxConnections: 27 });
  expect(openOf(several(100))).toBe(100);
});
