import type { InstancePath } from '../../cim/model/instance-path.js';
import { MSISCSITARGET_StorageConfigurationService } from '../generated/msiscsitarget-storage-configuration-service.js';

const { ReturnValue } = MSISCSITARGET_StorageConfigurationService.CreateOrModifyReplicationPipe;

type RefusalName = Exclude<keyof typeof ReturnValue, 'JobCompletedWithNoError'>;

/**
 * The method answers a code other than 0 and changes nothing. Thrown by the checks, caught where the method is, which explains
 * the call with the message: it names the parameter and the rule that it breaks. The code alone goes to the client.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly returnValue: number;
  /** What the message tells of besides what the caller said. */
  readonly about: readonly InstancePath[];

  constructor(code: RefusalName, message: string, about: readonly InstancePath[] = []) {
    super(message);
    this.returnValue = ReturnValue[code];
    this.about = about;
  }
}
