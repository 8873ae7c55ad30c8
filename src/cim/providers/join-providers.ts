import { didYouMean } from '../../strings/nearest-name.js';
import type { Namespace } from '../contracts/namespaces.js';
import type {
  AskedInstance,
  DerivedValue,
  InstanceRules,
  Method,
  MethodImplementation,
  PreparedMethod,
  Provider,
} from '../contracts/provider.js';
import type { CimClass, CimProperty } from '../model/cim-class.js';
import { NameMap } from '../model/name-map.js';
import { ProviderDefinitionError } from './provider-definition-error.js';

/** A provider, and what to call it in errors: two of them may be about one class. */
export interface NamedProvider {
  readonly name: string;
  readonly provider: Provider;
  /** It comes with this endpoint: others take its place, method by method. */
  readonly isBuiltIn: boolean;
}

/** A method of a class, and how it wants to be run. */
export type ProvidedMethod = (
  | { readonly kind: 'plain' | 'exclusive'; readonly run: MethodImplementation }
  | { readonly kind: 'prepared'; readonly halves: PreparedMethod }
) & {
  /** Calls that lack a required parameter are refused before. */
  readonly checksRequired: boolean;
  /** Who provides it. */
  readonly from: NamedProvider;
};

/** How a property gets its value when it is read. */
export interface ProvidedValue {
  readonly derive: DerivedValue;
  /** Who provides it. */
  readonly from: NamedProvider;
}

/** All that the providers of one class have, together. */
export interface ClassProvider {
  readonly methods: NameMap<ProvidedMethod>;
  readonly instances: InstanceRules | undefined;
  readonly otherMethods: Provider['otherMethods'];
  readonly derived: NameMap<ProvidedValue>;
  /** How instances are made that nobody stores; undefined where they are stored. */
  readonly asked: AskedInstance | undefined;
}

interface Joined extends ClassProvider {
  instances: InstanceRules | undefined;
  otherMethods: Provider['otherMethods'];
  asked: AskedInstance | undefined;
  rulesFrom: NamedProvider | undefined;
}

/**
 * Joins the providers of a namespace, method by method and derived property by derived property: a provider for one of a class leaves
 * the others as they are.
 *
 * @returns by class
 * @throws ProviderDefinitionError for a class, method or property that is not declared, with the nearest name; for a key that
 *   is to be derived; for two implementations of one method or property, or two sets of rules for one class, with the names of both providers
 */
export function joinProviders(space: Namespace, providers: readonly NamedProvider[]): NameMap<ClassProvider> {
  const joined = new NameMap<Joined>();
  for (const one of providers) {
    const { className } = one.provider;
    // Those that come with this endpoint are checked by its tests, and not at each start, which would resolve their classes. A schema
    // of somebody's own may lack some of these.
    if (!one.isBuiltIn) checkDeclared(one, space);
    let all = joined.get(className);
    if (!all) {
      all = {
        ...{ methods: new NameMap(), derived: new NameMap() },
        ...{ instances: undefined, otherMethods: undefined, rulesFrom: undefined, asked: undefined },
      };
      joined.set(className, all);
    }
    addMethods(all, one);
    addRules(all, one);
    addDerived(all, one);
    all.otherMethods = one.provider.otherMethods ?? all.otherMethods;
    // One of somebody's own comes after that of the house.
    all.asked = one.provider.asked ?? all.asked;
  }
  return joined;
}

/** @throws ProviderDefinitionError */
function checkDeclared({ name, provider }: NamedProvider, space: Namespace): void {
  const cimClass = classOf(name, provider.className, space);
  for (const method of Object.keys(provider.methods ?? {})) {
    if (cimClass.methods.has(method)) continue;
    throw new ProviderDefinitionError(
      `${name}: class ${cimClass.name} declares no method ${method}${didYouMean(method, cimClass.methods.keys())}`,
    );
  }
  const modify = provider.instances?.modify;
  for (const property of Array.isArray(modify) ? (modify as readonly string[]) : []) checkHas(name, cimClass, property);
  for (const property of Object.keys(provider.derived ?? {})) {
    if (!checkHas(name, cimClass, property).isKey) continue;
    throw new ProviderDefinitionError(
      `${name}: ${property} is a key of ${cimClass.name}, which cannot be derived: it says which instance it is`,
    );
  }
}

function checkHas(name: string, cimClass: CimClass, property: string): CimProperty {
  const found = cimClass.properties.get(property);
  if (found) return found;
  throw new ProviderDefinitionError(
    `${name}: class ${cimClass.name} has no property ${property}${didYouMean(property, cimClass.properties.keys())}`,
  );
}

function classOf(name: string, className: string, { name: namespace, schema }: Namespace): CimClass {
  const found = schema.findClass(className);
  if (found) return found;
  const names = Array.from(schema.declarations, (declaration) => declaration.name);
  throw new ProviderDefinitionError(
    `${name}: there is no class ${className} in namespace ${namespace}${didYouMean(className, names)}`,
  );
}

function addMethods(all: Joined, from: NamedProvider): void {
  const { className, methods = {}, requiredParameters, exclusive = false } = from.provider;
  for (const [name, method] of Object.entries(methods)) {
    const present = all.methods.get(name);
    if (present && !present.from.isBuiltIn) {
      throw new ProviderDefinitionError(
        `${present.from.name} and ${from.name} both implement ${className}.${name}: one of them must go`,
      );
    }
    all.methods.set(name, {
      ...howToRun(method, exclusive, from, name),
      checksRequired: requiredParameters !== 'unchecked',
      from,
    });
  }
}

function howToRun(method: Method, exclusive: boolean, from: NamedProvider, name: string) {
  if (typeof method === 'function') return { kind: exclusive ? 'exclusive' : 'plain', run: method } as const;
  if (typeof method === 'object' && method !== null) {
    if ('prepare' in method && typeof method.prepare === 'function' && typeof method.commit === 'function')
      return exclusive
        ? ({ kind: 'exclusive', run: bothHalves(method) } as const)
        : ({ kind: 'prepared', halves: method } as const);
    if ('run' in method && typeof method.run === 'function') {
      const run: MethodImplementation = (input, context) => method.run(input, context);
      return { kind: 'exclusive', run } as const;
    }
  }
  throw new ProviderDefinitionError(
    `${from.name}: method ${name} is neither a function, nor has it 'prepare' and 'commit', nor 'exclusive' and 'run'`,
  );
}

/** Both while nobody else writes, where the provider wants every method of its to run so. */
function bothHalves(method: PreparedMethod): MethodImplementation {
  return async (input, context) => method.commit(await method.prepare(input, context), context.store, context);
}

function addRules(all: Joined, from: NamedProvider): void {
  const { className, instances } = from.provider;
  if (instances === undefined) return;
  if (all.rulesFrom && !all.rulesFrom.isBuiltIn) {
    throw new ProviderDefinitionError(
      `${all.rulesFrom.name} and ${from.name} both have rules for the instances of ${className}: one of them must go`,
    );
  }
  all.instances = instances;
  all.rulesFrom = from;
}

function addDerived(all: Joined, from: NamedProvider): void {
  const { className, derived = {} } = from.provider;
  for (const [name, derive] of Object.entries(derived)) {
    const present = all.derived.get(name);
    if (present && !present.from.isBuiltIn) {
      throw new ProviderDefinitionError(
        `${present.from.name} and ${from.name} both derive ${className}.${name}: one of them must go`,
      );
    }
    all.derived.set(name, { derive, from });
  }
}
