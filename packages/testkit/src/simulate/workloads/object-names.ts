import { containerCreate } from '@nephos/core'
import type { Tenant } from '../workload.ts'
import { mutate } from './create.ts'

/** Few names, so that tenants meet in them. */
const containers = 4

/** A container of the tenant's, made unless one of its name is there. */
export async function makeContainer(tenant: Tenant): Promise<string | undefined> {
  const { chance, known } = tenant
  const name = `box-${chance.whole(1, containers)}`
  const versioning = chance.happens(0.3) ? 'enabled' : 'off'
  const outcome = await mutate(tenant, containerCreate, { name, versioning })
  if (outcome.end === 'ok' && !known.all('container').includes(name)) known.add('container', name)
  return outcome.end === 'ok' ? name : known.pick('container', chance)
}

/** The name of a container to act on, mostly one that is there. */
export async function aimContainer(tenant: Tenant): Promise<string> {
  const { chance, known } = tenant
  if (chance.happens(0.05)) return 'no-such-box'
  if (known.all('container').length === 0) await makeContainer(tenant)
  return known.pick('container', chance) ?? 'box-1'
}

/** Few names, some of them within others. */
export function objectName({ chance }: Tenant): string {
  const parts = ['a', 'b/1', 'b/2', 'b/c/3', 'd/4', 'ü', '\u{1f600}']
  return chance.pick(parts) as string
}
