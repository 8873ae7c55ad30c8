import { type InstancePath, type WsmanClient, WsmanClientError } from '../../../src/index.js';
import { isConflict, renamePipe } from './lab-client.js';
import { isLinearizable, type RegisterOperation } from './linearizable.js';

/** A pipe whose name is written and read. */
export interface Register {
  readonly pipe: InstancePath;
  readonly first: string;
  readonly history: RegisterOperation[];
}

export const registerOf = (pipe: InstancePath, first: string): Register => ({ pipe, first, history: [] });

/** What came to an end without an answer that tells: 'gone' is the connection, the others are faults. */
export interface Outcomes {
  conflicts: number;
  unknown: string[];
}

/**
 * One client: it renames a pipe, or reads its name, one call after another, until told to stop. A conflict is an answer, and tells that
 * nothing was written; after any other failure nobody knows.
 */
export async function useRegisters(
  client: WsmanClient,
  name: string,
  registers: readonly Register[],
  isOver: () => boolean,
  outcomes: Outcomes,
): Promise<void> {
  for (let turn = 0; !isOver(); turn += 1) {
    const { pipe, history } = registers[Math.floor(Math.random() * registers.length)] as Register;
    const start = performance.now();
    if (Math.random() < 0.5) {
      const value = `${name} ${turn}`;
      try {
        await renamePipe(client, pipe, value);
        history.push({ kind: 'write', value, start, end: performance.now() });
      } catch (error) {
        if (isConflict(error)) outcomes.conflicts += 1;
        else {
          outcomes.unknown.push(tell(error));
          history.push({ kind: 'write', value, start, end: Number.POSITIVE_INFINITY });
        }
      }
      continue;
    }
    try {
      const value = `${(await client.get(pipe)).get('ElementName')}`;
      history.push({ kind: 'read', value, start, end: performance.now() });
    } catch (error) {
      if (!isConflict(error)) outcomes.unknown.push(tell(error));
    }
  }
}

/** Those whose histories no order explains. */
export function disordered(registers: readonly Register[]): readonly RegisterOperation[][] {
  return registers.filter(({ history, first }) => !isLinearizable(history, first)).map(({ history }) => history);
}

function tell(error: unknown): string {
  if (error instanceof WsmanClientError) return error.faultDetail ?? error.subcode?.name ?? error.message;
  return (error as Error).name;
}
