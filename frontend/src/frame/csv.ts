/* The same rules as the server's (`app/web/csv_table.py`): a CSV that a spreadsheet opens in French and never runs. */

// OWASP: a cell that starts so is run on opening; the full-width forms are read as the same by Excel in Asian locales.
const RUN = /^[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^-?\d+([.,]\d+)?$/;

function cell(text: string): string {
  const safe = RUN.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A head and its rows, in UTF-8 with its mark. */
export function csvOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\uFEFF${[head, ...rows].map((row) => `${row.map(cell).join(';')}\r\n`).join('')}`;
}
