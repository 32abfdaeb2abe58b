/** What must not be found anywhere, by what it is. */
export type Secrets = Readonly<Record<string, string>>;

/** The ways in which a text could have been written on its way to a log or a table. */
function disguises(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const spaced = /^[\dAB]{11,}$/.test(secret)
    ? [
        secret.replace(/^(.)(..)(..)(..)(...)(...)/, '$1 $2 $3 $4 $5 $6'),
        secret.match(/.{1,4}/g)?.join(' ') ?? '',
      ]
    : [];
  return [
    secret,
    secret.toLowerCase(),
    ...spaced,
    ...spaced.map((text) => text.replaceAll(' ', '-')),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, '').slice(0, -1),
    bytes.toString('base64url').slice(0, -1),
  ];
}

/** Names of the secrets that a text holds, in whatever disguise. */
export function leaks(text: string, secrets: Secrets): string[] {
  if (Object.values(secrets).includes('')) throw new Error('A secret to look for is empty');
  const lower = text.toLowerCase();
  return Object.entries(secrets)
    .filter(([, secret]) =>
      disguises(secret).some((form) => text.includes(form) || lower.includes(form.toLowerCase())),
    )
    .map(([name]) => name);
}
