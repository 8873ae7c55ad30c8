/**
 * What several openings lead to, once all of them have come to their end: when one fails, none goes on to open anything behind
 * the back of whoever closes.
 *
 * @throws the error of the first in the list that failed
 */
export async function allOpened<T extends readonly unknown[] | []>(
  openings: T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  const settled: readonly PromiseSettledResult<unknown>[] = await Promise.allSettled<unknown>(openings);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return Promise.all(openings);
}
