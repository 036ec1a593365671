/** Identifiers as a parameter. */
export interface Ids {
  /**
   * A new UUID (version 7): unique, and ordered by time within one process, so that rows append to
   * their indexes.
   */
  next(): string
}
