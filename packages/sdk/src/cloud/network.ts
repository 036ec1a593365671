import {
  networkCreate,
  networkDelete,
  networkGet,
  networkList,
  networkUpdate,
  portCreate,
  portDelete,
  portGet,
  portList,
  portUpdate,
  securityGroupCreate,
  securityGroupDelete,
  securityGroupGet,
  securityGroupList,
  securityGroupUpdate,
  securityRuleCreate,
  securityRuleDelete,
  securityRuleGet,
  securityRuleList,
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
      get: bind(session, portGet),
      list: bindList(session, portList),
      update: bind(session, portUpdate),
      delete: bind(session, portDelete),
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
