import type { Operation } from '@nephos/core'
import type { Action, Outcome, Tenant } from '../workload.ts'
import { absentId, canonical, foreign } from './aim.ts'

/** A way to ask for something by its id. */
export interface Probe {
  readonly kind: string
  readonly operation: string
  readonly ask: (tenant: Tenant, id: string) => Promise<Outcome<unknown>>
}

export function probe<I, O>(
  kind: string,
  operation: Operation<I, O>,
  input: (id: string, tenant: Tenant) => unknown = (id) => ({ id }),
): Probe {
  return {
    kind,
    operation: operation.id,
    ask: (tenant, id) =>
      // As the project's member also where operators may ask.
      tenant.call(operation, input(id, tenant), { as: tenant.member }),
  }
}

/** Asks for another tenant's thing, and for one that does not exist: nothing tells them apart. */
export function probing(service: string, weight: number, probes: readonly Probe[]): Action {
  return {
    name: `probe ${service} of others`,
    weight,
    run: async (tenant) => {
      const one = tenant.chance.pick(probes)
      if (!one) return
      const id = foreign(tenant, one.kind)
      const absent = absentId(tenant)
      const there = id === undefined ? undefined : await one.ask(tenant, id)
      const none = await one.ask(tenant, absent)
      if (id === undefined || !there || there.end === 'unknown' || none.end === 'unknown') return
      tenant.sometimes('a foreign id was probed')
      const [a, b] = [form(there, id), form(none, absent)]
      if (a === b) return
      tenant.report(22, id, `${one.operation} tells a foreign ${one.kind} from none: ${a} / ${b}`)
    },
  }
}

function form(outcome: Outcome<unknown>, id: string): string {
  const text =
    outcome.end === 'refused'
      ? `${outcome.code} ${outcome.message}`
      : `${outcome.end} ${outcome.end === 'ok' ? canonical(outcome.answer) : ''}`
  return text.replaceAll(id, '<id>')
}
