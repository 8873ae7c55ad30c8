import { describe, expect, it } from 'vitest';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { useControlLab } from '../use-control-lab.js';

const open = useControlLab();

describe('state over the control API', () => {
  it('is seeded with MOF and instances, as they are given', async () => {
    const lab = await open();
    const sources = [{ mof: 'x', name: 'a.mof' }, { instance: { class: 'LAB_Fan', properties: { Id: 7 } } }];
    expect((await lab.ask('POST', '/v1/seed', { sources })).status).toBe(204);
    const [mof, instance] = lab.seeded;
    expect(mof).toEqual({ mof: 'x', name: 'a.mof' });
    expect(String((instance as CimInstance).path)).toBe('root/lab:LAB_Fan.Id=7');
  });

  it.each([
    [{ sources: ['/etc/passwd'] }, 'sources[0]'],
    [{ sources: [{ file: '/etc/passwd' }] }, 'sources[0].file'],
    [
      { sources: [{ instance: { class: 'LAB_Fan', properties: { Id: 7, Turns: 'x' } } }] },
      'sources[0].instance.properties.Turns',
    ],
    [{ sources: [{ mof: 'x' }, { instance: { class: 'LAB_Fna' } }] }, 'sources[1].instance.class'],
    [{ sources: [{ instance: { clas: 'LAB_Fna' } }] }, 'sources[0].instance.clas'],
  ])('takes no paths, and nothing where one source is wrong: %j', async (body, place) => {
    const lab = await open();
    expect(await lab.ask('POST', '/v1/seed', body)).toMatchObject({ json: { error: { place } } });
    expect(lab.seeded).toEqual([]);
  });

  it('is kept in a snapshot, to which it goes back', async () => {
    const lab = await open();
    const { json } = await lab.ask('POST', '/v1/snapshot');
    expect((await lab.ask('POST', '/v1/restore', json)).status).toBe(204);
    expect(lab.restored).toEqual([json]);
    const other = await lab.ask('POST', '/v1/restore', { ...(json as object), schema: 'b' });
    expect(other).toEqual({ status: 409, json: { error: { message: 'the snapshot is of another schema' } } });
    expect(await lab.ask('POST', '/v1/restore', [])).toMatchObject({ status: 400 });
  });

  it('is told as MOF, all of it or the instances of some classes', async () => {
    const lab = await open();
    await lab.ask('POST', '/v1/instances', { class: 'LAB_Fan', properties: { Id: 7, Label: 'a' } });
    await lab.ask('POST', '/v1/instances', { class: 'LAB_Part', properties: { Id: 8 } });
    const mof = '#pragma namespace("root/lab")\n\ninstance of LAB_Fan\n{\n  Id = 7;\n  Label = "a";\n};\n';
    expect(await lab.ask('POST', '/v1/lab', { classes: ['LAB_Fan'] })).toEqual({
      ...{ status: 200, json: { mof, namespace: 'root/lab', instances: 1, classes: 1 } },
    });
    expect((await lab.ask('POST', '/v1/lab', { classes: ['LAB_Part'] })).json).toMatchObject({ instances: 2 });
    expect((await lab.ask('POST', '/v1/lab', {})).json).toMatchObject({ instances: 2, classes: 2 });
    expect(await lab.ask('POST', '/v1/lab', { classes: ['LAB_Fna'] })).toMatchObject({
      ...{ status: 404, json: { error: { place: 'classes[0]', nearest: 'LAB_Fan' } } },
    });
  });
});
