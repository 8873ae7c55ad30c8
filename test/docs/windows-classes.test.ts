import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('docs/windows-classes.md', () => {
  it('is what the facts and the MOF give (node scripts/write-windows-classes.mjs)', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/write-windows-classes.mjs', '--check'], {
      cwd: root,
    });
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
  });

  it('has no class that lacks something of its facts', () => {
    const rows = readFileSync(`${root}docs/windows-classes.md`, 'utf8').match(/^\| \[.*$/gm) ?? [];
    expect(rows.length).toBeGreaterThan(474);
    expect(rows.filter((row) => !row.endsWith('| none |'))).toEqual([]);
  });
});
