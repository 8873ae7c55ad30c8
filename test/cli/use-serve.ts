import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { giveCompiledModel, keepCompiledModel } from './compiled-model.js';
import { type RunningCli, startCli } from './run-cli.js';

export const IDENTIFY =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" ' +
  'xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>';
export const SOAP = { 'Content-Type': 'application/soap+xml;charset=UTF-8' };

/**
 * Starts `serve` on a free port, with a data directory of each test's own, or of all tests of a `describe`, in which the model is compiled
 * already; what still runs behind them is ended.
 */
export function useServe(whose: 'each' | 'all' = 'each') {
  const [before, after] = whose === 'each' ? [beforeEach, afterEach] : [beforeAll, afterAll];
  let dataDir: string;
  const started: RunningCli[] = [];
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'cimulator-serve-'));
    giveCompiledModel(dataDir);
  });
  after(async () => {
    for (const { process } of started.splice(0)) process.kill('SIGKILL');
    keepCompiledModel(dataDir);
    await rm(dataDir, { recursive: true });
  });
  return {
    place: () => dataDir,
    serve(args: readonly string[] = [], variables: Record<string, string> = {}, stdin?: string | null): RunningCli {
      const settings = { CIMULATOR_PORT: '0', CIMULATOR_HTTPS_PORT: 'off', CIMULATOR_DATA_DIR: dataDir, ...variables };
      const cli = startCli(['serve', ...args], settings, stdin);
      started.push(cli);
      return cli;
    },
  };
}

/** What `--ready-json` says. */
export async function ready(
  cli: RunningCli,
): Promise<{ http: string; https?: string; user: string; password?: string; pid: number }> {
  return JSON.parse(await cli.firstLine());
}

/** The HTTP status of an Identify with Basic authentication. */
export async function identify(url: string, name: string, password: string): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  const { status } = await fetch(url, {
    method: 'POST',
    body: IDENTIFY,
    headers: { ...SOAP, Authorization: authorization },
  });
  return status;
}
