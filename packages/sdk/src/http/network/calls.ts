import type { Actor, Operation } from '@nephos/core'
import { CloudError, isCloudError } from '@nephos/core'
import type { Exchange } from '../exchange.ts'
import { HttpError } from '../faults.ts'
import { type ErrorNames, named } from './faults.ts'

/** Any exchange: what the caller may do does not hang on what was sent. */
export type Asked = Exchange<unknown, unknown>

/** Administrators act on every project's resources, as in Neutron; others on their own. */
export function actorOf(x: Asked): Actor {
  return x.operator ?? x.actor
}

/** Invokes an operation as the caller, with Neutron's names for what it may run into. */
export function ask<I, O, In>(
  x: Asked,
  operation: Operation<I, O, In>,
  input: NoInfer<In>,
  names: ErrorNames = {},
  step?: string,
): Promise<O> {
  const options = step === undefined ? {} : { step }
  return named(names, () => x.invokeAs(actorOf(x), operation, input, options))
}

/**
 * The project that a new resource is to belong to.
 *
 * @throws CloudError `invalid` for two of them, or for another one's by whom may not choose.
 */
export function projectOf(
  x: Asked,
  body: { readonly project_id?: string | undefined; readonly tenant_id?: string | undefined },
): string | undefined {
  const { project_id: projectId, tenant_id: tenantId } = body
  if (projectId !== undefined && tenantId !== undefined && projectId !== tenantId) {
    throw invalidOwner("'project_id' and 'tenant_id' do not match")
  }
  const own = x.actor.projectId ?? undefined
  const asked = projectId ?? tenantId
  if (asked === undefined || asked === own || x.operator) return asked ?? own
  throw invalidOwner('project_id: only administrators choose another project than their own.')
}

function invalidOwner(message: string): CloudError {
  return new CloudError('invalid', message, { field: 'project_id' })
}

/**
 * The revision that the caller has seen, by `If-Match: revision_number=7`.
 *
 * @throws HttpError 412 for a header of another form.
 */
export function seenRevision(x: Asked): number | undefined {
  const header = x.headers.get('if-match')
  if (header === null) return undefined
  const revision = /^"?revision_number=(\d{1,15})"?$/.exec(header.trim())?.[1]
  if (revision === undefined || Number(revision) < 1) {
    throw new HttpError(412, 'If-Match: is not of the form revision_number=7.', {
      field: 'If-Match',
      code: 'stale',
      detail: { type: 'RevisionNumberConstraintFailed' },
    })
  }
  return Number(revision)
}

/** How long a request waits for the data plane to let go of something, in milliseconds. */
const patience = 10_000

/**
 * Waits until something cannot be read any more, so that what it held is free when the caller is
 * answered, as it is with Neutron. What takes longer goes on by itself.
 */
export async function untilGone(x: Asked, read: () => Promise<unknown>): Promise<void> {
  const { clock } = x.plane.kernel
  const end = clock.elapsed() + patience
  for (let pause = 2; clock.elapsed() < end; pause = Math.min(pause * 2, 100)) {
    try {
      await read()
    } catch (error) {
      if (isCloudError(error) && error.code === 'notFound') return
      throw error
    }
    await clock.sleep(pause, { signal: x.signal })
  }
}

/**
 * Makes several things one after the other; when one fails, those before are taken back.
 *
 * @throws what the one that failed threw.
 */
export async function eachOrNone<T, O>(
  items: readonly T[],
  make: (item: T, step: string) => Promise<O>,
  undo: (made: O) => Promise<unknown>,
): Promise<O[]> {
  const made: O[] = []
  try {
    for (const [index, item] of items.entries()) made.push(await make(item, String(index)))
    return made
  } catch (error) {
    for (const one of made.toReversed()) await undo(one).catch(() => undefined)
    throw error
  }
}
