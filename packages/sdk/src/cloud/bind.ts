import type { Actor, CallOptions, ControlPlane, Operation } from '@nephos/core'

/** Who calls through which control plane: what every bound function shares. */
export interface Session {
  readonly plane: ControlPlane
  readonly actor: Actor
}

/** An operation as a function of its input. */
export type Bound<In, O> = (input: In, options?: CallOptions) => Promise<O>

/** A list as an async iterator over its items: pages are fetched as they are consumed. */
export type BoundList<In, T> = (
  filter?: Omit<In, 'marker' | 'limit'> & { readonly pageSize?: number },
  options?: Pick<CallOptions, 'signal'>,
) => AsyncGenerator<T, void, undefined>

export function bind<I, O, In>(session: Session, operation: Operation<I, O, In>): Bound<In, O> {
  return (input, options) => session.plane.invoke(session.actor, operation, input, options)
}

/** Items of one page when the caller does not say. */
const defaultPageSize = 500

export function bindList<I, T extends { readonly id: string }, In>(
  session: Session,
  operation: Operation<I, readonly T[], In>,
): BoundList<In, T> {
  return async function* list(filter, options) {
    const { pageSize = defaultPageSize, ...rest } = filter ?? {}
    let marker: string | undefined
    do {
      const input = { ...rest, limit: pageSize, ...(marker === undefined ? {} : { marker }) }
      const page: readonly T[] = await session.plane.invoke(
        session.actor,
        operation,
        input,
        options,
      )
      yield* page
      marker = page.length < pageSize ? undefined : page.at(-1)?.id
    } while (marker !== undefined)
  }
}
