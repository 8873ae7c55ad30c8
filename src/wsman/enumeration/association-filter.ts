import type { AssociationFilter } from '../../cim/contracts/cim-operation.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import { decodeReference } from '../../wscim/decode-reference.js';
import type { WscimContext } from '../../wscim/wscim-context.js';
import type { XmlElement } from '../../xml/xml-element.js';

/** What an association filter asks for (DSP0227 §13.1, §13.2). */
export interface AssociationQuery {
  /** `associated`: the objects at the far ends; `association`: the association instances. */
  readonly kind: 'associated' | 'association';
  readonly object: InstancePath;
  readonly filter: AssociationFilter;
  /** The only properties that are wanted of what is found; undefined: all. */
  readonly properties: readonly string[] | undefined;
  /** Properties that are not wanted; undefined: none. */
  readonly excluded: readonly string[] | undefined;
}

/**
 * Reads `b:AssociatedInstances` or `b:AssociationInstances`, in the spellings that clients write: any case of the
 * element names, the object's EPR with or without a level of its own.
 *
 * @throws WsmanFault CannotProcessFilter; CimError for a reference that is none
 */
export function readAssociationFilter(filter: XmlElement, context: WscimContext): AssociationQuery {
  const [query, ...more] = filter.children;
  const name = query?.localName.toLowerCase();
  if (!query || more.length > 0 || (name !== 'associatedinstances' && name !== 'associationinstances')) {
    throw new WsmanFault(
      'CannotProcessFilter',
      'An association filter holds AssociatedInstances or AssociationInstances.',
    );
  }
  const object = one(query, 'Object');
  if (!object) throw new WsmanFault('CannotProcessFilter', `The filter ${query.localName} names no Object.`);
  const names = (element: string) => {
    const found = all(query, element).map(({ text }) => text.trim());
    return found.length > 0 ? found : undefined;
  };
  const text = (element: string) => one(query, element)?.text.trim() || undefined;
  const isAssociation = name === 'associationinstances';
  return {
    kind: isAssociation ? 'association' : 'associated',
    object: decodeReference(object, '', 'Object', context),
    filter: isAssociation
      ? { associationClass: text('AssociationClassName') ?? text('ResultClassName'), role: text('Role') }
      : {
          associationClass: text('AssociationClassName'),
          resultClass: text('ResultClassName'),
          role: text('Role'),
          resultRole: text('ResultRole'),
        },
    properties: names('IncludeResultProperty'),
    excluded: names('ExcludeResultProperty'),
  };
}

function all(parent: XmlElement, name: string): readonly XmlElement[] {
  const folded = name.toLowerCase();
  return parent.children.filter(({ localName }) => localName.toLowerCase() === folded);
}

function one(parent: XmlElement, name: string): XmlElement | undefined {
  const [element, second] = all(parent, name);
  if (second) throw new WsmanFault('CannotProcessFilter', `${name} is given twice.`);
  return element;
}
