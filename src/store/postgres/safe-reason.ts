/** What an error of the database says, in one short line. Neither `pg` nor PostgreSQL puts a password into it. */
export function safeReason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return safeReason(error.errors[0]);
  const message = error instanceof Error ? error.message || error.name : String(error);
  const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
  const line = message.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
  return line.includes(code.slice(2, -1)) ? line : `${line}${code}`;
}
