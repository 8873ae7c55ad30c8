import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findRow, isOneWay, operationTable } from '../../src/wsman/operation-table.js';

const source = fileURLToPath(new URL('../../src/', import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** The client shares nothing with the server, so that each checks the other; faults have actions of their own. */
const others = files.filter((file) => !/^client\//.test(file) && file !== join('wsman', 'operation-table.ts'));

describe('the operation table', () => {
  it('has every action once', () => {
    const actions = operationTable.map(({ action }) => action);
    expect(new Set(actions).size).toBe(actions.length);
  });

  it('is the only place that names an action', () => {
    const names = [...new Set(operationTable.map(({ action }) => action.slice(action.lastIndexOf('/') + 1)))];
    const named = new RegExp(
      `(?:\\$\\{ns\\.(?:transfer|enumeration|eventing)\\}|09/(?:transfer|enumeration)|08/eventing|1/wsman)/(?:${names.join('|')})\\b`,
    );
    const found = others.filter((file) => named.test(readFileSync(join(source, file), 'utf8')));
    expect(found).toEqual([]);
  });

  it.each(operationTable.map((row) => [row.action, row] as const))('says all there is of %s', (action, row) => {
    expect(findRow(action)).toBe(row);
    expect(isOneWay(action)).toBe(row.oneWay);
    const operations = [row.objects, row.declarations, row.configuration].filter((one) => one !== undefined);
    expect(operations.length > 0).toBe(!row.oneWay);
    expect(row.right === undefined).toBe(row.oneWay);
  });

  it('takes every action that no standard claims for a method', () => {
    const row = findRow('http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_Fan/SetSpeed');
    expect(row).toMatchObject({ right: 'execute', changes: true, oneWay: false });
  });

  it.each([
    'http://schemas.xmlsoap.org/ws/2004/08/eventing/Subscribe',
    'http://schemas.xmlsoap.org/ws/2004/09/transfer/Other',
  ])('has no row for %s, which a standard claims', (action) => {
    expect(() => findRow(action)).toThrow(expect.objectContaining({ key: 'ActionNotSupported' }));
  });
});
