import { randomUUID } from 'node:crypto';
import { InstancePath } from '../cim/instance-path.js';
import { withBasicAuthentication } from './basic-authentication.js';
import { type ClientOptions, resolveClientOptions } from './client-options.js';
import type { ClientValue } from './client-value.js';
import { createHttpTransport } from './http-transport.js';
import { contentType, encodeMessage } from './message-charset.js';
import { type Identity, type InvokeResult, readIdentity, readInvokeResult } from './read-answer.js';
import { readEnvelope } from './read-envelope.js';
import { buildIdentifyRequest, buildInvokeRequest } from './request-envelope.js';
import type { ResourceUriFamily } from './resource-uri.js';
import type { Transport } from './transport.js';
import { WsmanTransportError } from './wsman-transport-error.js';

export interface IdentifyOptions {
  /** Sends no credentials, and the header by which WinRM answers without them (MS-WSMV 3.1.4.1.23). */
  readonly anonymous?: boolean;
  readonly signal?: AbortSignal;
}

export interface InvokeOptions {
  /** Instead of the client's. */
  readonly resourceUriFamily?: ResourceUriFamily;
  /** Instead of the client's, in milliseconds. */
  readonly operationTimeoutMs?: number;
  /** `w:Option` elements of the request. */
  readonly options?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A client of one WS-Man endpoint. Connections are kept open between calls, until `close`. */
export interface WsmanClient {
  /**
   * Asks the endpoint what it is.
   *
   * @throws WsmanTransportError, WsmanClientError
   */
  identify(options?: IdentifyOptions): Promise<Identity>;
  /**
   * Calls a method on an instance, or on a class when given its name (a static method).
   *
   * A ReturnValue other than 0 is a result, not an error (DSP0223 §5.3.4).
   *
   * @throws WsmanClientError when the server answers with a fault
   * @throws WsmanTransportError when there is no SOAP answer
   * @throws TypeError, RangeError when a name or value cannot be sent
   */
  invoke(
    target: InstancePath | string,
    method: string,
    parameters?: Readonly<Record<string, ClientValue>>,
    options?: InvokeOptions,
  ): Promise<InvokeResult>;
  /** Closes all connections; calls under way fail. */
  close(): Promise<void>;
}

/** What the server takes by itself when no OperationTimeout is sent (MaxTimeoutms). */
const DEFAULT_OPERATION_MS = 60_000;
/** Time for the way there and back, as WinRM's NetworkDelayms. */
const NETWORK_DELAY_MS = 5000;
const CONNECTIONS = 8;

/**
 * Makes a client. Nothing is sent before the first call.
 *
 * ```ts
 * const client = createClient({ url: 'http://127.0.0.1:5985/wsman', user: 'admin', password });
 * const service = parseInstancePath('MSISCSITARGET_StorageConfigurationService.Name="…",…');
 * const { returnValue, outputs } = await client.invoke(service, 'CreateOrModifyReplicationPipe', {
 *   PipeElementName: 'pipe-a',
 *   SourceSystem: parseInstancePath('MSFTSM_ComputerSystem.CreationClassName="…",Name="…"'),
 * });
 * outputs.get('ReplicationPipe'); // an InstancePath
 * ```
 *
 * @throws TypeError when an option is wrong
 */
export function createClient(options: ClientOptions): WsmanClient {
  const settings = resolveClientOptions(options);
  const { url, credentials, charset } = settings;
  const sessionId = randomUUID().toUpperCase();
  const plain = createHttpTransport({
    url,
    tls: settings.tls,
    connections: CONNECTIONS,
    // The limit counts characters on some servers: UTF-16 has two bytes for each.
    maxResponseSize: 2 * settings.maxEnvelopeSize,
  });
  const authenticated = credentials ? withBasicAuthentication(plain, credentials.user, credentials.password) : plain;

  const exchange = async (transport: Transport, envelope: string, post: ExchangeOptions) => {
    const headers = { ...settings.headers, ...post.headers, 'content-type': contentType(charset) };
    const timeoutMs = (post.operationTimeoutMs ?? DEFAULT_OPERATION_MS) + NETWORK_DELAY_MS;
    const response = await transport.post(encodeMessage(envelope, charset), {
      headers,
      timeoutMs,
      signal: post.signal,
    });
    return readEnvelope(response, transport === authenticated && credentials !== undefined);
  };

  return {
    async identify({ anonymous = false, signal } = {}) {
      const { operationTimeoutMs } = settings;
      const headers: Record<string, string> = anonymous ? { wsmanidentify: 'unauthenticated' } : {};
      const answer = await exchange(anonymous ? plain : authenticated, buildIdentifyRequest(), {
        headers,
        operationTimeoutMs,
        signal,
      });
      const identity = readIdentity(answer.body, answer.xml);
      if (!identity) throw new WsmanTransportError('response', 'the answer to Identify is no IdentifyResponse');
      return identity;
    },

    async invoke(target, method, parameters = {}, call = {}) {
      const path = typeof target === 'string' ? new InstancePath({ className: target }) : target;
      const operationTimeoutMs = call.operationTimeoutMs ?? settings.operationTimeoutMs;
      const envelope = buildInvokeRequest(
        { target: path, method, parameters, options: call.options ?? {} },
        {
          ...settings,
          to: url.href,
          sessionId,
          family: call.resourceUriFamily ?? settings.family,
          operationTimeoutMs,
        },
      );
      const answer = await exchange(authenticated, envelope, { headers: {}, operationTimeoutMs, signal: call.signal });
      return readInvokeResult(answer.body, answer.xml);
    },

    close: () => authenticated.close(),
  };
}

interface ExchangeOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly operationTimeoutMs: number | undefined;
  readonly signal: AbortSignal | undefined;
}
