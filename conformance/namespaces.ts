/** Namespace URIs by the prefix that the requests declare and that paths of expectations use: literal wire values. */
export const namespaces: Readonly<Record<string, string>> = {
  s: 'http://www.w3.org/2003/05/soap-envelope',
  a: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
  w: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
  p: 'http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd',
  x: 'http://schemas.xmlsoap.org/ws/2004/09/transfer',
  n: 'http://schemas.xmlsoap.org/ws/2004/09/enumeration',
  e: 'http://schemas.xmlsoap.org/ws/2004/08/eventing',
  b: 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd',
  cim: 'http://schemas.dmtf.org/wbem/wscim/1/common',
  wsmid: 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd',
  f: 'http://schemas.microsoft.com/wbem/wsman/1/wsmanfault',
  cfg: 'http://schemas.microsoft.com/wbem/wsman/1/config',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  xml: 'http://www.w3.org/XML/1998/namespace',
};

export const ANONYMOUS = 'http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous';
export const DMTF = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/';
export const WMI = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/';
export const ALL_CLASSES = 'http://schemas.dmtf.org/wbem/wscim/1/*';
export const CIM_XML_CLASSES = 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*';
export const WS_CIM_CLASSES = 'http://schemas.dmtf.org/wbem/ws-cim/1/cim-schema/2/*';
export const CONFIG = 'http://schemas.microsoft.com/wbem/wsman/1/config';

export const dialects = {
  wql: 'http://schemas.microsoft.com/wbem/wsman/1/WQL',
  cql: 'http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf',
  selector: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter',
  association: 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter',
  xpath: 'http://www.w3.org/TR/1999/REC-xpath-19991116',
};

const TRANSFER = 'http://schemas.xmlsoap.org/ws/2004/09/transfer';
const ENUMERATION = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';

export const actions = {
  get: `${TRANSFER}/Get`,
  put: `${TRANSFER}/Put`,
  create: `${TRANSFER}/Create`,
  delete: `${TRANSFER}/Delete`,
  enumerate: `${ENUMERATION}/Enumerate`,
  pull: `${ENUMERATION}/Pull`,
  release: `${ENUMERATION}/Release`,
  renew: `${ENUMERATION}/Renew`,
  getStatus: `${ENUMERATION}/GetStatus`,
};
