import type { Operation } from '@nephos/core'
import { Known, type Outcome, type Tenant } from '../../src/simulate/workload.ts'
import { Chance } from '../../src/world/chance.ts'

/** How a call ends: what a script says of an operation and its input. */
export type Script = (operation: string, input: never) => Outcome<unknown>

export interface ScriptedTenant extends Tenant {
  /** Numbers of the invariants that were reported as broken. */
  readonly reported: readonly number[]
}

/** A tenant of no cloud: each call ends as the script says. */
export function scriptedTenant(script: Script, seed = 1): ScriptedTenant {
  const reported: number[] = []
  const member = {
    userId: 'u',
    projectId: 'p',
    domainId: 'default',
    roles: ['admin', 'member', 'reader'],
    system: false,
  }
  return {
    reported,
    name: 'anna',
    projectId: 'p',
    member,
    operator: { ...member, projectId: null, domainId: null, roles: ['admin'], system: true },
    chance: new Chance(seed, 'scripted'),
    batch: 3,
    known: new Known(),
    common: new Known(),
    call: async <I, O>({ id }: Operation<I, O>, input: unknown) =>
      script(id, input as never) as Outcome<O>,
    attempt: async <T>(name: string) => script(name, undefined as never) as Outcome<T>,
    secret: () => 'secret-1',
    rest: () => Promise.resolve(),
    sometimes: () => undefined,
    report: (invariant) => reported.push(invariant),
  }
}

export function ok(answer: unknown): Outcome<unknown> {
  return { end: 'ok', answer }
}

export function refused(code: string, message = 'No.'): Outcome<unknown> {
  return { end: 'refused', code, message }
}
