import { connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a database server, and counts, stops and cuts what goes through. */
export interface WireProxy {
  readonly port: number;
  /** Answers of the server (ReadyForQuery) since the last time: ways there and back. */
  takeAnswers(): number;
  /** Nothing comes back until `resume`; what clients send arrives. */
  pause(): void;
  resume(): void;
  /** Ends all connections. @param refuses new ones, too, until `accept` */
  cut(refuses?: boolean): void;
  accept(): void;
  /** Cuts the connection on which the next statement with this text is sent, once the server has answered it, which nobody hears of. */
  loseAnswerTo(text: string): void;
  close(): void;
}

export async function startWireProxy(target: number): Promise<WireProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let answers = 0;
  let isPaused = false;
  let refuses = false;
  let losing: string | undefined;
  const held: (() => void)[] = [];

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
    const count = messageCounter((type) => {
      if (type !== 'Z') return;
      answers += 1;
      if (isLosing) end();
    });
    client.on('data', (bytes) => {
      if (losing !== undefined && bytes.includes(losing)) {
        losing = undefined;
        isLosing = true;
      }
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      const pass = () => {
        if (!isLosing) client.write(bytes);
        count(bytes);
      };
      if (isPaused) held.push(pass);
      else pass();
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
    pause() {
      isPaused = true;
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
