import type { Cancellation } from '../../cim/contracts/cancellation.js';
import type { Namespaces } from '../../cim/contracts/namespaces.js';
import type { CimClass } from '../../cim/model/cim-class.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { NameMap } from '../../cim/model/name-map.js';
import {
  encodeFragment,
  encodeFragmentInSteps,
  encodeInstance,
  encodeInstanceInSteps,
  type InstanceView,
  propertySet,
} from '../../wscim/encode-instance.js';
import { encodeReference } from '../../wscim/encode-reference.js';
import type { EncodeContext } from '../../wscim/encode-value.js';
import { classUri } from '../../wscim/resource-uri.js';
import { encodeInSlices } from '../encode-in-slices.js';
import type { CimResource } from '../resource.js';
import { uriOfClass } from '../resource.js';
import type { InstanceShape } from './enumeration-state.js';
import { type MarkupWriter, measured, rememberedItemsOf, type WrittenItem } from './remembered-items.js';

/**
 * Writes instances as the items of one enumeration.
 *
 * @param isKept to be found again; those of long enumerations would push each other out
 */
export type ItemWriter = (instance: CimInstance, isKept: boolean) => WrittenItem | Promise<WrittenItem>;

/**
 * Prepares the writing of items of any namespace: what is found along associations may lie in another one than the enumeration, and is of
 * its classes then.
 *
 * @param cancellation as of {@link createItemWriter}
 */
export function createItemWriters(
  shape: InstanceShape,
  space: CimResource['space'],
  namespaces: Pick<Namespaces, 'findNamespace'>,
  cancellation: Cancellation,
): ItemWriter {
  const here = createItemWriter(shape, space, cancellation);
  const elsewhere = new Map<string, ItemWriter>();
  const writerOf = (namespace: string) => {
    let writer = elsewhere.get(namespace);
    if (!writer) {
      const other = namespaces.findNamespace(namespace) ?? space;
      const uri = shape.family === 'wmi' ? classUri('wmi', other.name, '*') : shape.uri;
      writer = other.name === space.name ? here : createItemWriter({ ...shape, uri }, other, cancellation);
      elsewhere.set(namespace, writer);
    }
    return writer;
  };
  return (instance, isKept) => {
    const namespace = instance.path?.namespace ?? space.name;
    return (namespace === space.name ? here : writerOf(namespace))(instance, isKept);
  };
}

/**
 * Prepares the writing of items: `w:Item` around object and EPR together, the bare element in the other modes
 * (DSP0226 §8.7).
 *
 * @param cancellation of the request that asks for them: large instances are written in slices
 */
function createItemWriter(shape: InstanceShape, space: CimResource['space'], cancellation: Cancellation): ItemWriter {
  const remembered = rememberedItemsOf(space);
  const key = JSON.stringify(shape);
  const write = createMarkupWriter(shape, space, cancellation);
  return (instance, isKept) => {
    if (isKept) return remembered.get(instance, key, write);
    const writing = write(instance);
    return typeof writing === 'string' ? measured(writing) : writing.then(measured);
  };
}

function createMarkupWriter(
  shape: InstanceShape,
  space: CimResource['space'],
  cancellation: Cancellation,
): MarkupWriter {
  const { family, preciseArrays, mode, asClass } = shape;
  const context: EncodeContext = { family, namespace: space.name, schema: space.schema, preciseArrays };
  const views = new Map<string, InstanceView>();
  const viewOf = (className: string) => {
    let view = views.get(className);
    if (!view) {
      const cimClass = space.schema.getClass(asClass ?? className);
      view = { cimClass, uri: uriOfClass(shape, cimClass.name), properties: propertySet(namesOf(cimClass, shape)) };
      views.set(className, view);
    }
    return view;
  };
  const encode = shape.asFragment ? encodeFragment : encodeInstance;
  const encodeInSteps = shape.asFragment ? encodeFragmentInSteps : encodeInstanceInSteps;
  const object: MarkupWriter = (instance) => {
    const view = viewOf(instance.className);
    return encodeInSlices(
      instance.properties.values(),
      cancellation,
      () => encode(instance, view, context),
      () => encodeInSteps(instance, view, context),
    );
  };
  const reference = ({ path }: CimInstance) =>
    path ? `<a:EndpointReference>${encodeReference(path, family, space.name)}</a:EndpointReference>` : '';
  switch (mode) {
    case 'EnumerateObject':
      return object;
    case 'EnumerateEPR':
      return reference;
    case 'EnumerateObjectAndEPR':
      return (instance) => {
        const inItem = (written: string) => `<w:Item>${written}${reference(instance)}</w:Item>`;
        const writing = object(instance);
        return typeof writing === 'string' ? inItem(writing) : writing.then(inItem);
      };
  }
}

/** The properties that are written of a class; undefined for all. */
function namesOf(cimClass: CimClass, { keysOnly, properties, excluded }: InstanceShape): readonly string[] | undefined {
  if (keysOnly) return cimClass.keys.map(({ name }) => name);
  if (!excluded) return properties;
  const left = new NameMap(excluded.map((name) => [name, true] as const));
  return (properties ?? [...cimClass.properties.keys()]).filter((name) => !left.has(name));
}
