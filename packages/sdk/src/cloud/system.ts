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
  type InputOf,
  projectCreate,
  projectDelete,
  projectGet,
  projectList,
  projectUpdate,
  quotaDefaults,
  quotaGet,
  quotaSet,
  roleAssign,
  roleAssignmentList,
  roleUnassign,
  serverForceDelete,
  serverList,
  userCreate,
  userDelete,
  userGet,
  userList,
  userSetPassword,
  userUpdate,
  zoneList,
} from '@nephos/core'
import { bind, bindList, type Session } from './bind.ts'

/** What operators do. */
export type SystemApi = ReturnType<typeof systemApi>

export function systemApi(session: Session) {
  return Object.freeze({ ...computeApi(session), ...identityApi(session) })
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
    servers: Object.freeze({
      list: bindList(session, serverList),
      forceDelete: bind(session, serverForceDelete),
    }),
    images: Object.freeze({
      deactivate: bind(session, imageDeactivate),
      reactivate: bind(session, imageReactivate),
    }),
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
      defaults: bind(session, quotaDefaults),
    }),
  })
}
