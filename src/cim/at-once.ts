/** Takes all steps of a work in one go: for little of it, or where nobody else waits. */
export function atOnce<T>(steps: Generator<void, T, void>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
