import type { CimMethod } from '../../cim/model/cim-class.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { NameMap } from '../../cim/model/name-map.js';
import { outputParameters } from '../../cim/model/output-parameters.js';
import { labelOf } from '../../cim/model/value-map.js';
import { getMethod } from '../../cim/operations/invoke-method.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import { interned } from '../../strings/interned.js';
import { rememberByText } from '../../strings/remember-by-text.js';
import { decodeParameters, decodeParametersInSteps } from '../../wscim/decode-parameters.js';
import { type EncodeContext, encodeValue } from '../../wscim/encode-value.js';
import { parseClassUri } from '../../wscim/resource-uri.js';
import { escapeAttribute } from '../../xml/escape-xml.js';
import { ns } from '../../xml/namespaces.js';
import { decodeInSlices } from '../decode-in-slices.js';
import { encodeContextOf } from '../encode-context.js';
import type { Operation } from '../operation.js';
import { findTarget, requireAllKeys, type Target } from '../target.js';

/**
 * The method name in an action, which is the resource URI, a slash and the name (DSP0227 §11.1). The class in the
 * action may also be a superclass of the resource's: some clients name the class that declares the method.
 *
 * @throws WsmanFault ActionMismatch when the action is a method of another class, ActionNotSupported otherwise
 */
function methodOfAction(action: string, target: Target): string {
  const { uri, name } = splitAction(action);
  if (name !== '' && (uri === target.uri || uri.toLowerCase() === target.uri.toLowerCase())) return name;
  const resource = parseClassUri(uri);
  if (!resource || name === '')
    throw new WsmanFault('ActionNotSupported', `Action ${action.slice(0, 300)} is not supported.`);
  if (!target.space.schema.isA(target.cimClass.name, resource.className)) {
    throw new WsmanFault('ActionMismatch', `Action ${action.slice(0, 300)} does not fit resource ${target.uri}.`);
  }
  return name;
}

const splitAction = rememberByText((action) => {
  const slash = action.lastIndexOf('/');
  return { uri: interned(action.slice(0, slash)), name: interned(action.slice(slash + 1)) };
});

/**
 * Invoke (DSP0226 §9): runs a method. The answer is `METHOD_OUTPUT` in the namespace of the request's resource URI, with
 * output parameters and ReturnValue in alphabetical order as Windows writes them.
 *
 * @throws WsmanFault, CimError
 */
export const invoke: Operation = async ({ action, resource, header, body, broker, findings, call }) => {
  const target = findTarget(resource, header.selectors);
  const method = getMethod(target.cimClass, methodOfAction(action, target));
  if (!(method.isStatic && target.path.keys.size === 0)) requireAllKeys(target);
  findings.target = target.path;
  const element = body.children[0];
  const decoding = decodeInSlices(
    element,
    call.cancellation,
    () => decodeParameters(element, method, target.wscim),
    () => decodeParametersInSteps(element, method, target.wscim),
  );
  const input = decoding instanceof Promise ? await decoding : decoding;
  const result = await broker.invokeMethod({
    namespace: target.space.name,
    target: target.path,
    methodName: method.name,
    input,
  });
  findings.returned = {
    method: method.name,
    value: String(result.returnValue),
    label: labelOf(method, result.returnValue),
  };
  const context = encodeContextOf(target, header.options);
  return { body: writeOutput(method, result.outputs, result.returnValue, target.uri, context) };
};

const noQualifiers: CimMethod['qualifiers'] = new NameMap();
const OUTPUT_NAMESPACES = ` xmlns:xsi="${ns.xsi}" xmlns:cim="${ns.cimCommon}" xmlns:m="${ns.microsoft}"`;

function writeOutput(
  method: CimMethod,
  outputs: NameMap<CimValue>,
  returnValue: CimValue,
  uri: string,
  context: EncodeContext,
): string {
  const target = { name: 'ReturnValue', type: method.returnType, qualifiers: noQualifiers };
  const result = encodeValue('p:', target, returnValue, context);
  let body = '';
  let isResultWritten = false;
  for (const parameter of outputParameters(method)) {
    if (!isResultWritten && parameter.name.toLowerCase() > 'returnvalue') {
      body += result;
      isResultWritten = true;
    }
    body += encodeValue('p:', parameter, outputs.get(parameter.name) ?? null, context);
  }
  if (!isResultWritten) body += result;
  const name = `p:${method.name}_OUTPUT`;
  return `<${name} xmlns:p="${escapeAttribute(uri)}"${OUTPUT_NAMESPACES}>${body}</${name}>`;
}
