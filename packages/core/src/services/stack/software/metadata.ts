import { z } from 'zod'
import { limits } from '../../../base/limits.ts'
import { softwareConfigKind, softwareDeploymentKind } from '../../../model/stack/software.ts'
import type { Call } from '../../call.ts'
import { getAll } from '../../fetch.ts'
import { pageFields } from '../../fields.ts'
import { defineOperation } from '../../operation.ts'
import { listPage, type PageBounds } from '../../page.ts'
import { serverField } from './fields.ts'
import { type DerivedConfig, derivedConfig } from './derived.ts'

const metadataInput = z.strictObject({ ...pageFields, serverId: serverField })

/** With what a server needs to answer, so for those alone who may write. */
export const softwareDeploymentMetadata = defineOperation({
  id: 'stack.softwareDeployment.metadata',
  summary: 'Lists what is deployed on a server, as the server reads it.',
  policy: { scope: 'project', role: 'member' },
  input: metadataInput,
  mutates: false,
  run: (
    call: Call,
    { serverId, ...page }: z.infer<typeof metadataInput>,
  ): Promise<DerivedConfig[]> => deploymentsOn(call, serverId, page),
})

/** What a server of the project is to do, by the ids of the deployments. */
export async function deploymentsOn(
  call: Call,
  serverId: string,
  page: PageBounds = { limit: limits.pageRows },
): Promise<DerivedConfig[]> {
  const query = { index: 'byServer', equals: [call.projectId, serverId] }
  const rows = await listPage(call, softwareDeploymentKind, query, page)
  const ids = [...new Set(rows.map(({ configId }) => configId))]
  const configs = await getAll(call.kernel, softwareConfigKind, ids)
  const byId = new Map(configs.map((config) => [config.id, config]))
  return rows.flatMap((row) => {
    const config = byId.get(row.configId)
    return config ? [derivedConfig(config, row)] : []
  })
}
