import type { Writable } from 'node:stream';

/** Writes lines to the parent. */
export interface LineWriter {
  /** Writes a line; its line break is added. */
  write(line: string): void;
  /** Waits until the parent has read enough that more may be written without piling up here. */
  ready(): Promise<void>;
  /** Writes a last line, and waits until all is with the parent. */
  end(line?: string): Promise<void>;
}

export function createLineWriter(output: Writable): LineWriter {
  let draining: Promise<void> | undefined;
  const gone = () => output.destroyed || output.writableEnded;
  return {
    write(line) {
      if (gone()) return;
      output.write(`${line}\n`);
    },
    async ready() {
      if (!output.writableNeedDrain || gone()) return;
      draining ??= new Promise((resolve) => {
        const goOn = () => {
          output.off('drain', goOn).off('close', goOn);
          draining = undefined;
          resolve();
        };
        output.on('drain', goOn).on('close', goOn);
      });
      await draining;
    },
    async end(line) {
      if (gone()) return;
      await new Promise<void>((resolve) => {
        output.once('close', resolve);
        output.end(line === undefined ? '' : `${line}\n`, () => resolve());
      });
    },
  };
}
