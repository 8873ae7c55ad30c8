import type { InstancePath } from '../../cim/model/instance-path.js';
import { NameMap } from '../../cim/model/name-map.js';
import type { CallOptions } from '../call-options.js';
import type { ClientValue } from '../client-value.js';
import { type InvokeResult, needsDeclaration, outputElement, readInvokeResult } from '../message/read-invoke-result.js';
import { classesWithin, type KnownClasses } from '../message/read-typed-value.js';
import { invokeMessage } from '../message/request-envelope.js';
import type { ResponseElement } from '../message/response-element.js';
import { type ClientSession, styleOf } from '../transport/client-session.js';
import { WsmanTransportError } from '../transport/wsman-transport-error.js';
import { withNamedKey, withNamedKeys } from './name-key.js';

export interface InvokeOptions extends CallOptions {
  /** `text`: the class is not asked for, and numbers and booleans among the outputs stay text. Default: as the client's option says. */
  readonly values?: 'typed' | 'text';
  /** Asks for the class also where nothing but the label of the ReturnValue needs it. Default: false. */
  readonly returnLabel?: boolean;
}

/**
 * Invoke (DSP0227 §11). The class is asked for after the answer, and only when the answer holds what its declaration is needed for:
 * a call that faults, or returns a code alone, costs nothing more.
 */
export async function invokeMethod(
  session: ClientSession,
  on: InstancePath,
  method: string,
  given: Readonly<Record<string, ClientValue>>,
  call: InvokeOptions,
): Promise<InvokeResult> {
  const target = await withNamedKey(session, on);
  const parameters = await withNamedKeys(session, given);
  const request = { target, method, parameters, options: call.options, resourceUri: call.resourceUri };
  const { body, xml, reason } = await session.send(invokeMessage(request, styleOf(session, call)), call);
  const output = outputElement(body);
  const typed = (call.values ?? session.settings.values) === 'typed';
  const wanted = call.returnLabel || (typed && needsDeclaration(output));
  const classes: KnownClasses = wanted ? await declarationsFor(session, target, output) : new NameMap();
  const declared = classes.get(target.className)?.methods.get(method);
  const result = readInvokeResult(output, xml, { method: declared, classes, typed });
  return reason === undefined ? result : { ...result, reason };
}

/** The method has run: an answer that came is not lost for want of a declaration, its values are text then. */
async function declarationsFor(
  session: ClientSession,
  { namespace = session.settings.namespace, className }: InstancePath,
  output: ResponseElement,
): Promise<KnownClasses> {
  try {
    return await session.classes.findAll(namespace, classesWithin(output, className));
  } catch (error) {
    if (error instanceof WsmanTransportError) return new NameMap();
    throw error;
  }
}
