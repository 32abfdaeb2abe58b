import { randomBytes } from 'node:crypto';

/** The variables of a command in production, with keys of its own, on a database that this role may change. */
export function productionOn(ownerUrl: string): Record<string, string> {
  const key = () => `1:${randomBytes(32).toString('base64')}`;
  return {
    MODE: 'production',
    LEGAL_BASIS: 'texte fictif pour un essai',
    PUBLIC_URL: 'https://compte.exemple.fr',
    DATABASE_URL: ownerUrl,
    MASTER_KEYS: key(),
    PASSWORD_PEPPERS: key(),
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'ne-pas-repondre@exemple.fr',
    METRICS_PORT: 'off',
  };
}
