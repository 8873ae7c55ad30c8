import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { type Check, check, reasonOf } from './check.js';
import { type DoctorTarget, hostOf, portOf } from './doctor-target.js';
import { inTime } from './in-time.js';

/** Does the host name lead to an address? */
export async function checkName(target: DoctorTarget): Promise<Check> {
  const host = hostOf(target);
  if (isIP(host)) return check('name', 'ok', `${host} is an address`);
  try {
    const found = await inTime(target.timeoutMs, () => lookup(host, { all: true }));
    return check('name', 'ok', `${host} is ${found.map(({ address }) => address).join(', ')}`);
  } catch (error) {
    const isTimeout = error instanceof DOMException;
    return check(
      'name',
      'fail',
      isTimeout ? `no name server answers within ${target.timeoutMs / 1000} s` : `the host name ${host} is not known`,
      'check the spelling and the name server (Resolve-DnsName), or use the address',
    );
  }
}

/** Does anybody accept connections there? */
export async function checkPort(target: DoctorTarget): Promise<Check> {
  const [host, port] = [hostOf(target), portOf(target)];
  let socket: Socket | undefined;
  try {
    await inTime(
      target.timeoutMs,
      () =>
        new Promise<void>((resolve, reject) => {
          socket = connect({ host, port }, resolve).once('error', reject);
        }),
    );
    return check('port', 'ok', `${host} accepts connections on port ${port}`);
  } catch (error) {
    return check('port', 'fail', portProblem(error, target), portRemedy(error, target));
  } finally {
    socket?.destroy();
  }
}

function portProblem(error: unknown, target: DoctorTarget): string {
  if (error instanceof DOMException)
    return `nothing answers on port ${portOf(target)} within ${target.timeoutMs / 1000} s: a firewall, or another host`;
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return `nothing listens on port ${portOf(target)}`;
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return `there is no way to ${hostOf(target)}`;
  return reasonOf(error);
}

function portRemedy(error: unknown, { url }: DoctorTarget): string {
  const listener = url.protocol === 'https:' ? 'winrm quickconfig -transport:https' : 'winrm quickconfig';
  if (codeOf(error) === 'ECONNREFUSED')
    return `start the endpoint, or on Windows, on the server: ${listener}; ports are 5985 for http, 5986 for https`;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return `check the address, and open the firewall of the server: New-NetFirewallRule -DisplayName WinRM -Direction Inbound -Protocol TCP -LocalPort ${port} -Action Allow`;
}

/** Of a host with several addresses, the first one's. */
function codeOf(error: unknown): unknown {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
