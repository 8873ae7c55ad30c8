import { describe, expect, it } from 'vitest';
import type { Provider } from '../../src/cim/provider.js';
import { Schema } from '../../src/cim/schema.js';
import { type Model, ModelError } from '../../src/endpoint/load-model.js';
import { placeProviders } from '../../src/endpoint/place-providers.js';

const schemaOf = (name: string) => {
  const schema = new Schema();
  schema.addClass({ name, superclassName: undefined, qualifiers: [], properties: [], methods: [] });
  return schema;
};
const model: Model = {
  namespaces: [
    { name: 'root/lab', schema: schemaOf('LAB_A') },
    { name: 'root/other', schema: schemaOf('LAB_B') },
  ],
  instances: [],
};
const providerOf = (className: string): Provider => ({ className, methods: {} });

describe('providers', () => {
  it('belong into the default namespace, or the one they name in any spelling', () => {
    const [a, b] = [providerOf('LAB_A'), providerOf('lab_b')];
    const providersIn = placeProviders(model, [a, { namespace: 'ROOT\\other', provider: b }], 'root/lab');
    expect([providersIn('root/lab'), providersIn('root/other')]).toEqual([[a], [b]]);
  });

  it.each([
    ['namespace', { namespace: 'root/none', provider: providerOf('LAB_A') }, /LAB_A: there is no namespace root\/none/],
    ['class', providerOf('LAB_B'), /LAB_B: there is no such class in namespace root\/lab/],
  ])('are refused when their %s does not exist', (_what, provider, message) => {
    const place = () => placeProviders(model, [provider], 'root/lab');
    expect(place).toThrow(ModelError);
    expect(place).toThrow(message);
  });
});
