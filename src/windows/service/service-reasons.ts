import type { Reasons } from '../method-table.js';

/** Why a method of services does not answer a code, where it is not among those that it reaches. */
export const SERVICE_REASONS: Reasons = {
  1: 'every request is one that the model knows',
  2: 'who may call it, roles say before it runs: the call ends with a fault',
  3: 'it does not stop the service',
  4: 'it sends the service no control that could be refused',
  5: 'it sends the service no control',
  6: 'a service that does not run answers 5, as Windows does',
  7: 'it does not wait for the service',
  8: 'nothing fails in a model for a reason that nobody knows',
  9: 'it does not look for the program: Windows does when the service is started',
  10: 'it does not start the service',
  11: 'nobody locks the database of a model',
  12: 'it starts nothing that the service needs',
  13: 'it starts nothing that the service needs',
  14: 'it does not start the service',
  15: 'it does not log the service on',
  16: 'one that is to be deleted runs until it is stopped, and can be controlled',
  17: 'no program runs that could lack a thread',
  18: 'it does not say what the service needs',
  19: 'it gives no name',
  20: 'it gives no name',
  21: 'it has no parameter that could be wrong',
  22: 'it names no account',
  23: 'it creates nothing',
  24: 'it does not pause the service',
};
