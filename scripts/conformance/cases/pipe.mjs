import { ok, text } from '../expectations.mjs';
import { METHOD, SERVICE, SYSTEM, serviceKeys, systemKeys } from '../lab.mjs';
import { eprXml, inNamespace, invoke, request } from '../messages.mjs';
import { actions, DMTF } from '../namespaces.mjs';

/** @import { Case, Memory, Message, Step, Target } from '../types.mjs' */

export const PIPE = 'CIMULATOR_ReplicationPipe';
export const OUTPUT = `s:Body/*:${METHOD}_OUTPUT`;
export const [A, B] = /** @type {const} */ (['iscsi-a.lab.example', 'iscsi-b.lab.example']);

/** @param {Target} target @param {string} name */
export const system = (target, name) => eprXml(target, SYSTEM, systemKeys(name));

/** @param {Target} target */
export const systemsXml = (target) =>
  `<i:SourceSystem>${system(target, A)}</i:SourceSystem><i:TargetSystem>${system(target, B)}</i:TargetSystem>`;

/** @param {Target} target @param {string} label */
export const nameXml = (target, label) => `<i:PipeElementName>${label}-${target.run}</i:PipeElementName>`;

/**
 * A call of the lab's method; on success its pipe is remembered, so that it can be taken away.
 *
 * @param {(target: Target) => string} input
 * @param {import('../messages.mjs').Parts} [parts]
 * @returns {(target: Target) => Message}
 */
export const call = (input, parts) => (target) =>
  invoke(target, { className: SERVICE, keys: serviceKeys(), method: METHOD, input: input(target) }, parts);

export const created = [ok, text(`${OUTPUT}/*:ReturnValue`, '0')];

/** The pipe that came back. */
export const rememberPipe = { pipe: `${OUTPUT}/*:ReplicationPipe//w:Selector[InstanceID]` };

/** @param {Target} target @param {Memory} memory */
export const deletePipe = (target, memory) =>
  memory.pipe === undefined
    ? undefined
    : request({
        action: actions.delete,
        uri: DMTF + PIPE,
        selectors: inNamespace(target, { InstanceID: memory.pipe }),
      });

/**
 * A case that makes one pipe and takes it away.
 *
 * @param {string} name
 * @param {readonly string[]} verifies
 * @param {Step['send']} send
 * @param {Step['expect']} [more]
 * @returns {Case}
 */
export const creates = (name, verifies, send, more = []) => ({
  name,
  verifies,
  needs: 'lab',
  steps: [{ send, expect: [...created, ...more], remember: rememberPipe }],
  cleanUp: deletePipe,
});

/** @param {Message} message @param {(xml: string) => string} change */
export const rewritten = (message, change) => ({ ...message, body: change(String(message.body)) });
