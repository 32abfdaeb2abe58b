import { environmentSchema } from '#src/config/schema.ts';
import { fileSetting, secretSettings } from '#src/config/secrets/secret-files.ts';
import { slipsBetween } from '#src/contact/domain-suggestion.ts';

/** Shorter names resemble those of other programs: npm itself sets `NODE`. */
const shortest = 6;

/**
 * Unknown variables whose names are a typing error away from a setting that is not set, or that name a file for a setting
 * that is no secret: one line each. Otherwise such a setting would silently have its default.
 */
export function misspelt(env: Readonly<Record<string, string | undefined>>): string[] {
  const settings = Object.keys(environmentSchema.shape);
  const names = [...settings, ...secretSettings.map(fileSetting)];
  const missing = names.filter((name) => name.length >= shortest && !env[name]?.trim());
  return Object.keys(env)
    .filter(
      (name) => /^[A-Z_]+$/.test(name) && name.length <= 40 && !names.includes(name) && env[name]?.trim(),
    )
    .flatMap((name) => {
      const plain = name.replace(/_FILE$/, '');
      if (plain !== name && plain.length >= shortest && settings.includes(plain))
        return [`${name}: is no setting, only secrets are read from files: set ${plain}`];
      const meant = missing.find((candidate) => isSlip(name, candidate));
      return meant ? [`${name}: is no setting, ${meant} is`] : [];
    });
}

function isSlip(name: string, candidate: string): boolean {
  if (Math.abs(name.length - candidate.length) > 2) return false;
  return slipsBetween(name, candidate) <= (candidate.length >= 10 ? 2 : 1);
}
