import { CommitConflict } from '../../../commit/committer.ts'
import { isJsonMap } from '../../../model/stack/json.ts'
import { idempotencyKind } from '../../../model/audit/idempotency.ts'
import type { StackResource } from '../../../model/stack/resource.ts'
import { Writes } from '../../../commit/writes.ts'
import { AlreadyDone, Call } from '../../call.ts'
import { ownerActor } from '../owner.ts'
import type { ResourceType, ResourceWork } from '../resources/type.ts'

/**
 * Creations of which nobody knows what became: whoever was to wait for them is gone, and may yet
 * ask. Their keys are used up, so that nothing more can come of them, or their answers tell what
 * has.
 *
 * @returns the rows, with what they are called where it was found.
 */
export async function abandon(
  work: ResourceWork,
  type: ResourceType,
  rows: readonly StackResource[],
): Promise<StackResource[]> {
  const answers = new Map<string, { readonly answer: unknown } | null>()
  const found: StackResource[] = []
  for (const row of rows) {
    if (row.physicalId !== null || row.key === null) {
      found.push(row)
      continue
    }
    let answer = answers.get(row.key)
    if (answer === undefined) {
      answer = await settled(work, row, row.key)
      answers.set(row.key, answer)
    }
    const physicalId = answer && (await idIn(work, type, row, answer.answer))
    found.push({ ...row, physicalId: physicalId ?? null })
  }
  return found
}

async function idIn(
  work: ResourceWork,
  type: ResourceType,
  row: StackResource,
  answer: unknown,
): Promise<string | null> {
  if (type.recover) return type.recover(work, row, answer)
  const id = isJsonMap(answer) ? answer['id'] : undefined
  return typeof id === 'string' ? id : null
}

/** The answer of what was done with a key; null when it was never used, and will never be. */
async function settled(
  work: ResourceWork,
  row: StackResource,
  key: string,
): Promise<{ readonly answer: unknown } | null> {
  const { kernel, stack } = work
  const id = `${stack.projectId}:${key}`
  const read = async (): Promise<{ readonly answer: unknown } | null> => {
    const [record] = await kernel.store.get(idempotencyKind, [id])
    if (!record) return null
    return record.operation === abandonId ? { answer: null } : { answer: record.answer }
  }
  const known = await read()
  if (known) return known
  const body = kernel.digest.hash('sha256', `${abandonId}\n${row.id}`)
  const actor = await ownerActor(kernel, stack)
  const call = new Call(kernel, actor, abandonId, {
    requestId: `req-${kernel.ids.next()}`,
    signal: work.signal,
    key: { id, body },
  })
  try {
    await call.commit(new Writes(), [row.id], null)
    return null
  } catch (error) {
    if (!(error instanceof AlreadyDone)) throw error
    return (await read()) ?? unseen(id)
  }
}

const abandonId = 'stack.resource.abandon'

/** Used, and by what cannot be read yet: it will be, in a moment. */
function unseen(id: string): never {
  throw new CommitConflict({ type: 'revision', kind: idempotencyKind.name, ids: [id] })
}
