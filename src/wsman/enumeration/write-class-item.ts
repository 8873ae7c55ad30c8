import type { CimClass } from '../../cim/model/cim-class.js';
import { writeClass } from '../../cimxml/write-class.js';
import { ANONYMOUS } from '../../soap/message.js';
import { escapeText } from '../../xml/escape-xml.js';
import { CLASS_DECLARATIONS } from '../resource.js';
import type { ClassShape } from './enumeration-state.js';

/**
 * Writes a class declaration as an item: the CLASS alone, as Windows' clients want it (they name no mode), or what the
 * mode says (DSP0226 §8.7): the EPR with which the declaration can be fetched, or both in a `w:Item`.
 */
export function writeClassItem(cimClass: CimClass, { options, mode }: ClassShape, namespace: string): string {
  switch (mode) {
    case 'EnumerateObject':
      return writeClass(cimClass, options);
    case 'EnumerateEPR':
      return reference(cimClass, namespace);
    case 'EnumerateObjectAndEPR':
      return `<w:Item>${writeClass(cimClass, options)}${reference(cimClass, namespace)}</w:Item>`;
  }
}

function reference({ name }: CimClass, namespace: string): string {
  const selector = (key: string, value: string) => `<w:Selector Name="${key}">${escapeText(value)}</w:Selector>`;
  return (
    `<a:EndpointReference><a:Address>${ANONYMOUS}</a:Address><a:ReferenceParameters>` +
    `<w:ResourceURI>${CLASS_DECLARATIONS}</w:ResourceURI>` +
    `<w:SelectorSet>${selector('__cimnamespace', namespace)}${selector('ClassName', name)}</w:SelectorSet>` +
    '</a:ReferenceParameters></a:EndpointReference>'
  );
}
