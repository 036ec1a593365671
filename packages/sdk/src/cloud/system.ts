import {
  aggregateAddHosts,
  aggregateCreate,
  aggregateDelete,
  aggregateGet,
  aggregateList,
  aggregateRemoveHosts,
  aggregateSetMetadata,
  aggregateUpdate,
  type CallOptions,
  capacityAsk,
  capacityGet,
  capacityTrend,
  domainCreate,
  domainDelete,
  domainGet,
  domainList,
  domainUpdate,
  flavorAccessGrant,
  flavorAccessList,
  flavorAccessRevoke,
  flavorCreate,
  flavorDelete,
  flavorGet,
  flavorList,
  flavorUpdate,
  fleetDefragment,
  hostCreate,
  hostDelete,
  hostDrain,
  hostGet,
  hostList,
  hostServers,
  hostUpdate,
  hostUsage,
  imageDeactivate,
  imageReactivate,
  metadefCreate,
  metadefDefine,
  metadefDelete,
  metadefGet,
  metadefList,
  metadefTag,
  metadefUndefine,
  metadefUpdate,
  type InputOf,
  projectCreate,
  projectDelete,
  projectGet,
  projectList,
  projectUpdate,
  quotaDefaults,
  quotaGet,
  quotaList,
  quotaSet,
  roleAssign,
  roleAssignmentList,
  roleUnassign,
  migrationList,
  serverEvacuate,
  serverForceDelete,
  serverList,
  serverLiveMigrate,
  serverMigrate,
  serverResetState,
  shareList,
  userCreate,
  userDelete,
  userGet,
  userList,
  userSetPassword,
  userUpdate,
  zoneList,
} from '@nephos/core'
import { balancerOperatorApi } from './balancer.ts'
import { bind, bindList, type Session } from './bind.ts'
import { blockSystemApi } from './block.ts'
import { networkApi } from './network.ts'
import { placementApi } from './placement.ts'
import { auditLogApi, eventsApi } from './events.ts'
import { usageApi } from './usage.ts'

/** What operators do. */
export type SystemApi = ReturnType<typeof systemApi>

export function systemApi(session: Session) {
  return Object.freeze({
    ...computeApi(session),
    placement: placementApi(session),
    loadBalancers: balancerOperatorApi(session),
    ...blockSystemApi(session),
    ...networkApi(session),
    ...identityApi(session),
  })
}

function computeApi(session: Session) {
  const drain = bind(session, hostDrain)
  return Object.freeze({
    hosts: Object.freeze({
      create: bind(session, hostCreate),
      get: bind(session, hostGet),
      list: bindList(session, hostList),
      update: bind(session, hostUpdate),
      delete: bind(session, hostDelete),
      usage: bind(session, hostUsage),
      servers: bindList(session, hostServers),
      capacity: bind(session, capacityGet),
      zones: bind(session, zoneList),
      /**
       * A plan that empties a host, named by its id or as `{ id }`: each of its servers with where
       * it could go, or why it is stuck. Nothing moves.
       */
      drain: (host: string | InputOf<typeof hostDrain>, options?: CallOptions) =>
        drain(typeof host === 'string' ? { id: host } : host, options),
    }),
    /** How many servers of a flavor would fit now, and why not one more. */
    capacity: bind(session, capacityAsk),
    /** How full the hosts were by day, where that leads, and when they are full. */
    capacityTrend: bind(session, capacityTrend),
    /** What any project used, also one that is gone. */
    usage: usageApi(session),
    /** What happens everywhere, in order. */
    events: eventsApi(session),
    /** Who asked for what, and whether the log is as it was written. */
    auditLog: auditLogApi(session),
    /** A plan that frees hosts by a few moves. Nothing moves. */
    defragment: bind(session, fleetDefragment),
    aggregates: Object.freeze({
      create: bind(session, aggregateCreate),
      get: bind(session, aggregateGet),
      list: bindList(session, aggregateList),
      update: bind(session, aggregateUpdate),
      setMetadata: bind(session, aggregateSetMetadata),
      addHosts: bind(session, aggregateAddHosts),
      removeHosts: bind(session, aggregateRemoveHosts),
      delete: bind(session, aggregateDelete),
    }),
    flavors: Object.freeze({
      create: bind(session, flavorCreate),
      get: bind(session, flavorGet),
      list: bindList(session, flavorList),
      update: bind(session, flavorUpdate),
      delete: bind(session, flavorDelete),
      grant: bind(session, flavorAccessGrant),
      revoke: bind(session, flavorAccessRevoke),
      access: bind(session, flavorAccessList),
    }),
    servers: serversApi(session),
    /** Those of all projects. */
    shares: Object.freeze({ list: bindList(session, shareList) }),
    /** Definitions of what metadata may say. */
    metadefs: metadefsApi(session),
    images: Object.freeze({
      deactivate: bind(session, imageDeactivate),
      reactivate: bind(session, imageReactivate),
    }),
  })
}

function metadefsApi(session: Session) {
  return Object.freeze({
    create: bind(session, metadefCreate),
    get: bind(session, metadefGet),
    list: bindList(session, metadefList),
    update: bind(session, metadefUpdate),
    delete: bind(session, metadefDelete),
    define: bind(session, metadefDefine),
    undefine: bind(session, metadefUndefine),
    tag: bind(session, metadefTag),
  })
}

function serversApi(session: Session) {
  return Object.freeze({
    list: bindList(session, serverList),
    forceDelete: bind(session, serverForceDelete),
    /** Moves a server to another host; to be confirmed or reverted, as a resize. */
    migrate: bind(session, serverMigrate),
    /** Moves a server to another host while it runs. */
    liveMigrate: bind(session, serverLiveMigrate),
    /** Builds a server whose host is down on another one. */
    evacuate: bind(session, serverEvacuate),
    /** Records of moves to other hosts, newest first. */
    migrations: bindList(session, migrationList),
    /** Says what state servers are in, when nothing else helps. */
    resetState: bind(session, serverResetState),
  })
}

function identityApi(session: Session) {
  return Object.freeze({
    domains: Object.freeze({
      create: bind(session, domainCreate),
      get: bind(session, domainGet),
      list: bindList(session, domainList),
      update: bind(session, domainUpdate),
      delete: bind(session, domainDelete),
    }),
    projects: Object.freeze({
      create: bind(session, projectCreate),
      get: bind(session, projectGet),
      list: bindList(session, projectList),
      update: bind(session, projectUpdate),
      delete: bind(session, projectDelete),
    }),
    users: Object.freeze({
      create: bind(session, userCreate),
      get: bind(session, userGet),
      list: bindList(session, userList),
      update: bind(session, userUpdate),
      setPassword: bind(session, userSetPassword),
      delete: bind(session, userDelete),
    }),
    roles: Object.freeze({
      assign: bind(session, roleAssign),
      unassign: bind(session, roleUnassign),
      list: bindList(session, roleAssignmentList),
    }),
    quotas: Object.freeze({
      get: bind(session, quotaGet),
      set: bind(session, quotaSet),
      list: bindList(session, quotaList),
      defaults: bind(session, quotaDefaults),
    }),
  })
}
