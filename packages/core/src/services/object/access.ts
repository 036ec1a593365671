import { CloudError } from '../../base/errors.ts'
import { defaultDomainId } from '../../model/identity/domain.ts'
import { projectKind } from '../../model/identity/project.ts'
import { userKind } from '../../model/identity/user.ts'
import { type Container, containerKind } from '../../model/object/container.ts'
import type { Kernel } from '../../kernel.ts'
import type { Actor, Call } from '../call.ts'
import { notFound } from '../fetch.ts'
import { isSomebody, type Known, letsReferrerIn, namesUser, parseAcl } from './acl.ts'

/** `own`: what only the project itself does with its containers. */
export type Right = 'read' | 'list' | 'write' | 'own'

/** Names a container: by its project, the caller's own by default. */
export interface ContainerPath {
  readonly account?: string | undefined
  readonly container: string
  /** Host of the link by which the caller came. */
  readonly referrer?: string | undefined
}

/**
 * The project whose containers are meant.
 *
 * @throws CloudError `invalid` when an operator names none.
 */
export function accountOf(call: Call, account: string | undefined): string {
  const id = account ?? call.actor.projectId
  if (id !== null) return id
  throw new CloudError('invalid', 'account: an operator names the project.', { field: 'account' })
}

/**
 * A container that the caller may use so: one of the caller's project, or one whose lists let the
 * caller in.
 *
 * @throws CloudError `notFound` with `field`, alike for absent containers and those that give the
 *   caller no right at all; `forbidden` for one that gives only other rights.
 */
export async function fetchContainer(
  call: Call,
  path: ContainerPath,
  right: Right,
  field = 'container',
): Promise<Container> {
  const account = accountOf(call, path.account)
  const key = [[account, path.container]]
  const [container] = await call.kernel.store.lookup(containerKind, 'byName', key)
  const rights = container ? await rightsTo(call, container, path.referrer) : none
  if (!container || rights.size === 0) throw notFound('container', field)
  if (rights.has(right)) return container
  throw new CloudError('forbidden', `The container's access lists do not let you ${right}.`, {
    field,
  })
}

const all: ReadonlySet<Right> = new Set(['read', 'list', 'write', 'own'])
const none: ReadonlySet<Right> = new Set()

/** What the caller may do with a container. */
async function rightsTo(
  { actor, kernel }: Call,
  container: Container,
  referrer: string | undefined,
): Promise<ReadonlySet<Right>> {
  if (actor.system || actor.projectId === container.projectId) return all
  const rights = new Set<Right>(publicRights(container, referrer))
  const read = parseAcl(container.readAcl, 'read')
  const write = parseAcl(container.writeAcl, 'write')
  const isListed = [read, write].some((acl) => acl && acl.users.length > 0)
  if (!isListed || !isSomebody(actor)) return rights
  const [project, user] = await knownAs(kernel, actor)
  if (read && namesUser(read, project, user)) rights.add('read').add('list')
  if (write && namesUser(write, project, user)) rights.add('write')
  return rights
}

/** Lists name projects and users of the default domain by name as well, as Swift lets them. */
async function knownAs({ store }: Kernel, actor: Actor): Promise<readonly [Known, Known]> {
  const projectId = actor.projectId as string
  const [[project], [user]] = await Promise.all([
    store.get(projectKind, [projectId]),
    store.get(userKind, [actor.userId]),
  ])
  const names = (id: string, row: { domainId: string; name: string } | undefined): Known =>
    new Set(row && row.domainId === defaultDomainId ? [id, row.name] : [id])
  return [names(projectId, project), names(actor.userId, user)]
}

/** What anybody may do who comes by a link on this host. */
function publicRights(
  container: Pick<Container, 'readAcl'>,
  referrer: string | undefined,
): readonly Right[] {
  const acl = parseAcl(container.readAcl, 'read')
  if (!acl || !letsReferrerIn(acl, referrer)) return []
  return acl.listings ? ['read', 'list'] : ['read']
}
