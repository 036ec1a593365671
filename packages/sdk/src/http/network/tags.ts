import { CloudError, isCloudError, type OperationRow } from '@nephos/core'
import { z } from 'zod'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json, nothing, type Reply } from '../reply.ts'
import type { Asked } from './calls.ts'
import type { Noun } from './noun.ts'

interface Tagged {
  readonly id: string
  readonly rev: number
  readonly tags: readonly string[]
}

/** How often a change of tags is tried when others change the resource meanwhile. */
const attempts = 8

/**
 * Tags of a resource
 * (https://docs.openstack.org/api-ref/network/v2/#standard-attributes-tag-extension).
 *
 * @param write gives the resource these tags, unless its revision is another one.
 */
export function tagEndpoints<T extends Tagged>(
  noun: Noun<T>,
  update: OperationRow,
  write: (x: Asked, id: string, tags: readonly string[], rev: number) => Promise<unknown>,
): readonly EndpointRow[] {
  const path = `${noun.path}/{id}/tags`
  const operations = [noun.operations.get, update]
  const change = async (
    x: Asked,
    next: (tags: readonly string[]) => readonly string[],
  ): Promise<readonly string[]> => {
    for (let tries = 1; ; tries++) {
      const { id, rev, tags } = await noun.get(x, x.param('id'))
      const wanted = next(tags)
      if (wanted.length === tags.length && wanted.every((tag, i) => tag === tags[i])) return tags
      try {
        await write(x, id, wanted, rev)
        return wanted
      } catch (error) {
        if (!isCloudError(error) || error.field !== 'expectedRev' || tries === attempts) throw error
      }
    }
  }
  return [...allTags(noun, path, operations, change), ...oneTag(noun, path, operations, change)]
}

type Change = (
  x: Asked,
  next: (tags: readonly string[]) => readonly string[],
) => Promise<readonly string[]>

const tagsBody = z.strictObject({ tags: z.array(z.string()) })

function allTags<T extends Tagged>(
  noun: Noun<T>,
  path: string,
  operations: readonly OperationRow[],
  change: Change,
): readonly EndpointRow[] {
  const common = { path, access: 'token', operations } as const
  return [
    endpoint({
      ...common,
      id: `${noun.id}.tags.list`,
      method: 'GET',
      summary: `Lists the tags of a ${noun.title}.`,
      status: 200,
      run: async (x) => json({ tags: (await noun.get(x, x.param('id'))).tags }),
    }),
    endpoint({
      ...common,
      id: `${noun.id}.tags.replace`,
      method: 'PUT',
      summary: `Gives a ${noun.title} these tags and no others.`,
      body: tagsBody,
      status: 200,
      run: async (x) => json({ tags: await change(x, () => [...new Set(x.body.tags)]) }),
    }),
    endpoint({
      ...common,
      id: `${noun.id}.tags.clear`,
      method: 'DELETE',
      summary: `Takes all tags off a ${noun.title}.`,
      status: 204,
      run: async (x): Promise<Reply> => {
        await change(x, () => [])
        return nothing
      },
    }),
  ]
}

function oneTag<T extends Tagged>(
  noun: Noun<T>,
  path: string,
  operations: readonly OperationRow[],
  change: Change,
): readonly EndpointRow[] {
  const common = { path: `${path}/{tag}`, access: 'token', operations } as const
  return [
    endpoint({
      ...common,
      id: `${noun.id}.tags.get`,
      method: 'GET',
      summary: `Tells whether a ${noun.title} has a tag.`,
      status: 204,
      run: async (x): Promise<Reply> => {
        requireTag((await noun.get(x, x.param('id'))).tags, x.param('tag'))
        return nothing
      },
    }),
    endpoint({
      ...common,
      id: `${noun.id}.tags.add`,
      method: 'PUT',
      summary: `Adds a tag to a ${noun.title}.`,
      status: 201,
      run: async (x): Promise<Reply> => {
        await change(x, (tags) => [...new Set([...tags, x.param('tag')])])
        return nothing
      },
    }),
    endpoint({
      ...common,
      id: `${noun.id}.tags.remove`,
      method: 'DELETE',
      summary: `Takes a tag off a ${noun.title}.`,
      status: 204,
      run: async (x): Promise<Reply> => {
        await change(x, (tags) => {
          requireTag(tags, x.param('tag'))
          return tags.filter((tag) => tag !== x.param('tag'))
        })
        return nothing
      },
    }),
  ]
}

function requireTag(tags: readonly string[], tag: string): void {
  if (!tags.includes(tag)) throw new CloudError('notFound', 'No such tag.', { field: 'tag' })
}
