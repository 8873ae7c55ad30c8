import { networkInterfaces } from 'node:os';
import type { UserEntry } from '../config/kinds/users.js';
import type { SchemeName } from '../config/kinds/word-kinds.js';
import type { Endpoint } from '../endpoint/endpoint.js';
import { hostFacts } from '../endpoint/hosts/host-facts.js';
import { defaultDataDirectory } from '../files/default-data-directory.js';
import { packageVersion } from '../package/package-version.js';
import { type BannerFacts, banner } from './banner.js';

/** What of the flags of `serve` tells how to announce it. */
interface AnnounceFlags {
  readonly host: string;
  readonly auth: readonly SchemeName[];
  readonly dataDir: string;
  readonly readyJson: boolean;
}

/** What gives an account of the data directory another password. */
function passwordCommand(name: string, dataDir: string): string {
  const where = dataDir === defaultDataDirectory() ? '' : ` --data-dir ${shellWord(dataDir)}`;
  return `cimulator user passwd ${shellWord(name)}${where}`;
}

function shellWord(text: string): string {
  return /^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Where other machines reach an endpoint that listens on all addresses. */
function otherAddresses(host: string): readonly string[] {
  if (host !== '0.0.0.0' && host !== '::') return [];
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address);
}

/** Tells where the endpoint listens and who may sign in: a person, or the program that started the server. */
export function announce(endpoint: Endpoint, flags: AnnounceFlags, users: readonly UserEntry[]): void {
  const { http, https, hosts, lab, state, control } = endpoint;
  const { name, password } = endpoint.account;
  // A password that was given is no news, and stays out of terminals and logs.
  const account = users.length === 0 && password !== undefined ? { name, password } : { name };
  if (flags.readyJson) {
    process.stdout.write(`${JSON.stringify(readyFacts(endpoint, account.password))}\n`);
  } else {
    const scheme: BannerFacts['scheme'] = flags.auth.includes('basic')
      ? 'Basic'
      : flags.auth.includes('negotiate')
        ? 'Negotiate'
        : 'Kerberos';
    const kept = users.length === 0 && password === undefined ? flags.dataDir : undefined;
    const facts = {
      ...{ version: packageVersion(), account, lab, state, scheme },
      ...(kept !== undefined && { lostPassword: passwordCommand(name, kept) }),
      others: otherAddresses(flags.host),
      hosts: hostFacts(hosts),
      ...(http && { http }),
      ...(https && { https }),
      ...controlFacts(control),
    };
    process.stdout.write(banner(facts));
  }
}

function controlFacts(control: Endpoint['control']): Pick<BannerFacts, 'control'> {
  return control === undefined ? {} : { control };
}

/** The line of `--ready-json`. */
function readyFacts({ http, https, hosts, account, lab, state, control }: Endpoint, password: string | undefined) {
  return {
    http: http?.url,
    https: https?.url,
    ...(hosts.size > 0 && { hosts: hostFacts(hosts) }),
    user: account.name,
    password,
    pid: process.pid,
    fingerprint: https?.fingerprints.sha256,
    thumbprint: https?.fingerprints.sha1,
    control: control?.url,
    controlToken: control?.token,
    version: packageVersion(),
    lab,
    state,
  };
}
