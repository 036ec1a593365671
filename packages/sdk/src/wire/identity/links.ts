/** Makes the absolute URL of a path beneath the interface. */
export type UrlOf = (path: string) => string

/** The links of one resource. */
export function selfLink(url: UrlOf, path: string): { readonly links: { readonly self: string } } {
  return { links: { self: url(path) } }
}

/** A list as Keystone writes it. */
export function listBody(
  name: string,
  items: readonly unknown[],
  self: string,
  options: { readonly truncated?: boolean } = {},
): Readonly<Record<string, unknown>> {
  return {
    [name]: items,
    links: { self, previous: null, next: null },
    ...(options.truncated && { truncated: true }),
  }
}
