import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The built bridge; `npm test` builds first. */
export const BRIDGE = fileURLToPath(new URL('../../dist/bridge/main.js', import.meta.url));

/** A line of the bridge. */
export interface BridgeLine {
  readonly id?: number;
  readonly items?: readonly BridgeItem[];
  readonly verbose?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into results of every shape
  readonly result?: any;
  // biome-ignore lint/suspicious/noExplicitAny: likewise
  readonly error?: any;
  readonly fatal?: string;
  readonly protocol?: string;
  readonly version?: number;
  readonly cimulator?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: instances and classes
export type BridgeItem = any;

/** How a call ended, and what came before. */
export interface CallEnd extends BridgeLine {
  readonly items: readonly BridgeItem[];
  readonly verbose: string;
}

/** A call under way. */
export interface Call extends Promise<CallEnd> {
  readonly id: number;
  /** Items so far. */
  readonly items: readonly BridgeItem[];
}

/** A bridge as a child process, as another program has it. */
export interface BridgeChild {
  readonly process: ChildProcess;
  readonly greeting: BridgeLine;
  /** Every line so far, the greeting apart. */
  readonly lines: readonly BridgeLine[];
  readonly stderr: () => string;
  /** How it exited. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** Sends a line as it is. */
  send(line: object | string): void;
  /** Sends a call with an id of its own. */
  call(members: Readonly<Record<string, unknown>>): Call;
  /** Waits until something holds of what came. */
  until(holds: () => boolean, what: string): Promise<void>;
  /** Ends its input, as the end of the parent does. */
  end(): Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

const PATIENCE_MS = 20_000;

export async function startBridgeChild(
  command: readonly string[] = [BRIDGE],
  env: NodeJS.ProcessEnv = process.env,
): Promise<BridgeChild> {
  const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'pipe'], env });
  const lines: BridgeLine[] = [];
  const waiting = new Map<number, { items: BridgeItem[]; verbose: string; finish: (end: BridgeLine) => void }>();
  let stderr = '';
  let rest = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) take(JSON.parse(part) as BridgeLine);
    child.emit('lines');
  });
  const exited = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }));

  function take(line: BridgeLine) {
    lines.push(line);
    const call = line.id === undefined ? undefined : waiting.get(line.id);
    if (!call || line.id === undefined) return;
    if (line.items) call.items.push(...line.items);
    else if (line.verbose !== undefined) call.verbose += line.verbose;
    else {
      waiting.delete(line.id);
      call.finish(line);
    }
  }

  async function until(holds: () => boolean, what: string) {
    const late = AbortSignal.timeout(PATIENCE_MS);
    while (!holds()) {
      await Promise.race([once(child, 'lines', { signal: late }), exited]).catch(() => undefined);
      if (!holds() && late.aborted) throw new Error(`${what} did not come; stderr: ${stderr}`);
      if (!holds() && child.exitCode !== null) throw new Error(`the bridge ended before ${what}; stderr: ${stderr}`);
    }
  }

  await until(() => lines.length > 0, 'the greeting');
  const greeting = lines.shift() as BridgeLine;
  let id = 0;
  const send = (line: object | string) =>
    void child.stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
  return {
    process: child,
    greeting,
    lines,
    stderr: () => stderr,
    exited,
    send,
    until,
    call(members) {
      const mine = ++id;
      const state: { items: BridgeItem[]; verbose: string } = { items: [], verbose: '' };
      const end = new Promise<CallEnd>((resolve) => {
        const finish = (line: BridgeLine) => resolve({ ...line, items: state.items, verbose: state.verbose });
        waiting.set(mine, Object.assign(state, { finish }));
      });
      send({ id: mine, ...members });
      return Object.assign(end, { id: mine, items: state.items });
    },
    async end() {
      child.stdin.end();
      return exited;
    },
  };
}
