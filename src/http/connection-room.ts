import type { Socket } from 'node:net';
import { addressGroup } from '../auth/lock-out/address-group.js';
import type { HttpLimits } from './http-limits.js';
import { isLoopback } from './is-loopback.js';
import type { Logger } from './logger.js';
import { createSparseLog, type SparseLog } from './sparse-log.js';

/** How often connections that take too long to sign in are looked for, in milliseconds. */
const SWEEP_MS = 1000;

/** Connections that are asked whether they are idle before the oldest of all is taken, idle or not. */
const LOOKS = 64;

/** For how long a room stays small, in milliseconds. */
const SMALL_MS = 60_000;

/** A connection in the room. */
interface Place {
  readonly socket: Socket;
  readonly room: ConnectionRoom;
  /** Whose share it counts in; undefined for this machine, which has none. */
  readonly group: string | undefined;
  /** By `performance.now()`. */
  readonly since: number;
  /** Who has signed in on it; undefined as long as nobody has. */
  user: string | undefined;
}

/** Where a socket keeps its place: a weak map costs the garbage collector more than the places themselves. */
const PLACE = Symbol('place');

interface PlacedSocket extends Socket {
  [PLACE]?: Place;
}

/**
 * Room for the connections of one listener. Most of it is for whoever comes, but those that nobody has signed in on yet have to leave when
 * others need it, the one that came first before the others, and in any case after a while: so silence keeps nobody out. It is what
 * OpenSSH does with MaxStartups, PerSourceMaxStartups and LoginGraceTime.
 *
 * A part is kept free of them for those that have signed in, and of those for newcomers, such as a question for the endpoint's health.
 * Who signs in on many connections and keeps all of them busy, with bodies that never end, has to make room for others, too.
 */
export class ConnectionRoom {
  readonly #limits: HttpLimits;
  /** Most connections: fewer than the limit for a while after something else has run out. */
  #most: number;
  /** By `performance.now()`. */
  #isSmallUntil = 0;
  readonly #isBusy: (socket: Socket) => boolean;
  readonly #log: SparseLog;
  /** In the order in which they came. */
  readonly #waiting = new Set<Place>();
  /** In the order in which they signed in. */
  readonly #signedIn = new Set<Place>();
  /** Of the waiting connections of each address: how many. */
  readonly #shares = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;

  /** @param isBusy whether a request runs on a connection */
  constructor(limits: HttpLimits, logger: Logger, isBusy: (socket: Socket) => boolean) {
    const { maxConnections, signInTimeoutMs } = limits;
    this.#limits = limits;
    this.#most = maxConnections;
    this.#isBusy = isBusy;
    this.#log = createSparseLog(logger);
    this.#timer = setInterval(() => this.#sweep(), Math.min(SWEEP_MS, Math.max(signInTimeoutMs, 1))).unref();
  }

  /** Finds a place for a new connection, or closes it. */
  enter(socket: PlacedSocket): void {
    const address = socket.remoteAddress ?? '';
    const group = isLoopback(address) ? undefined : addressGroup(address);
    if (!this.#makeRoom(address, group)) {
      socket.destroy();
      return;
    }
    const place: Place = { socket, room: this, group, since: performance.now(), user: undefined };
    socket[PLACE] = place;
    this.#waiting.add(place);
    if (group !== undefined) this.#shares.set(group, (this.#shares.get(group) ?? 0) + 1);
    socket.on('close', leave);
  }

  /** Ends the watch over the time that connections have. */
  close(): void {
    clearInterval(this.#timer);
  }

  /**
   * For when something else has run out that connections take, such as file descriptors: for a minute the room is smaller by a tenth than
   * what is in it, and so many of those leave on which nobody has signed in.
   */
  shrink(): void {
    const size = this.#waiting.size + this.#signedIn.size;
    const leaving = Math.ceil(size / 10);
    this.#most = Math.max(1, size - leaving);
    this.#isSmallUntil = performance.now() + SMALL_MS;
    for (let left = Math.min(leaving, this.#waiting.size); left > 0; left--) this.#removeOneWaiting();
  }

  /** Most connections on which nobody has signed in, and most on which somebody has. */
  get #mostOfAKind(): number {
    return this.#most - Math.min(this.#limits.reservedConnections, Math.floor(this.#most / 2));
  }

  /** For {@link noteSignIn}. */
  signIn(place: Place, user: string): void {
    if (!this.#waiting.delete(place)) return;
    this.#giveShareBack(place);
    place.user = user;
    this.#signedIn.add(place);
    if (this.#signedIn.size <= this.#mostOfAKind) return;
    this.#tellFull();
    const idle = this.#firstIdle(this.#signedIn, Number.POSITIVE_INFINITY);
    this.#remove(idle === undefined || idle === place ? this.#firstOfGreediest(place) : idle);
  }

  /** For what a socket does when it closes. */
  forget(place: Place): void {
    if (place.user !== undefined) this.#signedIn.delete(place);
    else if (this.#waiting.delete(place)) this.#giveShareBack(place);
  }

  /** False when there is none to be made. */
  #makeRoom(address: string, group: string | undefined): boolean {
    const { maxUnauthenticatedPerAddress } = this.#limits;
    if (group !== undefined && (this.#shares.get(group) ?? 0) >= maxUnauthenticatedPerAddress) {
      this.#log.warn(
        'share',
        { peer: address, maxUnauthenticatedPerAddress },
        'an address has too many connections on which nobody has signed in',
      );
      return false;
    }
    const isFull = this.#waiting.size + this.#signedIn.size >= this.#most;
    if (!isFull && this.#waiting.size < this.#mostOfAKind) return true;
    this.#tellFull();
    return this.#removeOneWaiting();
  }

  /** False when there is none. */
  #removeOneWaiting(): boolean {
    const [oldest] = this.#waiting;
    const leaving = this.#firstIdle(this.#waiting, LOOKS) ?? oldest;
    if (leaving === undefined) return false;
    this.#remove(leaving);
    return true;
  }

  #tellFull(): void {
    this.#log.warn('full', { maxConnections: this.#most }, 'too many connections; one was closed');
  }

  #firstIdle(among: ReadonlySet<Place>, looks: number): Place | undefined {
    let left = looks;
    for (const place of among) {
      if (!this.#isBusy(place.socket)) return place;
      left -= 1;
      if (left === 0) return undefined;
    }
    return undefined;
  }

  /** Of the user with the most connections the one that signed in first; `place` itself when nobody has more than its own user. */
  #firstOfGreediest(place: Place): Place {
    const counts = new Map<string | undefined, number>();
    for (const { user } of this.#signedIn) counts.set(user, (counts.get(user) ?? 0) + 1);
    let greediest = place.user;
    for (const [user, count] of counts) if (count > (counts.get(greediest) ?? 0)) greediest = user;
    if (greediest === place.user) return place;
    for (const other of this.#signedIn) if (other.user === greediest) return other;
    return place;
  }

  #remove(place: Place): void {
    this.forget(place);
    place.socket.destroy();
  }

  #giveShareBack({ group }: Place): void {
    if (group === undefined) return;
    const share = (this.#shares.get(group) ?? 0) - 1;
    if (share > 0) this.#shares.set(group, share);
    else this.#shares.delete(group);
  }

  /**
   * Whether there is need or not, and whether something is asked on the connection again and again or nothing, as LoginGraceTime has
   * it: a question for the endpoint's health each few seconds would keep a place for good. Nothing is cut: what runs has a
   * time limit of its own, and a client that asks again opens another connection.
   */
  #sweep(): void {
    const now = performance.now();
    if (now > this.#isSmallUntil) this.#most = this.#limits.maxConnections;
    const latest = now - this.#limits.signInTimeoutMs;
    for (const place of this.#waiting) {
      if (place.since > latest) return;
      if (!this.#isBusy(place.socket)) this.#remove(place);
    }
  }
}

/** Somebody has signed in on a connection: it does not have to make room any more. */
export function noteSignIn(socket: PlacedSocket, user: string): void {
  const place = socket[PLACE];
  place?.room.signIn(place, user);
}

function leave(this: PlacedSocket): void {
  const place = this[PLACE];
  place?.room.forget(place);
}
