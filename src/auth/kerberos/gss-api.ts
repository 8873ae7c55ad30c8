import { createWorkQueue } from '../lock-out/work-queue.js';
import { GssError, GssStatus } from './gss-error.js';
import {
  type GssLibrary,
  loadGssLibrary,
  type NativeBuffer,
  type NativeFunction,
  type Pointer,
} from './gss-library.js';

/** An object identifier without tag and length, as GSSAPI has them. */
const oid = (hex: string) => ({ length: hex.length / 2, elements: Buffer.from(hex, 'hex') });
/** 1.2.840.113554.1.2.2 (RFC 4121 §2). */
const KRB5 = oid('2a864886f712010202');
/** How a name is written: `HTTP@host` (RFC 2743 §4.1), `HTTP/host@REALM` (RFC 1964 §2.1.1). */
const NAME_TYPES = { hostService: oid('2a864886f71201020104'), principal: oid('2a864886f71201020201') } as const;

/** GSS_C_ACCEPT. */
const ACCEPT = 2;
/** GSS_C_GSS_CODE, GSS_C_MECH_CODE. */
const STATUS_KINDS = { major: 1, minor: 2 } as const;
/** What the library says of a minor status that says nothing, as of tokens that it cannot decode. */
const NO_DETAIL = /^(?:Success|Unknown error)?$/;
/** Status bits above are the library's and the caller's errors; those below only say more about a success (RFC 2744 §3.9.1). */
const ERROR_BITS = 0xffff_0000;

/** A context in the making or made; the library replaces the pointer. */
export interface ContextSlot {
  pointer: Pointer;
}

/** One leg of an authentication. */
export interface ContextStep {
  /** Nothing more is expected from the other end. */
  readonly done: boolean;
  /** For the other end; empty when there is nothing to say. */
  readonly output: Buffer;
  /** What is agreed on so far, see `ContextFlag`. */
  readonly flags: number;
}

/** What the two ends ask for and agree on (RFC 2744 §5.1, §5.19; RFC 5801 §A.1 for the last). */
export const ContextFlag = { mutual: 2, replay: 4, sequence: 8, confidentiality: 16, channelBound: 2048 } as const;

/** A message that came out of its wrapping. */
export interface UnwrappedMessage {
  readonly message: Buffer;
  readonly sealed: boolean;
  /** Replayed, old, out of order, or after a gap (RFC 2744 §5.20). */
  readonly outOfOrder: boolean;
}

/**
 * GSSAPI with the Kerberos mechanism, as far as it is needed. What may read files or takes a while runs on other threads; calls for one
 * context must follow each other. Every failure is a {@link GssError}.
 */
export interface GssApi {
  /**
   * The keys of a server. At once: it happens at the start.
   *
   * @param keytab a file
   * @param principal accept tickets for this one only; default: for any in the keytab
   */
  acquireAcceptor(keytab: string, principal?: string): Pointer;
  importName(type: keyof typeof NAME_TYPES, text: string): Pointer;
  /** @param bindings the application's data of channel bindings; undefined for none */
  accept(
    context: ContextSlot,
    credential: Pointer,
    token: Uint8Array,
    bindings: Uint8Array | undefined,
  ): Promise<ContextStep & { readonly source: string }>;
  initiate(context: ContextSlot, target: Pointer, request: InitiateRequest): Promise<ContextStep>;
  /** The name by which the server was called, of a context that is made. */
  acceptorName(context: ContextSlot): string;
  wrap(context: ContextSlot, message: Uint8Array): Promise<Buffer>;
  unwrap(context: ContextSlot, token: Uint8Array): Promise<UnwrappedMessage>;
  sign(context: ContextSlot, message: Uint8Array): Promise<Buffer>;
  verify(context: ContextSlot, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
  releaseContext(context: ContextSlot): void;
  releaseName(name: Pointer): void;
  releaseCredential(credential: Pointer): void;
}

export interface InitiateRequest {
  readonly flags: number;
  readonly bindings: Uint8Array | undefined;
  /** The server's; undefined for the first call. */
  readonly token: Uint8Array | undefined;
}

let created: Promise<GssApi> | undefined;

/**
 * The system's GSSAPI.
 *
 * @throws KerberosUnavailableError when there is none
 */
export function openGssApi(): Promise<GssApi> {
  created ??= loadGssLibrary().then(createGssApi);
  return created;
}

function createGssApi(library: GssLibrary): GssApi {
  // As many as libuv has threads: koffi holds a stack for each call that waits, and gives up when too many do.
  const threads = createWorkQueue({ running: 4, waiting: Number.POSITIVE_INFINITY });

  /** Runs a call on another thread. The arguments, which it points into, stay reachable until it is over. */
  function run(call: NativeFunction, minor: number[], ...rest: readonly unknown[]): Promise<number> {
    return threads.run(
      () =>
        new Promise((resolve, reject) => {
          const kept = [minor, ...rest];
          call.async(...kept, (error: unknown, major: number) => {
            kept.length = 0;
            if (error) reject(error);
            else resolve(major);
          });
        }),
    );
  }

  /** A copy of what the library has written into a buffer, which it gets back. */
  function take(buffer: NativeBuffer): Buffer {
    const { value = null, length = 0 } = buffer;
    if (value === null) return Buffer.alloc(0);
    const bytes = length === 0 ? Buffer.alloc(0) : library.copy(value, length);
    library.releaseBuffer([0], { value, length });
    return bytes;
  }

  function describe(status: number, kind: keyof typeof STATUS_KINDS): string {
    const texts: string[] = [];
    const more = [0];
    do {
      const text: NativeBuffer = {};
      if (library.displayStatus([0], status, STATUS_KINDS[kind], KRB5, more, text) !== GssStatus.complete) break;
      texts.push(take(text).toString('utf8'));
    } while (more[0] !== 0);
    return texts.join(', ');
  }

  /** Minor statuses belong to threads: what is said here of one from another thread is its general text, without names. */
  function check(major: number, [minor = 0]: readonly number[]): void {
    if ((major & ERROR_BITS) === 0) return;
    const texts = [];
    if (major !== GssStatus.failure) texts.push(describe(major, 'major'));
    const detail = describe(minor, 'minor');
    if (!NO_DETAIL.test(detail)) texts.push(detail);
    if (texts.length === 0) texts.push('a malformed token, or another failure that GSSAPI has no words for');
    throw new GssError(major, texts.join(': '));
  }

  function nameText(name: Pointer): string {
    const text: NativeBuffer = {};
    const minor = [0];
    check(library.displayName(minor, name, text, null), minor);
    return take(text).toString('utf8');
  }

  function releaseName(name: Pointer): void {
    if (name !== null) library.releaseName([0], [name]);
  }

  function importName(type: keyof typeof NAME_TYPES, text: string): Pointer {
    const name: [Pointer] = [null];
    const minor = [0];
    check(library.importName(minor, bytes(Buffer.from(text, 'utf8')), NAME_TYPES[type], name), minor);
    return name[0];
  }

  return {
    importName,
    releaseName,

    acquireAcceptor(keytab, principal) {
      const name = principal === undefined ? null : importName('principal', principal);
      const credential: [Pointer] = [null];
      const minor = [0];
      const mechanisms = { count: 1, elements: [KRB5] };
      const store = { count: 1, elements: [{ key: 'keytab', value: `FILE:${keytab}` }] };
      try {
        check(library.acquireCredentialFrom(minor, name, 0, mechanisms, ACCEPT, store, credential, null, null), minor);
      } finally {
        releaseName(name);
      }
      return credential[0];
    },

    async accept(context, credential, token, bindings) {
      const slot = [context.pointer];
      const source: [Pointer] = [null];
      const [output, flags, minor] = [{}, [0], [0]];
      const cb = bindings && channelBindings(bindings);
      const call = library.acceptContext;
      const major = await run(call, minor, slot, credential, bytes(token), cb, source, null, output, flags, null, null);
      context.pointer = slot[0] ?? null;
      // Also when it fails there may be a token; HTTP has no place for it.
      const step = { done: major === GssStatus.complete, output: take(output), flags: flags[0] ?? 0 };
      try {
        check(major, minor);
        return { ...step, source: step.done ? nameText(source[0]) : '' };
      } finally {
        releaseName(source[0]);
      }
    },

    async initiate(context, target, { flags: wanted, bindings, token }) {
      const slot = [context.pointer];
      const [output, flags, minor] = [{}, [0], [0]];
      const cb = bindings && channelBindings(bindings);
      const input = token && bytes(token);
      const call = library.initContext;
      const major = await run(call, minor, null, slot, target, KRB5, wanted, 0, cb, input, null, output, flags, null);
      context.pointer = slot[0] ?? null;
      const step = { done: major === GssStatus.complete, output: take(output), flags: flags[0] ?? 0 };
      check(major, minor);
      return step;
    },

    acceptorName(context) {
      const target: [Pointer] = [null];
      const minor = [0];
      const major = library.inquireContext(minor, context.pointer, null, target, null, null, null, null, null);
      try {
        check(major, minor);
        return nameText(target[0]);
      } finally {
        releaseName(target[0]);
      }
    },

    async wrap(context, message) {
      const [output, sealed, minor] = [{}, [0], [0]];
      const major = await run(library.wrap, minor, context.pointer, 1, 0, bytes(message), sealed, output);
      const token = take(output);
      check(major, minor);
      if (sealed[0] !== 1) throw new GssError(major, 'the message would not have been encrypted');
      return token;
    },

    async unwrap(context, token) {
      const [output, sealed, minor] = [{}, [0], [0]];
      const major = await run(library.unwrap, minor, context.pointer, bytes(token), output, sealed, null);
      const message = take(output);
      check(major, minor);
      return { message, sealed: sealed[0] === 1, outOfOrder: major !== GssStatus.complete };
    },

    async sign(context, message) {
      const [output, minor] = [{}, [0]];
      const major = await run(library.getMic, minor, context.pointer, 0, bytes(message), output);
      const signature = take(output);
      check(major, minor);
      return signature;
    },

    async verify(context, message, signature) {
      const major = await run(library.verifyMic, [0], context.pointer, bytes(message), bytes(signature), null);
      return major === GssStatus.complete;
    },

    releaseContext(context) {
      if (context.pointer !== null) library.deleteContext([0], [context.pointer], null);
      context.pointer = null;
    },

    releaseCredential(credential) {
      if (credential !== null) library.releaseCredential([0], [credential]);
    },
  };
}

/** `gss_buffer_desc` for the library to read. */
function bytes(value: Uint8Array) {
  return { length: value.length, value };
}

/** `gss_channel_bindings_struct` without addresses (RFC 5929 §2.1, RFC 4121 §4.1.1.2). */
function channelBindings(application: Uint8Array) {
  const none = { length: 0, value: null };
  return { initiatorType: 0, initiator: none, acceptorType: 0, acceptor: none, application: bytes(application) };
}
