/** `skip`: not tried, and why. */
export type CheckStatus = 'ok' | 'warn' | 'fail' | 'skip';

/** One thing that was looked at. Texts are one line each, and hold no secrets. */
export interface Check {
  readonly name: string;
  readonly status: CheckStatus;
  readonly text: string;
  /** What to do about it; the exact command where there is one. */
  readonly remedy?: string;
}

export function check(name: string, status: CheckStatus, text: string, remedy?: string): Check {
  return remedy === undefined ? { name, status, text } : { name, status, text, remedy };
}

/** An error as one line. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').trim();
}
