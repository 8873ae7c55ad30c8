/**
 * How account names compare: without case, as Windows compares them.
 *
 * @param name a name as typed by a person or sent by a peer
 */
export function foldAccountName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/**
 * The name without its domain: `DOMAIN\user` and `user@domain` are both `user`. This endpoint is no domain member, so the
 * domain says nothing to it; Windows clients send one all the same (`localhost\user`, `.\user`).
 */
export function withoutDomain(name: string): string {
  const backslash = name.indexOf('\\');
  if (backslash >= 0) return name.slice(backslash + 1);
  const at = name.lastIndexOf('@');
  return at > 0 ? name.slice(0, at) : name;
}

/**
 * Why a name and password cannot be an account, or `undefined` when they can. The rules are those of what HTTP Basic can carry
 * (RFC 7617 §2: no colon in the name, no control characters), so every account can sign in with every scheme.
 */
export function accountProblem(name: string, password: string): string | undefined {
  if (name === '') return 'the user name is empty';
  if (password === '') return 'the password is empty';
  if (name.includes(':')) return 'the user name contains a colon';
  if (/\p{Cc}/u.test(name)) return 'the user name contains a control character';
  if (/\p{Cc}/u.test(password)) return 'the password contains a control character';
  if (name.length > 256) return 'the user name is longer than 256 characters';
  if (password.length > 1024) return 'the password is longer than 1024 characters';
  return undefined;
}
