/** A structured header field (RFC 2045, 5.1): its value and its parameters. */
export interface HeaderValue {
  /** In lower case, without comments or spaces. */
  readonly value: string;
  /** A parameter by its name in lower case, whole or in continuations (RFC 2231); null when there is none. */
  parameter(name: string): string | null;
}

/** Reads `multipart/report (a comment); boundary="…"` in one pass over the characters. */
export function readHeaderValue(text: string): HeaderValue {
  const [value = '', ...sections] = sectionsOf(text);
  const parameters = sections.map((section) => {
    const equals = section.indexOf('=');
    return [section.slice(0, Math.max(0, equals)).toLowerCase(), section.slice(equals + 1)] as const;
  });
  return {
    value: value.toLowerCase(),
    parameter(name) {
      const plain = parameters.find(([candidate]) => candidate === name);
      if (plain) return plain[1];
      const pieces = parameters.flatMap(([candidate, piece]) =>
        candidate.startsWith(`${name}*`) ? (pieceOf(candidate.slice(name.length), piece) ?? []) : [],
      );
      if (pieces.length === 0) return null;
      return pieces
        .sort((a, b) => a.place - b.place)
        .map(({ text: piece }) => piece)
        .join('');
    },
  };
}

/**
 * The sections between semicolons, unquoted, without comments and spaces. A parenthesis inside a word does not start a
 * comment: some servers forget to quote boundaries that contain one.
 */
function sectionsOf(text: string): readonly string[] {
  const sections: string[] = [];
  let section = '';
  let quoted = false;
  let comments = 0;
  let afterSpace = true;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '\\' && (quoted || comments > 0)) {
      at += 1;
      if (quoted) section += text.charAt(at);
    } else if (quoted) {
      if (sign === '"') quoted = false;
      else section += sign;
    } else if (comments > 0) {
      if (sign === '(') comments += 1;
      else if (sign === ')') comments -= 1;
    } else if (sign === '(' && afterSpace) comments = 1;
    else if (sign === '"') quoted = true;
    else if (sign === ';') {
      sections.push(section);
      section = '';
    } else if (sign !== ' ' && sign !== '\t') section += sign;
    afterSpace = sign === ' ' || sign === '\t' || sign === ';' || sign === ')';
  }
  return [...sections, section];
}

/** One piece of a parameter, by the suffix of its name: `*` (whole), `*1`, `*1*`; a final `*` marks it as encoded. */
function pieceOf(suffix: string, text: string): { readonly place: number; readonly text: string } | null {
  const [, digits, encoded] = /^\*(\d{1,2})?(\*)?$/.exec(suffix) ?? [];
  if (suffix !== '*' && digits === undefined) return null;
  const place = Number(digits ?? 0);
  if (suffix !== '*' && encoded === undefined) return { place, text };
  const written = place === 0 ? text.replace(/^[^']*'[^']*'/, '') : text;
  return { place, text: written.replace(/%([\da-f]{2})/gi, (_, code) => character(code)) };
}

function character(code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16));
}
