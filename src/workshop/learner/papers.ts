import { formatNir, nirKey } from '#src/civil-status/nir.ts';
import { bankDetails } from '#src/web/drawings/bank-details.ts';
import { cardBack } from '#src/web/drawings/card-back.ts';
import { cardFront } from '#src/web/drawings/card-front.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';
import type { SeatPerson } from '#src/workshop/classroom/roster.ts';

/** Both sides of the carte Vitale of a seat’s person, as one holds it; null where they have none. */
export function drawnCard(visit: Visit, { person: { line } }: SeatPerson): Html | null {
  const { card } = line;
  if (!card) return null;
  const name = [line.givenNames[0] ?? '', line.usageName ?? line.birthName].join(' ').toUpperCase();
  return html`<div class="tiles tiles--small">${cardFront(visit, card.type, { name, nir: `${formatNir(line.nir)} ${nirKey(line.nir)}` })}${cardBack(visit, card.type, card.serial)}</div>`;
}

/** The RIB of a seat’s person; null where they have none. */
export function drawnRib(visit: Visit, { person: { line } }: SeatPerson): Html | null {
  const name = [line.givenNames[0] ?? '', line.usageName ?? line.birthName].join(' ');
  return line.iban === null ? null : bankDetails(visit, { name, iban: line.iban });
}
