import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../http/logger.js';
import type { RecordedExchange } from '../interceptors/record/recorded-exchange.js';
import type { RecordView } from '../interceptors/record/recorder.js';

/** Messages whose files are kept, those of earlier processes among them. */
const MOST_PAIRS = 1000;
const TRACE = /^(\d{6,}-[A-Za-z0-9_-]+)-(?:request|response)\.xml$/;
/** Messages that may wait to be written; what comes beyond is left out, and the log says so. */
const MOST_WAITING = 100;

/**
 * Writes each message and its answer into a folder: `000042-Invoke-Grow-request.xml` and `…-response.xml`, with mode 0600. A disk that
 * is slow holds up nobody.
 *
 * @param view that masks secrets
 * @returns what ends it, once all is written
 */
export function traceSoap(folder: string, view: RecordView, logger: Logger): () => Promise<void> {
  let last: Promise<unknown> = mkdir(folder, { recursive: true, mode: 0o700 }).then(findEarlier);
  let waiting = 0;
  let leftOut = 0;
  /** By names without their ends, the oldest first. */
  const written = new Map<string, readonly string[]>();

  async function findEarlier(): Promise<void> {
    const found = await Promise.all(
      (await readdir(folder))
        .filter((file) => TRACE.test(file))
        .map(async (file) => ({ file, at: (await stat(join(folder, file))).mtimeMs })),
    );
    for (const { file } of found.sort((one, other) => one.at - other.at)) {
      const name = file.replace(TRACE, '$1');
      written.set(name, [...(written.get(name) ?? []), file]);
    }
    await removeOldest();
  }

  async function removeOldest(): Promise<void> {
    for (const [name, files] of written) {
      if (written.size <= MOST_PAIRS) break;
      written.delete(name);
      for (const file of files) await rm(join(folder, file), { force: true });
    }
  }

  async function write(exchange: RecordedExchange): Promise<void> {
    const { request, response } = exchange.soap();
    const name = nameOf(exchange);
    const files = [
      [`${name}-request.xml`, request],
      [`${name}-response.xml`, response],
    ] as const;
    // Files are made anew: one that others can read would stay so.
    for (const [file, text] of files) {
      if (text === undefined) continue;
      await rm(join(folder, file), { force: true });
      await writeFile(join(folder, file), text, { mode: 0o600, flag: 'wx' });
    }
    written.delete(name);
    written.set(
      name,
      files.map(([file]) => file),
    );
    await removeOldest();
  }

  const end = view.on('exchange', (exchange) => {
    if (waiting >= MOST_WAITING) {
      leftOut += 1;
      return;
    }
    waiting += 1;
    last = last
      .then(() => write(exchange))
      .catch((err: unknown) => logger.warn({ reason: reasonOf(err) }, 'a message could not be traced'))
      .finally(() => {
        waiting -= 1;
        if (waiting > 0 || leftOut === 0) return;
        logger.warn({ leftOut }, 'messages were not traced: they came faster than they could be written');
        leftOut = 0;
      });
  });
  return async () => {
    end();
    await last.catch(() => undefined);
  };
}

/** Clients choose names: of these only letters that no file system minds, and not many. */
function nameOf({ number, operation = 'unreadable', method = '' }: RecordedExchange): string {
  const what = [operation, method].filter((name) => name !== '').join('-');
  return `${String(number).padStart(6, '0')}-${what.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 80)}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
