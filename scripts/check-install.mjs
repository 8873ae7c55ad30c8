/**
 * Installs the package as others do, into an empty folder, and says what npm had to say: nothing but how many packages came, for that
 * is the first thing that somebody new reads. Then an endpoint is started, called, stopped and started again, which has what the first was
 * told; and the other command is asked for its help.
 *
 * node scripts/check-install.mjs FILE.tgz [FOLDER]     FOLDER: where to install, and to leave it
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

const cimulator = (...args) => run('npx', '--no', 'cimulator', ...args);

/** Starts, calls and stops, twice. @returns what went wrong; undefined when nothing did */
async function tryEndpoint() {
  const state = ['--state', join(folder, 'state')];
  return (
    (await withServer(state, (http) => {
      const ready = cimulator('readyz', http);
      if (ready.status !== 0) return `readyz: ${ready.text}`;
      const found = cimulator('enumerate', 'MSFTSM_ComputerSystem', '--url', http, '--json');
      if (found.status !== 0 || !found.text.includes('iscsi-a.lab.example')) return `enumerate: ${found.text}`;
      const called = cimulator('invoke', ...CREATE_PIPE, '--url', http);
      return called.status === 0 ? undefined : `invoke: ${called.text}`;
    })) ??
    (await withServer(state, (http) => {
      const pipes = cimulator('enumerate', 'CIM_NetworkPipe', '--url', http, '--json');
      return pipes.text.includes('"first"') ? undefined : `the pipe is not there after the next start: ${pipes.text}`;
    }))
  );
}

const CREATE_PIPE = [
  'CreateOrModifyReplicationPipe',
  '--on',
  'MSISCSITARGET_StorageConfigurationService?SystemCreationClassName=MSFTSM_ComputerSystem+SystemName=iscsi-a.lab.example+CreationClassName=MSISCSITARGET_StorageConfigurationService+Name=StorageConfigurationService',
  ...['--arg', 'PipeElementName=first'],
  ...['--ref', reference('Source', 'iscsi-a')],
  ...['--ref', reference('Target', 'iscsi-b')],
];

function reference(end, name) {
  return `${end}System=MSFTSM_ComputerSystem.CreationClassName="MSFTSM_ComputerSystem",Name="${name}.lab.example"`;
}

/** @returns what went wrong */
async function withServer(more, work) {
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
    const problem = work(JSON.parse(line[0]).http);
    if (problem !== undefined) return problem;
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
  if (kept === undefined) rmSync(folder, { recursive: true });
}
