import type { Case, Memory, Step } from '../case.js';
import { ok, text } from '../expectations.js';
import { METHOD, SERVICE, SYSTEM, serviceKeys, systemKeys, systems } from '../lab.js';
import type { Message } from '../message.js';
import { actions, DMTF } from '../namespaces.js';
import { eprXml, inNamespace, invoke, type Parts, request } from '../requests.js';
import type { Target } from '../target.js';

export const PIPE = 'CIMULATOR_ReplicationPipe';
export const OUTPUT = `s:Body/*:${METHOD}_OUTPUT`;
export const [A, B] = systems;

export const system = (target: Target, name: string) => eprXml(target, SYSTEM, systemKeys(name));

export const systemsXml = (target: Target) =>
  `<i:SourceSystem>${system(target, A)}</i:SourceSystem><i:TargetSystem>${system(target, B)}</i:TargetSystem>`;

export const nameXml = (target: Target, label: string) =>
  `<i:PipeElementName>${label}-${target.run}</i:PipeElementName>`;

/** A call of the lab's method; on success its pipe is remembered, so that it can be taken away. */
export const call =
  (input: (target: Target) => string, parts?: Parts): ((target: Target) => Message) =>
  (target) =>
    invoke(target, { className: SERVICE, keys: serviceKeys(), method: METHOD, input: input(target) }, parts);

export const created = [ok, text(`${OUTPUT}/*:ReturnValue`, '0')];

/** The pipe that came back. */
export const rememberPipe = { pipe: `${OUTPUT}/*:ReplicationPipe//w:Selector[InstanceID]` };

export const deletePipe = (target: Target, memory: Memory) =>
  memory.pipe === undefined
    ? undefined
    : request({
        action: actions.delete,
        uri: DMTF + PIPE,
        selectors: inNamespace(target, { InstanceID: memory.pipe }),
      });

/** A case that makes one pipe and takes it away. */
export const creates = (
  name: string,
  verifies: Case['verifies'],
  send: Step['send'],
  more: Step['expect'] = [],
): Case => ({
  name,
  verifies,
  needs: 'lab',
  steps: [{ send, expect: [...created, ...more], remember: rememberPipe }],
  cleanUp: deletePipe,
});

export const rewritten = (message: Message, change: (xml: string) => string) => ({
  ...message,
  body: change(String(message.body)),
});
