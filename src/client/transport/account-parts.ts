/** A user's name as NTLM sends it. */
export interface AccountParts {
  readonly user: string;
  readonly domain: string;
}

/**
 * Parts a name as people write it: `DOMAIN\user`; `user@domain`, which stays one name, with no domain beside it (MS-NLMP
 * 3.1.5.1.2 takes both as they are typed); `.\user`, an account of the server itself.
 */
export function accountParts(name: string): AccountParts {
  const backslash = name.indexOf('\\');
  if (backslash < 0) return { user: name, domain: '' };
  const domain = name.slice(0, backslash);
  return { user: name.slice(backslash + 1), domain: domain === '.' ? '' : domain };
}
