import {
  allocationGet,
  allocationSet,
  candidatesFind,
  providerAllocations,
  providerCreate,
  providerDelete,
  providerGet,
  providerList,
  providerSetAggregates,
  providerSetInventory,
  providerSetTraits,
  providerUpdate,
  providerUsage,
  reshape,
  resourceClassCreate,
  resourceClassDelete,
  resourceClassList,
  traitCreate,
  traitDelete,
  traitList,
  placementUsageGet,
} from '@nephos/core'
import { bind, bindList, type Session } from './bind.ts'

/** Resources beside those of servers and hosts: who has them, and who takes them. */
export function placementApi(session: Session) {
  return Object.freeze({
    providers: Object.freeze({
      create: bind(session, providerCreate),
      get: bind(session, providerGet),
      /** Hosts among them. */
      list: bindList(session, providerList),
      update: bind(session, providerUpdate),
      setInventory: bind(session, providerSetInventory),
      setTraits: bind(session, providerSetTraits),
      setAggregates: bind(session, providerSetAggregates),
      usage: bind(session, providerUsage),
      allocations: bindList(session, providerAllocations),
      delete: bind(session, providerDelete),
    }),
    traits: Object.freeze({
      create: bind(session, traitCreate),
      list: bind(session, traitList),
      delete: bind(session, traitDelete),
    }),
    resourceClasses: Object.freeze({
      create: bind(session, resourceClassCreate),
      list: bind(session, resourceClassList),
      delete: bind(session, resourceClassDelete),
    }),
    /** What consumers take that are no servers of this cloud. */
    allocations: Object.freeze({
      set: bind(session, allocationSet),
      get: bind(session, allocationGet),
    }),
    /** Where resources could be taken now; nothing is reserved. */
    candidates: bind(session, candidatesFind),
    /** Changes inventories and allocations together. */
    reshape: bind(session, reshape),
    /** What a project's consumers use, servers included. */
    usage: bind(session, placementUsageGet),
  })
}
