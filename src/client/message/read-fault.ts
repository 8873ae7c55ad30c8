import { CimInstance } from '../../cim/model/cim-instance.js';
import { type QualifiedName, type WindowsFault, WsmanClientError } from '../wsman-client-error.js';
import { splitName } from './namespace-scope.js';
import { readErrorInstance } from './read-error-instance.js';
import { readValues } from './read-value.js';
import { attributeValue, childText, descendants, findChild, type ResponseElement } from './response-element.js';

/**
 * Reads a SOAP 1.2 Fault with either detail of Windows, OMI's or openwsman's.
 *
 * @param toldReason what our own server tells beside it
 */
export function readFault(fault: ResponseElement, toldReason?: string): WsmanClientError {
  const code = findChild(fault, 'Code');
  const detail = findChild(fault, 'Detail');
  const cimError = detail?.children.find(isCimError);
  const windowsFault = readWindowsFault(findChild(detail, 'WSManFault'));
  const error = cimError && readErrorInstance(cimError);
  return new WsmanClientError({
    code: splitName(childText(code, 'Value') ?? '')[1] || 'Receiver',
    subcode: readQualifiedName(findChild(findChild(code, 'Subcode'), 'Value')),
    faultDetail: childText(detail, 'FaultDetail')?.split('/').pop(),
    windowsCode: windowsFault?.code ?? integer(childText(cimError, 'error_Code')),
    cimStatus: readCimStatus(cimError),
    reason: childText(findChild(fault, 'Reason'), 'Text'),
    detailMessage: childText(cimError, 'Message') ?? windowsFault?.text,
    errorInstance: error?.instance,
    errorTypes: error?.types,
    windowsFault,
    toldReason,
  });
}

/** DSP0227 §16.2 marks the error instance with `IsCIM_Error`; not all servers do. */
function isCimError(element: ResponseElement): boolean {
  const flagged = /^\s*true\s*$/i.test(attributeValue(element, 'IsCIM_Error') ?? '');
  return flagged || ['MSFT_WmiError', 'OMI_Error', 'CIM_Error'].includes(element.name);
}

/** OMI always has the status in MessageID, as `OMI:MI_Result:N`. */
function readCimStatus(error: ResponseElement | undefined): number | undefined {
  const status = integer(childText(error, 'CIMStatusCode'));
  return status ?? integer(/MI_Result:(\d+)/.exec(childText(error, 'MessageID') ?? '')?.[1]);
}

function readQualifiedName(element: ResponseElement | undefined): QualifiedName | undefined {
  const text = element?.text.trim();
  if (!element || !text) return undefined;
  const [prefix, name] = splitName(text);
  return { namespace: element.scope.resolve(prefix), name };
}

function readWindowsFault(fault: ResponseElement | undefined): WindowsFault | undefined {
  if (!fault) return undefined;
  const within = (name: string) => [...descendants(fault)].find((element) => element.name === name);
  const provider = within('ProviderFault');
  const [extended] = within('ExtendedError')?.children ?? [];
  return {
    code: integer(attributeValue(fault, 'Code')),
    machine: attributeValue(fault, 'Machine'),
    text: innermostMessage(fault),
    provider: provider && attributeValue(provider, 'provider'),
    extendedStatus: extended && new CimInstance(extended.name, readValues(extended)),
  };
}

/** A provider's fault nests in the protocol's; the deepest text says most. */
function innermostMessage(fault: ResponseElement): string | undefined {
  const messages = [...descendants(fault)].filter((element) => element.name === 'Message');
  return messages.map((element) => element.text.trim()).findLast((text) => text !== '');
}

function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text.trim()) ? Number(text) : undefined;
}
