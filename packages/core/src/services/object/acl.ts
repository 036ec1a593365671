import type { Actor } from '../call.ts'

/** Who is let in by an access list. */
export interface Acl {
  /** Hosts that may link to it; the last that fits decides. `*`: everybody. */
  readonly referrers: readonly { readonly host: string; readonly allow: boolean }[]
  /** True: whom referrers let read may list as well. */
  readonly listings: boolean
  /** Users by project and user, each by its id or its name; `*`: any. */
  readonly users: readonly { readonly projectId: string; readonly userId: string }[]
}

const hostPattern = /^\.?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/
const idPattern = /^(?:\*|[A-Za-z0-9._-]{1,128})$/

/**
 * Reads a list as Swift writes it: `.r:*`, `.r:example.com`, `.r:.example.com` (and what is below),
 * `.r:-example.com` (not this one), `.rlistings`, `project:user`, `*:user`, `project:*`, `*:*`, and
 * `project` for all its users.
 *
 * @returns undefined when it is none. Referrers can only be given the right to read.
 */
export function parseAcl(text: string, right: 'read' | 'write'): Acl | undefined {
  const referrers: { host: string; allow: boolean }[] = []
  const users: { projectId: string; userId: string }[] = []
  let listings = false
  for (const part of text.split(',')) {
    const entry = part.trim()
    if (entry === '') continue
    if (entry.startsWith('.')) {
      if (right === 'write') return undefined
      if (entry === '.rlistings') {
        listings = true
        continue
      }
      const referrer = parseReferrer(entry)
      if (!referrer) return undefined
      referrers.push(referrer)
      continue
    }
    const user = parseUser(entry)
    if (!user) return undefined
    users.push(user)
  }
  return { referrers, listings, users }
}

function parseReferrer(entry: string): { host: string; allow: boolean } | undefined {
  const [, named] = /^\.(?:r|ref|referer|referrer):\s*(.+)$/.exec(entry) ?? []
  if (named === undefined) return undefined
  const allow = !named.startsWith('-')
  const host = (allow ? named : named.slice(1)).toLowerCase()
  if (host === '*') return allow ? { host, allow } : undefined
  // `*.example.com` is another way to write `.example.com`.
  const plain = host.startsWith('*.') ? host.slice(1) : host
  return hostPattern.test(plain) ? { host: plain, allow } : undefined
}

function parseUser(entry: string): { projectId: string; userId: string } | undefined {
  const [projectId = '', userId = '*', ...rest] = entry.split(':')
  if (rest.length > 0 || !idPattern.test(projectId) || !idPattern.test(userId)) return undefined
  return { projectId, userId }
}

/** The project of callers without an identity: no project has this id, and no list names it. */
export const nobody = '-'

/** Ids and names of a project, or of a user. */
export type Known = ReadonlySet<string>

/** True if the list names the caller: by what the project and the user are known as. */
export function namesUser({ users }: Acl, project: Known, user: Known): boolean {
  return users.some(
    (one) =>
      (one.projectId === '*' || project.has(one.projectId)) &&
      (one.userId === '*' || user.has(one.userId)),
  )
}

/** True if the caller is somebody: an anonymous one is named by no list. */
export function isSomebody({ projectId }: Actor): boolean {
  return projectId !== null && projectId !== nobody
}

/** True if the list lets in everybody who comes by a link on this host; undefined: by no link. */
export function letsReferrerIn({ referrers }: Acl, host: string | undefined): boolean {
  let allowed = false
  for (const referrer of referrers) {
    if (isHost(referrer.host, host)) allowed = referrer.allow
  }
  return allowed
}

function isHost(pattern: string, host: string | undefined): boolean {
  if (pattern === '*') return true
  if (host === undefined) return false
  const found = host.toLowerCase()
  return pattern.startsWith('.') ? found.endsWith(pattern) : found === pattern
}
