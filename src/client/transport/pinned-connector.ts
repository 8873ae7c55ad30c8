import { TLSSocket } from 'node:tls';
import { buildConnector } from 'undici';
import { WsmanTransportError } from './wsman-transport-error.js';

/**
 * A connector that trusts exactly one certificate, self-signed or not, by its SHA-256 fingerprint.
 *
 * @throws TypeError when the fingerprint is not 32 bytes in hex
 */
export function pinnedConnector(
  fingerprint256: string,
  options: buildConnector.BuildOptions,
): buildConnector.connector {
  const expected = normalize(fingerprint256);
  if (!/^[0-9A-F]{64}$/.test(expected)) throw new TypeError('a SHA-256 fingerprint is 64 hexadecimal digits');
  // A resumed session would bring no certificate to compare.
  const connect = buildConnector({ ...options, rejectUnauthorized: false, maxCachedSessions: 0 });
  return (options, callback) =>
    connect(options, (...result) => {
      const [failure, socket] = result;
      if (failure !== null || !(socket instanceof TLSSocket)) return callback(...result);
      const found = socket.getPeerCertificate().fingerprint256 ?? '';
      if (normalize(found) === expected) return callback(null, socket);
      socket.destroy();
      const message = `the server's certificate has another fingerprint than expected: ${found}`;
      return callback(new WsmanTransportError('tls', message), null);
    });
}

function normalize(fingerprint: string): string {
  return fingerprint.replace(/[\s:]/g, '').toUpperCase();
}
