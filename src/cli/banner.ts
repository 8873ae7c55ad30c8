import type { StateFacts } from '../endpoint/endpoint.js';
import type { HostFacts } from '../endpoint/hosts/host-facts.js';
import type { ServerCertificate } from '../http/certificate.js';

/** What a person needs to know to use an endpoint that has just started. */
export interface BannerFacts {
  readonly version: string;
  readonly http?: { readonly url: string };
  readonly https?: {
    readonly url: string;
    readonly port: number;
    readonly fingerprints: ServerCertificate['fingerprints'];
  };
  /** The computers that it stands for. */
  readonly hosts?: readonly HostFacts[];
  /** Where its commands (`cimulator requests`) reach it. */
  readonly control?: { readonly url: string };
  /** The password only when it was made just now. */
  readonly account: { readonly name: string; readonly password?: string };
  readonly lab: string;
  readonly state: StateFacts;
  /** What gives the account another password, where it is one that was made before. */
  readonly lostPassword?: string;
  /** Addresses by which other machines reach it, where it listens on all of them. */
  readonly others?: readonly string[];
  /** What to sign in with: Basic where it is enabled, because it needs no setting of the client over HTTPS. */
  readonly scheme: 'Basic' | 'Negotiate' | 'Kerberos';
}

const NAMESPACE = 'root/cimv2/storage/iScsiTarget';
const SERVICE = 'MSISCSITARGET_StorageConfigurationService';
const TWO_SERVERS = 'two-servers';

/** The main job on the objects of the lab two-servers. They are built on the client: the method needs their keys and nothing else. */
const INVOKE = [
  `$n = '${NAMESPACE}'`,
  "$c = 'MSFTSM_ComputerSystem'",
  "$a, $b = 'iscsi-a.lab.example', 'iscsi-b.lab.example' | ForEach-Object { New-CimInstance -ClientOnly -Namespace $n" +
    ' -ClassName $c -Key CreationClassName, Name -Property @{ CreationClassName = $c; Name = $_ } }',
  `$k = '${SERVICE}'`,
  '$v = New-CimInstance -ClientOnly -Namespace $n -ClassName $k -Key SystemCreationClassName, SystemName, CreationClassName, Name' +
    " -Property @{ SystemCreationClassName = $c; SystemName = $a.Name; CreationClassName = $k; Name = 'StorageConfigurationService' }",
  'Invoke-CimMethod -CimSession $s -InputObject $v -MethodName CreateOrModifyReplicationPipe' +
    " -Arguments @{ PipeElementName = 'first'; SourceSystem = [ciminstance]$a; TargetSystem = [ciminstance]$b }",
];

const IDENTIFY =
  '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" ' +
  'xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>';

/** The text `serve` prints when it is ready: facts first, then one line to paste per kind of client. */
export function banner(facts: BannerFacts): string {
  const { account, http, https, hosts = [], lab, lostPassword, others = [] } = facts;
  const rows: [string, string][] = [];
  if (http !== undefined) rows.push(['HTTP', http.url]);
  if (https !== undefined) rows.push(['HTTPS', https.url]);
  if (others.length > 0) rows.push(['Also at', others.join(', ')]);
  for (const [at, host] of hosts.entries()) rows.push([at === 0 ? 'Hosts' : '', hostText(host)]);
  rows.push(['Account', account.name]);
  if (account.password !== undefined)
    rows.push(['Password', `${account.password}   (made now; it will not be shown again)`]);
  if (lostPassword !== undefined) rows.push(['Password', `as before; if it is lost: ${lostPassword}`]);
  if (https !== undefined) {
    rows.push(['SHA-256', https.fingerprints.sha256]);
    rows.push(['Thumbprint', https.fingerprints.sha1]);
  }
  rows.push(['Lab', lab]);
  rows.push(['State', stateText(facts.state)]);
  if (facts.control !== undefined) rows.push(['Control', `${facts.control.url}   (cimulator requests --follow)`]);

  const lines = rows.map(([label, value]) => `  ${label.padEnd(12)}${value}`);
  return `${[`cimulator ${facts.version} is listening`, '', ...lines, '', ...pasteLines(facts)].join('\n')}\n`;
}

function hostText({ name, http, https }: HostFacts): string {
  return `${name}   ${[http, https].filter((url) => url !== undefined).join('   ')}`;
}

function stateText({ kind, place, wasFound }: StateFacts): string {
  if (kind === 'memory') return `${place}   (gone when it stops; --state DIR keeps it)`;
  return wasFound
    ? `${place}   (as it was left; back to the lab: cimulator reset)`
    : `${place}   (new: the lab was applied now; back to it later: cimulator reset)`;
}

function pasteLines({ http, https, account, lab, scheme }: BannerFacts): string[] {
  const lines: string[] = [];
  if (https !== undefined) {
    lines.push('  PowerShell', `    ${powerShellLine(https, account, lab, scheme)}`, '');
    lines.push('  winrm', `    ${winrmLine(https, account, scheme)}`, '');
  }
  const url = http?.url ?? https?.url;
  if (url !== undefined) lines.push('  Linux', `    ${curlLine(url)}`, '');
  return lines;
}

/** The client's default settings allow Basic over HTTPS only, so that is what is shown. */
function powerShellLine(
  https: { url: string; port: number },
  account: BannerFacts['account'],
  lab: string,
  scheme: BannerFacts['scheme'],
): string {
  const host = new URL(https.url).hostname.replaceAll(/[[\]]/g, '');
  const name = powerShellText(account.name);
  const credential =
    account.password === undefined
      ? `(Get-Credential ${name})`
      : `([pscredential]::new(${name}, (ConvertTo-SecureString ${powerShellText(account.password)} -AsPlainText -Force)))`;
  return [
    `$s = New-CimSession -ComputerName '${host}' -Port ${https.port} -Authentication ${scheme} -Credential ${credential}` +
      ' -SessionOption (New-CimSessionOption -UseSsl -SkipCACheck -SkipCNCheck -SkipRevocationCheck)',
    ...(lab === TWO_SERVERS
      ? INVOKE
      : [`Get-CimInstance -CimSession $s -Namespace '${NAMESPACE}' -ClassName ${SERVICE}`]),
  ].join('; ');
}

/** A PowerShell string that stands for itself. */
function powerShellText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function winrmLine(https: { url: string }, account: BannerFacts['account'], scheme: BannerFacts['scheme']): string {
  const password = account.password === undefined ? '' : ` -p:${account.password}`;
  const quotedName = /^[\w.@\\-]+$/.test(account.name) ? account.name : `"${account.name}"`;
  const remote = https.url.replace(/\/wsman$/, '');
  return `winrm identify -r:${remote} -a:${scheme} -u:${quotedName}${password} -skipCAcheck -skipCNcheck -encoding:utf-8`;
}

function curlLine(url: string): string {
  const insecure = url.startsWith('https:') ? ' --insecure' : '';
  return `curl -sS${insecure} -H 'WSMANIDENTIFY: unauthenticated' -H 'Content-Type: application/soap+xml;charset=UTF-8' -d '${IDENTIFY}' ${url}`;
}
