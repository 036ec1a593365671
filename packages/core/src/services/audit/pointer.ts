import type { Kind, Stored } from '../../model/kind.ts'
import type { AuditKernel, Concern, Problem, SubjectRule } from './rule.ts'

/** A subject of a pointer: the row that points, and what it points to. */
const separator = '\n'

/** A rule about pointers: a watcher looks at them again when what they point to is written. */
export interface PointerRule extends SubjectRule {
  readonly target: Kind
}

/** The id that the subject of a pointer points to. */
export function targetOf(subject: string): string {
  return subject.slice(subject.indexOf(separator) + 1)
}

/** True for a rule made by `pointerRule`. */
export function isPointerRule(rule: SubjectRule): rule is PointerRule {
  return 'target' in rule
}

/**
 * Every id that rows of a kind hold in this place names a row of another kind that exists, and is
 * alive.
 */
export function pointerRule<T extends Stored, P extends Stored>(
  from: Kind<T>,
  to: Kind<P>,
  idsOf: (row: T) => readonly string[] | string | null,
  options: { readonly alive?: (row: P) => boolean; readonly place?: string } = {},
): PointerRule {
  const place = options.place ?? to.name
  const list = (row: T): readonly string[] => {
    const ids = idsOf(row)
    return typeof ids === 'string' ? [ids] : (ids ?? [])
  }
  const pointers: Concern = {
    kind: from,
    subjects: (row) => list(row as T).map((id) => `${row.id}${separator}${id}`),
  }
  return {
    type: 'subject',
    name: `${from.name}-${place}`,
    target: to,
    concerns: [pointers],
    check: async (kernel, subjects) => {
      const dead = await deadPointers(kernel, to, subjects, options.alive)
      if (dead.length === 0) return []
      const rows = await kernel.store.get(from, dead.map(rowOf))
      return dead.flatMap((of, index): Problem[] => {
        const row = rows[index]
        if (!row || !list(row).includes(targetOf(of))) return []
        const message = `its ${place} ${targetOf(of)} does not exist`
        return [{ of, subject: `${from.name}:${row.id}`, message }]
      })
    },
  }
}

function rowOf(subject: string): string {
  return subject.slice(0, subject.indexOf(separator))
}

async function deadPointers<P extends Stored>(
  kernel: AuditKernel,
  to: Kind<P>,
  subjects: readonly string[],
  alive: ((row: P) => boolean) | undefined,
): Promise<string[]> {
  const ids = [...new Set(subjects.map(targetOf))]
  const targets = await kernel.store.get(to, ids)
  const dead = new Set<string>()
  for (let at = 0; at < ids.length; at++) {
    const target = targets[at]
    if (!target || (alive && !alive(target))) dead.add(ids[at] as string)
  }
  return dead.size === 0 ? [] : subjects.filter((subject) => dead.has(targetOf(subject)))
}
