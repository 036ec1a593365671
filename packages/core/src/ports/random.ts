/** Randomness as a parameter. */
export interface Random {
  /** A uniform unsigned 32-bit integer. */
  uint32(): number
  /** Fills and returns the array with uniform bytes. */
  bytes(length: number): Uint8Array
}
