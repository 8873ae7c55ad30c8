import { defineProvider } from '../../cim/contracts/define-provider.js';
import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { MethodRefusal } from '../method-refusal.js';
import { extendedStatus } from '../storage-management/extended-status.js';
import { managing } from '../storage-management/managing.js';
import { DONE, StorageCode } from '../storage-management/storage-code.js';
import { endJob, goesOn, isRunning, JOB_CLASS, JobState, percentOf, sinceStart } from './storage-jobs.js';

/** `RequestedState`. */
const STATES: Readonly<Record<number, number>> = { 4: JobState.terminated, 5: JobState.killed };
const REQUESTS = [2, 3, 4, 5, 6];

/** What goes on in storage by itself. */
export const jobs = defineProvider(JOB_CLASS, {
  methods: {
    RequestStateChange: managing(async (job, { RequestedState }, context) => {
      if (!REQUESTS.includes(Number(RequestedState)))
        throw new MethodRefusal(StorageCode.invalidParameter, `there is no state ${String(RequestedState)}`);
      const state = STATES[Number(RequestedState)];
      if (state === undefined)
        throw new MethodRefusal(StorageCode.notSupported, 'a job is ended, and not held up in between');
      if (!isRunning(job)) throw new MethodRefusal(StorageCode.failed, 'the job has ended');
      await endJob(job.path, state, context);
      return DONE;
    }),

    GetExtendedStatus: managing(async (job, _input, context) => {
      const code = Number(job.get('ErrorCode') ?? 0);
      return { ...DONE, ...(code !== 0 && extendedStatus(code, context)) };
    }),
  },
  instances: {},
  derived: {
    JobState: async (job, context) =>
      isRunning(job) && !(await goesOn(job, context)) ? JobState.exception : job.get('JobState'),
    ElapsedTime: (job, { now }) =>
      isRunning(job)
        ? CimDateTime.interval(BigInt(Math.max(0, Math.trunc(sinceStart(job, now())))) * 1000n)
        : job.get('ElapsedTime'),
    PercentComplete: (job, context) => (isRunning(job) ? percentOf(job, context) : job.get('PercentComplete')),
  },
});
