import { MSISCSITARGET_StorageConfigurationService } from '../generated/msiscsitarget-storage-configuration-service.js';

const { ReturnValue } = MSISCSITARGET_StorageConfigurationService.CreateOrModifyReplicationPipe;

type RefusalName = Exclude<keyof typeof ReturnValue, 'JobCompletedWithNoError'>;

/**
 * The method answers a code other than 0 and changes nothing. Thrown by the checks, caught where the method is; the
 * message says which rule was broken, the code alone goes to the client.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly returnValue: number;

  constructor(code: RefusalName, message: string) {
    super(message);
    this.returnValue = ReturnValue[code];
  }
}
