import { defineKind, type Stored } from '../kind.ts'

/** A name space of projects and users, and the unit of delegated administration. */
export interface Domain extends Stored {
  readonly name: string
  readonly description: string
  /** False: nobody may act in its projects, and none of its users may act anywhere. */
  readonly enabled: boolean
  readonly createdAt: number
  readonly updatedAt: number
}

/** Made at bootstrap; projects and users that name no domain belong to it. */
export const defaultDomainId = 'default'

export const domainKind = defineKind<Domain>(
  'domain',
  {
    byName: { fields: ['name'], unique: true },
  },
  { rights: 'written' },
)
