/** Bytes of a certificate in base64. */
function certificate(...lines: readonly string[]): readonly number[] {
  return [...Buffer.from(lines.join(''), 'base64')];
}

/** The certificate for BitLocker that srv01 of the default lab has: `CN=Lab BitLocker user`, by another one. */
export const USER_CERTIFICATE = certificate(
  'MIIBejCCASCgAwIBAgIBAjAKBggqhkjOPQQDAjATMREwDwYDVQQDDAhMYWIgUm9vdDAgFw0yNjEyMDEwNjA1MTFaGA8yMTI2MTEwNzA2MDUxMV',
  'owHTEbMBkGA1UEAwwSTGFiIEJpdExvY2tlciB1c2VyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAES7E9dLIXS1vZNGWtmAp46WthUEKzaNmI',
  'xhiqRsCVsg9lFR8XHjx31UnqEwWFJiX7kwHPDiNrzpMTINxf1IS/46NZMFcwFQYDVR0lBA4wDAYKKwYBBAGCN0MBATAdBgNVHQ4EFgQU+qnJK2',
  '2Qndkve2DjNu6Q0FbnplswHwYDVR0jBBgwFoAUsKVP+emcMbDblSfPNDTEBo1wiSUwCgYIKoZIzj0EAwIDSAAwRQIgeUvDUY/0yBj7+qEIpBrs',
  'BN98ZxXTiQSh3jpyCpuBlAsCIQD5ZUtzVoyp+IRbv3B2/DMn6UnbDxG5X0xd9kiWAEvWwg==',
);
export const USER_THUMBPRINT = 'FCFCFDEC7C6FCBA3F193474B1FB130475010D559';
/** One for a web server, which srv01 has as well. */
export const SERVER_THUMBPRINT = '1C58F39F436EAEA02BC020C5172101D29E8573B4';

/** One for BitLocker that signed itself. */
export const SELF_SIGNED_CERTIFICATE = certificate(
  'MIIBhTCCASqgAwIBAgIUbmYECALRs5EX6BiY+J/8NSvqgb0wCgYIKoZIzj0EAwIwJDEiMCAGA1UEAwwZTGFiIEJpdExvY2tlciBzZWxmLXNpZ2',
  '5lZDAgFw0yNjEyMDEwNjA1MTFaGA8yMTI2MTEwNzA2MDUxMVowJDEiMCAGA1UEAwwZTGFiIEJpdExvY2tlciBzZWxmLXNpZ25lZDBZMBMGByqG',
  'SM49AgEGCCqGSM49AwEHA0IABJae/PO1tq/rFtWmlT5Y8RhyVPeKDFG+rREICDGkHafLZuM38k7xYkfDsXTYtXnVE7hiJmrtatYjITySGXrDap',
  'yjODA2MBUGA1UdJQQOMAwGCisGAQQBgjdDAQEwHQYDVR0OBBYEFPX6EaqghWhjGlZcYYhldwXamYvcMAoGCCqGSM49BAMCA0kAMEYCIQCZoj2h',
  '5S/164zSqvgxAZS2OfI+v4R38fqJlzCKJ1u26wIhAIey3MSDWp+SIgXVXgpFk2opnYy0Xpx4HNor9hf5lDLQ',
);
export const SELF_SIGNED_THUMBPRINT = '89D34E1D47FC198D75EBC65A3336B3ED48745599';
