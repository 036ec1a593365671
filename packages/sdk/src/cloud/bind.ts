import {
  type Actor,
  type CallOptions,
  CloudError,
  type ControlPlane,
  isCloudError,
  type Operation,
} from '@nephos/core'

/** Who calls through which control plane: what every bound function shares. */
export interface Session {
  readonly plane: ControlPlane
  readonly actor: Actor
}

/** An operation as a function of its input. */
export type Bound<In, O> = (input: In, options?: CallOptions) => Promise<O>

/**
 * A list as an async iterator over its items: pages are fetched as they are consumed. Items may be
 * deleted meanwhile; only where the order is not the id's, at least one item of a page must be left
 * when the next page is fetched.
 */
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
    const fetch = (marker?: string): Promise<readonly T[]> => {
      const input = { ...rest, limit: pageSize, ...(marker === undefined ? {} : { marker }) }
      return session.plane.invoke(session.actor, operation, input, options)
    }
    for (let page = await fetch(); ; page = await fetchAfter(page, fetch)) {
      yield* page
      if (page.length < pageSize) return
    }
  }
}

/**
 * The page after the last item of this one, or, where lists need the marker to exist, after the
 * last item that still does: all items between have been deleted.
 */
async function fetchAfter<T extends { readonly id: string }>(
  page: readonly T[],
  fetch: (marker?: string) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  let gone: unknown
  for (const { id } of page.toReversed()) {
    try {
      return await fetch(id)
    } catch (error) {
      if (!isCloudError(error) || error.field !== 'marker') throw error
      gone ??= error
    }
  }
  throw gone
}

/** @throws CloudError `invalid` for what is no object, such as null from a caller without types. */
export function requireObject(value: unknown, field: string): void {
  if (typeof value === 'object' && value !== null) return
  throw new CloudError('invalid', `${field}: is not an object.`, { field })
}
