import { defineKind } from '../kind.ts'
import { type Child, childIndexes } from './tree.ts'

export const l7Actions = [
  'REJECT',
  'REDIRECT_TO_URL',
  'REDIRECT_PREFIX',
  'REDIRECT_TO_POOL',
] as const
export type L7Action = (typeof l7Actions)[number]

export const redirectCodes = [301, 302, 303, 307, 308] as const
export type RedirectCode = (typeof redirectCodes)[number]

/**
 * What a listener does with requests that all its rules match. Rejections are tried first, then
 * redirections to URLs, then those to pools; each by position, of equal ones the newer first.
 */
export interface L7Policy extends Child {
  readonly listenerId: string
  readonly name: string
  readonly description: string
  readonly action: L7Action
  readonly position: number
  /** Of `REDIRECT_TO_POOL`. */
  readonly redirectPoolId: string | null
  /** Of `REDIRECT_TO_URL`. */
  readonly redirectUrl: string | null
  /** Of `REDIRECT_PREFIX`. */
  readonly redirectPrefix: string | null
  /** Of both redirections to URLs. */
  readonly redirectCode: RedirectCode | null
}

export const l7PolicyKind = defineKind<L7Policy>(
  'l7Policy',
  { ...childIndexes, byListener: { fields: ['listenerId'] } },
  { events: {} },
)

/** `rules` of a policy. */
export function policyScope(policyId: string): string {
  return `l7Policy:${policyId}`
}
