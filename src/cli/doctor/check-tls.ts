import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import { type Check, check, reasonOf } from './check.js';
import { type DoctorTarget, hostOf, portOf, urlWith } from './doctor-target.js';
import { inTime } from './in-time.js';

/** What the handshake showed. */
interface ShownTls {
  readonly version: string;
  readonly cipher: string;
  readonly certificate: X509Certificate;
  /** Why the chain is not trusted, see `distrustOf`; undefined when it is. */
  readonly distrust: string | undefined;
}

const DAY_MS = 86_400_000;
const EXPIRES_SOON_DAYS = 14;

/** Everything about TLS; the first check tells whether there is any. */
export async function checkTls(target: DoctorTarget): Promise<readonly Check[]> {
  let shown: ShownTls;
  try {
    shown = await handshake(target);
  } catch (error) {
    return [handshakeProblem(error, target)];
  }
  return [
    check('tls', 'ok', `${shown.version}, ${shown.cipher}`),
    checkTrust(shown, target),
    checkHostName(shown, target),
    checkDates(shown, target),
  ];
}

/** Whether the port answers a TLS handshake. */
export async function speaksTls(target: DoctorTarget): Promise<boolean> {
  return handshake(target).then(
    () => true,
    () => false,
  );
}

async function handshake(target: DoctorTarget): Promise<ShownTls> {
  const host = hostOf(target);
  const { ca } = target.client.tls ?? {};
  let socket: TLSSocket | undefined;
  try {
    const connected = await inTime(
      target.timeoutMs,
      () =>
        new Promise<TLSSocket>((resolve, reject) => {
          // Whether it is trusted is what is to be found out; nothing is sent.
          const made = connect({
            host,
            port: portOf(target),
            rejectUnauthorized: false,
            ...(isIP(host) ? {} : { servername: host }),
            ...(ca === undefined ? {} : { ca: ca as string }),
          });
          socket = made;
          made.once('secureConnect', () => resolve(made)).once('error', reject);
          made.once('close', () => reject(new Error('the connection was closed during the handshake')));
        }),
    );
    const certificate = connected.getPeerX509Certificate();
    if (certificate === undefined) throw new Error('the server shows no certificate');
    return {
      version: connected.getProtocol() ?? 'TLS',
      cipher: connected.getCipher().standardName,
      certificate,
      distrust: distrustOf(connected),
    };
  } finally {
    socket?.destroy();
  }
}

function handshakeProblem(error: unknown, target: DoctorTarget): Check {
  if (error instanceof DOMException)
    return check(
      'tls',
      'fail',
      `no TLS handshake within ${target.timeoutMs / 1000} s: the port may not speak TLS`,
      plain(target),
    );
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code.startsWith('ERR_SSL_PACKET'))
    return check('tls', 'fail', 'the port does not speak TLS: it seems to be an http port', plain(target));
  if (code === 'ERR_SSL_UNSUPPORTED_PROTOCOL' || code.includes('PROTOCOL_VERSION'))
    return check('tls', 'fail', 'the server has no TLS version from 1.2 on', 'enable TLS 1.2 on the server');
  return check('tls', 'fail', `the TLS handshake fails: ${reasonOf(error)}`, plain(target));
}

function plain(target: DoctorTarget): string {
  return `try ${urlWith(target, 'http')}, or port 5986: ${urlWith(target, 'https', '5986')}`;
}

function checkTrust({ certificate, distrust }: ShownTls, target: DoctorTarget): Check {
  const name = 'certificate';
  const { fingerprint256 } = certificate;
  const { tls = {} } = target.client;
  const which = `${subjectOf(certificate)}, SHA-256 ${fingerprint256}`;
  if (tls.fingerprint256 !== undefined) {
    if (normalize(tls.fingerprint256) === normalize(fingerprint256))
      return check(name, 'ok', `${which}: the one that --fingerprint names`);
    return check(name, 'fail', `${which}: not the one that --fingerprint names`, 'ask the operator of the server');
  }
  if (distrust === 'dates') return check(name, 'skip', `${which}: its dates come first`);
  if (distrust === undefined)
    return check(name, 'ok', `${which}: issued by ${issuerOf(certificate)}, which is trusted`);
  const remedy =
    'Windows, after a look at its fingerprint: Import-Certificate -FilePath server.cer -CertStoreLocation Cert:\\LocalMachine\\Root, ' +
    `or -SessionOption (New-CimSessionOption -UseSsl -SkipCACheck); here: --fingerprint ${fingerprint256}`;
  return check(name, isTaken(target) ? 'warn' : 'fail', `${which}: ${distrust}`, remedy);
}

function checkHostName({ certificate }: ShownTls, target: DoctorTarget): Check {
  // A certificate knows nothing of zones.
  const host = hostOf({ ...target, zone: undefined });
  const name = 'certificate name';
  if (checkServerIdentity(host, certificate.toLegacyObject()) === undefined)
    return check(name, 'ok', `the certificate is for ${host}`);
  const names = certificate.subjectAltName ?? subjectOf(certificate);
  const remedy = 'use one of its names in the URL; Windows: New-CimSessionOption -UseSsl -SkipCNCheck';
  const text = `the certificate is not for ${host}, but for ${names}`;
  return check(name, isTaken(target) ? 'warn' : 'fail', text, remedy);
}

function checkDates({ certificate }: ShownTls, target: DoctorTarget): Check {
  const name = 'certificate dates';
  const [from, to, now] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo), Date.now()];
  const problem = isTaken(target) ? 'warn' : 'fail';
  const renew =
    'make a new certificate, and bind it, on the server: winrm set winrm/config/Listener?Address=*+Transport=HTTPS @{CertificateThumbprint="…"}';
  if (now < from)
    return check(name, problem, `not valid before ${certificate.validFrom}`, 'check both clocks: w32tm /resync');
  if (now > to) return check(name, problem, `expired on ${certificate.validTo}`, renew);
  const text = `valid for ${Math.floor((to - now) / DAY_MS)} more days`;
  return to - now < EXPIRES_SOON_DAYS * DAY_MS ? check(name, 'warn', text, renew) : check(name, 'ok', text);
}

/** Whether the client was told to take the certificate whatever it says. */
function isTaken({ client }: DoctorTarget): boolean {
  return client.tls?.rejectUnauthorized === false || client.tls?.fingerprint256 !== undefined;
}

/** What OpenSSL has against a chain; undefined for names, which are checked beside it, and `dates`, behind which it does not look. */
function distrustOf(socket: TLSSocket): string | undefined {
  const code = String(socket.authorizationError);
  if (socket.authorized || code === 'ERR_TLS_CERT_ALTNAME_INVALID') return undefined;
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') return 'dates';
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT') return 'it is self-signed, and not trusted';
  return `its chain is not trusted (${code})`;
}

function subjectOf({ subject }: X509Certificate): string {
  return (subject || '(no subject)').replace(/\s*\n\s*/g, ', ');
}

function issuerOf({ issuer }: X509Certificate): string {
  return (issuer || '(no issuer)').replace(/\s*\n\s*/g, ', ');
}

function normalize(fingerprint: string): string {
  return fingerprint.replace(/[\s:]/g, '').toUpperCase();
}
