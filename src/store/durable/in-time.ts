import { StoreError } from '../../cim/contracts/store-error.js';

/**
 * What a promise resolves to, if it does so in time.
 *
 * @param late what is done with it when it comes after all
 * @throws StoreError unavailable
 */
export async function inTime<T>(promise: Promise<T>, milliseconds: number, late: (value: T) => unknown): Promise<T> {
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new StoreError('unavailable', `the store gave no answer in ${milliseconds / 1000} s`));
    }, milliseconds);
    timer.unref();
  });
  promise.then((value) => isLate && late(value)).catch(() => undefined);
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
