import { describe, expect, it } from 'vitest';
import { NameMap } from '../../src/cim/model/name-map.js';
import type { ClassDescription } from '../../src/client/class-description.js';
import { rememberClasses } from '../../src/client/remembered-classes.js';
import { WsmanClientError } from '../../src/client/wsman-client-error.js';

const describeClass = (name: string) => ({ name, properties: new NameMap(), keys: [] }) as unknown as ClassDescription;
const refusal = new WsmanClientError({
  code: 'Sender',
  ...{ subcode: undefined, faultDetail: undefined, windowsCode: undefined, cimStatus: undefined },
  ...{ reason: undefined, detailMessage: undefined },
});

function remembering(refused: readonly string[] = []) {
  const asked: string[] = [];
  const classes = rememberClasses(async (namespace, name) => {
    asked.push(`${namespace}:${name}`);
    if (refused.includes(name)) throw refusal;
    return describeClass(name);
  });
  return { classes, asked };
}

describe('several classes', () => {
  it('are fetched once, in the order given', async () => {
    const { classes, asked } = remembering();
    const found = await classes.findAll('root/a', ['A', 'B']);
    expect([...found.keys()]).toEqual(['A', 'B']);
    await classes.findAll('root/a', ['B']);
    expect(asked).toEqual(['root/a:A', 'root/a:B']);
  });

  it('that have been met are there at once', async () => {
    const { classes } = remembering();
    await classes.findAll('root/a', ['A']);
    expect(classes.findAll('root/a', ['A'])).toBeInstanceOf(NameMap);
    expect(classes.findAll('root/b', ['A'])).toBeInstanceOf(Promise);
  });

  it('come without those that the server does not give', async () => {
    const { classes, asked } = remembering(['B']);
    for (let turn = 0; turn < 2; turn++) {
      const found = await classes.findAll('root/a', ['A', 'B']);
      expect([...found.keys()]).toEqual(['A']);
    }
    expect(asked).toHaveLength(2);
  });

  it('are fetched again when they were forgotten, also while they were on their way', async () => {
    const { classes, asked } = remembering();
    const underWay = classes.findAll('root/a', ['A', 'B']);
    classes.forget();
    await underWay;
    await classes.findAll('root/a', ['A', 'B']);
    expect(asked).toEqual(['root/a:A', 'root/a:B', 'root/a:A']);
  });

  it('are remembered in all their sets, and the sets not without end', async () => {
    const { classes, asked } = remembering();
    for (let n = 0; n < 600; n++) await classes.findAll('root/a', ['A', `N${n}`]);
    expect([...(await classes.findAll('root/a', ['A', 'N0'])).keys()]).toEqual(['A', 'N0']);
    expect(asked).toHaveLength(601);
  });
});
