import { keyPairKind } from '../../../model/compute/key-pair.ts'
import { serverGroupKind } from '../../../model/compute/server-group.ts'
import { serverKind } from '../../../model/compute/server.ts'
import { projectKind } from '../../../model/identity/project.ts'
import { imageKind } from '../../../model/image/image.ts'
import type { Kind, Stored } from '../../../model/kind.ts'
import { containerKind } from '../../../model/object/container.ts'
import { multipartUploadKind, objectPartKind } from '../../../model/object/multipart.ts'
import { objectKind } from '../../../model/object/object.ts'
import { shareKind, shareSnapshotKind } from '../../../model/share/share.ts'
import { networkKind } from '../../../model/network/network.ts'
import { addressGroupKind } from '../../../model/network/address-group.ts'
import { floatingIpKind } from '../../../model/network/floating-ip.ts'
import { isChargedPort, portKind } from '../../../model/network/port.ts'
import { routerKind } from '../../../model/network/router.ts'
import { securityGroupKind, securityGroupRuleKind } from '../../../model/network/security-group.ts'
import { qosPolicyKind } from '../../../model/network/qos-policy.ts'
import { rbacPolicyKind } from '../../../model/network/rbac-policy.ts'
import { subnetPoolKind } from '../../../model/network/subnet-pool.ts'
import { subnetKind } from '../../../model/network/subnet.ts'
import { softwareConfigKind, softwareDeploymentKind } from '../../../model/stack/software.ts'
import { stackKind } from '../../../model/stack/stack.ts'
import { chargedFlavor } from '../../compute/server-resize.ts'
import { isGone } from '../../image/access.ts'
import { imageUsage } from '../../image/usage.ts'
import { objectUsage } from '../../object/plan.ts'
import { shareUsage } from '../../share/plan.ts'
import { type QuotaName, quotaNames, quotaScope, type Usage } from '../../quota.ts'
import { volumeGroupKind } from '../../../model/block/group.ts'
import { byField, opened, type Tally, type TallyPart, tallyPart } from '../rule.ts'
import { balancerQuotaParts } from './balancer.ts'
import { blockQuotaParts } from './block.ts'

interface Owned extends Stored {
  readonly projectId: string
}

/** Rows of a kind, each charged to its project. */
function usage<T extends Owned>(kind: Kind<T>, usageOf: (row: T) => Usage): TallyPart {
  const index = kind.indexes['byProject'] && byField('byProject')
  return tallyPart(
    kind,
    (row) => {
      const scope = quotaScope(row.projectId)
      return Object.entries(usageOf(row))
        .filter(([, amount]) => amount !== 0)
        .map(([name, amount]) => ({ scope, name, amount }))
    },
    index,
  )
}

const one =
  (name: QuotaName): (() => Usage) =>
  () => ({ [name]: 1 })

/** What each project's rows use of its quotas. */
export const quotaTally: Tally = {
  prefix: 'quota:',
  parts: [
    tallyPart(projectKind, ({ id }) => opened(quotaScope(id), ...quotaNames), {
      name: '',
      keys: (id) => [id],
    }),
    usage(volumeGroupKind, one('volumeGroups')),
    usage(serverKind, (server) => {
      const { vcpus, ramMb } = chargedFlavor(server)
      return { instances: 1, cores: vcpus, ram: ramMb }
    }),
    usage(keyPairKind, one('keyPairs')),
    usage(stackKind, one('stacks')),
    usage(softwareConfigKind, one('softwareConfigs')),
    usage(softwareDeploymentKind, one('softwareDeployments')),
    usage(serverGroupKind, one('serverGroups')),
    usage(imageKind, (image) => (isGone(image) ? {} : imageUsage(image))),
    usage(containerKind, one('containers')),
    usage(objectKind, objectUsage),
    usage(multipartUploadKind, one('objects')),
    usage(objectPartKind, ({ state, size }) => (state === 'used' ? {} : { objectBytes: size })),
    usage(shareKind, shareUsage),
    usage(shareSnapshotKind, one('shareSnapshots')),
    usage(networkKind, one('networks')),
    usage(subnetKind, one('subnets')),
    usage(portKind, (port) => (isChargedPort(port) ? { ports: 1 } : {})),
    usage(routerKind, one('routers')),
    usage(floatingIpKind, one('floatingIps')),
    usage(addressGroupKind, one('addressGroups')),
    usage(subnetPoolKind, one('subnetPools')),
    usage(rbacPolicyKind, one('rbacPolicies')),
    usage(qosPolicyKind, one('qosPolicies')),
    usage(securityGroupKind, ({ isDefault }) => (isDefault ? {} : { securityGroups: 1 })),
    usage(securityGroupRuleKind, ({ charged }) => (charged ? { securityGroupRules: 1 } : {})),
    ...blockQuotaParts,
    ...balancerQuotaParts,
  ],
}
