import { describe, expect, it } from 'vitest';
import { useControlLab } from '../use-control-lab.js';

const open = useControlLab();
const rule = { when: { method: 'Turn' }, then: { returnValue: 5 } };

describe('rules over the control API', () => {
  it('are added, listed and removed', async () => {
    const lab = await open();
    const state = { ...rule, id: 'rule-1', matched: 0, fired: 0, initial: false };
    expect(await lab.ask('POST', '/v1/rules', rule)).toEqual({ status: 201, json: state });
    expect((await lab.ask('GET', '/v1/rules')).json).toEqual({ rules: [state] });
    expect((await lab.ask('GET', '/v1/rules/rule-1')).json).toEqual(state);
    expect((await lab.ask('DELETE', '/v1/rules/rule-1')).status).toBe(204);
    expect((await lab.ask('DELETE', '/v1/rules/rule-1')).status).toBe(404);
    expect((await lab.ask('GET', '/v1/rules/rule-1')).status).toBe(404);
  });

  it('that can never match are refused with the nearest name', async () => {
    const lab = await open();
    const wrong = { when: { method: 'Trun' }, then: { returnValue: 5 } };
    expect(await lab.ask('POST', '/v1/rules', wrong)).toEqual({
      status: 400,
      json: { error: { message: "when.method: there is no method 'Trun'", place: 'when.method', nearest: 'Turn' } },
    });
  });
});
