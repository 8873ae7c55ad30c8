import { ns } from '../../xml/namespaces.js';

/** The service configuration or a part of it (MS-WSMV 3.1.4.1.29). */
export interface ConfigResource {
  readonly kind: 'config';
  /** As the client wrote it, without a query. */
  readonly uri: string;
  /** The steps behind `…/wsman/1/config`, in lower case. The part may not exist. */
  readonly path: readonly string[];
}

/** Reads a resource URI of the configuration, without regard to case; undefined when it is none. */
export function parseConfigUri(uri: string): ConfigResource | undefined {
  const folded = uri.toLowerCase();
  if (folded !== ns.config && !folded.startsWith(`${ns.config}/`)) return undefined;
  const path = folded.slice(ns.config.length).split('/');
  return { kind: 'config', uri, path: path.filter((step) => step !== '') };
}
