const CONFIG = /^(?:winrm|https?:\/\/schemas\.microsoft\.com\/wbem\/wsman\/1)\/config(?:\/(.*))?$/i;

/**
 * The section that `winrm/config/service` names, as `winrm` writes it, or its resource URI in full; empty for all of the
 * configuration; undefined for anything else, such as an object.
 */
export function configSection(target: string): string | undefined {
  const match = CONFIG.exec(target);
  return match === null ? undefined : (match[1] ?? '').replace(/\/+$/, '');
}
