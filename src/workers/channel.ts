/** The end of a pipe to another process: `process`, or a child's. */
export interface ChannelPort {
  send?(message: unknown, done?: (error: Error | null) => void): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
}

/** What one side does for the other, by name. The signal says that the other one does not want the answer any more. */
export type Services = Readonly<Record<string, (given: never, signal: AbortSignal) => unknown>>;

/** Asks the other side for its services, in the order in which it is asked. */
export interface Channel<S extends Services> {
  /** @throws ChannelError what the service threw, or that the other side has gone; the signal's reason */
  ask<N extends keyof S & string>(
    name: N,
    given: Parameters<S[N]>[0],
    signal?: AbortSignal,
  ): Promise<Awaited<ReturnType<S[N]>>>;
  /** The same without an answer. What fails is the other side's to tell. */
  tell<N extends keyof S & string>(name: N, given: Parameters<S[N]>[0]): void;
}

/** An error of another process, as far as it can be told. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';
  /** The name of the error there. */
  readonly kind: string;
  /** Of a CimError. */
  readonly status: number | undefined;
  /** The message is meant for whoever asked. */
  readonly expected: boolean;

  constructor({ message, kind, status, expected }: ToldError) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.expected = expected;
  }
}

interface ToldError {
  readonly message: string;
  readonly kind: string;
  readonly status?: number | undefined;
  readonly expected: boolean;
}

type Message =
  | { readonly ask: string; readonly given: unknown; readonly id?: number }
  | { readonly cancel: number }
  | { readonly answered: number; readonly value?: unknown; readonly error?: ToldError };

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * Both directions over the pipe that Node opens to a child process. Messages arrive in the order in which they were sent.
 *
 * @param own what the other side may ask
 * @param onError is told what a service threw that nobody waits for
 */
export function openChannel<S extends Services>(
  port: ChannelPort,
  own: Services,
  onError: (error: unknown) => void,
): Channel<S> {
  const waiting = new Map<number, Waiting>();
  const answering = new Map<number, AbortController>();
  let last = 0;
  let isGone = false;

  /** A pipe that is gone is told of by `disconnect`. */
  const send = (message: Message): void => {
    if (!isGone) port.send?.(message, () => undefined);
  };

  async function answer({ ask: name, given, id }: Extract<Message, { ask: string }>): Promise<void> {
    const wanted = new AbortController();
    if (id !== undefined) answering.set(id, wanted);
    try {
      const value = await own[name]?.(given as never, wanted.signal);
      if (id !== undefined) send({ answered: id, value });
    } catch (error) {
      if (id === undefined) onError(error);
      else send({ answered: id, error: told(error) });
    } finally {
      if (id !== undefined) answering.delete(id);
    }
  }

  function settle({ answered, value, error }: Extract<Message, { answered: number }>): void {
    const asked = waiting.get(answered);
    waiting.delete(answered);
    if (error === undefined) asked?.resolve(value);
    else asked?.reject(new ChannelError(error));
  }

  port.on('message', (given) => {
    const message = given as Message;
    if ('ask' in message) void answer(message);
    else if ('cancel' in message) answering.get(message.cancel)?.abort(new Error('nobody waits for it any more'));
    else if ('answered' in message) settle(message);
  });
  port.on('disconnect', () => {
    isGone = true;
    for (const { reject } of waiting.values()) reject(gone());
    waiting.clear();
    for (const wanted of answering.values()) wanted.abort(gone());
  });

  return {
    ask: (name, given, signal) =>
      new Promise((resolve, reject) => {
        if (isGone) return reject(gone());
        if (signal?.aborted) return reject(signal.reason);
        last += 1;
        const id = last;
        const abandon = (): void => {
          waiting.delete(id);
          send({ cancel: id });
          reject(signal?.reason);
        };
        const leave = (): void => signal?.removeEventListener('abort', abandon);
        signal?.addEventListener('abort', abandon);
        waiting.set(id, {
          resolve(value) {
            leave();
            resolve(value as never);
          },
          reject(error) {
            leave();
            reject(error);
          },
        });
        send({ ask: name, given, id });
      }),
    tell: (name, given) => send({ ask: name, given }),
  };
}

function gone(): ChannelError {
  return new ChannelError({ message: 'the other process has gone', kind: 'Error', expected: false });
}

function told(error: unknown): ToldError {
  if (!(error instanceof Error)) return { message: String(error), kind: 'Error', expected: false };
  const { status, expected } = error as { status?: unknown; expected?: unknown };
  return {
    message: error.message,
    kind: error.name,
    ...(typeof status === 'number' && { status }),
    expected: expected === true,
  };
}
