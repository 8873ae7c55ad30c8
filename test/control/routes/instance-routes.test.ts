import { beforeEach, describe, expect, it } from 'vitest';
import type { ControlLab } from '../control-lab.js';
import { useControlLab } from '../use-control-lab.js';

const open = useControlLab();
let lab: ControlLab;
beforeEach(async () => {
  lab = await open();
});

const PATH = 'root/lab:LAB_Fan.Id=7';
const fan = { class: 'lab_fan', properties: { Id: 7, turns: 5000, Since: '2026-11-29T20:00:00Z', Codes: [1, 2] } };

describe('instances over the control API', () => {
  it('are created, changed, replaced, found and deleted', async () => {
    const created = await lab.ask('POST', '/v1/instances', fan);
    expect(created).toEqual({
      status: 201,
      json: {
        instance: {
          ...{ kind: 'instance', namespace: 'root/lab', class: 'LAB_Fan' },
          path: {
            ...{ kind: 'path', namespace: 'root/lab', class: 'LAB_Fan' },
            keys: { Id: { type: 'uint16', value: 7 } },
          },
          properties: {
            Id: { type: 'uint16', value: 7 },
            Turns: { type: 'uint64', value: '5000' },
            Since: { type: 'datetime', value: '20261129200000.000000+000' },
            Codes: { type: 'uint8', array: true, value: [1, 2] },
          },
        },
      },
    });
    const turns = (answer: { json: unknown }) =>
      (answer.json as { instance: { properties: Record<string, unknown> } }).instance.properties.Turns;
    const changed = await lab.ask('PATCH', '/v1/instances', { path: PATH, properties: { Turns: '6' } });
    expect([changed.status, turns(changed)]).toEqual([200, { type: 'uint64', value: '6' }]);
    const read = await lab.ask('POST', '/v1/instances/get', {
      path: (created.json as { instance: { path: unknown } }).instance.path,
    });
    expect(turns(read)).toEqual({ type: 'uint64', value: '6' });
    const replaced = await lab.ask('PUT', '/v1/instances', { class: 'LAB_Fan', properties: { Id: 7 } });
    expect([replaced.status, turns(replaced)]).toEqual([200, undefined]);
    const found = await lab.ask('POST', '/v1/instances/find', { query: 'SELECT * FROM LAB_Part' });
    expect((found.json as { instances: unknown[] }).instances).toHaveLength(1);
    expect(await lab.ask('POST', '/v1/instances/delete', { path: PATH })).toEqual({ status: 204, json: undefined });
    expect(await lab.ask('POST', '/v1/instances/delete', { path: PATH })).toMatchObject({ status: 404 });
  });

  it('keep what each of several changed at once', async () => {
    await lab.ask('POST', '/v1/instances', { class: 'LAB_Fan', properties: { Id: 7, Codes: [0] } });
    const changes = [{ Turns: '6' }, { Codes: [3] }, { Since: '2026-11-29T20:00:00Z' }];
    await Promise.all(changes.map((properties) => lab.ask('PATCH', '/v1/instances', { path: PATH, properties })));
    const { json } = await lab.ask('POST', '/v1/instances/get', { path: PATH });
    expect(json).toMatchObject({
      instance: { properties: { Turns: { value: '6' }, Codes: { value: [3] }, Since: { type: 'datetime' } } },
    });
  });

  it('are not created twice', async () => {
    await lab.ask('POST', '/v1/instances', fan);
    expect(await lab.ask('POST', '/v1/instances', fan)).toEqual({
      status: 409,
      json: { error: { message: `There is already ${PATH}.` } },
    });
  });

  it('are created by one of several who try at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => lab.ask('POST', '/v1/instances', fan)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
  });

  it.each([
    [{ class: 'LAB_Fna' }, 404, { place: 'class', nearest: 'LAB_Fan' }],
    [{ class: 'LAB_Fan', namespace: 'root/none' }, 404, {}],
    [{ class: 'LAB_Fan', properties: { Id: 1, Trns: 5 } }, 400, { place: 'properties.Trns', nearest: 'Turns' }],
    [{ class: 'LAB_Fan', properties: { Id: 'x' } }, 400, { place: 'properties.Id' }],
    [{ class: 'LAB_Fan', properties: { Turns: 5 } }, 400, { place: 'properties.Id' }],
    [{ class: 'LAB_Fan', proprties: {} }, 400, { place: 'proprties', nearest: 'properties' }],
    [{}, 400, { place: 'class' }],
  ])('that are wrong are refused with one line, and nothing is created: %j', async (body, status, facts) => {
    const { status: found, json } = await lab.ask('POST', '/v1/instances', body);
    const { error } = json as { error: Record<string, string> };
    const { message, ...rest } = error;
    expect([found, rest]).toEqual([status, facts]);
    expect(message).toMatch(/^[^\n]+$/);
    expect((await lab.ask('POST', '/v1/instances/find', { query: 'SELECT * FROM LAB_Part' })).json).toEqual({
      instances: [],
    });
  });

  it('keep their keys', async () => {
    await lab.ask('POST', '/v1/instances', fan);
    expect(await lab.ask('PATCH', '/v1/instances', { path: PATH, properties: { Id: 8 } })).toMatchObject({
      ...{ status: 400, json: { error: { place: 'properties.Id' } } },
    });
  });

  it('that are not there are 404, and a query that is none 400', async () => {
    expect(await lab.ask('POST', '/v1/instances/get', { path: PATH })).toMatchObject({ status: 404 });
    expect(await lab.ask('POST', '/v1/instances/find', { query: 'all' })).toMatchObject({ status: 400 });
  });
});
