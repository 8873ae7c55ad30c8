import { CimStatus } from '../cim/model/cim-status.js';

/** The body of every answer that tells of an error. */
export interface ErrorBody {
  readonly error: { readonly message: string; readonly place?: string; readonly nearest?: string };
}

export interface ErrorAnswer {
  readonly status: number;
  readonly body: ErrorBody;
  /** Nobody expected it: it belongs into the log, with its stack, and not into the answer. */
  readonly isUnexpected: boolean;
}

/** Errors of the test kit and of the model by their names; others that are expected are 400. */
const STATUS_OF: Readonly<Record<string, number>> = { SnapshotError: 409, StateError: 409, ListenError: 409 };

/** Why a wait ended. */
const STATUS_OF_WAIT: Readonly<Record<string, number>> = { timeout: 408, reset: 409, closed: 503 };

const STATUS_OF_CIM: Readonly<Record<number, number>> = {
  [CimStatus.AccessDenied]: 403,
  [CimStatus.InvalidNamespace]: 404,
  [CimStatus.InvalidClass]: 404,
  [CimStatus.NotFound]: 404,
  [CimStatus.MethodNotFound]: 404,
  [CimStatus.AlreadyExists]: 409,
};

const INTERNAL = 'Internal error; the log of the endpoint has the details.';

/** What an error becomes on the wire: a status and one line, with the place and the nearest name where it has them. */
export function errorAnswer(error: unknown): ErrorAnswer {
  const status = statusOf(error);
  if (status === undefined || !(error instanceof Error))
    return { status: 500, body: { error: { message: INTERNAL } }, isUnexpected: true };
  const place = textMember(error, 'place');
  const nearest = textMember(error, 'nearest');
  const message = error.message.replaceAll(/\s*[\r\n]+\s*/g, ' ');
  return {
    status,
    body: {
      error: { message, ...(place !== undefined && { place }), ...(nearest !== undefined && { nearest }) },
    },
    isUnexpected: false,
  };
}

/** Undefined for what nobody expected. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { status, statusCode } = error as { status?: unknown; statusCode?: unknown };
  if (error.name === 'WaitError') return STATUS_OF_WAIT[String((error as { why?: unknown }).why)] ?? 408;
  if (error.name === 'CimError') return STATUS_OF_CIM[Number(status)] ?? 400;
  if ('expected' in error && error.expected === true)
    return typeof status === 'number' && status >= 400 ? status : (STATUS_OF[error.name] ?? 400);
  // Of fastify: no JSON, too large, another media type.
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}

function textMember(error: Error, member: 'place' | 'nearest'): string | undefined {
  const value = (error as unknown as Record<string, unknown>)[member];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
