/**
 * Waits for a step of the examination, but not for ever. The step itself is not ended: who began it cleans up after it.
 *
 * @throws DOMException TimeoutError when time is up; whatever the step does
 */
export async function inTime<T>(timeoutMs: number, step: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DOMException('too late', 'TimeoutError')), timeoutMs);
  });
  try {
    return await Promise.race([step(), late]);
  } finally {
    clearTimeout(timer);
  }
}
