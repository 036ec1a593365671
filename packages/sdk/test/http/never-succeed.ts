import type { Method } from '../../src/http/endpoint.ts'

interface Refused {
  readonly method: Method
  readonly path: string
  readonly body?: unknown
  readonly minor?: number
  readonly status: number
}

const volumes = '/volume/v3/{project}'
const nothing = { method: 'GET', path: `${volumes}/volumes/`, status: 404 } as const
const images = { method: 'GET', path: '/image/v2/images/', status: 404 } as const
const services = (verb: string): Refused => ({
  method: 'PUT',
  path: `${volumes}/os-services/${verb}`,
  body: { host: '{host}' },
  status: 501,
})

const power = (verb: string): Refused => ({
  method: 'GET',
  path: `/compute/v2.1/os-hosts/{host}/${verb}`,
  minor: 1,
  status: 501,
})

/**
 * Endpoints that there are so that clients are told why not, with what each answers to good
 * requests: so there is no answer of theirs to keep.
 */
export const neverSucceed: Readonly<Record<string, Refused>> = {
  'compute.virtualInterfaces.list': {
    method: 'GET',
    path: '/compute/v2.1/servers/{server}/os-virtual-interfaces',
    status: 400,
  },
  'compute.remoteConsoles.create': {
    method: 'POST',
    path: '/compute/v2.1/servers/{server}/remote-consoles',
    body: { remote_console: { protocol: 'vnc', type: 'novnc' } },
    minor: 6,
    status: 400,
  },
  'compute.hypervisors.uptime': {
    method: 'GET',
    path: '/compute/v2.1/os-hypervisors/{hypervisor}/uptime',
    status: 501,
  },
  'compute.hosts.startup': power('startup'),
  'compute.hosts.shutdown': power('shutdown'),
  'compute.hosts.reboot': power('reboot'),
  'network.agents.get': { method: 'GET', path: '/network/v2.0/agents/x', status: 404 },
  'volume.volumes.getNone': nothing,
  'volume.volumes.putNone': { ...nothing, method: 'PUT' },
  'volume.volumes.deleteNone': { ...nothing, method: 'DELETE' },
  'volume.groupTypes.default': { ...nothing, path: `${volumes}/group_types/default` },
  'volume.services.freeze': services('freeze'),
  'volume.services.thaw': services('thaw'),
  'volume.services.failover_host': services('failover_host'),
  'image.images.nameless-get': images,
  'image.images.nameless-delete': { ...images, method: 'DELETE' },
}
