/**
 * Installs the package as others do, into an empty folder, and says what npm had to say: nothing but how many packages came, for that
 * is the first thing that somebody new reads. Then an endpoint is started, called and killed, started again with the state that it kept, and
 * started where LMDB has no binary; the other command is asked for its help.
 *
 * node scripts/check-install.mjs FILE.tgz [FOLDER]     FOLDER: where to install, and to leave it
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [file, kept] = process.argv.slice(2);
if (file === undefined) throw new Error('which package? node scripts/check-install.mjs FILE.tgz [FOLDER]');
const folder = kept ?? mkdtempSync(join(tmpdir(), 'cimulator-install-'));
const shell = process.platform === 'win32';
const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CIMULATOR_'));
const env = { ...Object.fromEntries(inherited), CIMULATOR_USER: 'lab:secret' };

function run(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8', shell });
  return { status, text: `${stdout}${stderr}`.trim() };
}

/** Starts an endpoint that keeps its state in `data`, has somebody use it, and ends it. */
async function withEndpoint(signal, use, ...more) {
  const main = join(folder, 'node_modules/cimulator/dist/cli/main.js');
  const flags = ['--port', '0', '--https-port', '0', '--ready-json', '--data-dir', join(folder, 'data'), ...more];
  const server = spawn(process.execPath, [main, 'serve', ...flags], { cwd: folder, env });
  const ended = once(server, 'exit');
  let said = '';
  server.stderr.on('data', (text) => {
    said += text;
  });
  try {
    const line = await Promise.race([once(server.stdout, 'data'), ended.then(() => [undefined])]);
    if (line[0] === undefined) return `serve ended: ${said}`;
    const problem = use(JSON.parse(line[0]));
    server.kill(signal);
    const [code] = await ended;
    // Windows has no signals: the process ends at once.
    return problem ?? (code === 0 || signal === 'SIGKILL' || shell ? undefined : `serve ended with ${code}: ${said}`);
  } finally {
    server.kill('SIGKILL');
  }
}

const ADDED = 'added.lab.example';

/** @returns what went wrong; undefined when nothing did */
function callFirst({ http, state }) {
  if (state.kind !== 'lmdb' || state.wasFound) return `the state is ${JSON.stringify(state)}`;
  const ready = run('npx', '--no', '--', 'cimulator', 'readyz', http);
  if (ready.status !== 0) return `readyz: ${ready.text}`;
  writeFileSync(
    join(folder, 'added.mof'),
    `instance of MSFTSM_ComputerSystem { CreationClassName = "MSFTSM_ComputerSystem"; Name = "${ADDED}"; };`,
  );
  const seeded = run('npx', '--no', '--', 'cimulator', 'seed', 'added.mof', '--data-dir', join(folder, 'data'));
  return seeded.status === 0 ? undefined : `seed: ${seeded.text}`;
}

function callAgain({ http, state }) {
  if (!state.wasFound) return `the state is ${JSON.stringify(state)}`;
  const found = run('npx', '--no', '--', 'cimulator', 'enumerate', 'MSFTSM_ComputerSystem', '--url', http, '--json');
  const isThere = found.status === 0 && ['iscsi-a.lab.example', ADDED].every((name) => found.text.includes(name));
  return isThere ? undefined : `enumerate: ${found.text}`;
}

/** Where the platform has no binary, one line says so, and everything but such a state works. */
async function tryWithoutBinary() {
  const [binary, hidden] = ['@lmdb', '@hidden'].map((name) => join(folder, 'node_modules', name));
  renameSync(binary, hidden);
  try {
    const refused = await withEndpoint('SIGTERM', () => 'the state works without its binary');
    if (!/^serve ended: cimulator: [^\n]*--state none\n$/.test(refused)) return refused;
    const kindOf = ({ state }) => (state.kind === 'memory' ? undefined : state.kind);
    return await withEndpoint('SIGTERM', kindOf, '--state', 'none');
  } finally {
    renameSync(hidden, binary);
  }
}

/** Starts, calls and kills; starts again, with what there was; starts where there is no LMDB. */
async function tryEndpoint() {
  return (
    (await withEndpoint('SIGKILL', callFirst)) ??
    (await withEndpoint('SIGTERM', callAgain)) ??
    (await tryWithoutBinary())
  );
}

try {
  writeFileSync(join(folder, 'package.json'), '{"name":"newcomer","version":"1.0.0","private":true}');
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];
  const installed = run('npm', 'install', '--engine-strict', ...quiet, resolve(file));
  const version = run('npx', '--no', '--', 'cimulator', '--version');
  const help = run('npx', '--no', '--', 'cimulator-conformance', '--help');
  const isSilent = /^added \d+ packages in \S+$/.test(installed.text);
  const isOurs = /^\d+\.\d+\.\d+\S*$/.test(version.text) && file.includes(`-${version.text}.tgz`);
  const isInstalled = isSilent && isOurs && /^Usage: cimulator-conformance /.test(help.text);
  const problem = isInstalled ? await tryEndpoint() : version.text;
  const works = isInstalled && problem === undefined;
  console.log(`Node ${process.versions.node}: ${works ? 'ok' : 'not ok'}, ${installed.text}`);
  if (!works) console.log(problem, help.status === 0 ? '' : help.text);
  process.exitCode = works ? 0 : 1;
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true });
}
