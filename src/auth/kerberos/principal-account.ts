/** Two principals of one authentication, as GSSAPI shows them: `alice@LAB.EXAMPLE`, `HTTP/iscsi-a.lab.example@LAB.EXAMPLE`. */
export interface Principals {
  readonly client: string;
  readonly service: string;
}

/**
 * Finds the account of a client's principal: the one whose name is that of the principal without its realm, in the realm of the service.
 * Names compare without case, as everywhere, since Windows' domain controllers give tickets for the name as it was typed.
 *
 * @param findAccount the account of a name as it is written in the store, without case and as a whole; `undefined` when there is none
 */
export function accountOfPrincipal(
  { client, service }: Principals,
  findAccount: (name: string) => string | undefined,
): { readonly user: string } | { readonly problem: string } {
  const principal = parsePrincipal(client);
  if (principal === undefined || principal.name.includes('/'))
    return { problem: `the principal "${client}" is not that of a user` };
  // Who another realm calls alice is somebody else.
  if (principal.realm !== parsePrincipal(service)?.realm)
    return { problem: `the principal "${client}" is of another realm than the service "${service}"` };
  const user = findAccount(principal.name);
  return user === undefined ? { problem: `no account for the principal "${client}"` } : { user };
}

/** Undefined for names with anything escaped (RFC 1964 §2.1.1), which no account has. */
function parsePrincipal(text: string): { readonly name: string; readonly realm: string } | undefined {
  const [, name, realm] = /^([^@\\]+)@([^@\\]+)$/.exec(text) ?? [];
  return name === undefined || realm === undefined ? undefined : { name, realm };
}
