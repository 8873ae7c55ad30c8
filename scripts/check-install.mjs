/**
 * Installs the package as others do, into an empty folder, and says what npm had to say: nothing but how many packages came, for that
 * is the first thing that somebody new reads. Then an endpoint is started, called and stopped, and the other command asked for its help.
 *
 * node scripts/check-install.mjs FILE.tgz
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('which package? node scripts/check-install.mjs FILE.tgz');
const folder = mkdtempSync(join(tmpdir(), 'cimulator-install-'));
const shell = process.platform === 'win32';
const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CIMULATOR_'));
const env = { ...Object.fromEntries(inherited), CIMULATOR_USER: 'lab:secret' };

function run(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8', shell });
  return { status, text: `${stdout}${stderr}`.trim() };
}

/** Starts, calls and stops. @returns what went wrong; undefined when nothing did */
async function tryEndpoint() {
  const main = join(folder, 'node_modules/cimulator/dist/cli/main.js');
  const flags = ['--port', '0', '--https-port', '0', '--ready-json', '--data-dir', join(folder, 'data')];
  const server = spawn(process.execPath, [main, 'serve', ...flags], { cwd: folder, env });
  const ended = once(server, 'exit');
  let said = '';
  server.stderr.on('data', (text) => {
    said += text;
  });
  try {
    const line = await Promise.race([once(server.stdout, 'data'), ended.then(() => [undefined])]);
    if (line[0] === undefined) return `serve ended: ${said}`;
    const { http } = JSON.parse(line[0]);
    const ready = run('npx', '--no', 'cimulator', 'readyz', http);
    if (ready.status !== 0) return `readyz: ${ready.text}`;
    const found = run('npx', '--no', 'cimulator', 'enumerate', 'MSFTSM_ComputerSystem', '--url', http, '--json');
    if (found.status !== 0 || !found.text.includes('iscsi-a.lab.example')) return `enumerate: ${found.text}`;
    server.kill('SIGTERM');
    const [code] = await ended;
    // Windows has no SIGTERM: the process ends at once.
    return code === 0 || shell ? undefined : `serve ended with ${code}: ${said}`;
  } finally {
    server.kill('SIGKILL');
  }
}

try {
  writeFileSync(join(folder, 'package.json'), '{"name":"newcomer","version":"1.0.0","private":true}');
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];
  const installed = run('npm', 'install', '--engine-strict', ...quiet, resolve(file));
  const version = run('npx', '--no', 'cimulator', '--version');
  const help = run('npx', '--no', 'cimulator-conformance', '--help');
  const isSilent = /^added \d+ packages in \S+$/.test(installed.text);
  const isInstalled = isSilent && version.status === 0 && help.status === 0;
  const problem = isInstalled ? await tryEndpoint() : version.text;
  const works = isInstalled && problem === undefined;
  console.log(`Node ${process.versions.node}: ${works ? 'ok' : 'not ok'}, ${installed.text}`);
  if (!works) console.log(problem, help.status === 0 ? '' : help.text);
  process.exitCode = works ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
