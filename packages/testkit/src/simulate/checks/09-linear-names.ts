import { type NameInput, type NameOutput, uniqueNames } from '../../history/models.ts'
import type { Operation } from '../../history/operation.ts'
import type { Check, HistoryEntry, Watch } from '../check.ts'
import { type Deed, deedsOf, requireLinear } from './linear.ts'
import { membersOf } from './plain.ts'

/** Names that at most one thing may have: as if they were given one after the other. */
export const linearNames: Check = {
  invariant: 9,
  title: 'Unique names are linearizable.',
  watch: (scene) =>
    ({
      rest: () => {
        const { history, world } = scene
        // Who reads what is no longer true may refuse what could be done; never do what could not.
        const isStale = world.ground.faults.planned('storeStale')
        const deeds = deedsOf(history)
        const operations = [...keyPairs(deeds, isStale), ...projects(deeds, history)]
        requireLinear(scene, 'name', uniqueNames, operations)
      },
    }) satisfies Watch,
}

type NameOperation = Operation<NameInput, NameOutput>

const keyPairTypes: ReadonlyMap<string, NameInput['type']> = new Map([
  ['compute.keyPair.create', 'create'],
  ['compute.keyPair.delete', 'delete'],
  ['compute.keyPair.get', 'get'],
])

/** Names of a user's key pairs. */
function keyPairs(deeds: readonly Deed[], isStale: boolean): NameOperation[] {
  return deeds.flatMap(({ entry, end, span }) => {
    const type = keyPairTypes.get(entry.operation)
    const { name } = membersOf(entry.input)
    if (!type || typeof name !== 'string') return []
    const output =
      end === 'refused' ? refusal(type, entry.code) : end === 'ok' ? okOf(type) : undefined
    if (end !== 'unknown' && output === undefined) return []
    if (isStale && (end === 'refused' || type === 'get')) return []
    const input = { type, name: `key pair ${entry.projectId ?? ''} ${name}` }
    return [{ process: entry.tenant, call: span.call, return: span.return, input, output }]
  })
}

function okOf(type: NameInput['type']): NameOutput {
  return type === 'get' ? 'present' : 'ok'
}

/** What a refusal says about the name; undefined when it was for another reason. */
function refusal(type: NameInput['type'], code: string | undefined): NameOutput | undefined {
  if (type === 'create') return code === 'conflict' ? 'conflict' : undefined
  if (code !== 'notFound') return undefined
  return type === 'get' ? 'absent' : 'notFound'
}

/** Names of projects that were created and deleted; those that were ever renamed are left out. */
function projects(deeds: readonly Deed[], history: readonly HistoryEntry[]): NameOperation[] {
  const renamed = new Set<unknown>()
  for (const { operation, input } of history) {
    const { id, name } = membersOf(input)
    if (operation !== 'identity.project.update' || name === undefined) continue
    renamed.add(id)
    renamed.add(name)
  }
  const names = new Map<unknown, string>()
  const operations: NameOperation[] = []
  for (const { entry, end, span } of deeds) {
    if (entry.operation !== 'identity.project.create' || end !== 'ok') continue
    const { id, name, domainId } = membersOf(entry.answer)
    if (renamed.has(id) || renamed.has(name)) continue
    const full = `project ${String(domainId)} ${String(name)}`
    names.set(id, full)
    const input = { type: 'create', name: full } as const
    operations.push({ process: entry.tenant, ...span, input, output: 'ok' })
  }
  for (const { entry, end, span } of deeds) {
    const name = names.get(membersOf(entry.input)['id'])
    if (entry.operation !== 'identity.project.delete' || end === 'refused' || !name) continue
    const input = { type: 'delete', name } as const
    const output = end === 'ok' ? 'ok' : undefined
    operations.push({ process: entry.tenant, ...span, input, output })
  }
  return operations
}
