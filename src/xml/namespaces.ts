/**
 * The XML namespaces of WS-Management, each with the prefix that real messages use for it (MS-WSMV 2.2.1).
 * Prefixes are habit, never meaning: compare by namespace.
 */
export const ns = {
  /** `s`, also `soap`, `env`: SOAP 1.2. */
  soap: 'http://www.w3.org/2003/05/soap-envelope',
  /** SOAP 1.1, known only so that it can be refused with VersionMismatch. */
  soap11: 'http://schemas.xmlsoap.org/soap/envelope/',
  /** `a`, `wsa`: WS-Addressing of August 2004, the version DSP0226 is built on. */
  addressing: 'http://schemas.xmlsoap.org/ws/2004/08/addressing',
  /** `w`, `wsman`: WS-Management (DSP0226). */
  wsman: 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd',
  /** `p`, `wsmv`: Microsoft's header blocks (DataLocale, SessionId, OperationID …) and `IsNullArray`. */
  microsoft: 'http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd',
  /** `x`, `wst`: WS-Transfer (Get, Put, Create, Delete). */
  transfer: 'http://schemas.xmlsoap.org/ws/2004/09/transfer',
  /** `n`, `wsen`: WS-Enumeration (Enumerate, Pull, Release). */
  enumeration: 'http://schemas.xmlsoap.org/ws/2004/09/enumeration',
  /** `e`, `wse`: WS-Eventing (Subscribe, Unsubscribe, Renew). */
  eventing: 'http://schemas.xmlsoap.org/ws/2004/08/eventing',
  /** `b`, `wsmb`: the CIM binding (DSP0227): association filter, PolymorphismMode, IsCIM_Error. */
  cimBinding: 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd',
  /** `cim`: the WS-CIM common types (DSP0230): Datetime, cimString, Location. */
  cimCommon: 'http://schemas.dmtf.org/wbem/wscim/1/common',
  /** `wsmid`: Identify. */
  identity: 'http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd',
  /** `f`: the WSManFault detail of Windows. */
  wsmanFault: 'http://schemas.microsoft.com/wbem/wsman/1/wsmanfault',
  /** `cfg`: the service configuration. */
  config: 'http://schemas.microsoft.com/wbem/wsman/1/config',
  /** `i`: events of an interactive operation. */
  interactive: 'http://schemas.microsoft.com/wbem/wsman/1/cim/interactive.xsd',
  /** `rsp`: the remote shell. */
  shell: 'http://schemas.microsoft.com/wbem/wsman/1/windows/shell',
  /** `xsi`: `nil` and `type` on instances. */
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  /** `xs`, `xsd`: XML Schema. libmi binds `xsi` to this one by mistake. */
  xsd: 'http://www.w3.org/2001/XMLSchema',
  /** `xml`: bound in every document. */
  xml: 'http://www.w3.org/XML/1998/namespace',
  /** `xmlns`: the namespace of declarations; no element or attribute may be in it. */
  xmlns: 'http://www.w3.org/2000/xmlns/',
} as const;
