import { writeClass } from '../../cimxml/write-class.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import { classOptions } from '../header/class-options.js';
import type { Operation } from '../operation.js';
import type { ClassDeclarationsResource } from '../resource.js';

/** Get of a class declaration (MS-WSMV 3.1.4.1.38): selector ClassName says which. */
export const getClass: Operation<ClassDeclarationsResource> = async ({ header, resource, broker }) => {
  const name = header.selectors.get('ClassName')?.text.trim();
  if (!name) throw new WsmanFault('InsufficientSelectors', 'A class declaration needs the selector ClassName.');
  const cimClass = await broker.getClass(resource.space.name, name);
  return { body: writeClass(cimClass, classOptions(header.options)) };
};
