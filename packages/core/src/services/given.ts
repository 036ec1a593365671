type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }

/** The members of a patch that were given: undefined means "leave as it is". */
export function given<T extends object>(patch: T): Given<T> {
  const entries = Object.entries(patch).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Given<T>
}
