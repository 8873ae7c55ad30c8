/**
 * Marks work that is waited for later than it was started. Waiting for one piece after the other tells the error of the
 * first, whichever failed first; those of the others are nobody's concern then.
 */
export function started<T>(work: Promise<T>): Promise<T> {
  work.catch(ignore);
  return work;
}

function ignore(): void {
  // The same error is told to whoever waits for the work.
}
