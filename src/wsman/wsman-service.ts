/** One SOAP message as it came out of HTTP (and out of message encryption). */
export interface WsmanRequest {
  readonly body: Uint8Array;
  /** The charset parameter of Content-Type, unquoted, lower case. */
  readonly charset: string | undefined;
  /** `undefined`: unauthenticated; only Identify is answered then. */
  readonly user: string | undefined;
  /** Profile URIs enabled on this listener, for Identify. */
  readonly securityProfiles: readonly string[];
  /** The client went away or the endpoint closes. */
  readonly signal: AbortSignal;
}

export interface WsmanResponse {
  /** 200, 500, 204. */
  readonly status: number;
  /** `application/soap+xml;charset=UTF-8` */
  readonly contentType: string | undefined;
  /** Text goes out as UTF-8; other character sets are encoded already. */
  readonly body: string | Uint8Array;
  /** For the log only; never sent. */
  readonly outcome: {
    readonly action?: string | undefined;
    readonly messageId?: string | undefined;
    readonly fault?: string | undefined;
    readonly reason?: string | undefined;
    readonly cause?: unknown;
  };
}

export interface WsmanService {
  handle(request: WsmanRequest): Promise<WsmanResponse>;
}
