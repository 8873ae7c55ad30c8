import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApiDocument } from '../../src/control/open-api.js';
import { useControlLab } from './use-control-lab.js';

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly summary?: string; readonly tags?: string[] }>>>
  >;
}

const file = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));
const open = useControlLab();
let document: Document;
beforeAll(async () => {
  document = (await openApiDocument()) as Document;
});

describe('the OpenAPI document', () => {
  it('is valid', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
    expect(errors).toBeUndefined();
    expect([valid, document.openapi]).toEqual([true, '3.1.0']);
  });

  it('is what docs/openapi.json says; `npx vitest run test/control/open-api.test.ts -u` writes it', async () => {
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  it('says of each route what it is for', () => {
    const routes = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(routes.length).toBeGreaterThan(25);
    expect(routes.filter(({ summary, tags }) => !summary || tags?.length !== 1)).toEqual([]);
  });

  it('is told by the endpoint', async () => {
    const lab = await open();
    expect((await lab.ask('GET', '/v1/openapi.json')).json).toEqual(document);
  });
});
