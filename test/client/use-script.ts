import { afterEach } from 'vitest';
import type { ClientOptions } from '../../src/client/client-options.js';
import { type Script, type ScriptedServer, startScript } from './scripted-server.js';

/**
 * Starts servers that answer by scripts, which are closed behind each test.
 *
 * @param usual options of their clients
 */
export function useScript(usual: Partial<ClientOptions> = {}): typeof startScript {
  const opened: ScriptedServer[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  return async (answers: Script, options = {}) => {
    const started = await startScript(answers, { ...usual, ...options });
    opened.push(started);
    return started;
  };
}
