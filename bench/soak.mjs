import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import { identifyMessage } from '../test/robustness/identify-flood.mjs';
import { residentMegabytes } from './process-usage.mjs';
import { invokeRequest, modifyRequest } from './requests.mjs';
import { headers, post, startOurs } from './servers.mjs';

/** How many requests, at a tenth of which the heap has its working size; how many at once; and how often is measured. */
const [REQUESTS, AT_ONCE, MEASURE_MS] = [500_000, 16, 100];
const MOST_GROWTH = 32;

const NS = 'root/cimv2/storage/iScsiTarget';
const BASE = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/';
const TRANSFER = 'http://schemas.xmlsoap.org/ws/2004/09/transfer';
const ENUMERATION = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration';
const HARDWARE_ID = `${BASE}MSISCSITARGET_StorageHardwareID`;

const fresh = () => randomBytes(9).toString('base64url');

/** A message whose MessageID, prefix, selectors and body are new. */
function message({ action, resource = HARDWARE_ID, selectors = '', body = '' }) {
  const prefix = `x${fresh().replaceAll(/[^A-Za-z0-9]/g, '')}`;
  return `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns:${prefix}="urn:${prefix}"><s:Header><a:To>http://127.0.0.1:5985/wsman</a:To><w:ResourceURI>${resource}</w:ResourceURI><a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo><a:Action>${action}</a:Action><a:MessageID>uuid:${randomUUID()}</a:MessageID><${prefix}:Note ${prefix}:n="${fresh()}">${fresh()}</${prefix}:Note><w:SelectorSet><w:Selector Name="__cimnamespace">${NS}</w:Selector>${selectors}</w:SelectorSet></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

const selector = (id) => `<w:Selector Name="InstanceID">${id}</w:Selector>`;
const instance = (id) =>
  `<p:MSISCSITARGET_StorageHardwareID xmlns:p="${HARDWARE_ID}"><p:ElementName>${fresh()}</p:ElementName><p:IDType>5</p:IDType><p:InstanceID>${id}</p:InstanceID><p:StorageID>iqn.2026-11.example:${fresh()}</p:StorageID></p:MSISCSITARGET_StorageHardwareID>`;
const enumerate = (more, body = '') =>
  message({
    action: `${ENUMERATION}/Enumerate`,
    ...more,
    body: `<n:Enumerate xmlns:n="${ENUMERATION}">${body}</n:Enumerate>`,
  });
const wql = (text) =>
  enumerate(
    { resource: `${BASE}*` },
    `<w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">${text}</w:Filter><w:OptimizeEnumeration/><w:MaxElements>50</w:MaxElements>`,
  );

/**
 * What one client does over and over, each time in other words: what is right, what is refused, and what nobody signed in for. Each
 * round leaves the model as it found it.
 *
 * @param send sends a message and gives the answer's text; false as the second argument: without credentials
 */
async function round(send, pipe, n) {
  const id = `soak-${fresh()}`;
  await send(message({ action: `${TRANSFER}/Create`, body: instance(id) }));
  await send(message({ action: `${TRANSFER}/Put`, selectors: selector(id), body: instance(id) }));
  await send(message({ action: `${TRANSFER}/Get`, selectors: selector(id) }));
  await send(
    wql(`SELECT * FROM MSISCSITARGET_StorageHardwareID WHERE InstanceID = '${id}' OR ElementName LIKE '${fresh()}%'`),
  );
  await send(wql(`SELECT ${fresh()} FROM Nothing`));
  await send(modifyRequest(pipe, fresh(), `uuid:${randomUUID()}`));
  await send(identifyMessage(n, 26), false);
  await send(message({ action: `urn:${fresh()}` }));
  await send(message({ action: `${TRANSFER}/Get`, resource: `${BASE}CIM_${fresh().replaceAll('-', '_')}` }));
  await send(`<${fresh()}`);
  const opened = await send(enumerate({}));
  const context = /EnumerationContext>([^<]+)</.exec(opened)?.[1];
  const body = `<n:Release xmlns:n="${ENUMERATION}"><n:EnumerationContext>${context}</n:EnumerationContext></n:Release>`;
  await send(message({ action: `${ENUMERATION}/Release`, body }));
  await send(message({ action: `${TRANSFER}/Delete`, selectors: selector(id) }));
}

/** @param least resident megabytes in each tenth of the requests so far */
function tellTenth(least) {
  console.log(`      RSS in tenth ${least.length}: ${least.at(-1).toFixed(0)} MB`);
}

/** Whether memory grows with requests of which no two are alike. Linux only: it reads /proc. Takes minutes. */
export async function soakBench() {
  const server = await startOurs();
  const dispatcher = new Agent({ connections: AT_ONCE });
  let sent = 0;
  let rounds = 0;
  const statuses = new Map();
  async function send(body, isSignedIn = true) {
    sent++;
    const [url, fields] = isSignedIn
      ? [server.url, headers]
      : [`${server.url}-anon/identify`, { 'content-type': headers['content-type'] }];
    const answer = await request(url, { method: 'POST', headers: fields, body, dispatcher });
    statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
    return answer.body.text();
  }
  try {
    if ((await residentMegabytes(server.pid)) === undefined) return [];
    const pipe = await post(server.url, invokeRequest(''));
    // As in memory.mjs: what waits for the next collection comes on top, so the least of each tenth counts.
    const least = [];
    const watch = setInterval(async () => {
      const tenth = Math.min(Math.floor((sent * 10) / REQUESTS), 9);
      const resident = await residentMegabytes(server.pid);
      if (tenth > 0 && least.length === tenth) tellTenth(least);
      least[tenth] = Math.min(least[tenth] ?? Number.POSITIVE_INFINITY, resident);
    }, MEASURE_MS);
    const client = async () => {
      while (sent < REQUESTS) await round(send, pipe, rounds++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
    clearInterval(watch);
    tellTenth(least);
    const [before, after] = [Math.min(...least.slice(1, 5)), Math.min(...least.slice(5))];
    const growth = after - before;
    const odd = [...statuses].filter(([status]) => ![200, 400, 500].includes(status)).map(([status]) => status);
    const what = `RSS growth in the second half of ${sent} requests, none like another (at ${after.toFixed(0)} MB)`;
    const told = [...statuses].map(([status, count]) => `${count} × ${status}`).join(', ');
    return [
      { what, value: `${growth.toFixed(0)} MB`, target: `≤ ${MOST_GROWTH} MB`, met: growth <= MOST_GROWTH },
      { what: `answers (${told})`, value: `${odd.length} odd`, target: '0 odd', met: odd.length === 0 },
    ];
  } finally {
    await dispatcher.close();
    await server.stop();
  }
}
