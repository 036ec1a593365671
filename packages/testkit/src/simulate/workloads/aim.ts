import type { Tenant } from '../workload.ts'

/** How many of a kind each tenant lets others find. */
const mostShown = 50
/** A replica of the store lags by 2 s: only later is a read sure to see what was written. */
const settledMs = 2_500

/** Remembers things of the tenant's own, and lets others find them to probe. */
export function remember(tenant: Tenant, kind: string, ...ids: readonly string[]): void {
  tenant.known.add(kind, ...ids)
  const { common, name } = tenant
  if (!common.all('tenant').includes(name)) common.add('tenant', name)
  const shown = shownKind(kind, name)
  const left = mostShown - common.all(shown).length
  if (left > 0) common.add(shown, ...ids.slice(0, left))
}

/** A thing that is gone, or soon will be. It is aimed at now and then all the same. */
export function forget(tenant: Tenant, kind: string, ...ids: readonly string[]): void {
  for (const id of ids) tenant.known.remove(kind, id)
  tenant.known.add(`gone ${kind}`, ...ids)
}

/** Something of another tenant's; it may be gone. */
export function foreign(tenant: Tenant, kind: string): string | undefined {
  const others = tenant.common.all('tenant').filter((name) => name !== tenant.name)
  const other = tenant.chance.pick(others)
  return other === undefined ? undefined : tenant.common.pick(shownKind(kind, other), tenant.chance)
}

/** An id in the form of all others that nothing has. */
export function absentId({ chance }: Tenant): string {
  const hex = (chance.uint32() + 2 ** 32).toString(16).slice(1)
  return `00000000-0000-7000-8000-0000${hex}`
}

/**
 * An id to act on: mostly one of the tenant's own, made first where there is none; now and then one
 * that is gone, another tenant's, or none at all.
 */
export async function aim(
  tenant: Tenant,
  kind: string,
  make?: (tenant: Tenant) => Promise<unknown>,
): Promise<string> {
  const { chance, known } = tenant
  const share = chance.share()
  if (share < 0.02) return absentId(tenant)
  if (share < 0.05) return foreign(tenant, kind) ?? absentId(tenant)
  if (share < 0.09) return known.pick(`gone ${kind}`, chance) ?? absentId(tenant)
  if (known.all(kind).length === 0) await make?.(tenant)
  return known.pick(kind, chance) ?? absentId(tenant)
}

/** A name that tells whose it is. Few numbers make names meet. */
export function nameOf(tenant: Tenant, noun: string, numbers = 1_000_000): string {
  return `${tenant.name}-${noun}-${tenant.chance.whole(1, numbers)}`
}

/** Waits until every read sees what was written before. */
export function settled(tenant: Tenant): Promise<void> {
  return tenant.rest(settledMs)
}

/** Equal values give equal texts, in whatever order their fields are. */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

function shownKind(kind: string, name: string): string {
  return `${kind} of ${name}`
}
