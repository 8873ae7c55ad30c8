import { checkServerIdentity, TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';

/**
 * A connector that takes certificates of any issuer, as long as they are valid now, and are for the host's name unless that does
 * not matter either.
 */
export function nameCheckingConnector(anyName: boolean, build: buildConnector.BuildOptions): buildConnector.connector {
  // A resumed session would bring no certificate to look at.
  const connect = buildConnector({ ...build, rejectUnauthorized: false, maxCachedSessions: 0 });
  return (target, callback) =>
    connect(target, (...result) => {
      const [failure, socket] = result;
      if (failure !== null || !(socket instanceof TLSSocket)) return callback(...result);
      const wrong = outOfDate(socket) ?? (anyName ? undefined : otherName(socket, target));
      if (wrong === undefined) return callback(null, socket);
      socket.destroy();
      return callback(wrong, null);
    });
}

function otherName(socket: TLSSocket, target: buildConnector.Options): Error | undefined {
  // IPv6 addresses stand in brackets in URLs, and may have a zone.
  const host = target.servername || target.hostname.replace(/^\[|\]$|%.*$/g, '');
  return checkServerIdentity(host, socket.getPeerCertificate());
}

/** An error with OpenSSL's code, as when OpenSSL itself looks. */
function outOfDate(socket: TLSSocket): Error | undefined {
  const { valid_from: from, valid_to: to } = socket.getPeerCertificate();
  const now = Date.now();
  const code = now > Date.parse(to) ? 'CERT_HAS_EXPIRED' : now < Date.parse(from) ? 'CERT_NOT_YET_VALID' : undefined;
  return code && Object.assign(new Error(code), { code });
}
