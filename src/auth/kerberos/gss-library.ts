import { KerberosUnavailableError } from './kerberos-unavailable-error.js';
import { type Koffi, type KoffiLibrary, type KoffiType, loadKoffi } from './koffi.js';

/** A pointer that only the library can do something with; null for NULL. */
export type Pointer = bigint | null;

/** A function of the library, called on this thread or (`async`, with a callback behind the arguments) on one of libuv's. */
export interface NativeFunction {
  (...args: readonly unknown[]): number;
  async(...args: readonly unknown[]): void;
}

/** `gss_buffer_desc`, to be filled by the library. */
export interface NativeBuffer {
  length?: number;
  value?: Pointer;
}

/** The functions of GSSAPI that are used here (RFC 2744), without their first argument's type: all take `OM_uint32 *minor_status`. */
export interface GssLibrary {
  /** Not in RFC 2744 but MIT's own: takes the keytab as an argument, where others take it from the environment. */
  readonly acquireCredentialFrom: NativeFunction;
  readonly acceptContext: NativeFunction;
  readonly initContext: NativeFunction;
  readonly deleteContext: NativeFunction;
  readonly inquireContext: NativeFunction;
  readonly importName: NativeFunction;
  readonly displayName: NativeFunction;
  readonly releaseName: NativeFunction;
  readonly releaseBuffer: NativeFunction;
  readonly releaseCredential: NativeFunction;
  readonly displayStatus: NativeFunction;
  readonly wrap: NativeFunction;
  readonly unwrap: NativeFunction;
  readonly getMic: NativeFunction;
  readonly verifyMic: NativeFunction;
  /** A copy of memory that the library has filled. */
  copy(pointer: Pointer, length: number): Buffer;
}

/**
 * MIT's library only. Heimdal's, which Apple's comes from, cannot be given a keytab, knows an error's text on the thread of the error
 * only, and ends the process with a fault when it was called on others (seen with 7.8). Windows has SSPI in place of GSSAPI.
 */
const LIBRARIES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['libgssapi_krb5.so.2'],
  freebsd: ['libgssapi_krb5.so.2'],
  darwin: ['/opt/homebrew/opt/krb5/lib/libgssapi_krb5.2.2.dylib', '/usr/local/opt/krb5/lib/libgssapi_krb5.2.2.dylib'],
};

/** koffi runs a call on a stack of its own, by default of 128 KiB, which is little for what looks up host names. */
const STACK_BYTES = 1024 * 1024;

let loaded: Promise<GssLibrary> | undefined;

/**
 * Loads the system's GSSAPI, once. Takes some milliseconds, so nothing does it before Kerberos is wanted.
 *
 * @throws KerberosUnavailableError when there is no library, or koffi, which calls it, is not installed
 */
export function loadGssLibrary(): Promise<GssLibrary> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<GssLibrary> {
  const names = LIBRARIES[process.platform];
  if (names === undefined)
    throw new KerberosUnavailableError(`Kerberos: there is no GSSAPI of MIT on ${process.platform}`);
  const koffi = await loadKoffi();
  try {
    koffi.config({ ...koffi.config(), async_stack_size: STACK_BYTES });
  } catch {
    // Somebody else in this process has called something with koffi before: its settings are fixed, and have to do.
  }
  return bind(koffi, open(koffi, names));
}

function open(koffi: Koffi, names: readonly string[]): KoffiLibrary {
  for (const name of names) {
    try {
      return koffi.load(name);
    } catch {
      // The next one, then.
    }
  }
  throw new KerberosUnavailableError(
    `Kerberos: the system has no GSSAPI library of MIT Kerberos (${names.join(', ')})`,
  );
}

function bind(koffi: Koffi, library: KoffiLibrary): GssLibrary {
  const { struct, pointer } = koffi;
  // gssapi.h packs its structures on Intel Macs.
  const packed = process.platform === 'darwin' && process.arch === 'x64';
  const aligned = (type: KoffiType): KoffiType | [number, KoffiType] => (packed ? [2, type] : type);
  const out = (type: KoffiType) => koffi.out(pointer(type));
  const inOut = (type: KoffiType) => koffi.inout(pointer(type));

  const u32 = 'uint32_t';
  const handle = 'void *';
  const ignored = 'void *';
  const buffer = struct({ length: 'size_t', value: aligned(handle) });
  const oid = struct({ length: u32, elements: aligned(handle) });
  const oidSet = struct({ count: 'size_t', elements: aligned(pointer(oid)) });
  const element = struct({ key: 'str', value: 'str' });
  const credentialStore = struct({ count: u32, elements: aligned(pointer(element)) });
  const bindings = struct({
    initiatorType: u32,
    initiator: aligned(buffer),
    acceptorType: u32,
    acceptor: aligned(buffer),
    application: aligned(buffer),
  });
  const declare = (name: string, ...parameters: KoffiType[]): NativeFunction =>
    library.func(name, u32, [out(u32), ...parameters]);

  return {
    // desired_name, time_req, desired_mechs, cred_usage, cred_store, cred, actual_mechs, time_rec
    acquireCredentialFrom: declare(
      'gss_acquire_cred_from',
      ...[handle, u32, pointer(oidSet), 'int', pointer(credentialStore), out(handle), ignored, ignored],
    ),
    // context, cred, token, bindings, src_name, mech_type, output, flags, time_rec, delegated_cred
    acceptContext: declare(
      'gss_accept_sec_context',
      ...[inOut(handle), handle, pointer(buffer), pointer(bindings), out(handle), ignored, out(buffer), out(u32)],
      ...[ignored, ignored],
    ),
    // cred, context, target_name, mech, flags, time_req, bindings, token, actual_mech, output, flags, time_rec
    initContext: declare(
      'gss_init_sec_context',
      ...[handle, inOut(handle), handle, pointer(oid), u32, u32, pointer(bindings), pointer(buffer)],
      ...[ignored, out(buffer), out(u32), ignored],
    ),
    deleteContext: declare('gss_delete_sec_context', inOut(handle), ignored),
    // context, src_name, targ_name, lifetime, mech, flags, locally_initiated, open
    inquireContext: declare(
      'gss_inquire_context',
      ...[handle, ignored, out(handle), ignored, ignored, ignored, ignored, ignored],
    ),
    importName: declare('gss_import_name', pointer(buffer), pointer(oid), out(handle)),
    displayName: declare('gss_display_name', handle, out(buffer), ignored),
    releaseName: declare('gss_release_name', inOut(handle)),
    releaseBuffer: declare('gss_release_buffer', pointer(buffer)),
    releaseCredential: declare('gss_release_cred', inOut(handle)),
    displayStatus: declare('gss_display_status', u32, 'int', pointer(oid), inOut(u32), out(buffer)),
    wrap: declare('gss_wrap', handle, 'int', u32, pointer(buffer), out('int'), out(buffer)),
    unwrap: declare('gss_unwrap', handle, pointer(buffer), out(buffer), out('int'), ignored),
    getMic: declare('gss_get_mic', handle, u32, pointer(buffer), out(buffer)),
    verifyMic: declare('gss_verify_mic', handle, pointer(buffer), pointer(buffer), ignored),
    // Not koffi.decode: it keeps some bytes of each call for good.
    copy: (from, length) => Buffer.from(new Uint8Array(koffi.view(from, length))),
  };
}
