import { post } from './servers.mjs';

const NS = 'root/cimv2/storage/iScsiTarget';
const ENUMERATION = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';
const BATCH = 1000;

/** A request of an enumeration. @param body its Body */
export function enumerationMessage(action, uri, body) {
  return `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:n="${ENUMERATION}" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"><s:Header><a:To>http://127.0.0.1:5985/wsman</a:To><w:ResourceURI s:mustUnderstand="true">${uri}</w:ResourceURI><a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo><a:Action s:mustUnderstand="true">${ENUMERATION}/${action}</a:Action><a:MessageID>uuid:1</a:MessageID><w:SelectorSet><w:Selector Name="__cimnamespace">${NS}</w:Selector></w:SelectorSet></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

/** Milliseconds for all instances of a class in batches of 1,000, the client's part included. @param afterBatch is waited for after each */
export async function enumerateAll(url, className, count, afterBatch = () => undefined) {
  const uri = `http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/${className}`;
  const start = performance.now();
  let seen = 0;
  let body = `<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>${BATCH}</w:MaxElements></n:Enumerate>`;
  let action = 'Enumerate';
  for (;;) {
    const answer = await post(url, enumerationMessage(action, uri, body));
    seen += answer.split(`<p:${className} `).length - 1;
    await afterBatch();
    const context = /<n:EnumerationContext>([^<]+)</.exec(answer)?.[1];
    if (context === undefined) break;
    action = 'Pull';
    body = `<n:Pull><n:EnumerationContext>${context}</n:EnumerationContext><n:MaxElements>${BATCH}</n:MaxElements></n:Pull>`;
  }
  if (seen !== count) throw new Error(`${seen} of ${count} instances came`);
  return performance.now() - start;
}
