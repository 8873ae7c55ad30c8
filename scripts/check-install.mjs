/**
 * Installs the package as others do, into an empty folder, and says what npm had to say: nothing but how many packages came, for that
 * is the first thing that somebody new reads. The commands are called once.
 *
 * node scripts/check-install.mjs FILE.tgz
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('which package? node scripts/check-install.mjs FILE.tgz');
const folder = mkdtempSync(join(tmpdir(), 'cimulator-install-'));
const shell = process.platform === 'win32';

function run(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', shell });
  return { status, text: `${stdout}${stderr}`.trim() };
}

try {
  writeFileSync(join(folder, 'package.json'), '{"name":"newcomer","version":"1.0.0","private":true}');
  const installed = run(
    'npm',
    'install',
    '--engine-strict',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    resolve(file),
  );
  const version = run('npx', '--no', 'cimulator', '--version');
  const help = run('npx', '--no', 'cimulator-conformance', '--help');
  const isSilent = /^added \d+ packages in \S+$/.test(installed.text);
  const works = isSilent && version.status === 0 && help.status === 0;
  console.log(`Node ${process.versions.node}: ${works ? 'ok' : 'not ok'}, ${installed.text}`);
  if (!works) console.log(version.text, help.status === 0 ? '' : help.text);
  process.exitCode = works ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
