/** What stands at the top of a generated document. */
export const generated = '<!-- Written by `npm run docs`. Do not edit: change the code it is made of. -->';

/** A table of Markdown; a vertical bar inside a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
