/**
 * What the project’s own audit of the software found, criterion by criterion, in docs/rgaa.md: a test compares the
 * counts. `partielle` whatever the rate, while nobody has tried the pages with the screen readers of the RGAA’s
 * reference environment.
 */
export const softwareAudit = {
  on: '2026-11-26',
  version: '4.1.2',
  conform: 68,
  applicable: 68,
  state: 'partielle',
} as const;

/** The share of applicable criteria that are met, in percent, rounded down to a tenth. */
export function softwareRate(): number {
  return Math.floor((softwareAudit.conform / softwareAudit.applicable) * 1000) / 10;
}
