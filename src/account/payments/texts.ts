import type { Act, PaymentKind } from '#src/reimbursement/payment.ts';
import { catalogue, type Language } from '#src/texts/language.ts';

/** The most that is kept back of one person in a year, and of such acts in a day; null where a day has no limit. */
interface Caps {
  readonly cap: string;
  readonly inADay: string | null;
}

/** What the filters of the list say. */
export const filterTexts = catalogue({
  fr: {
    you: 'Vous',
    summary: 'Filtrer mes paiements',
    from: 'Du',
    until: 'Au',
    days: 'Période',
    daysHint: (from: string) => `Les paiements sont affichés à partir du ${from}.`,
    person: 'Bénéficiaire',
    everybody: 'Tous les bénéficiaires',
    kinds: 'Nature du paiement',
    kindsHint: 'Plusieurs choix possibles. Sans choix, tout est affiché.',
    apply: 'AFFICHER',
    remove: 'Supprimer les filtres',
    /** Above the payments that are left. */
    chosen: (count: number, what: string) =>
      `${count === 1 ? '1 paiement' : `${count} paiements`} pour ces choix : ${what}.`,
    period: (from: string, until: string) => `du ${from} au ${until}`,
    /** The label of the field, before what is wrong with it. */
    ofField: (label: string, text: string) => `« ${label} » : ${text}`,
    notADay: 'Écrivez une date qui existe, par exemple 21/11/2026',
    tooEarly: (from: string) => `Choisissez une date à partir du ${from}`,
    tooLate: 'Choisissez une date qui n’est pas dans l’avenir',
    wrongOrder: 'Choisissez une fin de période qui vient après son début',
  },
  en: {
    you: 'You',
    summary: 'Filter my payments',
    from: 'From',
    until: 'To',
    days: 'Dates',
    daysHint: (from: string) => `Payments are shown from ${from} on.`,
    person: 'Beneficiary',
    everybody: 'All beneficiaries',
    kinds: 'Kind of payment',
    kindsHint: 'You can choose several. Without a choice, everything is shown.',
    apply: 'SHOW',
    remove: 'Remove the filters',
    chosen: (count: number, what: string) =>
      `${count === 1 ? '1 payment' : `${count} payments`} for these choices: ${what}.`,
    period: (from: string, until: string) => `from ${from} to ${until}`,
    ofField: (label: string, text: string) => `“${label}”: ${text}`,
    notADay: 'Enter a date that exists, for example 21/11/2026',
    tooEarly: (from: string) => `Choose a date from ${from} on`,
    tooLate: 'Choose a date that is not in the future',
    wrongOrder: 'Choose an end that comes after the beginning',
  },
  plain: {
    fr: {
      summary: 'Choisir des paiements',
      daysHint: (from) => `Le premier jour possible est le ${from}.`,
      person: 'Pour qui ?',
      everybody: 'Tout le monde',
      kinds: 'Quels paiements ?',
      kindsHint: 'Vous pouvez en cocher plusieurs.',
      apply: 'Afficher',
      remove: 'Tout afficher',
      notADay: 'Écrivez une date qui existe. Exemple : 21/11/2026',
      tooEarly: (from) => `Le premier jour possible est le ${from}`,
      tooLate: 'Choisissez un jour passé',
      wrongOrder: 'La fin doit venir après le début',
    },
    en: { summary: 'Choose payments', apply: 'Show', remove: 'Show all' },
  },
});

/** The kinds of payments: of several, and of one. */
export const kindTexts = catalogue<Record<'several' | 'one', Readonly<Record<PaymentKind, string>>>>({
  fr: {
    several: {
      care: 'Remboursements de soins',
      'third-party': 'Paiements à un tiers',
      'daily-allowance': 'Indemnités journalières',
      'invalidity-pension': 'Pensions d’invalidité',
      'work-accident-pension': 'Rentes',
    },
    one: {
      care: 'remboursement de soins',
      'third-party': 'paiement à un tiers',
      'daily-allowance': 'indemnités journalières',
      'invalidity-pension': 'pension d’invalidité',
      'work-accident-pension': 'rente',
    },
  },
  en: {
    several: {
      care: 'Reimbursements of care',
      'third-party': 'Payments to others',
      'daily-allowance': 'Daily allowances',
      'invalidity-pension': 'Invalidity pensions',
      'work-accident-pension': 'Work accident pensions',
    },
    one: {
      care: 'reimbursement of care',
      'third-party': 'payment to somebody else',
      'daily-allowance': 'daily allowances',
      'invalidity-pension': 'invalidity pension',
      'work-accident-pension': 'work accident pension',
    },
  },
  plain: {
    fr: {
      several: {
        care: 'Soins remboursés',
        'third-party': 'Sommes payées à quelqu’un d’autre',
        'daily-allowance': 'Indemnités d’arrêt de travail',
      },
      one: {
        care: 'soins remboursés',
        'third-party': 'somme payée à quelqu’un d’autre',
        'daily-allowance': 'indemnités d’arrêt de travail',
      },
    },
  },
});

/** What the list says. */
export const listTexts = catalogue({
  fr: {
    title: 'Mes paiements',
    months: (from: string) => `Vos paiements depuis le ${from}, le plus récent d’abord.`,
    statements: (count: number) => `Les ${count} derniers relevés de prestations sont disponibles.`,
    none: 'Vous n’avez pas encore de paiement.',
    noneWhy:
      'Un remboursement s’affiche ici dès que votre caisse l’a payé. Avec la carte Vitale, comptez environ une semaine après les soins. Avec une feuille de soins papier, comptez plusieurs semaines.',
    noneFiltered: 'Aucun paiement ne correspond à vos filtres.',
    month: (month: string, total: string) => `${month} : ${total}`,
    monthGoesOn: (month: string) => `${month}, suite`,
    day: 'Paiement',
    amount: 'Montant',
    payment: (day: string, kind: string) => `${day} : ${kind}`,
    statement: (month: string) => `Relevé mensuel ${month} (PDF)`,
    pages: 'Autres paiements',
    newer: 'Paiements plus récents',
    older: 'Paiements plus anciens',
    place: (from: number, to: number, all: number) => `Paiements ${from} à ${to} sur ${all}`,
    download: 'Télécharger',
    csv: 'Ces paiements pour un tableur (CSV)',
    tax: (year: number) => `Relevé fiscal ${year} (PDF)`,
    taxSoFar: (year: number) => `Relevé fiscal ${year}, jusqu’à aujourd’hui (PDF)`,
    caps: (year: number) => `Retenues en ${year}`,
    capsWhat: 'Une petite somme est retenue sur certains remboursements, jusqu’à un plafond pour l’année.',
    capKinds: { participation: 'Participations forfaitaires', franchise: 'Franchises' },
    capUsed: (kind: string, used: string, cap: string) => `${kind} : ${used} sur ${cap}`,
    capFull: 'Le plafond est atteint. Rien ne sera plus retenu cette année.',
  },
  en: {
    title: 'My payments',
    months: (from: string) => `Your payments since ${from}, the latest first.`,
    statements: (count: number) => `The ${count} latest statements are available.`,
    none: 'You have no payment yet.',
    noneWhy:
      'A reimbursement appears here as soon as your health insurance fund has paid it. With the carte Vitale, allow about a week after the treatment. With a form on paper, allow several weeks.',
    noneFiltered: 'No payment matches your filters.',
    month: (month: string, total: string) => `${month}: ${total}`,
    monthGoesOn: (month: string) => `${month}, continued`,
    day: 'Payment',
    amount: 'Amount',
    payment: (day: string, kind: string) => `${day}: ${kind}`,
    statement: (month: string) => `Monthly statement ${month} (PDF)`,
    pages: 'Other payments',
    newer: 'Later payments',
    older: 'Earlier payments',
    place: (from: number, to: number, all: number) => `Payments ${from} to ${to} of ${all}`,
    download: 'Download',
    csv: 'These payments for a spreadsheet (CSV)',
    tax: (year: number) => `Tax statement ${year} (PDF)`,
    taxSoFar: (year: number) => `Tax statement ${year}, until today (PDF)`,
    caps: (year: number) => `Kept back in ${year}`,
    capsWhat: 'A small sum is kept back from some reimbursements, up to a limit for the year.',
    capKinds: { participation: 'Flat-rate contributions', franchise: 'Excess charges' },
    capUsed: (kind: string, used: string, cap: string) => `${kind}: ${used} of ${cap}`,
    capFull: 'The limit is reached. Nothing more will be kept back this year.',
  },
  plain: {
    fr: {
      title: 'Vos paiements',
      months: (from) => `Voici vos paiements depuis le ${from}.`,
      statements: (count) => `Vous pouvez lire vos ${count} derniers relevés.`,
      noneWhy:
        'Un remboursement est ici dès que votre caisse l’a payé. Avec la carte Vitale, attendez environ une semaine.',
      noneFiltered: 'Il n’y a pas de paiement avec ces choix.',
      csv: 'Ces paiements pour un tableur',
      capsWhat: 'La caisse garde une petite somme sur certains soins. Il y a un maximum pour l’année.',
      capFull: 'Le maximum est atteint. La caisse ne garde plus rien cette année.',
    },
    en: { title: 'Your payments' },
  },
});

/** For what a sum is kept back, after its amount. */
const perAct: Record<Language, Readonly<Record<Act, string>>> = {
  fr: {
    consultation: 'par consultation',
    'doctor-act': 'par acte',
    'x-ray': 'par examen',
    laboratory: 'par analyse',
    'medicine-box': 'par boîte de médicament',
    paramedical: 'par acte',
    transport: 'par transport',
    other: 'par acte',
  },
  en: {
    consultation: 'for each consultation',
    'doctor-act': 'for each treatment',
    'x-ray': 'for each X-ray',
    laboratory: 'for each analysis',
    'medicine-box': 'for each box of medicine',
    paramedical: 'for each treatment',
    transport: 'for each transport',
    other: 'for each treatment',
  },
};

/** What the page of one payment says. */
export const paymentTexts = catalogue({
  fr: {
    title: (day: string) => `Paiement effectué le ${day}`,
    heading: (day: string, amount: string) => `Paiement effectué le ${day} pour un montant de ${amount}`,
    kind: 'Nature',
    recipient: 'Versé à',
    you: 'Vous',
    hidden:
      'Une partie de ce paiement concerne une personne majeure. Ses soins et leur montant ne sont pas affichés : le secret médical la protège. Elle peut les voir dans son propre compte.',
    hiddenUnknown:
      'Une partie de ce paiement concerne une autre personne. Votre caisse ne nous a pas encore dit qui est assuré avec vous : ses soins et leur montant ne sont pas affichés.',
    caption: (name: string) => `Détail pour ${name}`,
    captionYou: 'Détail pour vous',
    act: 'Nature de la prestation et date des soins',
    paid: 'Montant payé',
    base: 'Base de remboursement',
    rate: 'Taux',
    given: 'Montant versé',
    period: 'Nature de la prestation et période',
    daily: 'Montant par jour',
    of: (day: string) => `le ${day}`,
    ofPeriod: (from: string, until: string) => `du ${from} au ${until}`,
    care: 'Soins',
    benefits: 'Indemnités et pensions',
    explained: 'Comment ces montants sont calculés',
    deductions: 'Participations forfaitaires et franchises',
    deductionAct: 'Nature et date de l’acte',
    deductionAmount: 'Montant retenu',
    deductionsWhat: 'Ces sommes sont déjà retirées du total versé.',
    kept: (kind: string, label: string) => `${kind} : ${label}`,
    units: perAct.fr,
    rule: (kind: string, amount: string, unit: string, { cap, inADay }: Caps) =>
      `${kind} : ${amount} ${unit}, ${inADay === null ? '' : `${inADay} au plus par jour, `}${cap} au plus par an et par personne. Rien avant 18 ans.`,
    times: (count: number) => `${count} fois`,
    kinds: { participation: 'Participation forfaitaire', franchise: 'Franchise' },
    sentOn: {
      all: 'Ce remboursement a été transmis à la complémentaire santé.',
      some: 'Une partie de ce remboursement a été transmise à la complémentaire santé.',
      none: 'Ce remboursement n’a pas été transmis à une complémentaire santé. Si vous en avez une, envoyez-lui votre relevé mensuel.',
    },
    statement: (month: string) => `Relevé mensuel ${month} (PDF)`,
    wrong: 'Une erreur dans ce paiement ?',
    write: 'Écrivez à votre caisse',
    call: (telephone: string) => `ou téléphonez au ${telephone}.`,
    back: 'Mes paiements',
  },
  en: {
    title: (day: string) => `Payment made on ${day}`,
    heading: (day: string, amount: string) => `Payment of ${amount} made on ${day}`,
    kind: 'Kind',
    recipient: 'Paid to',
    you: 'You',
    hidden:
      'A part of this payment is about an adult. Their treatment and its amount are not shown: medical confidentiality protects them. They can see it in their own account.',
    hiddenUnknown:
      'A part of this payment is about somebody else. Your health insurance fund has not told us yet who is insured with you: their treatment and its amount are not shown.',
    caption: (name: string) => `Details for ${name}`,
    captionYou: 'Details for you',
    act: 'Treatment and its date',
    paid: 'Amount paid',
    base: 'Base of reimbursement',
    rate: 'Rate',
    given: 'Amount paid out',
    period: 'Benefit and its period',
    daily: 'Amount per day',
    of: (day: string) => `on ${day}`,
    ofPeriod: (from: string, until: string) => `from ${from} to ${until}`,
    care: 'Treatment',
    benefits: 'Allowances and pensions',
    explained: 'How these amounts were calculated',
    deductions: 'Flat-rate contributions and excess charges',
    deductionAct: 'Kind and date of the treatment',
    deductionAmount: 'Amount kept back',
    deductionsWhat: 'These sums are already subtracted from the total paid out.',
    kept: (kind: string, label: string) => `${kind}: ${label}`,
    units: perAct.en,
    rule: (kind: string, amount: string, unit: string, { cap, inADay }: Caps) =>
      `${kind}: ${amount} ${unit}, at most ${inADay === null ? '' : `${inADay} a day and `}${cap} a year for each person. Nothing below the age of 18.`,
    times: (count: number) => `${count} times`,
    kinds: { participation: 'Flat-rate contribution', franchise: 'Excess charge' },
    sentOn: {
      all: 'The complementary insurer was told of this reimbursement.',
      some: 'The complementary insurer was told of a part of this reimbursement.',
      none: 'No complementary insurer was told of this reimbursement. If you have one, send it your monthly statement.',
    },
    statement: (month: string) => `Monthly statement ${month} (PDF)`,
    wrong: 'A mistake in this payment?',
    write: 'Write to your health insurance fund',
    call: (telephone: string) => `or call ${telephone}.`,
    back: 'My payments',
  },
  plain: {
    fr: {
      title: (day) => `Paiement du ${day}`,
      heading: (day, amount) => `Paiement du ${day} : ${amount}`,
      hidden:
        'Une partie de ce paiement est pour un adulte. Ses soins et le montant ne sont pas affichés. Le secret médical le protège. Cet adulte peut les voir dans son propre compte.',
      hiddenUnknown:
        'Une partie de ce paiement est pour une autre personne. Nous ne savons pas encore qui est assuré avec vous. Ses soins et le montant ne sont pas affichés.',
      caption: (name) => `Les soins pour ${name}`,
      captionYou: 'Vos soins',
      act: 'Soin et date',
      base: 'Base',
      period: 'Paiement et période',
      explained: 'Le calcul',
      deductions: 'Ce que la caisse garde',
      deductionAct: 'Soin et date',
      deductionAmount: 'Somme gardée',
      deductionsWhat: 'Nous avons déjà enlevé ces sommes.',
      rule: (kind, amount, unit, { cap, inADay }) =>
        `${kind} : ${amount} ${unit}. Le maximum est ${inADay === null ? '' : `${inADay} par jour et `}${cap} par an et par personne. Les enfants ne paient rien.`,
      sentOn: {
        all: 'Votre mutuelle a reçu ces informations.',
        some: 'Votre mutuelle a reçu une partie de ces informations.',
        none: 'La mutuelle n’a pas reçu ces informations. Vous avez une mutuelle ? Envoyez-lui votre relevé du mois.',
      },
      wrong: 'Vous voyez une erreur ?',
      back: 'Vos paiements',
    },
    en: { captionYou: 'Your treatment', explained: 'The calculation', back: 'Your payments' },
  },
});
