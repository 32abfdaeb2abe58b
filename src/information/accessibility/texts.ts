import type { ConformityState } from '#src/policy/accessibility.ts';
import { catalogue } from '#src/texts/language.ts';

interface Texts {
  readonly title: string;
  /** The body that publishes the service, where the policy does not name it. */
  readonly someBody: string;
  readonly project: string;
  readonly commits: (body: string) => string;
  /** For a body that has published nothing: what the law asks of it. */
  readonly obliged: (body: string) => string;
  readonly law: string;
  readonly multiYear: string;
  readonly annual: string;
  readonly noPlans: string;
  readonly appliesTo: (service: string) => string;
  readonly demo: string;
  readonly stateTitle: string;
  readonly states: Readonly<Record<ConformityState, string>>;
  readonly isState: (service: string) => string;
  readonly withRgaa: (version: string) => string;
  readonly because: string;
  readonly noAudit: string;
  readonly notPublished: (body: string) => string;
  readonly resultsTitle: string;
  readonly results: (by: string, on: string, rate: string) => string;
  readonly softwareTitle: string;
  readonly softwareResults: (on: string, version: string, rate: string, ratio: string) => string;
  readonly softwareWhy: string;
  readonly contentsTitle: string;
  readonly notConform: string;
  readonly derogations: string;
  readonly exempt: string;
  readonly none: string;
  readonly nothingKnown: string;
  readonly madeTitle: string;
  readonly established: (on: string) => string;
  readonly updated: (on: string) => string;
  readonly technologies: string;
  readonly environments: string;
  readonly tools: string;
  readonly pages: string;
  readonly contactTitle: string;
  readonly contactLead: string;
  readonly contactSay: string;
  readonly writeTo: string;
  readonly writeForm: string;
  readonly orCall: string;
  readonly remediesTitle: string;
  readonly remedies: string;
  readonly youCan: string;
  readonly defenderMessage: string;
  readonly defenderCall: string;
  readonly defenderDelegate: string;
  readonly defenderLetter: string;
  readonly defenderAddress: string;
}

/** The words of the model of the RGAA (arrêté of 20 September 2019), in short sentences. */
export const statementTexts = catalogue<Texts>({
  fr: {
    title: 'Déclaration d’accessibilité',
    someBody: 'L’organisme d’assurance maladie qui propose ce service',
    project: 'Le projet compte-assure',
    commits: (body) => `${body} s’engage à rendre ce service accessible à tous. C’est ce que demande`,
    obliged: (body) => `${body} doit le rendre accessible à tous. C’est ce que demande`,
    law: 'l’article 47 de la loi n° 2005-102 du 11 février 2005',
    multiYear: 'Schéma pluriannuel d’accessibilité',
    annual: 'Plan d’actions de l’année',
    noPlans: 'Le schéma pluriannuel et le plan d’actions de l’année ne sont pas publiés ici.',
    appliesTo: (service) =>
      `Cette déclaration s’applique au service « ${service} » : ses pages, ses emails et ses courriers.`,
    demo: 'Ceci est la démonstration du logiciel. La déclaration est celle du projet qui l’écrit.',
    stateTitle: 'État de conformité',
    states: {
      totale: 'totalement conforme',
      partielle: 'partiellement conforme',
      non: 'non conforme',
    },
    isState: (service) => `Le service « ${service} » est`,
    withRgaa: (version) =>
      `au référentiel général d’amélioration de l’accessibilité (RGAA), version ${version}.`,
    because: 'Les raisons sont écrites plus bas.',
    noAudit:
      'au référentiel général d’amélioration de l’accessibilité (RGAA) : aucun audit valable n’est publié.',
    notPublished: (body) =>
      `${body} n’a pas publié d’audit de cette installation. Dans ce cas, la loi dit « non conforme ».`,
    resultsTitle: 'Résultats de l’audit',
    results: (by, on, rate) =>
      `L’audit de conformité réalisé par ${by} le ${on} montre que ${rate} % des critères applicables sont respectés.`,
    softwareTitle: 'Ce que l’on sait du logiciel',
    softwareResults: (on, version, rate, ratio) =>
      `Le projet compte-assure a vérifié son logiciel le ${on}, avec le RGAA ${version}. ${rate} % des critères applicables sont respectés (${ratio}). C’est un audit interne.`,
    softwareWhy:
      'Les lecteurs d’écran NVDA, JAWS, VoiceOver et TalkBack n’ont pas été essayés avec leurs utilisateurs. Le projet ne dit donc pas « totalement conforme ».',
    contentsTitle: 'Contenus non accessibles',
    notConform: 'Non-conformités',
    derogations: 'Dérogations pour charge disproportionnée',
    exempt: 'Contenus qui ne sont pas soumis à l’obligation d’accessibilité',
    none: 'Aucune connue.',
    nothingKnown: 'Aucun connu.',
    madeTitle: 'Établissement de cette déclaration',
    established: (on) => `Cette déclaration a été établie le ${on}.`,
    updated: (on) => `Elle a été mise à jour le ${on}.`,
    technologies: 'Technologies utilisées',
    environments: 'Environnement de test',
    tools: 'Outils utilisés',
    pages: 'Pages vérifiées',
    contactTitle: 'Retour d’information et contact',
    contactLead:
      'Une page ou un courrier vous pose problème ? Écrivez-nous. Nous vous proposerons une autre façon de faire, ou le même contenu sous une autre forme.',
    contactSay: 'Dites quelle page pose problème, et avec quel appareil ou quel logiciel.',
    writeTo: 'Envoyez un message à',
    writeForm: 'Envoyez un message par le formulaire',
    orCall: 'Vous pouvez aussi téléphoner au',
    remediesTitle: 'Voies de recours',
    remedies:
      'Vous avez signalé un défaut d’accessibilité et vous n’avez pas reçu de réponse satisfaisante ? Vous pouvez saisir le Défenseur des droits. C’est gratuit.',
    youCan: 'Vous pouvez :',
    defenderMessage: 'Écrire un message au Défenseur des droits',
    defenderCall: 'Téléphoner au',
    defenderDelegate: 'Rencontrer un délégué du Défenseur des droits près de chez vous',
    defenderLetter: 'Envoyer une lettre, sans timbre :',
    defenderAddress: 'Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07',
  },
  en: {
    title: 'Accessibility statement',
    someBody: 'The health insurance body that offers this service',
    project: 'The project compte-assure',
    commits: (body) => `${body} commits itself to make this service accessible to everybody, as required by`,
    obliged: (body) => `${body} must make it accessible to everybody, as required by`,
    law: 'article 47 of law no. 2005-102 of 11 February 2005',
    multiYear: 'Multi-year accessibility plan',
    annual: 'This year’s action plan',
    noPlans: 'The multi-year plan and this year’s action plan are not published here.',
    appliesTo: (service) =>
      `This statement applies to the service “${service}”: its pages, its emails and its letters.`,
    demo: 'This is the demonstration of the software. The statement is that of the project that writes it.',
    stateTitle: 'State of compliance',
    states: {
      totale: 'fully compliant',
      partielle: 'partially compliant',
      non: 'not compliant',
    },
    isState: (service) => `The service “${service}” is`,
    withRgaa: (version) => `with the French accessibility standard (RGAA), version ${version}.`,
    because: 'The reasons are given below.',
    noAudit: 'with the French accessibility standard (RGAA): no valid audit is published.',
    notPublished: (body) =>
      `${body} has not published an audit of this installation. In that case the law says “not compliant”.`,
    resultsTitle: 'Results of the audit',
    results: (by, on, rate) =>
      `The compliance audit carried out by ${by} on ${on} shows that ${rate}% of the applicable criteria are met.`,
    softwareTitle: 'What is known of the software',
    softwareResults: (on, version, rate, ratio) =>
      `The project compte-assure checked its software on ${on}, with RGAA ${version}. ${rate}% of the applicable criteria are met (${ratio}). This is an internal audit.`,
    softwareWhy:
      'The screen readers NVDA, JAWS, VoiceOver and TalkBack were not tried with the people who use them. The project therefore does not say “fully compliant”.',
    contentsTitle: 'Contents that are not accessible',
    notConform: 'Non-compliance',
    derogations: 'Derogations for disproportionate burden',
    exempt: 'Contents to which the duty does not apply',
    none: 'None known.',
    nothingKnown: 'None known.',
    madeTitle: 'How this statement was made',
    established: (on) => `This statement was established on ${on}.`,
    updated: (on) => `It was updated on ${on}.`,
    technologies: 'Technologies used',
    environments: 'Test environment',
    tools: 'Tools used',
    pages: 'Pages that were checked',
    contactTitle: 'Feedback and contact',
    contactLead:
      'A page or a letter is difficult for you? Write to us. We will offer you another way to do it, or the same content in another form.',
    contactSay: 'Say which page is difficult, and with which device or software.',
    writeTo: 'Send a message to',
    writeForm: 'Send a message with the form',
    orCall: 'You can also call',
    remediesTitle: 'Remedies',
    remedies:
      'You have reported an accessibility defect and have not received a satisfactory answer? You can turn to the French Defender of Rights. It is free.',
    youCan: 'You can:',
    defenderMessage: 'Write a message to the Defender of Rights',
    defenderCall: 'Call',
    defenderDelegate: 'Meet a delegate of the Defender of Rights near you',
    defenderLetter: 'Send a letter, without a stamp:',
    defenderAddress: 'Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07',
  },
});
