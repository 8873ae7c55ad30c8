import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
}

/** What `npm publish` is told of a release. */
function refusals({ address = 'forge.test/c', heading = '1.2.3 (2026-01-02)', tag = 'v1.2.3', change }: Release) {
  const manifest = {
    version: '1.2.3',
    repository: { url: `git+https://${address}.git` },
    bugs: { url: `https://${address}/issues` },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'CHANGELOG.md'), `# Changelog\n\n## ${heading}\n\n## 1.2.2 (2026-01-01)\n`);
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
    ['of a tree with changes', { change: true }, [/^there are changes/]],
  ])('is refused %s', (_, release, reasons) => {
    const { status, told } = refusals(release);
    expect(status).toBe(1);
    expect(told).toEqual(reasons.map((reason) => expect.stringMatching(reason)));
  });
});
