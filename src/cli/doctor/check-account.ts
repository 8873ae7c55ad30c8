import type { ClientOptions } from '../../client/client-options.js';
import { createClient } from '../../client/create-client.js';
import type { ConfigTree } from '../../client/operations/get-config.js';
import { WsmanTransportError } from '../../client/transport/wsman-transport-error.js';
import type { WsmanClient } from '../../client/wsman-client.js';
import { WsmanClientError } from '../../client/wsman-client-error.js';
import type { ServerAnswers } from './ask-server.js';
import { type Check, check, reasonOf } from './check.js';
import type { DoctorTarget } from './doctor-target.js';

/** A way to sign in: by the name that servers give it, and what the client has to be told for it. */
interface Way {
  readonly scheme: string;
  readonly options: ClientOptions;
}

/** What this client can sign in with an account with. */
const METHODS: Readonly<Record<string, 'negotiate' | 'basic'>> = { negotiate: 'negotiate', basic: 'basic' };

/** Windows' own default since 2012. */
const USUAL_ENVELOPE_KB = 500;

/**
 * Signs in with the certificate or the tickets that were asked for, an account with every scheme that is offered; with the first that
 * works, asks for what clients need.
 */
export async function* checkAccount(target: DoctorTarget, { schemes }: ServerAnswers): AsyncGenerator<Check> {
  let working: ClientOptions | undefined;
  for (const way of waysOf(target.client, schemes)) {
    const found = 'scheme' in way ? await checkSignIn(target, way) : way;
    if ('scheme' in way && found.status === 'ok') working ??= way.options;
    yield found;
  }
  if (working === undefined) return;
  const client = createClient(working);
  try {
    yield await checkConfig(client, target);
    yield await checkNamespace(client, target);
  } finally {
    await client.close();
  }
}

/** What can be tried, and what is not. */
function waysOf(client: ClientOptions, schemes: readonly string[]): readonly (Way | Check)[] {
  if (client.auth === 'kerberos') return [{ scheme: 'Kerberos', options: client }];
  if (client.clientCertificate !== undefined) return [{ scheme: 'certificate', options: client }];
  return schemes.map((scheme) => {
    const auth = METHODS[scheme.toLowerCase()];
    if (auth !== undefined) return { scheme: auth === 'basic' ? 'Basic' : 'Negotiate', options: { ...client, auth } };
    if (scheme.toLowerCase() === 'kerberos')
      return check('sign-in Kerberos', 'skip', 'takes tickets, not an account', 'cimulator doctor URL --auth kerberos');
    return check(`sign-in ${scheme.slice(0, 20)}`, 'skip', 'this client does not have it');
  });
}

async function checkSignIn(target: DoctorTarget, { scheme, options }: Way): Promise<Check> {
  const name = `sign-in ${scheme}`;
  let client: WsmanClient | undefined;
  try {
    client = createClient(options);
    await client.identify({ signal: AbortSignal.timeout(target.timeoutMs) });
    const user = options.user === undefined ? '' : ` as ${options.user}`;
    const isSealed = options.auth !== 'basic' && target.url.protocol === 'http:';
    return check(name, 'ok', `signed in${user}${isSealed ? ', messages sealed' : ''}`);
  } catch (error) {
    // What this client refuses to send.
    if (error instanceof TypeError) return check(name, 'skip', reasonOf(error));
    return check(name, 'fail', lateOr(error, target), remedyOf(error, options));
  } finally {
    await client?.close();
  }
}

function remedyOf(error: unknown, { user, clientCertificate }: ClientOptions): string | undefined {
  if (!(error instanceof WsmanTransportError)) return undefined;
  if (error.failure === 'unauthorized' && clientCertificate !== undefined)
    return "the server must trust the certificate's authority and map it to an account: on Windows winrm create winrm/config/service/certmapping, and Auth Certificate=true; here serve --client-ca";
  if (error.failure === 'unauthorized' && user === undefined)
    return 'the server must know an account for the principal that klist names';
  if (error.failure === 'unauthorized')
    return 'check name and password; on Windows the account must be in Administrators or Remote Management Users, and a local one be written as SERVER\\name';
  if (error.failure === 'closed') return 'Negotiate needs its own connection: go around proxies and load balancers';
  return undefined;
}

async function checkConfig(client: WsmanClient, target: DoctorTarget): Promise<Check> {
  const name = 'MaxEnvelopeSize';
  try {
    const size = Number(
      textOf(await client.getConfig('', { signal: AbortSignal.timeout(target.timeoutMs) }), 'MaxEnvelopeSizekb'),
    );
    if (!(size > 0)) return check(name, 'skip', 'the configuration does not tell');
    const text = `messages of up to ${size} KB`;
    if (size >= USUAL_ENVELOPE_KB) return check(name, 'ok', text);
    const remedy = `on the server: Set-Item WSMan:\\localhost\\MaxEnvelopeSizekb ${USUAL_ENVELOPE_KB}`;
    return check(name, 'warn', `${text}, less than the usual ${USUAL_ENVELOPE_KB}`, remedy);
  } catch (error) {
    return check(name, 'skip', `winrm/config cannot be read: ${lateOr(error, target)}`);
  }
}

function textOf(tree: ConfigTree, key: string): string {
  const value = tree[key];
  return typeof value === 'string' ? value : '';
}

/** Asks for a class of the namespace; that of servers without class declarations is not there only if they say so. */
async function checkNamespace(client: WsmanClient, target: DoctorTarget): Promise<Check> {
  const { namespace, timeoutMs } = target;
  const name = 'namespace';
  try {
    const classes = client.enumerateClasses({ namespace, deep: false, signal: AbortSignal.timeout(timeoutMs) });
    const first = await classes.next();
    await classes.return();
    return first.done
      ? check(name, 'warn', `${namespace} has no classes`)
      : check(name, 'ok', `${namespace} is there, with ${first.value.name} among its classes`);
  } catch (error) {
    const isMissing = error instanceof WsmanClientError && error.cimStatusName === 'InvalidNamespace';
    if (isMissing)
      return check(name, 'fail', `there is no namespace ${namespace}`, 'name another one with --namespace');
    if (error instanceof WsmanClientError) return check(name, 'warn', `${namespace}: ${reasonOf(error)}`);
    return check(name, 'fail', lateOr(error, target));
  }
}

function lateOr(error: unknown, { timeoutMs }: DoctorTarget): string {
  const isLate = error instanceof WsmanTransportError && error.failure === 'aborted';
  return isLate ? `no answer within ${timeoutMs / 1000} s` : reasonOf(error);
}
