import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { HostNames } from '../cim/hosts/host-names.js';
import { lineage } from '../cim/model/cim-class.js';
import type { Logger } from '../http/logger.js';
import { maskedFilter } from '../interceptors/match/masked-filter.js';
import { maskReasons } from '../interceptors/record/mask-reasons.js';
import { createRecorder, type Recorder, type RecordView } from '../interceptors/record/recorder.js';
import { watchExchanges } from '../interceptors/record/watch-exchanges.js';
import { OptionError } from '../options/option-error.js';
import type { LineageOf } from '../secrets/secret-names.js';
import { createSecrets, NO_SECRETS, type Secrets } from '../secrets/secrets.js';
import { createMessageReader } from '../wsman/describe-message.js';
import type { WsmanInterceptor } from '../wsman/wsman-service.js';
import type { Closers } from './closers.js';
import type { EndpointSeams } from './endpoint-seams.js';
import { keptRequests, type RecordOptions } from './options/record-options.js';
import { traceSoap } from './trace-soap.js';

/** What writes down what comes in, and how it is seen. */
export interface Record {
  /** Has the log, which is told of every message, tell no secrets. */
  readonly logged: WsmanInterceptor;
  /** Undefined where nothing is kept. */
  readonly recorder: Recorder | undefined;
  /** Sees what comes: the recorder, or what tells another process of it. */
  readonly watch: Pick<Recorder, 'message' | 'cim' | 'reset'> | undefined;
  readonly secrets: Secrets;
  /** For this process: with secrets where they are to be revealed. */
  readonly view: RecordView;
  /** For others: always masked. */
  readonly maskedView: RecordView;
  /** Of one of several computers alone, for this process. */
  viewOf(host: string): RecordView;
}

interface RecordParts {
  readonly namespaces: Namespaces;
  readonly hosts?: HostNames | undefined;
  readonly defaultNamespace: string;
  readonly logger: Logger;
}

/** @param seams who else keeps what comes */
export function openRecord(
  options: RecordOptions,
  { namespaces, hosts, defaultNamespace, logger }: RecordParts,
  closers: Closers,
  { takeExchange, exchangesElsewhere: elsewhere }: Pick<EndpointSeams, 'takeExchange' | 'exchangesElsewhere'> = {},
): Record {
  const secrets = createSecrets(options.secrets, lineageIn(namespaces));
  const reader = createMessageReader(namespaces, defaultNamespace);
  const logged = maskReasons(secrets, reader);
  const kept = keptRequests(options);
  const bounds = kept ?? (options.traceSoap === undefined ? undefined : ONE_AT_A_TIME);
  const none = { logged, secrets, view: nothingKept, maskedView: nothingKept, viewOf: () => nothingKept };
  if (bounds === undefined) return { ...none, recorder: undefined, watch: undefined };
  if (takeExchange !== undefined) {
    const watch = { ...watchExchanges(takeExchange), reset: () => undefined };
    return { ...none, watch, recorder: undefined };
  }
  const onError = (err: unknown) => logger.error({ err }, 'a listener of exchanges failed');
  const recorder = createRecorder({ namespaces, hosts, reader, onError, elsewhere, ...bounds });
  closers.add(() => recorder.close());
  const maskedView = recorder.view(secrets);
  if (options.traceSoap !== undefined) closers.add(traceSoap(options.traceSoap, maskedView, logger));
  if (kept === undefined) return { ...none, recorder, watch: recorder };
  const shown = options.revealSecrets ? NO_SECRETS : secrets;
  return {
    logged,
    recorder,
    watch: recorder,
    secrets,
    maskedView,
    view: options.revealSecrets ? recorder.view(NO_SECRETS) : maskedView,
    viewOf: (host) => recorder.view(shown, host),
  };
}

/** What is written down is not kept besides. */
const ONE_AT_A_TIME = { keep: 1, bytes: 64 * 1024 * 1024 };

function lineageIn(namespaces: Namespaces): LineageOf {
  return (className) => {
    for (const { schema } of namespaces) {
      const found = schema.findClass(className);
      if (found) return [...lineage(found)].map(({ name }) => name);
    }
    return [className];
  };
}

const nothingKept: RecordView = {
  requests: () => [],
  maskFilter: (filter) => maskedFilter(filter, createSecrets().isSecret),
  clearRequests: () => undefined,
  waitForRequest: () => Promise.reject(notKept()),
  on: () => {
    throw notKept();
  },
};

function notKept(): OptionError {
  return new OptionError("requests: nothing is kept of requests, since requests is 'off'");
}
