import { describe, expect, it } from 'vitest';
import { operationNamed, unknownOperationText } from '../../../src/interceptors/match/operation-names.js';
import { WSMAN_OPERATIONS } from '../../../src/wsman/wsman-operation.js';

describe('a name of an operation', () => {
  it.each(WSMAN_OPERATIONS)('of WS-Man, %s, stands for itself', (name) => {
    expect(operationNamed(name.toUpperCase())).toEqual({ name, wsman: name, kinds: [], byMessage: true });
  });

  it.each([
    ['OpenInstances', 'Enumerate', 'EnumerateInstances'],
    ['openassociators', 'Enumerate', 'Associators'],
    ['PullInstancesWithPath', 'Pull', 'PullInstances'],
    ['ModifyInstance', 'Put', 'ModifyInstance'],
    ['InvokeStaticMethod', 'Invoke', 'InvokeMethod'],
    ['GetClass', 'Get', 'GetClass'],
  ])('of DSP0223, %s, stands for %s that leads to %s', (name, wsman, kind) => {
    expect(operationNamed(name)).toMatchObject({ wsman, kinds: expect.arrayContaining([kind]) });
  });

  it('that there is not is told with the nearest one', () => {
    expect(operationNamed('InvokMethod')).toBeUndefined();
    expect(unknownOperationText('InvokMethod')).toBe(
      "there is no operation 'InvokMethod': did you mean 'InvokeMethod'?",
    );
  });
});
