import { describe, expect, it } from 'vitest';
import { checkShape } from '../../src/control/check-shape.js';
import { FilterQuery, NewInstance, Seed, Wait } from '../../src/control/schemas/shapes.js';

const problem = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    const { message, place, nearest, status } = error as Error & Record<string, unknown>;
    return { message, place, nearest, status };
  }
  return undefined;
};

describe('what a route takes', () => {
  it('is let through as it is', () => {
    const body = { class: 'LAB_Fan', properties: { Id: 7, Room: { kind: 'path' } } };
    expect(checkShape(NewInstance, body)).toEqual(body);
  });

  it('may be texts for numbers and booleans in a query', () => {
    expect(checkShape(FilterQuery, { after: '17', soap: 'true', class: '5' }, true)).toEqual({
      ...{ after: 17, soap: true, class: '5' },
    });
  });

  it.each([
    [NewInstance, undefined, 'nothing is not an object with class, namespace, properties', ''],
    [NewInstance, {}, 'class: it is missing: expected text that is not empty', 'class'],
    [NewInstance, { class: 5 }, 'class: 5 is not text that is not empty', 'class'],
    [NewInstance, { class: 'a', properties: [] }, 'properties: an empty list is not an object', 'properties'],
    [Wait, { timeout: 600_001 }, 'timeout: 600001 is not a whole number from 0 to 600000', 'timeout'],
    [
      Wait,
      { filter: { outcome: 'fine' } },
      "filter.outcome: 'fine' is not one of answered, fault, lost",
      'filter.outcome',
    ],
    [Seed, { sources: [{ mof: '' }, { mof: 5 }] }, 'sources[1].mof: 5 is not text', 'sources[1].mof'],
    [
      Seed,
      { sources: ['/etc/passwd'] },
      "sources[0]: '/etc/passwd' is not an object with mof, name, or an object with instance",
      'sources[0]',
    ],
  ])('is refused with its place otherwise', (schema, body, message, place) => {
    expect(problem(() => checkShape(schema, body))).toEqual({ message, place, nearest: undefined, status: 400 });
  });

  it.each([
    [NewInstance, { class: 'a', propertys: {} }, 'propertys', 'properties'],
    [Wait, { filter: { mehtod: 'Stop' } }, 'filter.mehtod', 'method'],
  ])('has no member that is misspelt', (schema, body, place, nearest) => {
    expect(problem(() => checkShape(schema, body))).toEqual({
      message: `${place}: no such member: did you mean '${nearest}'?`,
      ...{ place, nearest, status: 400 },
    });
  });
});
