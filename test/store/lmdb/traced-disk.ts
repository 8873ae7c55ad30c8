/** What a process has done to a file, and said, in the order in which strace has seen it. */
export type DiskEvent =
  | {
      readonly kind: 'write';
      readonly offset: number;
      readonly data: Buffer /** Index of the event with which it had ended. */;
      end: number;
    }
  | { readonly kind: 'sync'; end: number }
  /** A call that had begun earlier has ended. */
  | { readonly kind: 'end' }
  | { readonly kind: 'said'; readonly text: string };

/** What strace is told, so that {@link readTrace} can read what it has written. */
export const TRACE_OPTIONS = [
  '-f',
  '-y',
  '-xx',
  '-s',
  '1000000',
  '-e',
  'trace=write,writev,pwrite64,pwritev,lseek,fdatasync',
];

const CALL = /^(\d+) +(\w+)\((\d+)<([^>]*)>(.*)$/;
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>/;
const HEX = /"((?:\\x[0-9a-f]{2})*)"/g;

const bytes = (hex: string) => Buffer.from(hex.replaceAll('\\x', ''), 'hex');

interface Call {
  readonly thread: string;
  readonly kind: string;
  readonly descriptor: string;
  readonly path: string;
  readonly data: readonly Buffer[];
  /** Those among its arguments, in their order. */
  readonly numbers: readonly number[];
  readonly isUnfinished: boolean;
}

function readCall(line: string): Call | undefined {
  const found = CALL.exec(line);
  if (!found) return undefined;
  const [, thread = '', kind = '', descriptor = '', path = '', rest = ''] = found;
  const data = [...rest.matchAll(HEX)].map(([, hex = '']) => bytes(hex));
  const numbers =
    rest
      .replace(HEX, '')
      .replace(/iov_len=\d+/g, '')
      .match(/\d+/g)
      ?.map(Number) ?? [];
  const isUnfinished = rest.endsWith('<unfinished ...>');
  return { thread, kind, descriptor, path: bytes(path).toString(), data, numbers, isUnfinished };
}

/** Pieces that follow one another in the file. */
function writesOf(data: readonly Buffer[], offset: number): DiskEvent[] {
  let next = offset;
  return data.map((piece) => {
    const event: DiskEvent = { kind: 'write', offset: next, data: piece, end: 0 };
    next += piece.length;
    return event;
  });
}

/** @param place where the next `writev` of the thread goes */
function eventsOf({ kind, data, numbers }: Call, place: number): DiskEvent[] {
  if (kind === 'fdatasync') return [{ kind: 'sync', end: 0 }];
  if (kind === 'pwrite64') return writesOf(data, numbers[1] ?? 0);
  if (kind === 'pwritev') return writesOf(data, numbers[1] ?? 0);
  if (kind === 'writev') return writesOf(data, place);
  return [];
}

/** @param name of the file, without its folder */
export function readTrace(trace: string, name: string): readonly DiskEvent[] {
  const events: DiskEvent[] = [];
  /** By thread: what it has begun, and where its next `writev` goes. */
  const begun = new Map<string, DiskEvent[]>();
  const places = new Map<string, number>();
  const end = (some: readonly DiskEvent[], at: number) => {
    for (const one of some) if ('end' in one) one.end = at;
  };
  const resume = (thread: string) => {
    events.push({ kind: 'end' });
    end(begun.get(thread) ?? [], events.length - 1);
    begun.delete(thread);
  };
  const take = (call: Call) => {
    if (call.kind === 'write' && call.descriptor === '1')
      events.push({ kind: 'said', text: Buffer.concat(call.data).toString() });
    if (!call.path.endsWith(`/${name}`)) return;
    if (call.kind === 'lseek') places.set(call.thread, call.numbers[0] ?? 0);
    const made = eventsOf(call, places.get(call.thread) ?? 0);
    events.push(...made);
    if (call.isUnfinished) begun.set(call.thread, made);
    end(made, call.isUnfinished ? Number.POSITIVE_INFINITY : events.length - 1);
  };
  for (const line of trace.split('\n')) {
    const [, resumed] = RESUMED.exec(line) ?? [];
    if (resumed !== undefined) resume(resumed);
    const call = readCall(line);
    if (call) take(call);
  }
  return events;
}

const SECTOR = 4096;

/**
 * What a disk may have of the file after the power was lost behind an event: all that was written before a wait for the disk that has
 * ended, and of everything else any part.
 */
export function afterPowerLoss(events: readonly DiskEvent[], at: number, isLucky: () => boolean): Buffer {
  const syncs = events.flatMap((event, began) => (event.kind === 'sync' && event.end <= at ? [began] : []));
  let file = Buffer.alloc(0);
  for (const event of events.slice(0, at + 1)) {
    if (event.kind !== 'write') continue;
    const isKept = syncs.some((began) => began > event.end);
    for (let from = 0; from < event.data.length; from += SECTOR) {
      const part = event.data.subarray(from, from + SECTOR);
      const end = event.offset + from + part.length;
      if (!isKept && !isLucky()) continue;
      if (end > file.length) file = Buffer.concat([file, Buffer.alloc(end - file.length)]);
      part.copy(file, event.offset + from);
    }
  }
  return file;
}
