import { createGunzip } from 'node:zlib'
import { Readable } from 'node:stream'
import { containerCreate, isCloudError, uploadObject } from '@nephos/core'
import { tarFiles } from '../../wire/object/tar.ts'
import { HttpError } from '../faults.ts'
import type { Reply } from '../reply.ts'
import { formed } from './bulk-delete.ts'
import { forCaller, type SwiftExchange, type Who } from './who.ts'

/** Files of one archive, containers that it makes, and failures before it is given up (Swift). */
const most = { files: 10_000, containers: 10_000, failures: 1_000 }

/**
 * `?extract-archive=tar` or `tar.gz`: stores each file of the archive, one after the other, as it
 * comes.
 *
 * @param into a container; empty for archives whose first folders are containers.
 */
export function uploadArchive(x: SwiftExchange, who: Who, into: string): Promise<Reply> {
  const kind = x.search.get('extract-archive')
  if (kind !== 'tar' && kind !== 'tar.gz') {
    throw new HttpError(400, 'Unsupported archive format', { field: 'extract-archive' })
  }
  return forCaller(who, async () => {
    const bytes = kind === 'tar' ? x.stream : inflated(x.stream)
    const made = new Set<string>()
    const errors: [string, string][] = []
    let created = 0
    let seen = 0
    try {
      for await (const file of tarFiles(bytes)) {
        seen += 1
        if (seen > most.files || errors.length > most.failures) {
          throw new HttpError(400, 'The archive holds too many files.')
        }
        const path = into === '' ? file.name : `${into}/${file.name}`
        const status = await storeFile(x, who, { path, bytes: file.bytes, made })
        if (status === undefined) created += 1
        else errors.push([encodeURIComponent(path), status])
      }
    } catch (error) {
      if (!isCloudError(error)) throw error
      return archiveReply(x, created, errors, `400 Bad Request`, error.message)
    }
    const failed = errors.length > 0 || created === 0
    const body = created === 0 && errors.length === 0 ? 'Invalid Tar File: No Valid Files' : ''
    return archiveReply(x, created, errors, failed ? '400 Bad Request' : '201 Created', body)
  })
}

function archiveReply(
  x: SwiftExchange,
  created: number,
  errors: readonly (readonly [string, string])[],
  status: string,
  body: string,
): Reply {
  const facts = {
    'Number Files Created': created,
    'Response Status': status,
    'Response Body': body,
  }
  return formed(x, 'extract', facts, errors)
}

/** @returns what was wrong, if anything. */
async function storeFile(
  x: SwiftExchange,
  { actor, account }: Who,
  file: {
    readonly path: string
    readonly bytes: AsyncIterable<Uint8Array>
    readonly made: Set<string>
  },
): Promise<string | undefined> {
  const [, container, name] = /^(?:\.?\/)*([^/]+)\/(.+)$/s.exec(file.path) ?? []
  if (container === undefined || name === undefined) return '412 Precondition Failed'
  try {
    if (!file.made.has(container)) {
      if (file.made.size >= most.containers) return '400 Bad Request'
      await makeContainer(x, actor, account, container)
      file.made.add(container)
    }
    const input = { account, container, name }
    await uploadObject(x.plane.kernel, actor, input, file.bytes, x.callOptions)
    return undefined
  } catch (error) {
    if (!isCloudError(error)) throw error
    if (error.code === 'quotaExceeded') return '413 Request Entity Too Large'
    return error.code === 'forbidden' ? '403 Forbidden' : '400 Bad Request'
  }
}

async function makeContainer(
  x: SwiftExchange,
  actor: Who['actor'],
  account: string,
  name: string,
): Promise<void> {
  try {
    await x.invokeAs(actor, containerCreate, { account, name }, { step: `container ${name}` })
  } catch (error) {
    if (!isCloudError(error) || error.code !== 'conflict') throw error
  }
}

function inflated(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip()
  const source = Readable.from(bytes, { objectMode: false })
  source.on('error', (error) => gunzip.destroy(error))
  return readAll(source.pipe(gunzip))
}

async function* readAll(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk as Uint8Array
  } catch {
    throw new HttpError(400, 'Invalid Tar File: it is no gzip.')
  }
}
