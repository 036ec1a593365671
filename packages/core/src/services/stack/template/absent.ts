import type { Json } from '../../../model/stack/json.ts'

/** What an `if` without an else gives when it is false: what it stands in goes. By identity. */
export const absent: Json = Object.freeze({ '': 'is not there' })
