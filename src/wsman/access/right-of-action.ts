import { ns } from '../../xml/namespaces.js';
import type { Right } from '../wsman-service.js';

const writing: ReadonlySet<string> = new Set(['Put', 'Create', 'Delete'].map((name) => `${ns.transfer}/${name}`));

/** The right that an action needs. Whatever is none of the standard's own actions is a method. */
export function rightOfAction(action: string): Right {
  if (action === `${ns.transfer}/Get` || action.startsWith(`${ns.enumeration}/`)) return 'read';
  return writing.has(action) ? 'write' : 'execute';
}
