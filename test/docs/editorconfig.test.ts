import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

/** The settings of a section. */
function settingsOf(section: string): Readonly<Record<string, string>> {
  const part = read('.editorconfig')
    .split(/^(?=\[)/m)
    .find((text) => text.startsWith(`[${section}]\n`));
  return Object.fromEntries(
    (part ?? '').split('\n').flatMap((line) => {
      const [name = '', value] = line.split(' = ');
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

describe('.editorconfig', () => {
  it('says of code what biome.json says', () => {
    const { formatter } = JSON.parse(read('biome.json'));
    expect(settingsOf('*')).toMatchObject({
      indent_style: formatter.indentStyle,
      indent_size: String(formatter.indentWidth),
      max_line_length: String(formatter.lineWidth),
      end_of_line: formatter.lineEnding ?? 'lf',
    });
  });
});
