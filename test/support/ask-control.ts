/** A route's answer: status and JSON. */
export interface ControlAnswer {
  readonly status: number;
  readonly json: unknown;
}

/** Calls a control API. */
export function askControl(url = '', token = '') {
  return async (method: string, path: string, body?: object): Promise<ControlAnswer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
  };
}
