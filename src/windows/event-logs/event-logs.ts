import { defineProvider } from '../../cim/contracts/define-provider.js';
import type { MethodContext, Provider } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { parentFolder, parseFilePath } from '../files/file-path.js';
import { findFile, hasFolder, writeFile } from '../files/file-rows.js';
import { forAdministrators } from '../for-administrators.js';
import { MethodRefusal } from '../method-refusal.js';
import { EVENT_CLASS, eventsOf, logEvent } from './log-event.js';

/** What both methods answer; only BackupEventlog says that a file is there already. */
const Code = { success: 0, privilegeMissing: 8, invalidParameter: 21, exists: 80 } as const;
const DONE = { ReturnValue: Code.success };
/** Bytes of a file without an event, and of each event. */
const HEADER_BYTES = 69_632n;
const EVENT_BYTES = 512n;

const logFiles = defineProvider('Win32_NTEventlogFile', {
  methods: {
    ClearEventLog: forAdministrators(
      Code.privilegeMissing,
      async (log, { ArchiveFileName: archive = null }, context) => {
        if (archive !== null && archive !== '') await save(log, archive, Code.invalidParameter, context);
        const name = logName(log);
        const events = await eventsOf(context, name);
        await context.store.deleteMany(events.flatMap((one) => one.path ?? []));
        await tellCleared(name, context);
        return DONE;
      },
    ),
    BackupEventlog: forAdministrators(Code.privilegeMissing, async (log, { ArchiveFileName }, context) => {
      await save(log, ArchiveFileName ?? null, Code.exists, context);
      return DONE;
    }),
  },
  instances: { modify: true },
  derived: {
    NumberOfRecords: async (log, context) => (await eventsOf(context, logName(log))).length,
  },
});

/** Writes a log's events into a file that is not there yet. @param existing what is answered for one that is */
async function save(log: CimInstance, given: CimValue, existing: number, context: MethodContext): Promise<void> {
  const at = typeof given === 'string' ? parseFilePath(given) : undefined;
  const folder = at && parentFolder(at.name);
  if (!at || folder === undefined || !(await hasFolder(context, folder)))
    throw new MethodRefusal(
      Code.invalidParameter,
      'ArchiveFileName is no absolute path of a file in a folder that is there',
    );
  if (await findFile(context, at.name)) throw new MethodRefusal(existing, `there is a file ${at.name} already`);
  const { length } = await eventsOf(context, logName(log));
  await writeFile(context, at, HEADER_BYTES + BigInt(length) * EVENT_BYTES, 'evtx File');
}

/** That a log was cleared is told in the security log of that one, and of every other in the system's. */
async function tellCleared(name: string, context: MethodContext): Promise<void> {
  const isSecurity = sameName(name, 'Security');
  await logEvent(context, {
    log: isSecurity ? name : 'System',
    source: 'Microsoft-Windows-Eventlog',
    code: isSecurity ? 1102 : 104,
    type: isSecurity ? 'Audit Success' : 'Information',
    message: isSecurity ? 'The audit log was cleared.' : `The ${name} log file was cleared.`,
    insertionStrings: isSecurity ? [] : [context.user ?? 'SYSTEM', name],
    user: context.user,
  });
}

function logName(log: CimInstance): string {
  return log.getString('LogfileName') ?? '';
}

/** Event logs and what is written in them. */
export const eventLogs: readonly Provider[] = [logFiles, defineProvider(EVENT_CLASS, { methods: {}, instances: {} })];
