import { domainGet, isCloudError, type Project, projectGet, projectList } from '@nephos/core'
import { domainAsProject } from '../../wire/identity/domain.ts'
import { projectBody } from '../../wire/identity/project.ts'
import type { RawQuery } from '../paging.ts'
import { type AnyExchange, ask, walk } from './who.ts'

/** The projects beneath a project, as far as one answer goes. */
export async function subtree(x: AnyExchange, root: Project): Promise<readonly Project[]> {
  const { rows } = await walk(
    (bounds) => ask(x, projectList, { ...bounds, domainId: root.domainId }),
    ({ ancestorIds }) => ancestorIds.includes(root.id),
  )
  return rows
}

/** The projects above a project, its parent first. */
async function parents(x: AnyExchange, project: Project): Promise<readonly Project[]> {
  const found: Project[] = []
  for (const id of project.ancestorIds.toReversed()) {
    try {
      found.push(await ask(x, projectGet, { id }))
    } catch (error) {
      // Above what he sees, there is nothing for him.
      if (!isCloudError(error) || error.code !== 'notFound') throw error
    }
  }
  return found
}

type Tree = Readonly<Record<string, unknown>>

function treeBeneath(id: string, rows: readonly Project[]): Tree | null {
  const children = rows.filter(({ parentId }) => parentId === id)
  if (children.length === 0) return null
  return Object.fromEntries(children.map((child) => [child.id, treeBeneath(child.id, rows)]))
}

function chainAbove(ids: readonly string[]): Tree | null {
  const [next, ...rest] = ids
  return next === undefined ? null : { [next]: chainAbove(rest) }
}

/** A project as it is shown, with the tree that a query asks for. */
export async function shownProject(
  x: AnyExchange,
  id: string,
  query: RawQuery,
): Promise<Readonly<Record<string, unknown>>> {
  const url = (path: string): string => x.url(path)
  const project = await ask(x, projectGet, { id }).catch((error: unknown) => {
    if (!isCloudError(error) || error.code !== 'notFound' || !x.operator) throw error
    return undefined
  })
  if (!project) return domainAsProject(await ask(x, domainGet, { id }), url)
  const asks = (name: string): boolean => Object.hasOwn(query, name)
  const inList = (row: Project): Tree => ({ project: projectBody(row, url) })
  const isUp = asks('parents_as_list')
  const isDown = asks('subtree_as_list') || asks('subtree_as_ids')
  const above = isUp ? await parents(x, project) : []
  const beneath = isDown ? await subtree(x, project) : []
  return {
    ...projectBody(project, url),
    ...(isUp && { parents: above.map(inList) }),
    ...(asks('parents_as_ids') && {
      parents: chainAbove([...project.ancestorIds.toReversed(), project.domainId]),
    }),
    ...(asks('subtree_as_list') && { subtree: beneath.map(inList) }),
    ...(asks('subtree_as_ids') && { subtree: treeBeneath(id, beneath) }),
  }
}
