/** Further properties that clients give a resource: kept and shown, never looked at. */
export type Extra = Readonly<Record<string, string | number | boolean | null>>
