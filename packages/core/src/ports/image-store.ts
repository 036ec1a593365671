/** One of several stores, as users are told of it. */
export interface ImageStoreInfo {
  readonly name: string
  readonly description: string
}

/** Where image bytes live. Keys are opaque: never joined to a path unchecked. */
export interface ImageStore {
  /**
   * The stores behind this one, the one that takes what names none first; absent: it is one, called
   * `default`. A key says its store after an `@`; without, it is that called `default`.
   */
  readonly stores?: readonly ImageStoreInfo[]
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
  /** Size in bytes, or undefined when absent. */
  size(key: string): Promise<number | undefined>
  /** Removes the key; removing an absent key is no error. */
  delete(key: string): Promise<void>
  /** Every key, for the audit. */
  list(): AsyncIterable<string>
  close(): Promise<void>
}
