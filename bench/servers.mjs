import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const USER = 'bench';
const PASSWORD = 'bench-password';
const root = fileURLToPath(new URL('..', import.meta.url));

/** The account the endpoint is started with. */
export const account = { user: USER, password: PASSWORD };

/** Its Authorization header. */
export const authorization = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;

/** Headers of a WS-Man client. */
export const headers = { 'content-type': 'application/soap+xml;charset=UTF-8', authorization };

async function firstLine(child) {
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the server ended before it was ready');
}

function stopper(child, cleanUp = async () => {}) {
  return async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    await cleanUp();
  };
}

/**
 * Starts `cimulator serve` in a process of its own.
 *
 * @param settings dataDir: one that outlives the server, with the schema cache in it; default: a new one each time. lab: name
 *   or MOF file. options: more of the command line. state: where instances are kept, in memory when left out
 */
export async function startOurs({ dataDir: keptDataDir, lab = 'two-servers', options = [], state = 'none' } = {}) {
  const dataDir = keptDataDir ?? (await mkdtemp(join(tmpdir(), 'cimulator-bench-')));
  const arguments_ = [
    'dist/cli/main.js',
    'serve',
    '--port',
    '0',
    '--https-port',
    'off',
    '--ready-json',
    '--lab',
    lab,
    ...options,
  ];
  const child = spawn(process.execPath, [...arguments_, '--user', `${USER}:${PASSWORD}`, '--data-dir', dataDir], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    // A database's URL has a password in it, which a command line would show.
    env: { ...process.env, CIMULATOR_STATE: state },
  });
  const { http } = JSON.parse(await firstLine(child));
  const cleanUp = keptDataDir === undefined ? () => rm(dataDir, { recursive: true, force: true }) : undefined;
  return { url: http, pid: child.pid, stop: stopper(child, cleanUp) };
}

/** Starts the bare server, whose every answer has `size` bytes. */
export async function startBare(size) {
  const child = spawn(process.execPath, ['bench/bare-server.mjs', String(size)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { url: await firstLine(child), pid: child.pid, stop: stopper(child) };
}

/** Starts an endpoint that keeps requests (`on`), or keeps none (`off`). */
export async function startKept(kept) {
  const child = spawn(process.execPath, ['bench/kept-server.mjs', kept], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { url: await firstLine(child), pid: child.pid, stop: stopper(child) };
}

/** One request; the answer's text. */
export async function post(url, body) {
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`HTTP ${response.status}: ${text.slice(0, 500)}`);
  return text;
}
