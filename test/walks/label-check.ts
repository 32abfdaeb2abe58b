/** The labels that are missing, or come before one that the tutorial shows earlier. */
export function labelFaults(shown: string, labels: readonly string[]): string[] {
  const page = typeset(shown);
  let from = 0;
  const faults: string[] = [];
  for (const label of labels) {
    const wanted = typeset(label);
    const at = page.indexOf(wanted, from);
    if (at >= 0) from = at + wanted.length;
    else faults.push(`${page.includes(wanted) ? 'out of order' : 'missing'}: ${label}`);
  }
  return faults;
}

/** What typesetting may change in a label, and nothing else: apostrophes, quotes, ellipses, kinds and numbers of spaces. */
function typeset(text: string): string {
  return text
    .replaceAll('’', "'")
    .replace(/«\s|\s»/g, '"')
    .replaceAll('…', '...')
    .replace(/\s+/g, ' ')
    .trim();
}
