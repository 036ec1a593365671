import { templateError } from '../template/error.ts'
import { cinderVolume } from './cinder-volume.ts'
import { cinderVolumeAttachment } from './cinder-volume-attachment.ts'
import {
  cinderEncryptedVolumeType,
  cinderQosAssociation,
  cinderQosSpecs,
  cinderVolumeType,
} from './cinder-volume-type.ts'
import { glanceWebImage } from './glance-web-image.ts'
import {
  keystoneDomain,
  keystoneGroup,
  keystoneGroupRoles,
  keystoneProject,
  keystoneRole,
  keystoneUser,
  keystoneUserRoles,
} from './keystone.ts'
import { neutronFloatingIpAssociation, neutronPortForward } from './neutron-floating-ip-use.ts'
import {
  neutronQosBandwidthLimit,
  neutronQosDscpMarking,
  neutronQosMinimumBandwidth,
  neutronQosPolicy,
} from './neutron-qos.ts'
import { neutronRbacPolicy } from './neutron-rbac-policy.ts'
import { neutronSubnetPool } from './neutron-subnet-pool.ts'
import { novaFlavor } from './nova-flavor.ts'
import { octaviaL7Policy, octaviaL7Rule } from './octavia-l7.ts'
import { cinderQuota, neutronQuota, novaQuota, octaviaQuota } from './quota.ts'
import { neutronFloatingIp } from './neutron-floating-ip.ts'
import { neutronRouter } from './neutron-router.ts'
import { neutronRouterInterface } from './neutron-router-interface.ts'
import { octaviaHealthMonitor } from './octavia-health-monitor.ts'
import { octaviaListener } from './octavia-listener.ts'
import { octaviaLoadBalancer } from './octavia-load-balancer.ts'
import { octaviaPool } from './octavia-pool.ts'
import { octaviaPoolMember } from './octavia-pool-member.ts'
import { swiftContainer } from './swift-container.ts'
import { heatAutoScalingGroup, heatResourceGroup } from './heat-group.ts'
import { heatNone, heatValue } from './heat-plain.ts'
import { heatRandomString } from './heat-random-string.ts'
import { heatScalingPolicy } from './heat-scaling-policy.ts'
import { heatCloudConfig, heatSoftwareConfig } from './heat-software-config.ts'
import { heatSoftwareDeployment, heatSoftwareDeployments } from './heat-software-deployment.ts'
import { heatStack, templateType } from './heat-stack.ts'
import { heatTestResource } from './heat-test-resource.ts'
import { heatWaitCondition, heatWaitConditionHandle } from './heat-wait-condition.ts'
import { manilaShare } from './manila-share.ts'
import { neutronNet } from './neutron-net.ts'
import { neutronPort } from './neutron-port.ts'
import { neutronSecurityGroup } from './neutron-security-group.ts'
import { neutronSecurityRule } from './neutron-security-rule.ts'
import { neutronSubnet } from './neutron-subnet.ts'
import { novaKeyPair } from './nova-key-pair.ts'
import { novaServerGroup } from './nova-server-group.ts'
import { novaServer } from './nova-server.ts'
import type { ResourceType } from './type.ts'

/** Every type that a cloud has, by name. */
export const resourceTypes: readonly ResourceType[] = [
  heatAutoScalingGroup,
  heatCloudConfig,
  heatNone,
  heatRandomString,
  heatResourceGroup,
  heatScalingPolicy,
  heatSoftwareConfig,
  heatSoftwareDeployment,
  heatSoftwareDeployments,
  heatStack,
  heatTestResource,
  heatValue,
  heatWaitCondition,
  heatWaitConditionHandle,
  manilaShare,
  neutronNet,
  neutronPort,
  neutronSecurityGroup,
  neutronSecurityRule,
  neutronSubnet,
  novaKeyPair,
  novaServer,
  novaServerGroup,
  cinderVolume,
  cinderVolumeAttachment,
  neutronFloatingIp,
  neutronRouter,
  neutronRouterInterface,
  octaviaHealthMonitor,
  octaviaListener,
  octaviaLoadBalancer,
  octaviaPool,
  octaviaPoolMember,
  swiftContainer,
  cinderEncryptedVolumeType,
  cinderQosAssociation,
  cinderQosSpecs,
  cinderQuota,
  cinderVolumeType,
  glanceWebImage,
  keystoneDomain,
  keystoneGroup,
  keystoneGroupRoles,
  keystoneProject,
  keystoneRole,
  keystoneUser,
  keystoneUserRoles,
  neutronFloatingIpAssociation,
  neutronPortForward,
  neutronQosBandwidthLimit,
  neutronQosDscpMarking,
  neutronQosMinimumBandwidth,
  neutronQosPolicy,
  neutronQuota,
  neutronRbacPolicy,
  neutronSubnetPool,
  novaFlavor,
  novaQuota,
  octaviaL7Policy,
  octaviaL7Rule,
  octaviaQuota,
]

const byName = new Map(resourceTypes.map((type) => [type.name, type]))

export function builtInType(name: string): ResourceType | undefined {
  return byName.get(name)
}

/**
 * A type that the cloud has, or that a file among those which came with the template is.
 *
 * @throws CloudError `invalid`.
 */
export function typeNamed(
  name: string,
  files: Readonly<Record<string, string>>,
  path: string,
): ResourceType {
  const type = byName.get(name)
  if (type) return type
  const isFile = /\.(?:ya?ml|template|json)$/.test(name)
  const text = isFile && Object.hasOwn(files, name) ? files[name] : undefined
  if (text !== undefined) return templateType(name, text)
  const problem = isFile ? 'is not among the files' : 'is no type of resource'
  throw templateError(path, `${name.slice(0, 200)} ${problem}.`)
}
