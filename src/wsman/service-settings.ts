/** The settings of winrm/config that this endpoint obeys and that may change while it runs. Whole numbers from 1. */
export interface SettingValues {
  /** MaxEnvelopeSizekb: KiB of the largest request, and of an answer when the client allows more or says nothing. */
  readonly maxEnvelopeSizeKb: number;
  /** MaxTimeoutms: longest time of one operation, and its time when the client names none. */
  readonly maxTimeoutMs: number;
  /** MaxBatchItems: most items in one answer. */
  readonly maxBatchItems: number;
  /** MaxConcurrentOperations: operations of all users that run at the same time. */
  readonly maxConcurrentOperations: number;
  /** MaxConcurrentOperationsPerUser: operations of one user that run at the same time. */
  readonly maxConcurrentOperationsPerUser: number;
  /** Enumerations of one user that are open at the same time. Windows counts them as operations; it has no name for it. */
  readonly maxEnumerationsPerUser: number;
  /** KiB that the open enumerations of all users take together. Windows has no name for it, nor for the next two. */
  readonly maxEnumerationMemoryKb: number;
  /** KiB that the open enumerations of one user take together. */
  readonly maxEnumerationMemoryKbPerUser: number;
  /** KiB that the instances take together, as the store in memory counts them; what it has at the start may be more. */
  readonly maxModelMemoryKb: number;
  /** EnumerationTimeoutms: how long an enumeration is kept that nobody pulls from, and the longest it is ever granted. */
  readonly enumerationTimeoutMs: number;
}

/** Windows' values, but for the envelope size (Windows: 500 KiB): a method call with two thousand references fits. */
export const DEFAULT_SETTINGS: SettingValues = {
  maxEnvelopeSizeKb: 2048,
  maxTimeoutMs: 60_000,
  maxBatchItems: 32_000,
  maxConcurrentOperations: 1_500,
  maxConcurrentOperationsPerUser: 1_500,
  maxEnumerationsPerUser: 1_500,
  maxEnumerationMemoryKb: 131_072,
  maxEnumerationMemoryKbPerUser: 65_536,
  maxModelMemoryKb: 524_288,
  enumerationTimeoutMs: 240_000,
};

/** The settings in force. Whoever obeys one reads it anew for each request. */
export interface ServiceSettings {
  readonly current: SettingValues;
  /** Changes some settings together, from the next request on. @throws RangeError when one is no whole number from 1 */
  change(changes: Partial<SettingValues>): void;
}

/** @throws RangeError when a value is no whole number from 1 */
export function createServiceSettings(initial: Partial<SettingValues> = {}): ServiceSettings {
  return new Settings(merge(DEFAULT_SETTINGS, initial));
}

class Settings implements ServiceSettings {
  #current: SettingValues;

  constructor(initial: SettingValues) {
    this.#current = initial;
  }

  get current(): SettingValues {
    return this.#current;
  }

  change(changes: Partial<SettingValues>): void {
    this.#current = merge(this.#current, changes);
  }
}

function merge(current: SettingValues, changes: Partial<SettingValues>): SettingValues {
  for (const [name, value] of Object.entries(changes)) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`setting ${name}: ${value} is no whole number from 1`);
  }
  return { ...current, ...changes };
}
