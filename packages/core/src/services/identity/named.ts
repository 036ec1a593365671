import type { Kernel } from '../../kernel.ts'
import { domainKind } from '../../model/identity/domain.ts'
import type { ActorScope } from './actor.ts'
import { refused } from './refused.ts'
import { projectByName } from './project.ts'

/** A domain by its id or its name. */
export type DomainRef = { readonly id: string } | { readonly name: string }

/** A project by its id, or by its name in a domain. */
export type ProjectRef =
  | { readonly id: string }
  | { readonly name: string; readonly domain: DomainRef }

/** A scope as somebody names it who has not proven anything yet. */
export type ScopeRef =
  | { readonly project: ProjectRef }
  | { readonly domain: DomainRef }
  | { readonly system: true }

/**
 * The scope that names stand for. To be asked only for somebody who has proven who he is.
 *
 * @throws CloudError `unauthenticated` for names of nothing.
 */
export async function scopeOf(kernel: Kernel, ref: ScopeRef): Promise<Omit<ActorScope, 'userId'>> {
  if ('system' in ref) return { system: true }
  if ('domain' in ref) return { domainId: required(await domainIdOf(kernel, ref.domain)) }
  if ('id' in ref.project) return { projectId: ref.project.id }
  const { name, domain } = ref.project
  const domainId = required(await domainIdOf(kernel, domain))
  return { projectId: required((await projectByName(kernel, domainId, name))?.id) }
}

/** The id of a domain; undefined when no domain has this name. */
export async function domainIdOf(kernel: Kernel, ref: DomainRef): Promise<string | undefined> {
  if ('id' in ref) return ref.id
  const [domain] = await kernel.store.lookup(domainKind, 'byName', [[ref.name]])
  return domain?.id
}

function required(id: string | undefined): string {
  if (id === undefined) throw refused()
  return id
}
