import { describe, expect, it } from 'vitest';
import type { Provider } from '../../src/cim/contracts/provider.js';
import type { ProviderFactory, ProviderHost } from '../../src/cim/contracts/provider-host.js';
import { Schema } from '../../src/cim/schema/schema.js';
import type { Model } from '../../src/endpoint/load-model.js';
import { ModelError } from '../../src/endpoint/model-error.js';
import { placeProviders } from '../../src/endpoint/place-providers.js';

const schemaOf = (name: string) => {
  const schema = new Schema();
  schema.addClass({ name, superclassName: undefined, qualifiers: [], properties: [], methods: [] });
  return schema;
};
const model: Pick<Model, 'namespaces'> = {
  namespaces: [
    { name: 'root/lab', schema: schemaOf('LAB_A') },
    { name: 'root/other', schema: schemaOf('LAB_B') },
  ],
};
const providerOf = (className: string): Provider => ({ className, methods: {} });

describe('providers', () => {
  it('belong into the default namespace, or the one they name in any spelling', () => {
    const [a, b] = [providerOf('LAB_A'), providerOf('lab_b')];
    const providersIn = placeProviders(
      model,
      [a, { namespace: 'ROOT\\other', provider: b, name: 'b.mjs' }],
      'root/lab',
    );
    expect([providersIn('root/lab'), providersIn('root/other')]).toEqual([
      [{ name: 'providers[0]', isBuiltIn: false, provider: a }],
      [{ name: 'b.mjs', isBuiltIn: false, provider: b }],
    ]);
  });

  it('are refused when their namespace does not exist', () => {
    const place = () => placeProviders(model, [{ namespace: 'root/none', provider: providerOf('LAB_A') }], 'root/lab');
    expect(place).toThrow(ModelError);
    expect(place).toThrow('providers[0]: there is no namespace root/none, only root/lab, root/other');
  });

  it('that a factory makes are looked at when they are made', () => {
    const factory = () => ({ ...providerOf('LAB_A'), instance: {} });
    const [source] = placeProviders(model, [factory], 'root/lab')('root/lab');
    const make = source?.provider as ProviderFactory;
    expect(() => make({} as ProviderHost)).toThrow(
      "providers[0]: unknown member 'instance': did you mean 'instances'?",
    );
  });
});
