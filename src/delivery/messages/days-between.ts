/** Whole days from one instant to another, both ISO 8601. */
export function daysBetween(from: string, until: string): number {
  return Math.floor((Date.parse(until) - Date.parse(from)) / 86_400_000);
}
