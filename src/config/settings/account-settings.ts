import { listOf } from '../kinds/list-of.js';
import { choice, onOff, path, text } from '../kinds/text-kinds.js';
import { users } from '../kinds/users.js';
import { type SchemeName, schemes, unencrypted } from '../kinds/word-kinds.js';
import { type SettingGroup, setting } from '../setting.js';

/** What `auth` is when it is left out. */
export const DEFAULT_SCHEMES: readonly SchemeName[] = ['negotiate', 'basic'];

/** Who may sign in, and how. */
export const accountSettings = {
  user: setting(users, 'account; may be repeated'),
  passwordStdin: setting(onOff, 'read the password of each --user NAME from stdin, a line each, in their order', false),
  auth: setting(schemes, 'ways to authenticate', DEFAULT_SCHEMES, {
    help: 'negotiate,basic, and kerberos with --keytab',
    page: 'negotiate, basic, and kerberos with a keytab',
  }),
  keytab: setting(path('<file>'), 'keys of the service, for Kerberos'),
  servicePrincipal: setting(
    text('<name>'),
    'take Kerberos tickets for this one only, as HTTP/host; default: any in --keytab',
  ),
  cbt: setting(
    choice('<level>', ['none', 'relaxed', 'strict']),
    'channel bindings of Negotiate and Kerberos on HTTPS, as CbtHardeningLevel',
    'relaxed',
  ),
  allowUnencrypted: setting(
    unencrypted,
    "from whom passwords and clear messages are taken over plain HTTP: 'never', 'loopback', 'always'; bare: 'always'",
    'loopback',
  ),
  domain: setting(text('<name>'), 'domain in front of or behind the names of users'),
  domainPolicy: setting(
    choice('<policy>', ['ignored', 'matched', 'required']),
    "whether a name's domain must be ours, and be there",
    'ignored',
  ),
  spn: setting(
    choice('<level>', ['none', 'relaxed', 'strict']),
    'whether NTLM must name this service as its target',
    'none',
  ),
  spnHost: setting(listOf('<name>'), 'another name of this host, for --spn; may be repeated'),
  lockOut: setting(choice('<switch>', ['on', 'off']), 'delay sign-ins after wrong passwords', 'on'),
  clientCa: setting(path('<file>'), 'authorities of client certificates, PEM; HTTPS asks for one then'),
  clientCrl: setting(path('<file>'), 'what they have revoked, PEM'),
  clientCertMap: setting(
    listOf('<name=account>'),
    "account of a certificate's UPN or CN, '*' for anything; may be repeated; default: the account of that name",
  ),
} as const satisfies SettingGroup;
