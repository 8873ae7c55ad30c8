import { ControlError } from '../control-error.js';

/** Names stand in URLs and log lines as they are. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** @throws ControlError 400 for what can be no name of a space */
export function checkSpaceName(name: string): void {
  if (NAME.test(name)) return;
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  const rule = 'expected a letter or digit, then at most 62 letters, digits and . _ -';
  throw new ControlError(400, `name: '${shown}' is no name of a space; ${rule}`, { place: 'name' });
}
