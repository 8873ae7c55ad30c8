import { connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a database server, and counts, stops and cuts what goes through. */
export interface WireProxy {
  readonly port: number;
  /** Answers of the server (ReadyForQuery) since the last time: ways there and back. */
  takeAnswers(): number;
  /**
   * From now on all that is asked meanwhile is answered together: one wait. Gives the number of waits since the last time. What the
   * connection asks that only listens counts for nothing.
   */
  takeWaits(): number;
  /** Nothing comes back until `resume`; what clients send arrives. */
  pause(): void;
  resume(): void;
  /** How many answers are kept back. */
  readonly held: number;
  /** Ends all connections. @param refuses new ones, too, until `accept` */
  cut(refuses?: boolean): void;
  accept(): void;
  /** Cuts the connection on which the next statement with this text is sent, once the server has answered it, which nobody hears of. */
  loseAnswerTo(text: string): void;
  /** Answers have the second text in place of the first, which is as long. */
  rewrite(from: string, to: string): void;
  close(): void;
}

const QUIET_MS = 10;
const PING = 'SELECT 1';

export async function startWireProxy(target: number): Promise<WireProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let answers = 0;
  let isPaused = false;
  let refuses = false;
  let losing: string | undefined;
  let rewritten: readonly [string, string] | undefined;
  const held: (() => void)[] = [];
  let waits = 0;
  let isTogether = false;
  let outstanding = 0;
  let releasing: NodeJS.Timeout | undefined;
  const together: (() => void)[] = [];

  /** Once everything has its answer, and nothing more is asked for a moment. */
  function releaseSoon(): void {
    clearTimeout(releasing);
    if (outstanding > 0) return;
    releasing = setTimeout(() => {
      if (outstanding > 0 || together.length === 0) return;
      waits += 1;
      for (const pass of together.splice(0)) pass();
    }, QUIET_MS);
  }

  const server = createServer((client) => {
    if (refuses) return client.destroy();
    const database = connect(target, '127.0.0.1');
    const pair = [client, database] as const;
    pairs.add(pair);
    const end = () => {
      client.destroy();
      database.destroy();
      pairs.delete(pair);
    };
    let isLosing = false;
    let asked = 0;
    const count = messageCounter((type) => {
      if (type !== 'Z') return;
      answers += 1;
      if (asked > 0) {
        asked -= 1;
        outstanding -= 1;
      }
      if (isLosing) end();
    });
    client.on('data', (bytes) => {
      if (losing !== undefined && bytes.includes(losing)) {
        losing = undefined;
        isLosing = true;
      }
      if (isTogether && isQuestion(bytes)) {
        asked += 1;
        outstanding += 1;
        clearTimeout(releasing);
      }
      database.write(bytes);
    });
    database.on('data', (received) => {
      const bytes = rewritten ? Buffer.from(received.toString('latin1').replaceAll(...rewritten), 'latin1') : received;
      const isAnswer = asked > 0;
      const pass = () => {
        if (!isLosing) client.write(bytes);
      };
      const passAndCount = () => {
        pass();
        count(bytes);
      };
      if (isPaused) held.push(passAndCount);
      else if (!isAnswer) passAndCount();
      else {
        together.push(pass);
        count(bytes);
        releaseSoon();
      }
    });
    for (const socket of pair) socket.on('error', end).on('close', end);
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
    pairs.clear();
  };
  return {
    port: address.port,
    takeAnswers() {
      const taken = answers;
      answers = 0;
      return taken;
    },
    takeWaits() {
      isTogether = true;
      const taken = waits;
      waits = 0;
      return taken;
    },
    pause() {
      isPaused = true;
    },
    get held() {
      return held.length;
    },
    resume() {
      isPaused = false;
      for (const pass of held.splice(0)) pass();
    },
    cut(andRefuse = false) {
      refuses = andRefuse;
      cut();
    },
    accept() {
      refuses = false;
    },
    loseAnswerTo(text) {
      losing = text;
    },
    rewrite(from, to) {
      rewritten = [from, to];
    },
    close() {
      cut();
      server.close();
    },
  };
}

/** Tells of each message of the server by its letter: a letter, four bytes of length, which counts itself, and the rest. */
function messageCounter(onMessage: (type: string) => void): (bytes: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= 5 && rest.length >= 1 + rest.readUInt32BE(1)) {
      const end = 1 + rest.readUInt32BE(1);
      onMessage(String.fromCharCode(rest[0] as number));
      rest = rest.subarray(end);
    }
  };
}

/** Whether it ends with a question, which has one answer: a simple query, or Sync after others. */
function isQuestion(bytes: Buffer): boolean {
  const isSimple = bytes[0] === 'Q'.charCodeAt(0);
  if (isSimple) return bytes.toString('latin1', 5, bytes.length - 1) !== PING;
  return bytes.subarray(-5).equals(Buffer.from([0x53, 0, 0, 0, 4]));
}
