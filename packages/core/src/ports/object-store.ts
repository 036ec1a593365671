/**
 * Where the bytes of objects live. Keys are opaque: never joined to a path unchecked. Unlike an
 * `ImageStore` it holds many millions of keys: it deletes and measures many at once, and lists them
 * page by page.
 */
export interface ObjectStore {
  /**
   * Writes the whole stream under the key, replacing what was there, durably before it resolves. A
   * stream that fails, or a signal that fires, leaves nothing under the key.
   *
   * @returns the number of bytes stored.
   */
  put(
    key: string,
    data: AsyncIterable<Uint8Array>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<number>
  /** The bytes from `start` (inclusive) to `end` (exclusive). Throws `notFound`. */
  get(
    key: string,
    options?: { readonly start?: number; readonly end?: number; readonly signal?: AbortSignal },
  ): AsyncIterable<Uint8Array>
  /** Sizes in bytes, in the order asked; undefined where absent. */
  sizes(keys: readonly string[]): Promise<(number | undefined)[]>
  /**
   * Removes the keys, durably before it resolves; removing an absent key is no error. One that
   * cannot be removed does not keep the others: it rejects once all were tried.
   */
  delete(keys: readonly string[]): Promise<void>
  /**
   * At most `limit` keys, in an order that is the store's own and does not change: those after
   * `after`, which need not exist any more. Fewer mean the end. A key that is put or removed
   * meanwhile may be listed or not.
   */
  list(page: { readonly after?: string; readonly limit: number }): Promise<string[]>
  /** Refuses everything with `closed` from now on. Idempotent. */
  close(): Promise<void>
}
