import { expect, test } from 'vitest';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { unknownParameterText } from '../../../src/cim/model/unknown-parameter-text.js';
import { decodeParameters } from '../../../src/wscim/decode-parameters.js';
import { createTestBroker, system, systemPath } from '../../support/test-broker.js';
import { createTestSchema, namespace, wscimContext } from '../../support/test-schema.js';
import { readElement } from '../../support/xml-fragment.js';

const schema = createTestSchema();

test('an unknown parameter has the same text from a message and from a caller in this process', async () => {
  const method = schema.getClass('TEST_System').methods.get('Run');
  if (!method) throw new Error('no method Run');
  const text = unknownParameterText(method, 'Nothing');
  expect(text).toBe('Method Run has no parameter Nothing.');
  expect(() => decodeParameters(readElement('<I><Nothing>1</Nothing></I>'), method, wscimContext(schema))).toThrow(
    text,
  );
  const { broker } = await createTestBroker(
    [system('a')],
    [{ className: 'TEST_System', methods: { Run: async () => ({ ReturnValue: 0 }) } }],
  );
  const call = { namespace, target: systemPath('a'), methodName: 'Run', input: new NameMap([['Nothing', 1]]) };
  await expect(broker.invokeMethod(call)).rejects.toThrow(text);
});
