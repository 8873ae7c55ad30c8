import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const module = join(root, 'powershell', 'Cimulator');

describe('cimulator powershell-module', () => {
  let place: string;
  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'cimulator-modules-'));
  });
  afterEach(() => rm(place, { recursive: true, force: true }));

  const install = (...args: string[]) => runCli(['powershell-module', '--install', ...args], { XDG_DATA_HOME: place });

  it("prints the module's folder", async () => {
    expect(await runCli(['powershell-module'])).toEqual({ code: 0, stdout: `${module}\n`, stderr: '' });
  });

  it.skipIf(process.platform === 'win32')("installs it where PowerShell looks for a user's modules", async () => {
    const target = join(place, 'powershell', 'Modules', 'Cimulator');
    expect(await install()).toEqual({ code: 0, stdout: `${target}\n`, stderr: '' });
    expect(await readdir(join(place, 'powershell', 'Modules'))).toEqual(['Cimulator']);
    expect((await readdir(target)).sort()).toEqual([...(await readdir(module)), 'package-path.txt'].sort());
  });

  it('notes which package the copy belongs to', async () => {
    await install('--to', place);
    expect(await readFile(join(place, 'Cimulator', 'package-path.txt'), 'utf8')).toBe(`${root}\n`);
  });

  it('takes the place of an older copy, whole', async () => {
    await install('--to', place);
    await writeFile(join(place, 'Cimulator', 'old.ps1'), '');
    expect((await install('--to', place)).code).toBe(0);
    expect(await readdir(join(place, 'Cimulator'))).not.toContain('old.ps1');
  });

  it('touches nothing that is no copy of it', async () => {
    await mkdir(join(place, 'Cimulator'));
    await writeFile(join(place, 'Cimulator', 'mine.txt'), 'mine');
    const { code, stderr } = await install('--to', place);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/is something else: move it away/)]);
    expect(await readdir(join(place, 'Cimulator'))).toEqual(['mine.txt']);
  });

  it('says what --to goes with', async () => {
    const { code, stderr } = await runCli(['powershell-module', '--to', place]);
    expect([code, stderr]).toEqual([1, 'cimulator: --to goes with --install\n']);
  });
});
