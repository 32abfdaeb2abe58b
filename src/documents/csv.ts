/** Rows of cells as a file for spreadsheets: `;`, and UTF-8 with its mark. */
export function csvFile(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((cells) => `${cells.join(';')}\r\n`).join('')}`;
}

/** A text as a cell: no spreadsheet takes it for a formula. */
export function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[;"\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
