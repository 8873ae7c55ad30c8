import { NO_STATE, shownPlace } from '../../state/state-place.js';
import type { Kind } from '../setting.js';
import { pathFrom, text } from './text-kinds.js';

/**
 * A state. What it means is looked at when all settings are known: messages about a single flag quote its value, which may hold a
 * password.
 */
export const stateText: Kind<string> = {
  ...text('<dir|none|url>'),
  schema: (type) => type.String({ minLength: 1, writeOnly: true }),
  fromFile: (given, folder) => {
    const value = String(given);
    return /^[a-z][a-z0-9+.-]+:\/\//i.test(value) ? value : pathFrom(folder, value, NO_STATE);
  },
  shown: shownPlace,
};
