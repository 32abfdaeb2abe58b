import type { AccessibilityStatement } from '#src/policy/accessibility.ts';

type Found = Pick<AccessibilityStatement, 'notConform' | 'exempt'> &
  Omit<NonNullable<AccessibilityStatement['audit']>, 'by' | 'on' | 'version' | 'rate'>;

/** What the project’s own audit looked at, with what, and what it found wrong: docs/rgaa.md in short. */
export const softwareFound: Found = {
  notConform: [],
  exempt: [],
  technologies: ['HTML', 'CSS', 'SVG', 'WAI-ARIA', 'JavaScript', 'PDF'],
  environments: [
    {
      fr: 'Chromium, avec son arbre d’accessibilité complet et au clavier',
      en: 'Chromium, with its whole accessibility tree and by keyboard',
    },
    {
      fr: 'Firefox ESR, avec l’arbre que lit le lecteur d’écran Orca',
      en: 'Firefox ESR, with the tree that the screen reader Orca reads',
    },
    { fr: 'WebKitGTK, avec les rôles qu’il calcule', en: 'WebKitGTK, with the roles that it computes' },
    { fr: 'un lecteur d’écran simulé (Guidepup)', en: 'a simulated screen reader (Guidepup)' },
  ],
  tools: ['axe-core', 'html-validate', 'W3C Nu Html Checker', 'Playwright', 'qpdf'],
  pages: [
    {
      fr: 'toutes les pages, dans tous leurs états, en français et en anglais',
      en: 'every page in every state, in French and in English',
    },
    { fr: 'tous les emails', en: 'every email' },
    { fr: 'les courriers et les relevés (PDF)', en: 'the letters and the statements (PDF)' },
    {
      fr: 'le parcours complet, de l’accueil au compte, au clavier',
      en: 'the whole journey, from the home page to the account, by keyboard',
    },
  ],
};
