import { type RunningCli, startCli } from '../../cli/run-cli.js';
import { account } from './lab-client.js';

/** Serves a state in a folder, by HTTP on any free port, and nothing else of a data directory. */
export function serveState(directory: string): RunningCli {
  const user = `${account.name}:${account.password}`;
  return startCli(['serve', '--state', directory, '--user', user, '--ready-json'], {
    CIMULATOR_PORT: '0',
    CIMULATOR_HTTPS_PORT: 'off',
    CIMULATOR_DATA_DIR: 'none',
  });
}
