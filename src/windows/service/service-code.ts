import { MethodRefusal } from '../method-refusal.js';

/** What methods of services answer. */
export const ServiceCode = {
  Success: 0,
  NotSupported: 1,
  AccessDenied: 2,
  DependentServicesRunning: 3,
  InvalidServiceControl: 4,
  ServiceCannotAcceptControl: 5,
  ServiceNotActive: 6,
  ServiceRequestTimeout: 7,
  UnknownFailure: 8,
  PathNotFound: 9,
  ServiceAlreadyRunning: 10,
  ServiceDatabaseLocked: 11,
  ServiceDependencyDeleted: 12,
  ServiceDependencyFailure: 13,
  ServiceDisabled: 14,
  ServiceLogonFailed: 15,
  ServiceMarkedForDeletion: 16,
  ServiceNoThread: 17,
  CircularDependency: 18,
  DuplicateName: 19,
  InvalidName: 20,
  InvalidParameter: 21,
  InvalidServiceAccount: 22,
  ServiceExists: 23,
  ServicePaused: 24,
} as const;

/** A MethodRefusal by the name of its code. */
export class ServiceRefusal extends MethodRefusal {
  constructor(code: Exclude<keyof typeof ServiceCode, 'Success'>, why: string) {
    super(ServiceCode[code], why);
  }
}
