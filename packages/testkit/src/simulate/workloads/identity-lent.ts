import {
  accessKeyCreate,
  accessRuleDelete,
  accessRuleGet,
  accessRuleList,
  type Actor,
  applicationCredentialCreate,
  applicationCredentialDelete,
  applicationCredentialGet,
  applicationCredentialList,
  credentialCreate,
  credentialDelete,
  credentialGet,
  credentialList,
  credentialUpdate,
  trustCreate,
  trustDelete,
  trustGet,
  trustList,
  userCreate,
  userDelete,
} from '@nephos/core'
import type { Action, Tenant } from '../workload.ts'
import { nameOf, remember, settled } from './aim.ts'
import { mutate } from './create.ts'
import { walk } from './pages.ts'

/** A new user of the project, who acts as himself. */
async function newcomer(tenant: Tenant): Promise<Actor | undefined> {
  const input = { name: nameOf(tenant, 'user') }
  const made = await mutate(tenant, userCreate, input, { as: tenant.operator })
  if (made.end !== 'ok') return undefined
  await settled(tenant)
  return { ...tenant.member, userId: made.answer.id, roles: ['member', 'reader'] }
}

/** He goes, now and then while somebody still uses what is his: nothing of it stays. */
async function leave(tenant: Tenant, self: Actor, meanwhile: () => Promise<unknown>) {
  const id = self.userId
  if (tenant.chance.happens(0.4)) return remember(tenant, 'user', id)
  await Promise.all([
    tenant.call(userDelete, { id }, { as: tenant.operator }),
    tenant.chance.happens(0.5) ? meanwhile() : undefined,
  ])
}

const readRules = [
  { service: 'compute', method: 'GET', path: '/v2.1/servers' },
  { service: 'volumev3', method: 'GET', path: '/v3/*/volumes/**' },
] as const

const lendToProgram: Action = {
  name: 'let a program act as oneself',
  weight: 1,
  run: async (tenant) => {
    const { chance } = tenant
    const as = await newcomer(tenant)
    if (!as) return
    const lend = (): Promise<unknown> => {
      const name = nameOf(tenant, 'program', 3)
      const accessRules = chance.happens(0.7) ? [chance.pick(readRules)] : undefined
      return mutate(tenant, applicationCredentialCreate, { name, accessRules }, { as })
    }
    const input = { name: 'first', roles: [{ name: 'reader' }], accessRules: readRules }
    const made = await mutate(tenant, applicationCredentialCreate, input, { as })
    if (made.end === 'ok') {
      const { id } = made.answer
      await settled(tenant)
      await tenant.call(applicationCredentialGet, { id }, { as })
      await walk(tenant, applicationCredentialList, {}, { as, byId: false })
      if (chance.happens(0.5)) await lend()
      const gone = await tenant.call(applicationCredentialDelete, { id }, { as })
      await settled(tenant)
      const rules = await tenant.call(accessRuleList, {}, { as })
      const rule = rules.end === 'ok' && gone.end === 'ok' ? rules.answer.at(-1) : undefined
      if (rule) {
        await tenant.call(accessRuleGet, { id: rule.id }, { as })
        await tenant.call(accessRuleDelete, { id: rule.id }, { as })
      }
    }
    await leave(tenant, as, lend)
  },
}

const lendToUser: Action = {
  name: 'lend roles to another user',
  weight: 1,
  run: async (tenant) => {
    const [as, trustee] = [await newcomer(tenant), await newcomer(tenant)]
    if (!as || !trustee) return
    const trusteeId = trustee.userId
    const input = { trusteeId, roles: [{ name: 'reader' }], impersonation: false }
    const lend = (): Promise<unknown> => mutate(tenant, trustCreate, input, { as })
    const made = await mutate(tenant, trustCreate, input, { as })
    if (made.end === 'ok') {
      const { id } = made.answer
      await settled(tenant)
      await tenant.call(trustGet, { id }, { as: trustee })
      await walk(tenant, trustList, { trustorId: as.userId }, { as, byId: false })
      await walk(tenant, trustList, { trusteeId }, { as: trustee, byId: false })
      if (tenant.chance.happens(0.5)) await tenant.call(trustDelete, { id }, { as })
    }
    // Either of them takes it with him.
    await leave(tenant, trustee, lend)
    await leave(tenant, as, lend)
  },
}

const keepCredentials: Action = {
  name: 'keep credentials',
  weight: 1,
  run: async (tenant) => {
    const { chance, projectId } = tenant
    const as = await newcomer(tenant)
    if (!as) return
    const sign = (): Promise<unknown> => mutate(tenant, accessKeyCreate, { projectId }, { as })
    await sign()
    const input = { type: 'cert', blob: `${tenant.name}-blob`, projectId }
    const made = await mutate(tenant, credentialCreate, input, { as })
    if (made.end === 'ok') {
      const { id } = made.answer
      await settled(tenant)
      await tenant.call(credentialUpdate, { id, blob: `${tenant.name}-other` }, { as })
      await tenant.call(credentialGet, { id }, { as })
      await walk(tenant, credentialList, {}, { as, byId: false })
      if (chance.happens(0.5)) await tenant.call(credentialDelete, { id }, { as })
    }
    await leave(tenant, as, sign)
  },
}

export const lentActions: readonly Action[] = [lendToProgram, lendToUser, keepCredentials]
