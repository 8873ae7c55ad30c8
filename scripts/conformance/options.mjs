import { parseArgs } from 'node:util';

export const usage = `Usage: npm run conformance -- --url URL --user NAME:PASSWORD [options]

Runs the protocol requirements of docs/conformance.md against a WS-Management server.

  --url URL              http://HOST:5985/wsman or https://HOST:5986/wsman
  --user NAME:PASSWORD   account for Basic authentication
  --insecure             take any TLS certificate
  --namespace NAME       CIM namespace of the class (default root/cimv2/storage/iScsiTarget)
  --class NAME           concrete class with instances (default MSFTSM_ComputerSystem)
  --method NAME          method of that class without parameters that may be called
  --lab yes|no|auto      the server runs the default lab of cimulator (default auto: found out by a Get)
  --only TEXT            only requirements whose id begins with TEXT
  --timeout SECONDS      longest time for one answer (default 30)
  --json                 results as JSON
  --help                 this text

Exit status: 0 when nothing failed, 1 when something did, 2 when the tests could not run.`;

/** What was typed makes no sense; the message says why. */
export class UsageError extends Error {}

/**
 * @param {readonly string[]} args
 * @returns what to do, or undefined when only the usage was asked for
 */
export function parseOptions(args) {
  const { values } = parse(args);
  if (values.help) return undefined;
  const { url, user = '', lab = 'auto' } = values;
  if (url === undefined) throw new UsageError('--url is missing');
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw new UsageError(`--url ${url} is not an http or https URL`);
  const colon = user.indexOf(':');
  if (colon <= 0) throw new UsageError('--user NAME:PASSWORD is missing');
  if (!['yes', 'no', 'auto'].includes(lab)) throw new UsageError('--lab takes yes, no or auto');
  const seconds = Number(values.timeout ?? 30);
  if (!(seconds > 0)) throw new UsageError('--timeout takes a number of seconds');
  return {
    connection: {
      url,
      user: user.slice(0, colon),
      password: user.slice(colon + 1),
      insecure: values.insecure ?? false,
      timeout: seconds * 1000,
    },
    namespace: values.namespace,
    className: values.class,
    method: values.method,
    lab: /** @type {'yes' | 'no' | 'auto'} */ (lab),
    only: values.only ?? '',
    json: values.json ?? false,
  };
}

/** @param {readonly string[]} args */
function parse(args) {
  const text = /** @type {const} */ ({ type: 'string' });
  const flag = /** @type {const} */ ({ type: 'boolean' });
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{ url: text, user: text, namespace: text, class: text, method: text, lab: text, only: text, timeout: text },
        ...{ insecure: flag, json: flag, help: flag },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
