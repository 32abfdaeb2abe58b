/** Every address of the site: links, redirects, routes and tests come from here. */
export const paths = {
  home: '/',
  caisse: '/caisse',
  caisseConfirm: '/caisse/confirmer',
  identity: '/creer-mon-compte',
  proof: '/creer-mon-compte/verification',
  otherWays: '/creer-mon-compte/autres-moyens',
  notEligible: '/creer-mon-compte/non-eligible',
  provisionalCode: '/code-provisoire',
  letterTracker: '/code-provisoire/suivi',
  terms: '/creer-mon-compte/conditions',
  termsText: '/creer-mon-compte/conditions/texte',
  password: '/creer-mon-compte/mot-de-passe',
  contact: '/creer-mon-compte/coordonnees',
  waiting: '/creer-mon-compte/validation-email',
  waitingResend: '/creer-mon-compte/validation-email/renvoyer',
  waitingAddress: '/creer-mon-compte/validation-email/adresse',
  alreadyOpen: '/creer-mon-compte/compte-existant',
  link: '/validation-email/:token',
  linkResend: '/validation-email/:token/renvoyer',
  confirmed: '/adresse-confirmee',
  dispute: '/ce-n-est-pas-moi',
  disputeLink: '/ce-n-est-pas-moi/:token',
  frozen: '/compte-bloque',
  signIn: '/connexion',
  signOut: '/deconnexion',
  forgotten: '/connexion/mot-de-passe-oublie',
  forgottenSent: '/connexion/mot-de-passe-oublie/envoye',
  newPassword: '/connexion/nouveau-mot-de-passe/:token',
  account: '/mon-compte',
  accountInformation: '/mon-compte/informations',
  accountPassword: '/mon-compte/mot-de-passe',
  accountEmail: '/mon-compte/adresse-email',
  accountEmailCode: '/mon-compte/adresse-email/code',
  accountTelephones: '/mon-compte/telephones',
  accountConsents: '/mon-compte/consentements',
  accountCopy: '/mon-compte/copie',
  accountPaper: '/mon-compte/papier',
  accountDevices: '/mon-compte/appareils',
  accountForgetDevices: '/mon-compte/appareils/oublier',
  accountOffline: '/mon-compte/sans-reseau',
  accountDocuments: '/mon-compte/documents',
  accountDocument: '/mon-compte/documents/:id',
  accountPayments: '/mon-compte/paiements',
  accountPaymentsCsv: '/mon-compte/paiements.csv',
  accountPayment: '/mon-compte/paiements/:paiement',
  accountStatement: '/mon-compte/releves/:mois.pdf',
  accountTaxStatement: '/mon-compte/releve-fiscal/:annee.pdf',
  messages: '/mon-compte/messages',
  messageWrite: '/mon-compte/messages/ecrire',
  messageThread: '/mon-compte/messages/:id',
  messageFile: '/mon-compte/messages/:id/pieces/:file',
  accountAttestation: '/mon-compte/attestation-de-droits',
  accountEuropeanCard: '/mon-compte/carte-europeenne',
  franceConnect: '/franceconnect/connexion',
  franceConnectReturn: '/franceconnect/retour',
  franceConnectOutcome: '/franceconnect/suite',
  franceConnectLink: '/franceconnect/lier',
  franceConnectSignedOut: '/franceconnect/deconnexion',
  accountFranceConnect: '/mon-compte/franceconnect',
  unsubscribe: '/courriels/desinscription/:token',
  unsubscribeNow: '/courriels/desinscription/:token/arreter',
  check: '/verifier',
  checkCode: '/verifier/:token',
  extendSession: '/session/prolonger',
  app: '/application',
  offline: '/hors-ligne',
  notKept: '/hors-ligne/page-non-gardee',
  api: '/api/v1',
  help: '/aide',
  siteMap: '/plan-du-site',
  legal: '/mentions-legales',
  accessibility: '/accessibilite',
  securityAdvice: '/securite',
  personalData: '/donnees-personnelles',
} as const;

/** The address of a page that carries a secret sent by mail. */
export function withToken(path: `${string}/:token${string}`, token: string): string {
  return path.replace(':token', encodeURIComponent(token));
}

/** The address of a page about one thing of a person, by its id. */
export function withId(path: `${string}/:id`, id: string): string {
  return path.replace(':id', encodeURIComponent(id));
}

/** The address of a page with its parameters, which say nothing about anybody: ids. */
export function withParameters(path: string, parameters: Readonly<Record<string, string>>): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
}

/** The address of a page with what is asked of it, such as the filters of a list. */
export function withQuery(path: string, query: URLSearchParams): string {
  return query.size > 0 ? `${path}?${query}` : path;
}
