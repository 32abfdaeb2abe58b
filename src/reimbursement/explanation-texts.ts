import { catalogue } from '#src/texts/language.ts';

/** The sentences of an explanation; amounts and days come written. */
export const explanationTexts = catalogue({
  fr: {
    paid: (paid: string) => `Vous avez payé ${paid}.`,
    price: (paid: string) => `Le prix est ${paid}. La caisse a payé sa part directement.`,
    byRate: (base: string, rate: string, reimbursed: string) =>
      `La base est ${base}, votre taux ${rate} : cela fait ${reimbursed}.`,
    reimbursed: (base: string, rate: string, reimbursed: string) =>
      `La base est ${base}, votre taux ${rate}. Remboursement : ${reimbursed}.`,
    kept: (kept: string) => `Retenue : ${kept}.`,
    given: (given: string) => `Versé : ${given}.`,
    beyond: (beyond: string) =>
      `Le prix dépasse la base de ${beyond} : l’Assurance Maladie ne rembourse pas ce dépassement.`,
    daily: (from: string, until: string, days: number, daily: string) =>
      `Du ${from} au ${until} : ${days === 1 ? '1 jour' : `${days} jours`}, à ${daily} par jour.`,
    period: (from: string, until: string) => `Pour la période du ${from} au ${until}.`,
    earlier: (kept: string) => `Retenue de ${kept}, pour un soin d’un autre paiement.`,
    all: (given: string) => `En tout, versé : ${given}.`,
    allLess: (lines: string, kept: string, given: string) =>
      `En tout : ${lines}, moins ${kept} pour des soins d’autres paiements. Versé : ${given}.`,
  },
  en: {
    paid: (paid: string) => `You paid ${paid}.`,
    price: (paid: string) => `The price is ${paid}. The fund paid its part directly.`,
    byRate: (base: string, rate: string, reimbursed: string) =>
      `The base is ${base}, your rate ${rate}: that makes ${reimbursed}.`,
    reimbursed: (base: string, rate: string, reimbursed: string) =>
      `The base is ${base}, your rate ${rate}. Reimbursement: ${reimbursed}.`,
    kept: (kept: string) => `Kept back: ${kept}.`,
    given: (given: string) => `Paid out: ${given}.`,
    beyond: (beyond: string) =>
      `The price is ${beyond} above the base: the health insurance does not reimburse that part.`,
    daily: (from: string, until: string, days: number, daily: string) =>
      `From ${from} to ${until}: ${days === 1 ? '1 day' : `${days} days`} at ${daily} a day.`,
    period: (from: string, until: string) => `For the time from ${from} to ${until}.`,
    earlier: (kept: string) => `${kept} kept back, for a treatment of another payment.`,
    all: (given: string) => `Paid out in all: ${given}.`,
    allLess: (lines: string, kept: string, given: string) =>
      `In all: ${lines}, less ${kept} for treatments of other payments. Paid out: ${given}.`,
  },
  plain: {
    fr: {
      price: (paid) => `Le prix est ${paid}. La caisse a payé sa part elle-même.`,
      byRate: (base, rate, reimbursed) =>
        `L’Assurance Maladie part de ${base}. Elle rend ${rate} : ${reimbursed}.`,
      reimbursed: (base, rate, reimbursed) =>
        `L’Assurance Maladie part de ${base}. Elle rend ${rate}. Cela donne ${reimbursed}.`,
      kept: (kept) => `Elle garde ${kept}.`,
      beyond: (beyond) => `Il y a ${beyond} de plus. L’Assurance Maladie ne les rend pas.`,
      earlier: (kept) => `L’Assurance Maladie garde ${kept}. C’est pour un soin déjà remboursé.`,
    },
  },
});
