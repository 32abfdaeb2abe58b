/** The units of the clock’s form, with the duration (ISO 8601) of a number of each. */
export const clockUnits = {
  minutes: (count: number) => `PT${count}M`,
  heures: (count: number) => `PT${count}H`,
  jours: (count: number) => `P${count}D`,
  semaines: (count: number) => `P${count}W`,
  mois: (count: number) => `P${count}M`,
} as const;

export type ClockUnit = keyof typeof clockUnits;

export const unitNames: readonly ClockUnit[] = ['minutes', 'heures', 'jours', 'semaines', 'mois'];

/** What a form or a program asks for, in ISO 8601: a duration, or a number and a unit. Other text is left as it is. */
export function durationOf(typed: { avancerDe: string; nombre: string; unite: string }): string {
  if (typed.avancerDe !== '') return typed.avancerDe;
  const unit = unitNames.find((name) => name === typed.unite);
  const count = typed.nombre.trim();
  return unit && /^\d{1,6}$/.test(count) ? clockUnits[unit](Number(count)) : count;
}
