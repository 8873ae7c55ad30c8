/** Answers of other servers, written by hand in the shapes that these servers are known to use. */

const SOAP = 'http://www.w3.org/2003/05/soap-envelope';
const ADDRESSING = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';
const WSMAN = 'http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd';
const SERVICE_URI = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/MSISCSITARGET_StorageConfigurationService';

/** Windows: prefixes s a w p, declared on the envelope; alphabetical outputs. */
export function windowsAnswer(output: string): string {
  return `<s:Envelope xml:lang="en-US" xmlns:s="${SOAP}" xmlns:a="${ADDRESSING}" xmlns:w="${WSMAN}"><s:Header><a:Action>${SERVICE_URI}/DoResponse</a:Action><a:MessageID>uuid:4</a:MessageID><a:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To></s:Header><s:Body><p:Do_OUTPUT xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:p="${SERVICE_URI}" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common">${output}</p:Do_OUTPUT></s:Body></s:Envelope>`;
}

/** OMI: action without Response, the output element named after the class, references with prefixes it never declared. */
export const omiAnswer = `<SOAP-ENV:Envelope xmlns:SOAP-ENV="${SOAP}" xmlns:wsa="${ADDRESSING}" xmlns:wsman="${WSMAN}" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common" xmlns:xsi="http://www.w3.org/2001/XMLSchema" >
<SOAP-ENV:Header><wsa:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:To><wsa:Action>${SERVICE_URI}/Do</wsa:Action></SOAP-ENV:Header>
<SOAP-ENV:Body><p:MSISCSITARGET_StorageConfigurationService xmlns:p="${SERVICE_URI}"><p:ReturnValue>0</p:ReturnValue><p:Nothing xsi:nil="true"/><p:Flag>TRUE</p:Flag></p:MSISCSITARGET_StorageConfigurationService></SOAP-ENV:Body></SOAP-ENV:Envelope>`;

/** openwsman: an XML declaration, indented, its own prefixes. */
export const openwsmanAnswer = `<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="${SOAP}" xmlns:wsa="${ADDRESSING}" xmlns:wsman="${WSMAN}" xmlns:n1="${SERVICE_URI}">
  <s:Header>
    <wsa:Action>${SERVICE_URI}/DoResponse</wsa:Action>
  </s:Header>
  <s:Body>
    <n1:Do_OUTPUT>
      <n1:ReturnValue>0</n1:ReturnValue>
      <n1:Pipe>
        <wsa:EndpointReference>
          <wsa:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address>
          <wsa:ReferenceParameters>
            <wsman:ResourceURI>http://schemas.microsoft.com/wbem/wsman/1/wmi/root/lab/CIM_Pipe</wsman:ResourceURI>
            <wsman:SelectorSet>
              <wsman:Selector Name="InstanceID">p1</wsman:Selector>
            </wsman:SelectorSet>
          </wsa:ReferenceParameters>
        </wsa:EndpointReference>
      </n1:Pipe>
    </n1:Do_OUTPUT>
  </s:Body>
</s:Envelope>
`;

/** The content of a reference with Windows' prefixes. */
export function windowsReference(className: string, selectors: string): string {
  return `<a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address><a:ReferenceParameters><w:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/${className}</w:ResourceURI><w:SelectorSet>${selectors}</w:SelectorSet></a:ReferenceParameters>`;
}

/** A fault in a Windows envelope. */
export function windowsFault(code: string, subcode: string, reason: string, detail: string): string {
  return `<s:Envelope xml:lang="en-US" xmlns:s="${SOAP}" xmlns:a="${ADDRESSING}" xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer" xmlns:w="${WSMAN}"><s:Header><a:Action>http://schemas.dmtf.org/wbem/wsman/1/wsman/fault</a:Action></s:Header><s:Body><s:Fault><s:Code><s:Value>s:${code}</s:Value>${subcode && `<s:Subcode><s:Value>${subcode}</s:Value></s:Subcode>`}</s:Code><s:Reason><s:Text xml:lang="en-US">${reason}</s:Text></s:Reason>${detail && `<s:Detail>${detail}</s:Detail>`}</s:Fault></s:Body></s:Envelope>`;
}

/** The error instance of Windows, shortened to the fields that matter. */
export const windowsCimError = `<p:MSFT_WmiError b:IsCIM_Error="true" xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd" xmlns:p="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/MSFT_WmiError" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="p:MSFT_WmiError_Type"><p:CIMStatusCode xsi:type="cim:cimUnsignedInt">6</p:CIMStatusCode><p:CIMStatusCodeDescription xsi:type="cim:cimString" xsi:nil="true"/><p:Message xsi:type="cim:cimString">No system with these keys. </p:Message><p:MessageID xsi:type="cim:cimString">HRESULT 0x80041002</p:MessageID><p:error_Code xsi:type="cim:cimUnsignedInt">2147749890</p:error_Code></p:MSFT_WmiError>`;

/** Windows' protocol fault around a provider's. */
export const windowsProviderFault = `<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="2150858778" Machine="srv1"><f:Message><f:ProviderFault provider="WMI Provider" path="%systemroot%\\system32\\WsmWmiPl.dll"><f:WSManFault Code="2150858778" Machine="srv1"><f:Message>The query is
   wrong.</f:Message></f:WSManFault></f:ProviderFault></f:Message></f:WSManFault>`;

export function identifyAnswer(namespace: string, content: string): string {
  return `<s:Envelope xml:lang="en-US" xmlns:s="${SOAP}"><s:Header/><s:Body><i:IdentifyResponse xmlns:i="${namespace}">${content}</i:IdentifyResponse></s:Body></s:Envelope>`;
}

/** An answer of Windows with any Body. */
export function windowsEnvelope(body: string): string {
  return `<s:Envelope xml:lang="en-US" xmlns:s="${SOAP}" xmlns:a="${ADDRESSING}" xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer" xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration" xmlns:w="${WSMAN}"><s:Header><a:MessageID>uuid:5</a:MessageID></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

/** An instance as Windows writes it. */
export function windowsInstance(className: string, properties: string): string {
  return `<p:${className} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:p="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/${className}" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common" xsi:type="p:${className}_Type">${properties}</p:${className}>`;
}

/** The CIM-XML of a class with the kinds of members there are. */
export const fanClass =
  '<CLASS NAME="CIM_Fan" SUPERCLASS="CIM_Device" DERIVATION="CIM_Device,CIM_Element">' +
  '<QUALIFIER NAME="Version" TYPE="string"><VALUE>2.8.0</VALUE></QUALIFIER><QUALIFIER NAME="Abstract" TYPE="boolean"><VALUE>false</VALUE></QUALIFIER>' +
  '<PROPERTY NAME="DeviceID" TYPE="string" CLASSORIGIN="CIM_Device" PROPAGATED="true"><QUALIFIER NAME="Key" TYPE="boolean" OVERRIDABLE="false"><VALUE>true</VALUE></QUALIFIER></PROPERTY>' +
  '<PROPERTY NAME="Speed" TYPE="uint64" CLASSORIGIN="CIM_Fan"><QUALIFIER NAME="Write" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER><VALUE>100</VALUE></PROPERTY>' +
  '<PROPERTY NAME="On" TYPE="boolean" CLASSORIGIN="CIM_Fan"/><PROPERTY NAME="Load" TYPE="real32" CLASSORIGIN="CIM_Fan"/>' +
  '<PROPERTY NAME="Letter" TYPE="char16" CLASSORIGIN="CIM_Fan"/><PROPERTY NAME="Made" TYPE="datetime" CLASSORIGIN="CIM_Fan"/>' +
  '<PROPERTY.ARRAY NAME="Modes" TYPE="uint16" ARRAYSIZE="4" CLASSORIGIN="CIM_Fan"><QUALIFIER NAME="ArrayType" TYPE="string"><VALUE>Indexed</VALUE></QUALIFIER><QUALIFIER NAME="Values" TYPE="string"><VALUE.ARRAY><VALUE>a</VALUE><VALUE>b</VALUE></VALUE.ARRAY></QUALIFIER><VALUE.ARRAY><VALUE>1</VALUE><VALUE>2</VALUE></VALUE.ARRAY></PROPERTY.ARRAY>' +
  '<PROPERTY.ARRAY NAME="Code" TYPE="uint8" CLASSORIGIN="CIM_Fan"><QUALIFIER NAME="OctetString" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER></PROPERTY.ARRAY>' +
  '<PROPERTY NAME="Goal" TYPE="string" CLASSORIGIN="CIM_Fan" EmbeddedObject="instance"><QUALIFIER NAME="EmbeddedInstance" TYPE="string"><VALUE>CIM_Goal</VALUE></QUALIFIER></PROPERTY>' +
  '<PROPERTY NAME="Anything" TYPE="string" CLASSORIGIN="CIM_Fan" EmbeddedObject="object"/>' +
  '<PROPERTY.REFERENCE NAME="System" REFERENCECLASS="CIM_System" CLASSORIGIN="CIM_Fan"/>' +
  '<METHOD NAME="Spin" TYPE="uint32" CLASSORIGIN="CIM_Fan"><QUALIFIER NAME="Static" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER>' +
  '<PARAMETER NAME="Fast" TYPE="boolean"><QUALIFIER NAME="In" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER><QUALIFIER NAME="Required" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER></PARAMETER>' +
  '<PARAMETER.ARRAY NAME="Log" TYPE="string"><QUALIFIER NAME="In" TYPE="boolean"><VALUE>false</VALUE></QUALIFIER><QUALIFIER NAME="Out" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER></PARAMETER.ARRAY>' +
  '<PARAMETER.REFERENCE NAME="Place" REFERENCECLASS="CIM_Location"/><PARAMETER.REFARRAY NAME="Others" REFERENCECLASS="CIM_Fan"/></METHOD></CLASS>';
