import { describe, expect, it } from 'vitest';
import { checkGivenProvider } from '../../src/endpoint/check-provider.js';
import { OptionError } from '../../src/options/option-error.js';

const NO_PROVIDER =
  'providers[0]: this is no provider, which is an object with className, and methods, instances, derived or asked, or a function that makes one';

const printer = { className: 'ACME_Printer', methods: {} };

describe('a provider', () => {
  it.each([
    printer,
    { ...printer, instances: { create: true }, otherMethods: 'not-supported', requiredParameters: 'checked' },
    { ...printer, instances: undefined, exclusive: true },
    { className: 'ACME_Printer', instances: {} },
    { namespace: 'root/lab', provider: printer },
    { namespace: 'root/lab', provider: () => printer, name: 'printer.mjs' },
    () => printer,
  ])('passes with what providers have (%#)', (provider) => {
    expect(() => checkGivenProvider('providers[0]', provider)).not.toThrow();
  });

  it('may be an object of a class, with members of its own', () => {
    class Printer {
      readonly className = 'ACME_Printer';
      readonly methods = {};
      readonly paper = 500;
    }
    expect(() => checkGivenProvider('providers[0]', new Printer())).not.toThrow();
  });

  it.each([
    [null, NO_PROVIDER],
    ['x', NO_PROVIDER],
    [[printer], NO_PROVIDER],
    [{ methods: {} }, 'providers[0]: className is not the name of a class'],
    [{ ...printer, instance: {} }, "providers[0]: unknown member 'instance': did you mean 'instances'?"],
    [
      { className: 'ACME_Printer' },
      'providers[0]: the provider of ACME_Printer has neither methods nor instances, derived or asked',
    ],
    [
      { className: 'ACME_Printer', methods: [] },
      'providers[0]: methods is not an object of functions by the names of methods',
    ],
    [{ ...printer, instances: true }, 'providers[0]: instances is not an object with the rules create, modify, delete'],
    [
      { ...printer, instances: { creat: true } },
      "providers[0]: instances: unknown rule 'creat': did you mean 'create'?",
    ],
    [{ namespace: 5, provider: printer }, 'providers[0]: namespace is not a string'],
    [{ namespace: 'root', provider: null }, NO_PROVIDER],
    [{ namspace: 'root', provider: printer }, "providers[0]: unknown member 'namspace': did you mean 'namespace'?"],
    [
      { namespace: 'root', provider: { className: 5 }, name: 'printer.mjs' },
      'printer.mjs: className is not the name of a class',
    ],
  ])('is refused when it is none, with what is wrong (%#)', (provider, message) => {
    expect(() => checkGivenProvider('providers[0]', provider)).toThrow(new OptionError(message));
  });
});
