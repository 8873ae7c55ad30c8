import { describe, expect, it } from 'vitest';
import { windowsInstance } from '../answers.js';
import { collect, outline, type Script, type ScriptedServer } from '../scripted-server.js';
import { useScript } from '../use-script.js';

const script = useScript({ values: 'text' });

const item = (id: string) => windowsInstance('CIM_Fan', `<p:DeviceID>${id}</p:DeviceID>`);
const three: Script = {
  Enumerate: `<n:EnumerateResponse><n:EnumerationContext>c1</n:EnumerationContext><w:Items>${item('1')}</w:Items></n:EnumerateResponse>`,
  Pull: [
    `<n:PullResponse><n:EnumerationContext>c2</n:EnumerationContext><n:Items>${item('2')}</n:Items></n:PullResponse>`,
    `<n:PullResponse><n:Items>${item('3')}</n:Items><n:EndOfSequence/></n:PullResponse>`,
  ],
  Release: '',
};

const actions = (started: ScriptedServer) => started.seen().map(({ action }) => action.split('/').pop());

describe('the rest of an enumeration', () => {
  const lifetime = {
    ...three,
    GetStatus: '<n:GetStatusResponse><n:Expires>PT1M30.5S</n:Expires></n:GetStatusResponse>',
  };

  it('is kept for as long as the server says', async () => {
    const started = await script(lifetime);
    const fans = started.client.enumerate('CIM_Fan');
    await fans.next();
    expect(await fans.getStatus()).toBe(90_500);
    expect(outline(started.seen().at(-1)?.body)).toBe('GetStatus(EnumerationContext(c1))');
    await fans.return();
  });

  it('is kept for longer when asked, with the context of the last answer', async () => {
    const started = await script({
      ...three,
      Renew: '<n:RenewResponse><n:Expires>P1DT1H</n:Expires></n:RenewResponse>',
    });
    const fans = started.client.enumerate('CIM_Fan');
    await fans.next();
    await fans.next();
    expect(await fans.renew(120_000)).toBe(25 * 3_600_000);
    expect(outline(started.seen().at(-1)?.body)).toBe('Renew(EnumerationContext(c2) Expires(PT120.000S))');
    await fans.return();
  });

  it('is kept until a moment, where the server says that', async () => {
    const moment = new Date(Date.now() + 60_000).toISOString();
    const answer = `<n:GetStatusResponse><n:Expires>${moment}</n:Expires></n:GetStatusResponse>`;
    const fans = (await script({ ...three, GetStatus: answer })).client.enumerate('CIM_Fan');
    await fans.next();
    const left = (await fans.getStatus()) ?? 0;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(60_000);
    await fans.return();
  });

  it('is nothing before it begins and after it ends', async () => {
    const started = await script(lifetime);
    const fans = started.client.enumerate('CIM_Fan');
    expect(await fans.getStatus()).toBeUndefined();
    await collect(fans);
    expect(await fans.renew(1000)).toBeUndefined();
    expect(actions(started)).toEqual(['Enumerate', 'Pull', 'Pull']);
  });

  it('is not renewed for no time', async () => {
    const fans = (await script(three)).client.enumerate('CIM_Fan');
    await expect(fans.renew(0)).rejects.toThrow(TypeError);
  });
});
