/** What a spreadsheet would take for a formula: https://owasp.org/www-community/attacks/CSV_Injection */
const formula = /^\s*[=+\-@]|^[\t\r\n]/;

/** One line of a CSV file (RFC 4180). A cell that a spreadsheet would run is defused by an apostrophe before it. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => `"${(formula.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(',')}\r\n`;
}
