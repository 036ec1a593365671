import {
  addressGroupAdd,
  addressGroupCreate,
  addressGroupDelete,
  addressGroupGet,
  addressGroupList,
  addressGroupRemove,
  addressGroupUpdate,
  floatingIpCreate,
  floatingIpCreateMany,
  floatingIpDelete,
  floatingIpGet,
  floatingIpList,
  floatingIpUpdate,
  networkAddressesGet,
  networkAddressesList,
  networkCreate,
  networkCreateMany,
  networkDelete,
  networkGet,
  networkList,
  networkUpdate,
  portCreate,
  portCreateMany,
  portDelete,
  portForwardingCreate,
  portForwardingDelete,
  portForwardingList,
  portForwardingUpdate,
  portGet,
  portList,
  portUpdate,
  qosPolicyCreate,
  qosPolicyDelete,
  qosPolicyGet,
  qosPolicyList,
  qosPolicyUpdate,
  qosRuleCreate,
  qosRuleDelete,
  qosRuleUpdate,
  rbacPolicyCreate,
  rbacPolicyDelete,
  rbacPolicyGet,
  rbacPolicyList,
  rbacPolicyUpdate,
  reachabilityCheck,
  routerAddInterface,
  routerAddRoutes,
  routerCreate,
  routerDelete,
  routerGet,
  routerList,
  routerRemoveInterface,
  routerRemoveRoutes,
  routerUpdate,
  securityGroupCreate,
  securityGroupDelete,
  securityGroupGet,
  securityGroupList,
  securityGroupUpdate,
  securityRuleCreate,
  securityRuleDelete,
  securityRuleGet,
  securityRuleList,
  subnetPoolAddPrefixes,
  subnetPoolCreate,
  subnetPoolDelete,
  subnetPoolGet,
  subnetPoolList,
  subnetPoolRemovePrefixes,
  subnetPoolUpdate,
  subnetCreate,
  subnetDelete,
  subnetGet,
  subnetList,
  subnetUpdate,
} from '@nephos/core'
import { bind, bindList, type Session } from './bind.ts'

export function networkApi(session: Session) {
  return Object.freeze({
    networks: Object.freeze({
      create: bind(session, networkCreate),
      /** All of them or none. */
      createMany: bind(session, networkCreateMany),
      /** How many addresses may be given out, and how many are held: for operators. */
      addresses: bind(session, networkAddressesGet),
      listAddresses: bindList(session, networkAddressesList),
      get: bind(session, networkGet),
      list: bindList(session, networkList),
      update: bind(session, networkUpdate),
      delete: bind(session, networkDelete),
    }),
    subnets: Object.freeze({
      create: bind(session, subnetCreate),
      get: bind(session, subnetGet),
      list: bindList(session, subnetList),
      update: bind(session, subnetUpdate),
      delete: bind(session, subnetDelete),
    }),
    ports: Object.freeze({
      create: bind(session, portCreate),
      /** All of them or none. */
      createMany: bind(session, portCreateMany),
      get: bind(session, portGet),
      list: bindList(session, portList),
      update: bind(session, portUpdate),
      delete: bind(session, portDelete),
    }),
    ...routingApi(session),
    /** May one reach the other, and which rules say so? */
    reachability: bind(session, reachabilityCheck),
    /** Blocks from which subnets are cut, so that no two of them overlap. */
    subnetPools: Object.freeze({
      create: bind(session, subnetPoolCreate),
      get: bind(session, subnetPoolGet),
      list: bindList(session, subnetPoolList),
      update: bind(session, subnetPoolUpdate),
      addPrefixes: bind(session, subnetPoolAddPrefixes),
      removePrefixes: bind(session, subnetPoolRemovePrefixes),
      delete: bind(session, subnetPoolDelete),
    }),
    ...policiesApi(session),
    addressGroups: Object.freeze({
      create: bind(session, addressGroupCreate),
      get: bind(session, addressGroupGet),
      list: bindList(session, addressGroupList),
      update: bind(session, addressGroupUpdate),
      addAddresses: bind(session, addressGroupAdd),
      removeAddresses: bind(session, addressGroupRemove),
      delete: bind(session, addressGroupDelete),
    }),
    securityGroups: Object.freeze({
      create: bind(session, securityGroupCreate),
      get: bind(session, securityGroupGet),
      list: bindList(session, securityGroupList),
      update: bind(session, securityGroupUpdate),
      delete: bind(session, securityGroupDelete),
    }),
    securityGroupRules: Object.freeze({
      create: bind(session, securityRuleCreate),
      get: bind(session, securityRuleGet),
      list: bindList(session, securityRuleList),
      delete: bind(session, securityRuleDelete),
    }),
  })
}

/** Who may use what, and how much. */
function policiesApi(session: Session) {
  return Object.freeze({
    /** How much traffic networks and ports may have. */
    qosPolicies: Object.freeze({
      create: bind(session, qosPolicyCreate),
      get: bind(session, qosPolicyGet),
      list: bindList(session, qosPolicyList),
      update: bind(session, qosPolicyUpdate),
      delete: bind(session, qosPolicyDelete),
      addRule: bind(session, qosRuleCreate),
      updateRule: bind(session, qosRuleUpdate),
      removeRule: bind(session, qosRuleDelete),
    }),
    /** Lend things to other projects. */
    rbacPolicies: Object.freeze({
      create: bind(session, rbacPolicyCreate),
      get: bind(session, rbacPolicyGet),
      list: bindList(session, rbacPolicyList),
      update: bind(session, rbacPolicyUpdate),
      delete: bind(session, rbacPolicyDelete),
    }),
  })
}

/** Ways between networks, and out of the cloud. */
function routingApi(session: Session) {
  return Object.freeze({
    routers: Object.freeze({
      create: bind(session, routerCreate),
      get: bind(session, routerGet),
      list: bindList(session, routerList),
      update: bind(session, routerUpdate),
      delete: bind(session, routerDelete),
      /** By a subnet, with its gateway address, or by a port. */
      addInterface: bind(session, routerAddInterface),
      removeInterface: bind(session, routerRemoveInterface),
      addRoutes: bind(session, routerAddRoutes),
      removeRoutes: bind(session, routerRemoveRoutes),
    }),
    floatingIps: Object.freeze({
      create: bind(session, floatingIpCreate),
      /** All of them or none, each with the port that it is to stand for. */
      createMany: bind(session, floatingIpCreateMany),
      get: bind(session, floatingIpGet),
      list: bindList(session, floatingIpList),
      update: bind(session, floatingIpUpdate),
      delete: bind(session, floatingIpDelete),
    }),
    portForwardings: Object.freeze({
      create: bind(session, portForwardingCreate),
      list: bind(session, portForwardingList),
      update: bind(session, portForwardingUpdate),
      delete: bind(session, portForwardingDelete),
    }),
  })
}
