/** How many rounds a test with random steps makes, of so many in memory. */
export type Rounds = (inMemory: number) => number;

export const allRounds: Rounds = (inMemory) => inMemory;

/**
 * Of a store whose every step is a way to a disk or a database and back: a tenth, and other ones each time. CIMULATOR_STORE_ROUNDS=all
 * makes as many as in memory.
 */
export const fewRounds: Rounds =
  process.env.CIMULATOR_STORE_ROUNDS === 'all' ? allRounds : (inMemory) => Math.ceil(inMemory / 10);
