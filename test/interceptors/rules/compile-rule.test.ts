import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import type { Rule, RuleAction, RuleCondition } from '../../../src/interceptors/rules/rule.js';
import { RuleError } from '../../../src/interceptors/rules/rule-error.js';
import { METHOD } from '../../support/envelopes.js';

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await startEndpoint({ users: [{ name: 'u', password: 'p' }] });
});
afterAll(() => endpoint.close());

/** What is said of a rule; undefined when it is taken. */
function problemOf(when: RuleCondition, then: Rule['then'] = { http: 503 }): string | undefined {
  try {
    endpoint.removeRule(endpoint.addRule({ when, then }));
    return undefined;
  } catch (error) {
    if (error instanceof RuleError) return error.message;
    throw error;
  }
}

describe('a rule that can match', () => {
  it.each<readonly [RuleCondition, RuleAction]>([
    [{}, { http: 503 }],
    [{ operation: ['get', 'InvokeMethod'], user: 'nobody yet' }, { http: 503 }],
    [{ class: 'cim_managedelement', method: METHOD.toLowerCase() }, { returnValue: 'busy' }],
    [
      { method: METHOD },
      {
        returnValue: 4096,
        outputs: { ReplicationPipe: { kind: 'path', class: 'CIM_NetworkPipe', keys: { InstanceID: 'x' } } },
      },
    ],
    [{ method: 'CreateReplica', input: { ElementName: 'a', CopyType: '2' } }, { http: 503 }],
    [{ input: { ElementName: 'a' }, operation: 'Put' }, { http: 503 }],
    [{ selectors: { InstanceID: 'x' }, namespace: 'ROOT\\cimv2\\storage\\iscsitarget' }, { http: 503 }],
    [{ operation: 'Invoke' }, { returnValue: 1 }],
    [{ between: [0, 'PT1H'], nth: [1, 5], after: 3 }, { http: 503 }],
  ])('is taken: %j', (when, then) => {
    expect(problemOf(when, then)).toBeUndefined();
  });
});

describe('a rule that can never match', () => {
  it.each<readonly [RuleCondition, string]>([
    [{ operation: 'Invok' }, "when.operation: there is no operation 'Invok': did you mean 'Invoke'?"],
    [
      { operation: ['Get', 'GetInstanc'] },
      "when.operation[1]: there is no operation 'GetInstanc': did you mean 'GetInstance'?",
    ],
    [{ namespace: 'root/cimv3' }, "when.namespace: there is no namespace 'root/cimv3': did you mean 'root/cimv2'?"],
    [{ class: 'CIM_NetworkPip' }, "when.class: there is no class 'CIM_NetworkPip': did you mean 'CIM_NetworkPipe'?"],
    [
      { method: 'CreateOrModifyReplicationPip' },
      `when.method: there is no method 'CreateOrModifyReplicationPip': did you mean '${METHOD}'?`,
    ],
    [
      { class: 'CIM_NetworkPipe', method: METHOD },
      expect.stringMatching(
        /^when\.method: class CIM_NetworkPipe has no method 'CreateOrModifyReplicationPipe'/,
      ) as unknown as string,
    ],
    [
      { method: METHOD, input: { PipeElmentName: 'a' } },
      "when.input.PipeElmentName: there is no such parameter or property: did you mean 'PipeElementName'?",
    ],
    [{ method: 'CreateReplica', input: { CopyType: 'fast' } }, 'when.input.CopyType: "fast" can be no value of it'],
    [{ method: 'CreateReplica', input: { CopyType: [2] } }, 'when.input.CopyType: [2] can be no value of it'],
    [
      { class: 'CIM_ComputerSystem', selectors: { Nam: 'a' } },
      "when.selectors.Nam: there is no such key: did you mean 'Name'?",
    ],
    [{ operation: 'Get', method: METHOD }, 'when.method: operation Get calls no method'],
    [{ operation: 'GetInstance', input: { Name: 'a' } }, 'when.input: operation GetInstance has no input'],
    [{ operation: 'Identify', class: 'CIM_NetworkPipe' }, 'when.class: operation Identify is about no class'],
    [{ operation: 'Release', selectors: { Name: 'a' } }, 'when.selectors: operation Release is about no instance'],
    [{ nth: 2, after: 3 }, 'when.nth: the first 3 are passed over (after), and none of it comes later'],
    [{ between: ['PT5S', 'PT1S'] }, 'when.between: it ends (PT1S) before it begins (PT5S)'],
    [{ between: ['soon', 'PT1S'] }, "when.between[0]: 'soon' is no duration, as PT1S or PT0.5S"],
  ])('says where, and which name is near: %j', (when, message) => {
    expect(problemOf(when)).toEqual(message);
  });

  it.each<readonly [RuleCondition, RuleAction, string]>([
    [
      { method: METHOD },
      { returnValue: 'Bussy' },
      `then.returnValue: 'Bussy' is no label of ${METHOD}: did you mean 'Busy'?`,
    ],
    [{ method: METHOD }, { returnValue: 1.5 }, 'then.returnValue: 1.5 where a uint32 is wanted'],
    [
      { method: METHOD },
      { returnValue: 0, outputs: { ReplicationPip: null } },
      `then.outputs.ReplicationPip: method ${METHOD} has no output 'ReplicationPip': did you mean 'ReplicationPipe'?`,
    ],
    [
      { method: METHOD },
      {
        returnValue: 0,
        outputs: { ReplicationPipe: { kind: 'path', class: 'CIM_NetworkPipe', keys: { InstanceID: null } } },
      },
      'then.outputs.ReplicationPipe.keys.InstanceID: NULL, an array or an instance is no value of a key',
    ],
    [
      { operation: 'Get' },
      { returnValue: 0 },
      'then: a ReturnValue and outputs are of methods, and the operation calls none',
    ],
  ])('or an answer that no method can give: %j, %j', (when, then, message) => {
    expect(problemOf(when, then)).toBe(message);
  });
});
