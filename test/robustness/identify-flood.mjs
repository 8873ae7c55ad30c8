/**
 * Identify messages without credentials, each with declarations, names and elements that no other has. Every 39 of them share a root,
 * and the declarations of all hang behind it; in one of eight there are elements that are worth remembering under that root.
 */
const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
const IDENTITY = 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd';
const SHARING_A_ROOT = 39;

/**
 * @param {number} n which message; all are of the same length
 * @param {number} declarations of 500 characters in it
 */
export function identifyMessage(n, declarations) {
  const root = String(Math.floor(n / SHARING_A_ROOT)).padStart(6, '0');
  const own = String(n).padStart(6, '0');
  let blocks = '';
  for (let at = 0; at < declarations; at++) {
    blocks += `<y${own}.${at} xmlns:q="${`${own}.${at}.`.padEnd(500, 'z')}"/>`;
  }
  for (let at = 0; at < 18; at++) {
    const name = `x${(n * 18 + at) % 997}`.padEnd(4, '_');
    blocks += n % 8 === 1 ? `<${name}>${'k'.repeat(60)}${own}.${String(at).padStart(2, '0')}</${name}>` : '';
  }
  return `<s:Envelope xmlns:s="${SOAP}" xmlns:g="u${root}"><s:Header>${blocks}</s:Header><s:Body><i:Identify xmlns:i="${IDENTITY}"/></s:Body></s:Envelope>`;
}
