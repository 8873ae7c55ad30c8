import { WsmanFault } from '../../soap/wsman-fault.js';
import { mayReadConfig } from '../access/check-resource.js';
import type { Operation } from '../operation.js';
import { writeSection } from './config-node.js';
import type { ConfigResource } from './config-resource.js';
import { checkConfigSelectors, findConfig } from './find-config.js';
import { readConfigChanges } from './read-config-changes.js';

/** Get of the configuration, a part of it, or a listener. */
export const getConfig: Operation<ConfigResource> = async ({ resource, header }, context) => ({
  body: writeSection(await findConfig(resource, header.selectors, context)),
});

/** Put (MS-WSMV 4.2.2): changes the settings that can change while the endpoint runs; all of them or none. */
export const putConfig: Operation<ConfigResource> = async (request, context) => {
  const { resource, header, body } = request;
  const [element] = body.children;
  if (!element) throw new WsmanFault('MissingValues', 'The Body of a Put holds no configuration.');
  context.settings.change(readConfigChanges(element, await findConfig(resource, header.selectors, context)));
  // The answer may leave out what is not for a user who may write only.
  return mayReadConfig(request.call.access) ? getConfig(request, context) : { body: '' };
};

/**
 * Create and Delete: the tables of the configuration are filled when the endpoint starts. What names no row is told first, as Windows
 * does: a listener without an Address has InvalidSelectors.
 */
export const refuseConfigChange: Operation<ConfigResource> = async ({ resource, header }, context) => {
  checkConfigSelectors(resource, header.selectors, context);
  throw new WsmanFault(
    'ActionNotSupported',
    `${resource.path.at(-1) ?? 'The configuration'} cannot be created or deleted: listeners and all else are decided when the endpoint starts.`,
  );
};
