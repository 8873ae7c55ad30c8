import cluster from 'node:cluster';
import type { Command } from 'commander';
import { disablePretenuring } from './disable-pretenuring.js';
import { exitWithError, UsageError } from './exit-with-error.js';

/** Adds `cimulator worker`, which `serve --workers` starts; it is in no help. */
export function addWorkerCommand(program: Command): void {
  program.command('worker', { hidden: true }).action(async () => {
    if (!cluster.isWorker) {
      exitWithError(new UsageError("a worker is started by 'cimulator serve --workers'"));
      return;
    }
    disablePretenuring();
    const { serveAsWorker } = await import('../workers/serve-as-worker.js');
    serveAsWorker();
  });
}
