import type { Kernel } from '../../kernel.ts'
import { domainKind } from '../../model/identity/domain.ts'
import { projectKind } from '../../model/identity/project.ts'
import { roleAssignmentKind } from '../../model/identity/role-assignment.ts'
import { userKind } from '../../model/identity/user.ts'
import type { Kind, Stored } from '../../model/kind.ts'
import type { Finding } from '../audit/finding.ts'
import { everyRow } from '../page.ts'
import { quotaNames, quotaScope } from '../quota.ts'
import { domainReferences, projectReferences, userReferences } from './references.ts'

/**
 * Every project has its quota counters; projects, users and role assignments point to what exists;
 * reference counters stand at what they count.
 */
export async function* auditIdentity(kernel: Kernel): AsyncGenerator<Finding> {
  const references = new References()
  yield* auditProjects(kernel, references)
  for await (const users of everyRow(kernel, userKind)) {
    for (const user of users) references.add(domainReferences(user.domainId))
    yield* auditPointers(kernel, userKind, users, domainKind, (user) => user.domainId)
  }
  for await (const rows of everyRow(kernel, roleAssignmentKind)) {
    for (const { userId, targetType, targetId } of rows) {
      references.add(userReferences(userId))
      if (targetType === 'project') references.add(projectReferences(targetId))
      if (targetType === 'domain') references.add(domainReferences(targetId))
    }
    yield* auditPointers(kernel, roleAssignmentKind, rows, userKind, (row) => row.userId)
    const onProjects = rows.filter((row) => row.targetType === 'project')
    yield* auditPointers(kernel, roleAssignmentKind, onProjects, projectKind, (row) => row.targetId)
    const onDomains = rows.filter((row) => row.targetType === 'domain')
    yield* auditPointers(kernel, roleAssignmentKind, onDomains, domainKind, (row) => row.targetId)
  }
  yield* references.compare(kernel)
}

async function* auditProjects(kernel: Kernel, references: References): AsyncGenerator<Finding> {
  for await (const projects of everyRow(kernel, projectKind)) {
    const counters = await kernel.store.counters(projects.map((project) => quotaScope(project.id)))
    const present = new Set(counters.map(({ scope, name }) => `${scope} ${name}`))
    for (const { id, domainId, parentId } of projects) {
      references.add(domainReferences(domainId))
      if (parentId !== null) references.add(projectReferences(parentId))
      const missing = quotaNames.filter((name) => !present.has(`${quotaScope(id)} ${name}`))
      if (missing.length === 0) continue
      yield {
        invariant: 13,
        subject: `project:${id}`,
        message: `has no counter of ${missing.join(', ')}`,
      }
    }
    yield* auditPointers(kernel, projectKind, projects, domainKind, (project) => project.domainId)
    const children = projects.filter((project) => project.parentId !== null)
    yield* auditPointers(
      kernel,
      projectKind,
      children,
      projectKind,
      (child) => child.parentId as string,
    )
  }
}

async function* auditPointers<T extends Stored, P extends Stored>(
  kernel: Kernel,
  kind: Kind<T>,
  rows: readonly T[],
  pointed: Kind<P>,
  pointer: (row: T) => string,
): AsyncGenerator<Finding> {
  const found = await kernel.store.get(pointed, rows.map(pointer))
  for (const [index, row] of rows.entries()) {
    if (found[index]) continue
    const message = `names a ${pointed.name} that does not exist`
    yield { invariant: 14, subject: `${kind.name}:${row.id}`, message }
  }
}

/** Reference counters recomputed. */
class References {
  readonly #sums = new Map<string, number>()

  add(scope: string): void {
    this.#sums.set(scope, (this.#sums.get(scope) ?? 0) + 1)
  }

  async *compare(kernel: Kernel): AsyncGenerator<Finding> {
    for (const prefix of ['domain:', 'project:', 'user:']) {
      let after: string | undefined
      do {
        const page = await kernel.store.scan(prefix, { limit: 1_000, ...(after && { after }) })
        for (const { scope, name, value } of page) {
          if (name !== 'references') continue
          const sum = this.#sums.get(scope) ?? 0
          this.#sums.delete(scope)
          if (sum !== value) yield this.#finding(scope, `is ${value}, the rows add up to ${sum}`)
        }
        after = page.at(-1)?.scope
      } while (after)
    }
    for (const [scope, sum] of this.#sums) {
      yield this.#finding(scope, `is absent, the rows add up to ${sum}`)
    }
  }

  #finding(scope: string, message: string): Finding {
    return { invariant: 3, subject: `counter:${scope}`, message }
  }
}
