const CONFIG = /^winrm\/config(?:\/(.*))?$/i;

/**
 * The section that `winrm/config/service` names, as `winrm` writes it; empty for all of the configuration; undefined for anything
 * else, such as an object.
 */
export function configSection(target: string): string | undefined {
  const match = CONFIG.exec(target);
  return match === null ? undefined : (match[1] ?? '').replace(/\/+$/, '');
}
