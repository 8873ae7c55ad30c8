import type { CimInterceptor } from '../cim/contracts/cim-handler.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { State } from '../cim/contracts/state.js';
import type { HostNames } from '../cim/hosts/host-names.js';
import type { ControlContext, ControlFacts } from '../control/control-context.js';
import { isOnThisMachine } from '../control/is-on-this-machine.js';
import type { OutsideMethods } from '../control/methods/outside-methods.js';
import type { StartSpace } from '../control/spaces/space.js';
import { errorCode } from '../files/error-code.js';
import type { Listeners } from '../http/listeners.js';
import type { Logger } from '../http/logger.js';
import { isAOf } from '../interceptors/match/class-tree.js';
import { compileFilter } from '../interceptors/match/compile-match.js';
import { withNamedHost } from '../interceptors/match/named-host.js';
import type { Metrics } from '../interceptors/metrics/metrics.js';
import type { Closers } from './closers.js';
import type { Endpoint } from './endpoint.js';
import type { OpenStore } from './open-store.js';
import type { Tls } from './open-tls.js';
import type { EndpointOptions } from './options/endpoint-options.js';
import type { Resets } from './resets.js';
import type { TestKit } from './test-kit.js';

/** What is needed before there is an endpoint to be controlled. */
export interface ControlParts {
  readonly namespaces: Namespaces;
  readonly defaultNamespace: string;
  readonly logger: Logger;
  readonly closers: Closers;
  readonly resets: Pick<Resets, 'onReset'>;
  readonly names: HostNames | undefined;
  /** Undefined for an endpoint that is a space itself. */
  readonly startSpace: StartSpace | undefined;
}

/** A control API that has no listener yet. */
export interface PreparedControl {
  /** Methods that are answered from outside. */
  readonly model: CimInterceptor;
  readonly methods: OutsideMethods;
  /** @throws ListenError */
  open(kit: TestKit, kitOf: ControlContext['kitOf'], opened: OpenedEndpoint): Promise<NonNullable<Endpoint['control']>>;
}

/** The endpoint as it is when the control API is opened, the last of all. */
export interface OpenedEndpoint extends Omit<ControlFacts, 'http' | 'https' | 'fingerprint'> {
  readonly listeners: Pick<Listeners, 'http' | 'https'>;
  readonly tls: Tls | undefined;
  readonly metrics: Metrics['text'] | undefined;
  readonly seams: Pick<ControlContext, 'workers' | 'settle' | 'gather'> | undefined;
  readonly opened: Pick<State, 'store' | 'notes'>;
  readonly loadAll: OpenStore['loadAll'];
}

/** @returns undefined where there is to be none; nothing of it is loaded then */
export async function prepareControl(
  options: EndpointOptions,
  parts: ControlParts,
): Promise<PreparedControl | undefined> {
  const { control: given = 'off', dataDir } = options;
  if (given === 'off') return undefined;
  const { namespaces, defaultNamespace, logger, closers, resets, startSpace, names } = parts;
  const [{ OutsideMethods }, { openControl }, { DEFAULT_CONTROL_LIMITS }, { Spaces }] = await Promise.all([
    import('../control/methods/outside-methods.js'),
    import('../control/open-control.js'),
    import('../control/control-limits.js'),
    import('../control/spaces/spaces.js'),
  ]);
  const spaces = startSpace && new Spaces(startSpace, DEFAULT_CONTROL_LIMITS, logger);
  const methods = new OutsideMethods(namespaces, DEFAULT_CONTROL_LIMITS);
  resets.onReset(() => methods.clear('the endpoint was reset'));
  const { host = '127.0.0.1', port = 0, token } = given;
  return {
    ...{ methods, model: methods.interceptor },
    async open(kit, kitOf, { listeners, tls, metrics, seams, opened, loadAll, ...facts }) {
      const identity = isOnThisMachine(host) ? undefined : tls?.identity;
      const control = await openControl(
        { host, port, token, tls: identity },
        {
          ...seams,
          ...{ kit, kitOf, namespaces, namespace: defaultNamespace, methods, spaces, logger },
          async exportLab(space, classNames) {
            const { exportLab } = await import('../lab/export-lab.js');
            await loadAll();
            return exportLab(opened.store, space, classNames);
          },
          backup: () => backupOf(opened),
          facts: {
            ...facts,
            http: listeners.http?.url,
            https: listeners.https?.url,
            fingerprint: tls?.identity.fingerprints.sha256,
          },
          metrics: metrics && (async () => ({ contentType: PROMETHEUS, text: await metrics() })),
          matcher: (filter) => compileFilter(withNamedHost(filter, names), isAOf(namespaces)).matches,
        },
      );
      closers.add(control.close);
      // Before the listener: their owners' streams, which end with it, would close them beside the endpoint's own end.
      if (spaces) closers.add(() => spaces.closeAll());
      const listener = { url: control.url, port: control.port, token: control.token };
      const fingerprint = identity?.fingerprints.sha256;
      if (dataDir !== undefined)
        await leaveFile(dataDir, { ...listener, ...(fingerprint !== undefined && { fingerprint }) }, parts);
      return listener;
    },
  };
}

async function* backupOf(state: Pick<State, 'store' | 'notes'>): AsyncGenerator<string> {
  const { writeBackup } = await import('../state/backup/write-backup.js');
  yield* writeBackup(state);
}

/** The text format of Prometheus. */
const PROMETHEUS = 'text/plain; version=0.0.4; charset=utf-8';

/** Commands find the endpoint by it; where it cannot be written, they are told the URL. */
async function leaveFile(
  dataDir: string,
  facts: { url: string; port: number; token: string; fingerprint?: string },
  { logger, closers }: Pick<ControlParts, 'logger' | 'closers'>,
): Promise<void> {
  const { writeControlFile } = await import('../control/control-file.js');
  try {
    closers.add(await writeControlFile(dataDir, facts));
  } catch (error) {
    const code = errorCode(error);
    logger.warn(
      { code },
      'the file of the control API cannot be written: commands need --control-url and --control-token',
    );
  }
}
