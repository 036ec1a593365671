import type { OperationRow } from '@nephos/core'
import type { z } from 'zod'
import type { Exchange } from '../exchange.ts'
import type { Reply } from '../reply.ts'

/** What can be done to a server, by the name of an action. */
export interface ServerVerb<A> {
  readonly arguments: z.ZodType<A>
  /** Minor numbers of the first and last microversion that have it. */
  readonly since?: number
  readonly until?: number
  readonly operations: readonly OperationRow[]
  /** 202 when absent. */
  readonly status?: number
  readonly run: (x: Exchange<never, unknown>, id: string, wanted: A) => Promise<Reply>
}

/** A row of the table: its arguments are parsed by its own schema before it runs. */
export function verb<A>(row: ServerVerb<A>): ServerVerb<never> {
  return row as unknown as ServerVerb<never>
}
