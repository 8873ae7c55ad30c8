import { WsmanFault } from '../soap/wsman-fault.js';
import type { ServiceSettings } from './service-settings.js';

/** Bounds how many operations run at the same time, of one user and of all. */
export interface OperationQuota {
  /**
   * Runs an operation, which counts until it has really ended, also when nobody waits for it any more.
   *
   * @throws WsmanFault UserOperationQuota, QuotaLimit when there is no room for it
   */
  run<T>(user: string, operation: () => Promise<T>): Promise<T>;
}

/** MaxConcurrentOperationsPerUser and MaxConcurrentOperations (MS-WSMV 3.1.4.1.19), as they are at the time of each operation. */
export function createOperationQuota(settings: ServiceSettings): OperationQuota {
  const running = new Map<string, number>();
  let total = 0;

  function enter(user: string): void {
    const { maxConcurrentOperations, maxConcurrentOperationsPerUser } = settings.current;
    const ofUser = running.get(user) ?? 0;
    if (ofUser >= maxConcurrentOperationsPerUser) {
      throw new WsmanFault(
        'UserOperationQuota',
        `This user may have ${maxConcurrentOperationsPerUser} operations running, and has. Wait for one to end.`,
      );
    }
    if (total >= maxConcurrentOperations) {
      throw new WsmanFault('QuotaLimit', `This service runs ${maxConcurrentOperations} operations at most. Try again.`);
    }
    running.set(user, ofUser + 1);
    total += 1;
  }

  function leave(user: string): void {
    // The entry of a user with nothing running stays: there are no more users than accounts.
    running.set(user, (running.get(user) ?? 1) - 1);
    total -= 1;
  }

  return {
    run(user, operation) {
      try {
        enter(user);
      } catch (error) {
        return Promise.reject(error);
      }
      const end = () => leave(user);
      try {
        const running = operation();
        running.then(end, end);
        return running;
      } catch (error) {
        end();
        return Promise.reject(error);
      }
    },
  };
}
