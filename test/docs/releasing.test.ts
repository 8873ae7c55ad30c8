import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/check-release.mjs', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cimulator-release-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function git(...args: string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@lab.example', '-c', 'commit.gpgsign=false'];
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

interface Release {
  readonly address?: string;
  readonly heading?: string;
  readonly tag?: string;
  readonly change?: boolean;
  readonly integrity?: string;
  readonly module?: boolean;
}

/** What `npm publish` is told of a release. */
function refusals(release: Release) {
  const { address = 'forge.test/c', heading = '1.2.3 (2026-01-02)', tag = 'v1.2.3', change } = release;
  const { integrity = 'sha512-AA==', module = true } = release;
  const manifest = {
    version: '1.2.3',
    repository: { url: `git+https://${address}.git` },
    bugs: { url: `https://${address}/issues` },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'CHANGELOG.md'), `# Changelog\n\n## ${heading}\n\n## 1.2.2 (2026-01-01)\n`);
  const packages = { '': {}, 'node_modules/a': { integrity }, 'node_modules/only-for-tests': { dev: true } };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
  const assembly = join(folder, 'powershell/Cimulator/bin/Cimulator.PowerShell.dll');
  mkdirSync(dirname(assembly), { recursive: true });
  if (module) writeFileSync(assembly, '');
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'Version 1.2.3');
  git('tag', '-a', tag, '-m', tag);
  if (change) writeFileSync(join(folder, 'new.txt'), '');
  const { status, stderr } = spawnSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' });
  return {
    status,
    told: stderr
      .trim()
      .split('\n')
      .map((line) => line.replace('not to be published: ', '')),
  };
}

describe('a release', () => {
  it('is published when all is as docs/releasing.md says', () => {
    expect(refusals({})).toEqual({ status: 0, told: [''] });
  });

  it.each<[string, Release, readonly RegExp[]]>([
    ['whose address is nobody’s', { address: 'git.example/c' }, [/^repository is nobody's/, /^bugs is nobody's/]],
    ['that the changelog calls unreleased', { heading: '1.2.3 (unreleased)' }, [/has no day for 1\.2\.3/]],
    ['that the changelog does not have', { heading: '1.2.2 (2026-01-01)' }, [/not with 1\.2\.3$/]],
    ['without its tag', { tag: 'v1.2.2' }, [/^the commit has no tag v1\.2\.3$/]],
    ['with a part that may be another', { integrity: '' }, [/^package-lock\.json has no digest of a$/]],
    ['without the module of PowerShell', { module: false }, [/^the PowerShell module is not built/]],
    ['of a tree with changes', { change: true }, [/^there are changes/]],
  ])('is refused %s', (_, release, reasons) => {
    const { status, told } = refusals(release);
    expect(status).toBe(1);
    expect(told).toEqual(reasons.map((reason) => expect.stringMatching(reason)));
  });
});

describe('the list of parts', () => {
  it('has all that is installed along or joined in, with digests, and nothing else', () => {
    const file = join(folder, 'parts.json');
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/write-sbom.mjs', file], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { metadata, components, dependencies } = JSON.parse(readFileSync(file, 'utf8'));
    expect(stdout).toBe(`${file}: ${components.length} parts\n`);
    expect(metadata.component.name).toBe('cimulator');
    const names: string[] = components.map(({ name }: { name: string }) => name);
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(names).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
    expect(names).toEqual(expect.arrayContaining(Object.keys(manifest.optionalDependencies)));
    const notices = readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    const unused = Object.keys(manifest.devDependencies).filter((part) => !notices.includes(`\n${part} `));
    expect(unused.length).toBeGreaterThan(5);
    for (const name of unused) expect(names).not.toContain(name);
    expect(dependencies.length).toBe(components.length + 1);
  });
});
