import {
  softwareConfigCreate,
  softwareConfigDelete,
  softwareConfigGet,
  softwareConfigList,
  softwareDeploymentCreate,
  softwareDeploymentDelete,
  softwareDeploymentGet,
  softwareDeploymentList,
  softwareDeploymentMetadata,
  softwareDeploymentSignal,
  softwareDeploymentUpdate,
} from '@nephos/core'
import { bind, bindList, type Session } from './bind.ts'

/** What runs on servers: configurations, and their deployments. */
export function softwareApi(session: Session) {
  return Object.freeze({
    /** Configuration of software, which servers are brought to by deployments. */
    configs: Object.freeze({
      create: bind(session, softwareConfigCreate),
      get: bind(session, softwareConfigGet),
      list: bindList(session, softwareConfigList),
      delete: bind(session, softwareConfigDelete),
    }),
    deployments: Object.freeze({
      create: bind(session, softwareDeploymentCreate),
      get: bind(session, softwareDeploymentGet),
      list: bindList(session, softwareDeploymentList),
      update: bind(session, softwareDeploymentUpdate),
      delete: bind(session, softwareDeploymentDelete),
      /** Says what came of it. */
      signal: bind(session, softwareDeploymentSignal),
      /** What a server is to do. */
      ofServer: bind(session, softwareDeploymentMetadata),
    }),
  })
}
