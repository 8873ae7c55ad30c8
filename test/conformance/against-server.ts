import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from '../../conformance/connect.js';
import type { Connection } from '../../conformance/connection.js';

const SOAP = 'http://www.w3.org/2003/05/soap-envelope';

/** An envelope with this markup in its Body. */
export const envelope = (body: string): string =>
  `<s:Envelope xmlns:s="${SOAP}" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"><s:Header/><s:Body>${body}</s:Body></s:Envelope>`;

/** A Sender fault with this subcode; its reason is "no". */
export const faultXml = (subcode: string): string =>
  envelope(
    `<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">no</s:Text></s:Reason></s:Fault>`,
  );

/** Runs something against a server that gives everybody the same answer. */
export async function againstServer<T>(
  status: number,
  body: string,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status, { 'content-type': 'application/soap+xml' }).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const connection = connect({ url: `http://127.0.0.1:${port}/wsman`, user: 'u', password: 'p' });
  try {
    return await use(connection);
  } finally {
    connection.close();
    server.close();
  }
}
