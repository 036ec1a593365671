/**
 * Carries doorbells only: a topic rang, go and look. Losing, repeating or reordering every message
 * costs latency, never correctness. One publish carries any number of topics, so its load does not
 * grow with instances.
 */
export interface Bus {
  /**
   * Rings each topic once. At most once delivery; resolves when handed over. Errors are the
   * caller's to ignore.
   */
  publish(topics: readonly string[]): Promise<void>
  /**
   * Calls `ring` (soon, and at least once after a burst) whenever the topic rings. Returns the
   * unsubscriber.
   */
  subscribe(topic: string, ring: () => void): () => void
  /** Messages published so far. */
  readonly messages: number
  close(): Promise<void>
}
