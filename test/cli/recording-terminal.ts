import type { Terminal } from '../../src/cli/terminal.js';

/** A terminal that keeps what a command writes and how it ends. */
export function recordingTerminal(): Terminal & { readonly seen: { out: string; err: string; exitCode: number } } {
  const seen = { out: '', err: '', exitCode: 0 };
  return {
    seen,
    out: (text) => {
      seen.out += text;
    },
    err: (text) => {
      seen.err += text;
    },
    setExitCode: (code) => {
      seen.exitCode = code;
    },
  };
}
