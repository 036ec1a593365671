import type { JsonMap } from '../../../model/stack/json.ts'
import { quotaDefaults, quotaSet } from '../../identity/quota.ts'
import type { QuotaName } from '../../quota.ts'
import { templateError } from '../template/error.ts'
import { madeType } from './made.ts'
import { numberOf, type PropertySpecs, textOf } from './property.ts'
import type { ResourceType, ResourceWork } from './type.ts'

type Names = Readonly<Record<string, QuotaName>>

async function set(
  work: ResourceWork,
  given: JsonMap,
  limits: Partial<Record<QuotaName, number>>,
  key: string,
): Promise<string> {
  const projectId = textOf(given, 'project') as string
  await work.call(quotaSet, { projectId, limits }, key)
  return projectId
}

/** What a project may have of one service. When it goes, the defaults are in force again. */
function quotaType(name: string, names: Names): ResourceType {
  const limit = { type: 'integer', min: -1, updatable: true } as const
  const own = Object.fromEntries(Object.keys(names).map((one) => [one, limit] as const))
  const properties: PropertySpecs = { project: { type: 'string', required: true }, ...own }
  const limitsOf = (given: JsonMap) =>
    Object.fromEntries(
      Object.entries(names).flatMap(([one, quota]) => {
        const value = numberOf(given, one)
        return value === undefined ? [] : [[quota, value] as const]
      }),
    ) as Partial<Record<QuotaName, number>>
  const defaultsOf = async (work: ResourceWork, given: JsonMap) => {
    const defaults = await work.call(quotaDefaults, {})
    const quotas = Object.keys(limitsOf(given)) as QuotaName[]
    return Object.fromEntries(quotas.map((quota) => [quota, defaults[quota]] as const))
  }
  return madeType(
    {
      ...{ name, properties, attributes: {} },
      summary: 'What a project may have, set by an administrator.',
      check: (given, path) => {
        if (Object.keys(given).some((one) => Object.hasOwn(names, one))) return
        throw templateError(path, `needs one of ${Object.keys(names).join(', ')}.`)
      },
    },
    {
      make: (work, given, key) => set(work, given, limitsOf(given), key),
      change: async (work, _, { to, from }, key) =>
        set(work, to, { ...(await defaultsOf(work, from)), ...limitsOf(to) }, key),
      drop: async (work, _, given, key) => set(work, given, await defaultsOf(work, given), key),
      idOf: (id) => id,
      told: () => ({}),
    },
  )
}

export const novaQuota = quotaType('OS::Nova::Quota', {
  instances: 'instances',
  cores: 'cores',
  ram: 'ram',
  server_groups: 'serverGroups',
})

export const cinderQuota = quotaType('OS::Cinder::Quota', {
  volumes: 'volumes',
  gigabytes: 'gigabytes',
  snapshots: 'snapshots',
  backups: 'backups',
  backup_gigabytes: 'backupGigabytes',
})

export const neutronQuota = quotaType('OS::Neutron::Quota', {
  network: 'networks',
  subnet: 'subnets',
  port: 'ports',
  router: 'routers',
  floatingip: 'floatingIps',
  security_group: 'securityGroups',
  security_group_rule: 'securityGroupRules',
})

export const octaviaQuota = quotaType('OS::Octavia::Quota', {
  loadbalancer: 'loadBalancers',
  listener: 'listeners',
  pool: 'pools',
  member: 'members',
  healthmonitor: 'healthMonitors',
})
