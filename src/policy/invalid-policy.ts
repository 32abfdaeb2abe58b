/** The policy file cannot be read or is not valid; the message lists what is wrong. */
export class InvalidPolicy extends Error {
  override readonly name = 'InvalidPolicy';
}
