import { environmentSchema } from '#src/config/schema.ts';
import { slipsBetween } from '#src/contact/domain-suggestion.ts';

/** Shorter names resemble those of other programs: npm itself sets `NODE`. */
const shortest = 6;

/**
 * Unknown variables whose names are a typing error away from a setting that is not set: one line each. Otherwise a
 * misspelt setting would silently have its default.
 */
export function misspelt(env: Readonly<Record<string, string | undefined>>): string[] {
  const names = Object.keys(environmentSchema.shape);
  const missing = names.filter((name) => name.length >= shortest && !env[name]?.trim());
  return Object.keys(env)
    .filter(
      (name) => /^[A-Z_]+$/.test(name) && name.length <= 40 && !names.includes(name) && env[name]?.trim(),
    )
    .flatMap((name) => {
      const meant = missing.find((candidate) => isSlip(name, candidate));
      return meant ? [`${name}: is no setting, ${meant} is`] : [];
    });
}

function isSlip(name: string, candidate: string): boolean {
  if (Math.abs(name.length - candidate.length) > 2) return false;
  return slipsBetween(name, candidate) <= (candidate.length >= 10 ? 2 : 1);
}
