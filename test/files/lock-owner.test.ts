import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { hasEnded, lockOwner } from '../../src/files/lock-owner.js';

async function change(part: number, value: string): Promise<string> {
  const parts = (await lockOwner()).split(' ');
  parts[part] = value;
  return parts.join(' ');
}

describe('who owns a lock', () => {
  it('is there as long as the process is', async () => {
    expect(await hasEnded(await lockOwner())).toBe(false);
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const owner = await change(0, `${child.pid}`).then((text) => text.replace(/ \d+ /, ' - '));
    expect(await hasEnded(owner)).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await hasEnded(owner)).toBe(true);
  });

  it.runIf(process.platform === 'linux')('has ended when its number is that of another process', async () => {
    expect(await hasEnded(await change(1, '1'))).toBe(true);
  });

  it('cannot be told of a process elsewhere, or of what says no process', async () => {
    expect(await hasEnded(await change(2, 'abcdef'))).toBe(false);
    expect(await hasEnded(await change(0, '0'))).toBe(false);
    expect(await hasEnded(await change(0, '-1'))).toBe(false);
    for (const text of ['', 'token', '1', 'x y z']) expect(await hasEnded(text)).toBe(false);
  });
});
