import { describe, expect, it } from 'vitest';
import { checkModes } from '../../src/files/strict-modes.js';

const uid = process.getuid?.() ?? 0;

describe.skipIf(process.platform === 'win32')('what belongs to somebody else', () => {
  it('is refused, with the command that mends it', () => {
    expect(() => checkModes('/data', { uid: uid + 1, mode: 0o700 }, 'trusted')).toThrow(
      `/data belongs to user ${uid + 1}, not to user ${uid}: chown ${uid} /data`,
    );
  });

  it('may be root’s, who may do everything anyway', () => {
    expect(() => checkModes('/data', { uid: 0, mode: 0o755 }, 'trusted')).not.toThrow();
  });

  it('has a path that a shell takes as it is', () => {
    expect(() => checkModes("/it's", { uid, mode: 0o777 }, 'secret')).toThrow(`chmod go= '/it'\\''s'`);
  });
});
