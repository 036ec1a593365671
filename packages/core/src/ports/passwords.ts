/** Password hashing as a parameter: slow on purpose, salted, and the runtime's own. */
export interface PasswordHasher {
  /**
   * A text that holds the algorithm, its cost, a fresh salt and the hash: all that `verify` needs.
   *
   * @throws CloudError `invalid` when the password is empty or longer than `limits.passwordBytes`.
   */
  hash(password: string): Promise<string>
  /**
   * True if the password made this hash. Compares in constant time; false for a hash of an unknown
   * form and, without hashing it, for a password that is too long.
   */
  verify(password: string, hash: string): Promise<boolean>
}
