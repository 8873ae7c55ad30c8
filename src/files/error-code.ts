/** What the operating system, or Node.js, calls an error: `ENOENT`, `EACCES`. Undefined for any other. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
