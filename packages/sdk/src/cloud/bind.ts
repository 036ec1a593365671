import { type Actor, type CallOptions, type ControlPlane, type Operation, type Page } from '@nephos/core'

/** Who calls through which control plane: what every bound function shares. */
export interface Session {
  readonly plane: ControlPlane
  readonly actor: Actor
}

/** An operation as a function of its input. */
export type Bound<In, O> = (input: In, options?: CallOptions) => Promise<O>

/** A paged operation as an async iterator over its items: pages are fetched as they are consumed. */
export type BoundList<In, T> = (
  filter?: Omit<In, 'marker' | 'limit'> & { readonly pageSize?: number },
  options?: Pick<CallOptions, 'signal'>,
) => AsyncGenerator<T, void, undefined>

export function bind<I, O, In>(session: Session, operation: Operation<I, O, In>): Bound<In, O> {
  return (input, options) => session.plane.invoke(session.actor, operation, input, options)
}

export function bindList<I, T, In>(session: Session, operation: Operation<I, Page<T>, In>): BoundList<In, T> {
  return async function* list(filter, options) {
    const { pageSize, ...rest } = filter ?? {}
    let marker: string | null = null
    do {
      const input = { ...rest, ...(pageSize === undefined ? {} : { limit: pageSize }), ...(marker ? { marker } : {}) }
      const page: Page<T> = await session.plane.invoke(session.actor, operation, input, options)
      yield* page.items
      marker = page.next
    } while (marker !== null)
  }
}
