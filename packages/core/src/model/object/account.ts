import { defineKind, type Stored } from '../kind.ts'

/** Keys that sign temporary URLs: two, so that one can be replaced while the other is in use. */
export interface TempUrlKeys {
  readonly first: string | null
  readonly second: string | null
}

export const noTempUrlKeys: TempUrlKeys = Object.freeze({ first: null, second: null })

/** What a project keeps about its containers as a whole. Its id is the project's. */
export interface ObjectAccount extends Stored {
  readonly metadata: Readonly<Record<string, string>>
  readonly tempUrlKeys: TempUrlKeys
  readonly createdAt: number
  readonly updatedAt: number
}

export const objectAccountKind = defineKind<ObjectAccount>('objectAccount', {})
