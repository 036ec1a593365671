import { readFile } from 'node:fs/promises'
import { CloudError } from '@nephos/core'
import type { SeedUser } from '../seed/seed.ts'

/** Users that one start may add. */
const most = 10_000

/** The password may hold colons: names of users and projects do not. */
const form = /^([^:\s][^:]*):(.+):([^:]*[^:\s])$/

/**
 * Users to be made at the start: `name:password:project`, several with commas between them, or the
 * path of a file of such lines, in which empty ones and those that begin with `#` count nothing.
 *
 * @throws CloudError `invalid` for a line that is none, and for a file that cannot be read. It does
 *   not repeat the line, for a password is in it.
 */
export async function seedUsersOf(text: string): Promise<readonly SeedUser[]> {
  const isInline = form.test(text)
  const lines = isInline ? text.split(',') : (await textOf(text)).split(/\r?\n/)
  const told = lines.filter((line) => !/^\s*(?:#|$)/.test(line))
  if (told.length > most) throw refused(`has more than ${most} users`)
  return told.map((line, at) => {
    const [, name, password, project] = form.exec(line.trim()) ?? []
    if (name === undefined || password === undefined || project === undefined) {
      throw refused(`user ${at + 1} is no name:password:project`)
    }
    return { name, password, project }
  })
}

function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw refused('is neither name:password:project nor a file that can be read', cause)
  })
}

function refused(why: string, cause?: unknown): CloudError {
  return new CloudError('invalid', `--seed-users: ${why}.`, { field: 'seedUsers', cause })
}
