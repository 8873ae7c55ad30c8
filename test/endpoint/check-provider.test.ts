import { describe, expect, it } from 'vitest';
import { checkProvider } from '../../src/endpoint/check-provider.js';
import { OptionError } from '../../src/options/option-error.js';

const printer = { className: 'ACME_Printer', methods: {} };

describe('a provider', () => {
  it.each([
    printer,
    { ...printer, instances: { create: true }, otherMethods: 'not-supported', requiredParameters: 'checked' },
    { ...printer, instances: undefined },
    { namespace: 'root/lab', provider: printer },
  ])('passes with what providers have (%#)', (provider) => {
    expect(() => checkProvider('providers[0]', provider)).not.toThrow();
  });

  it('may be an object of a class, with members of its own', () => {
    class Printer {
      readonly className = 'ACME_Printer';
      readonly methods = {};
      readonly paper = 500;
    }
    expect(() => checkProvider('providers[0]', new Printer())).not.toThrow();
  });

  it.each([
    [null, 'providers[0]: this is no provider, which is an object with className and methods'],
    ['x', 'providers[0]: this is no provider, which is an object with className and methods'],
    [[printer], 'providers[0]: this is no provider, which is an object with className and methods'],
    [{ methods: {} }, 'providers[0]: className is not the name of a class'],
    [{ ...printer, instance: {} }, "providers[0]: unknown member 'instance': did you mean 'instances'?"],
    [
      { className: 'ACME_Printer' },
      'the provider of ACME_Printer: methods is not an object of functions by the names of methods; {} for none',
    ],
    [
      { ...printer, instances: true },
      'the provider of ACME_Printer: instances is not an object with the rules create, modify, delete',
    ],
    [
      { ...printer, instances: { creat: true } },
      "the provider of ACME_Printer: instances: unknown rule 'creat': did you mean 'create'?",
    ],
    [{ namespace: 5, provider: printer }, 'providers[0]: namespace is not a string'],
    [{ namespace: 'root', provider: null }, 'providers[0]: provider is no object with className and methods'],
    [{ namspace: 'root', provider: printer }, "providers[0]: unknown member 'namspace': did you mean 'namespace'?"],
  ])('is refused when it is none, with what is wrong (%#)', (provider, message) => {
    expect(() => checkProvider('providers[0]', provider)).toThrow(new OptionError(message));
  });
});
