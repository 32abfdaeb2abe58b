import { formatNir } from '#src/civil-status/nir.ts';
import type { DemoPaper, DemoRole } from '#src/services.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';

/** Whom a seat plays, with what they copy: nothing is filled in for somebody who learns to fill it in. */
export function roleOfSeat({ person: { line }, email, mobile }: SeatPerson): DemoRole {
  const { birthName, usageName, givenNames, nir, card, iban, address } = line;
  const papers: readonly (DemoPaper | null)[] = [
    { what: 'name', value: birthName },
    usageName === null ? null : { what: 'usageName', value: usageName },
    { what: 'givenNames', value: givenNames.join(', ') },
    { what: 'nir', value: formatNir(nir) },
    { what: 'birth', value: line.birthDate.split('-').reverse().join('/') },
    card && { what: 'serial', value: card.serial },
    iban === null ? null : { what: 'iban', value: inFours(iban) },
    { what: 'address', value: address.join(', ') },
    { what: 'email', value: email },
    { what: 'mobile', value: national(mobile) },
  ];
  return {
    name: `${givenNames[0] ?? ''} ${usageName ?? birthName}`,
    fields: new Map(),
    papers: papers.filter((one) => one !== null),
  };
}

/** An IBAN as it is printed; a narrow screen breaks it between its groups. */
export function inFours(iban: string): string {
  return iban.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/** A French number as people read it out. */
export function national(mobile: string): string {
  return `0${mobile.slice(3)}`.replaceAll(/(\d{2})(?=\d)/g, '$1\u00a0');
}
