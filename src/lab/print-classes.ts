import { ANY_CLASS, type CimType } from '../cim/model/cim-type.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { NameMap } from '../cim/model/name-map.js';
import type { ClassDeclaration, QualifierDeclaration } from '../cim/schema/class-declaration.js';
import { Schema } from '../cim/schema/schema.js';
import type {
  ClassDescription,
  ElementDescription,
  FeatureDescription,
  MethodDescription,
} from '../client/class-description.js';
import { printClass, printQualifierType } from '../mof/print/print-mof.js';

/**
 * The MOF of classes as a server describes them, superclasses first, with the qualifiers that they use: it compiles by itself.
 *
 * @param names the classes that are wanted; what they are made of (superclasses, classes of references and embedded instances) comes along
 */
export function printClasses(names: Iterable<string>, classes: NameMap<ClassDescription>): string {
  const wanted = withTheirs(names, classes);
  const schema = new Schema();
  for (const one of wanted) for (const element of elementsOf(one)) addQualifierTypes(schema, element);
  const types = [...schema.qualifierTypes].map(printQualifierType);
  const declarations = wanted.map((one) => printClass(declarationOf(one, classes), schema));
  return [types.join(''), ...declarations].join('\n');
}

/** Each class once, behind its superclasses and the classes that it refers to. */
function withTheirs(names: Iterable<string>, classes: NameMap<ClassDescription>): readonly ClassDescription[] {
  const found: ClassDescription[] = [];
  const seen = new NameMap<true>();
  const add = (name: string): void => {
    const one = classes.get(name);
    if (one === undefined || seen.has(name)) return;
    seen.set(name, true);
    if (one.superclass !== undefined) add(one.superclass);
    // Whether a reference may take the place of one to a superclass can be said of classes that are there.
    for (const type of typesOf(one)) for (const other of classOf(type)) add(other);
    found.push(one);
  };
  for (const name of names) add(name);
  return found;
}

function typesOf({ properties, methods }: ClassDescription): readonly CimType[] {
  return [
    ...Array.from(properties.values(), ({ type }) => type),
    ...Array.from(methods.values(), ({ parameters }) => Array.from(parameters.values(), ({ type }) => type)).flat(),
  ];
}

function classOf({ referenceClass, embedded }: CimType): readonly string[] {
  const name = referenceClass ?? (embedded?.kind === 'instance' ? embedded.className : undefined);
  return name === undefined || name === ANY_CLASS ? [] : [name];
}

function* elementsOf(one: ClassDescription): IterableIterator<ElementDescription> {
  yield one;
  yield* one.properties.values();
  for (const method of one.methods.values()) {
    yield method;
    yield* method.parameters.values();
  }
}

/** Where a qualifier may stand is not told by those who use it: anywhere. */
function addQualifierTypes(schema: Schema, { qualifierTypes }: ElementDescription): void {
  for (const [name, { type, flavor }] of qualifierTypes) {
    if (schema.getQualifierType(name)) continue;
    schema.addQualifierType({ name, type, defaultValue: null, scopes: new Set(['any']), flavor });
  }
}

/** The class without what it inherits. */
function declarationOf(one: ClassDescription, classes: NameMap<ClassDescription>): ClassDeclaration {
  const above = one.superclass === undefined ? undefined : classes.get(one.superclass);
  const own = <F extends FeatureDescription>(features: NameMap<F>, inherited: NameMap<unknown> | undefined) =>
    [...features.values()].filter((feature) => !isInherited(feature, inherited));
  return {
    name: one.name,
    superclassName: above?.name,
    qualifiers: qualifiersOf(one),
    properties: own(one.properties, above?.properties).map((property) => ({
      name: property.name,
      type: property.type,
      // Answers do not tell a default that was taken back from none at all.
      defaultValue: property.defaultValue ?? (hasDefault(above, property.name) ? null : undefined),
      qualifiers: qualifiersOf(property),
    })),
    methods: own(one.methods, above?.methods).map((method) => methodOf(method)),
  };
}

function hasDefault(above: ClassDescription | undefined, property: string): boolean {
  return (above?.properties.get(property)?.defaultValue ?? null) !== null;
}

function methodOf(method: MethodDescription): ClassDeclaration['methods'][number] {
  const { name, returnType, parameters } = method;
  return {
    name,
    returnType,
    qualifiers: qualifiersOf(method),
    parameters: Array.from(parameters.values(), (one) => ({
      name: one.name,
      type: one.type,
      qualifiers: qualifiersOf(one),
    })),
  };
}

/** Servers that say nothing of it have what the superclass has by inheritance. */
function isInherited({ name, propagated, classOrigin }: FeatureDescription, inherited: NameMap<unknown> | undefined) {
  return inherited?.has(name) === true && (propagated || classOrigin === undefined);
}

function qualifiersOf({ qualifiers }: ElementDescription): readonly QualifierDeclaration[] {
  const written = (value: CimValue) => value !== null;
  return [...qualifiers].flatMap(([name, value]) => (written(value) ? [{ name, value, flavor: {} }] : []));
}
