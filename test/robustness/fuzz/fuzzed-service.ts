import { createPermissions } from '../../../src/auth/accounts/permissions.js';
import { parseRoles } from '../../../src/auth/accounts/role.js';
import { CallRecord } from '../../../src/cim/contracts/call.js';
import { Cancellation } from '../../../src/cim/contracts/cancellation.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import type { WsmanHandler } from '../../../src/wsman/wsman-service.js';
import { NAMESPACE } from '../../support/envelopes.js';

/** Who asks: somebody who may do everything, somebody who may read in one place, or nobody known. */
export type Asker = 'writer' | 'reader' | undefined;

/** A service with its lab, that is asked without HTTP in between. */
export interface FuzzedService {
  ask(body: Buffer, user: Asker): Promise<FuzzedAnswer>;
  close(): Promise<void>;
}

export interface FuzzedAnswer {
  readonly status: number;
  /** The answer decoded. */
  readonly text: string;
  readonly contentType: string | undefined;
  readonly user: Asker;
  /** What was thrown, when it was nobody's fault but ours. */
  readonly cause: unknown;
}

/** A day in 2026; nothing that is answered depends on when it is asked. */
const NOW = Date.UTC(2026, 0, 15);

const READER = createPermissions(parseRoles([`read@${NAMESPACE}:CIM_System`, `execute@${NAMESPACE}`]));

/** @param start of the modules that are to be asked */
export async function fuzzedService(start: typeof startEndpoint = startEndpoint): Promise<FuzzedService> {
  let handle: WsmanHandler | undefined;
  const endpoint = await start({
    users: [{ name: 'writer', password: 'secret' }],
    clock: () => NOW,
    interceptors: {
      message: [
        (next) => {
          handle = next;
          return next;
        },
      ],
    },
  });
  return {
    async ask(body, user) {
      if (handle === undefined) throw new Error('the service is not there');
      const request = { body, charset: undefined, securityProfiles: [], source: undefined, client: new Cancellation() };
      const permissions = user === 'reader' ? { permissions: READER } : {};
      const answer = await handle({ ...request, ...permissions }, new CallRecord({ user, now: () => NOW }));
      const { status, contentType, outcome } = answer;
      return { status, contentType, text: textOf(answer.body), user, cause: outcome.cause };
    },
    close: () => endpoint.close(),
  };
}

function textOf(body: string | Uint8Array): string {
  return typeof body === 'string'
    ? body
    : Buffer.from(body)
        .toString('utf16le')
        .replace(/^\ufeff/, '');
}
