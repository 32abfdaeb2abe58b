const separator = '(?:[\\s\\u00a0\\u202f._/+-]|%20)?';

function shape(source: string, flags = ''): RegExp {
  return new RegExp(source.replaceAll('~', separator), `gu${flags}`);
}

/** 13 or 15 characters, Corsica included, with or without separators. The key is not checked: a typo counts too. */
const nir = shape('(?<!\\d)[1-478](?:~\\d){4}~\\d~[\\dAB](?:~\\d){6}(?:(?:~\\d){2})?(?!\\d)', 'i');
const frenchIban = shape('(?<![a-z\\d])FR~\\d~\\d(?:~\\d){10}(?:~[a-z\\d]){11}(?:~\\d){2}(?![a-z\\d])', 'i');
const iban = shape('(?<![A-Za-z\\d])[A-Z]{2}\\d{2}(?:~[A-Z\\d]){11,30}(?![A-Za-z\\d])');
const email = shape("[\\p{L}\\p{N}._%+'-]{1,64}(?:@|%40)[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63})+");
const telephone = shape('(?<!\\d)(?:(?:\\+|%2B|00)33~[1-9]|0[1-9])(?:~\\d\\d){4}(?!\\d)', 'i');

/** A long random text: the token of a link, a cookie, a key. A UUID is not one. */
const token = shape(
  '(?<![\\w-])(?![\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}(?![\\w-]))(?=[\\w-]*\\d)[\\w-]{32,}',
);
const base64 = shape('(?<![A-Za-z\\d+/])[A-Za-z\\d+/]{20,}={1,2}');

const personal = [email, frenchIban, iban, nir, telephone];

/** Whether a text holds something shaped like a NIR, an IBAN, an e-mail address or a French telephone number. */
export function containsPersonalData(text: string): boolean {
  return personal.some((pattern) => text.search(pattern) >= 0);
}

/** The text with these, and long secret tokens, replaced by `[masked]`: the last safeguard before any output. */
export function maskPersonalData(text: string): string {
  let masked = text;
  for (const pattern of [...personal, base64, token]) masked = masked.replace(pattern, '[masked]');
  return masked;
}
