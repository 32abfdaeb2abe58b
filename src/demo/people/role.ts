import { type DemoPerson, personForJson } from '#src/fictitious/demo-register.ts';
import type { DemoRole } from '#src/services.ts';

/** What somebody of the demo’s register would type in the forms of the service; secrets are not among it. */
export function roleOfPerson(person: DemoPerson): DemoRole {
  const { nom, prenoms, nir, dateNaissance, codePostal, iban7, carte } = personForJson(person);
  const [day = '', month = '', year = ''] = dateNaissance.split('/');
  return {
    name: [prenoms[0], nom].filter(Boolean).join(' '),
    fields: new Map([
      ['nom', nom],
      ['nir', nir],
      ['dateNaissance-jour', day],
      ['dateNaissance-mois', month],
      ['dateNaissance-annee', year],
      ['codePostal', codePostal],
      ['iban7', iban7 ?? ''],
      ['numeroSerie', carte?.numeroSerie ?? ''],
    ]),
  };
}
