import { containerDelete, isCloudError, limits, objectDeleteMany } from '@nephos/core'
import { xmlDocument } from '../../wire/xml.ts'
import { textOf as bodyTextOf } from '../body.ts'
import { HttpError } from '../faults.ts'
import type { Reply } from '../reply.ts'
import { forCaller, type SwiftExchange, type Who } from './who.ts'

/** What became of many. */
export interface Bulk {
  readonly deleted: number
  readonly absent: number
  readonly errors: readonly (readonly [name: string, status: string])[]
}

/** Bytes of a list of names: ten thousand long ones. */
const listBytes = 16 * 1024 * 1024

interface Named {
  readonly container: string
  readonly name: string | undefined
}

/**
 * `?bulk-delete`: a line for each object, or container, to be deleted. Objects of one container
 * that follow each other go in one transaction.
 */
export function bulkDelete(x: SwiftExchange, who: Who): Promise<Reply> {
  return forCaller(who, async () => {
    const text = await bodyTextOf(x.request, listBytes)
    const lines = text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    if (lines.length > limits.bulkObjects) {
      throw new HttpError(413, `Maximum Bulk Deletes: ${limits.bulkObjects} per request`)
    }
    let deleted = 0
    let absent = 0
    const errors: [string, string][] = []
    for (const run of runsOf(lines, errors)) {
      const [first] = run
      if (!first) continue
      try {
        if (first.name === undefined) {
          const path = { account: who.account, container: first.container }
          await x.invokeAs(who.actor, containerDelete, path, { step: `container ${deleted}` })
          deleted += 1
        } else {
          const names = run.map(({ name }) => name as string)
          const done = await x.invokeAs(
            who.actor,
            objectDeleteMany,
            { account: who.account, container: first.container, names },
            { step: `objects ${deleted}` },
          )
          deleted += done.deleted
          absent += done.notFound.length
        }
      } catch (error) {
        if (!isCloudError(error)) throw error
        if (error.code === 'notFound' && who.isOwner) {
          absent += run.length
          continue
        }
        const status = statusText(error.code)
        for (const one of run) errors.push([shownName(one), status])
      }
    }
    return bulkReply(x, { deleted, absent, errors })
  })
}

function shownName({ container, name }: Named): string {
  return [container, ...(name === undefined ? [] : [name])].map(encodeURIComponent).join('/')
}

function statusText(code: string): string {
  if (code === 'conflict') return '409 Conflict'
  if (code === 'invalid') return '412 Precondition Failed'
  return code === 'forbidden' || code === 'notFound' ? '403 Forbidden' : '500 Internal Error'
}

/** Lines as runs of one container; what names nothing is an error of its own. */
function* runsOf(lines: readonly string[], errors: [string, string][]): Generator<Named[]> {
  let run: Named[] = []
  for (const line of lines) {
    const one = namedBy(line)
    if (!one) {
      errors.push([line.slice(0, 2_048), '412 Precondition Failed'])
      continue
    }
    const [before] = run
    const isSame =
      before?.container === one.container && before.name !== undefined && one.name !== undefined
    if (!isSame && run.length > 0) {
      yield run
      run = []
    }
    run.push(one)
  }
  if (run.length > 0) yield run
}

function namedBy(line: string): Named | undefined {
  try {
    const path = decodeURIComponent(line.replace(/^\//, ''))
    const [, container, name] = /^([^/]+)(?:\/(.*))?$/s.exec(path) ?? []
    if (container === undefined || container.length > 256) return undefined
    if (name !== undefined && Buffer.byteLength(name) > limits.objectNameBytes) return undefined
    return { container, name: name === '' ? undefined : name }
  } catch {
    return undefined
  }
}

/** The answer to a deletion of many: by `Accept`, else as text. */
export function bulkReply(x: SwiftExchange, { deleted, absent, errors }: Bulk): Reply {
  const status =
    errors.length > 0 ? '400 Bad Request' : deleted + absent === 0 ? '400 Bad Request' : '200 OK'
  const facts = {
    'Number Deleted': deleted,
    'Number Not Found': absent,
    'Response Status': status,
    'Response Body': deleted + absent + errors.length === 0 ? 'Invalid bulk delete.' : '',
  }
  return formed(x, 'delete', facts, errors)
}

/** Facts and errors in the form that is accepted. */
export function formed(
  { headers, search }: SwiftExchange,
  root: string,
  facts: Readonly<Record<string, string | number>>,
  errors: readonly (readonly [string, string])[],
): Reply {
  const accept = `${search.get('format') ?? ''} ${headers.get('accept') ?? ''}`
  if (accept.includes('json')) {
    const text = JSON.stringify({ ...facts, Errors: errors })
    return { status: 200, text, headers: { 'content-type': 'application/json' } }
  }
  if (accept.includes('xml')) {
    const elements = Object.entries(facts).map(([name, value]) => [
      name.toLowerCase().replaceAll(' ', '_'),
      value,
    ])
    const text = xmlDocument(root, {
      ...(Object.fromEntries(elements) as Record<string, string | number>),
      errors: { object: errors.map(([name, status]) => ({ name, status })) },
    })
    return { status: 200, text, headers: { 'content-type': 'application/xml' } }
  }
  const lines = [
    ...Object.entries(facts).map(([name, value]) => `${name}: ${value}`),
    'Errors:',
    ...errors.map(([name, status]) => `${name}, ${status}`),
  ]
  return { status: 200, text: lines.join('\n'), headers: { 'content-type': 'text/plain' } }
}
