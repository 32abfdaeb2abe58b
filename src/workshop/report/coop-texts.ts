import type { ClassPlan } from '#src/exercise/class-event.ts';

/** The fields of the Coop’s form «atelier collectif», in its order and its words; the form exists in French alone. */
export const coopTexts = {
  title: 'Titre de l’atelier',
  people: 'Bénéficiaires anonymes',
  about: (count: number) => `${count} (déjà accompagnés, genre, tranche d’âge et statut\u00a0: à compléter)`,
  date: 'Date de l’accompagnement',
  duration: 'Durée',
  minutes: (offered: number, measured: number) =>
    offered === measured
      ? `${offered}\u00a0min`
      : `${offered}\u00a0min (mesurée sans les pauses\u00a0: ${measured}\u00a0min)`,
  place: 'Lieu de l’atelier',
  equipment: 'Matériel numérique utilisé',
  toComplete: 'à compléter',
  equipments: 'à compléter (Ordinateur, Téléphone, Tablette, Autre, Pas de matériel)',
  themes: 'Thématique(s) d’accompagnement de médiation numérique',
  health: 'Santé',
  mail: 'E-mail',
  safety: 'Prévention en sécurité numérique',
  level: 'Niveau de l’atelier',
  levels: {
    debutant: 'Débutant',
    intermediaire: 'Intermédiaire',
    avance: 'Avancé',
  } satisfies Record<ClassPlan['level'], string>,
  notes: 'Notes sur l’atelier',
  exercise: (title: string) => `Exercice\u00a0: ${title}, avec des personnes inventées.`,
  done: (done: number, taken: number) => `Ont fini l’exercice\u00a0: ${done} sur ${taken}.`,
  slowest: (step: string, minutes: number) =>
    `Étape la plus longue\u00a0: ${step} (${minutes}\u00a0min au plus).`,
  refused: (fields: string) => `Réponses souvent refusées\u00a0: ${fields}.`,
  faults: (faults: string) => `Incidents joués\u00a0: ${faults}.`,
  fault: (name: string, dealt: number, met: number) => `${name} (bien réagi\u00a0: ${dealt} sur ${met})`,
  hands: (hands: number) => `Mains levées\u00a0: ${hands}.`,
} as const;
