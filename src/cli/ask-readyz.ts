import { createConnector } from '../client/transport/connector.js';
import { printableLine } from './printable.js';

const ANSWER_MS = 5000;

/** @returns why it is not ready; undefined when it is. Nothing secret is sent, so that its certificate does not matter. */
export async function askReadyz(url: URL): Promise<string | undefined> {
  const { Client } = await import('undici');
  const client = new Client(url.origin, { connect: createConnector({ tls: { rejectUnauthorized: false } }) });
  try {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const { statusCode, body } = await client.request({ method: 'GET', path: url.pathname, signal });
    const text = (await body.text()).slice(0, 100);
    return statusCode === 200 ? undefined : printableLine(`HTTP ${statusCode} ${text}`.trim());
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return printableLine(code ?? message);
  } finally {
    await client.destroy();
  }
}
