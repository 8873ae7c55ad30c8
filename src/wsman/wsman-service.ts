/** What the user of a request may do: GR, GW and GX of Windows' RootSDDL (MS-WSMV 2.2.4.36). */
export type Right = 'read' | 'write' | 'execute';

/** Decides what a user may do. Immutable: what has been decided may be remembered for as long as the object lives. */
export interface Permissions {
  /** @param classNames the name of a class and those of its superclasses: who may use a class may use its subclasses */
  allows(right: Right, namespace: string, classNames: Iterable<string>): boolean;
  /** Whether there is any class in the namespace for which the right is given. */
  allowsSome(right: Right, namespace: string): boolean;
}

/** One SOAP message as it came out of HTTP (and out of message encryption). */
export interface WsmanRequest {
  readonly body: Uint8Array;
  /** The charset parameter of Content-Type, unquoted, lower case. */
  readonly charset: string | undefined;
  /** `undefined`: unauthenticated; only Identify is answered then. */
  readonly user: string | undefined;
  /** What the user may do; absent: everything. */
  readonly permissions?: Permissions | undefined;
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
