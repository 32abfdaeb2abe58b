/** Whether a text is an id as we make them. Ids come from addresses, hidden fields and command lines: anything may stand there. */
export function isUuid(text: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);
}
