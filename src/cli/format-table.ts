/**
 * Lays cells out in columns under a heading; columns are as wide as their widest cell, and no line ends in blanks.
 *
 * @param rows cells of one line each
 */
export function formatTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `${cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [heading, rule, ...rows].map(line).join('');
}
