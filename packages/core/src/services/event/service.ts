import { auditHeadKind, auditLinkKind } from '../../model/audit/chain.ts'
import { eventHorizonKind, eventKind } from '../../model/event/event.ts'
import type { Service } from '../service.ts'
import { auditChainVerify, auditRecordList } from './audit-log.ts'
import { eventList } from './list.ts'
import { auditSeal } from './seal.ts'

/** What happened, in order, to be followed; who asked for it, sealed. */
export const event: Service = {
  name: 'event',
  kinds: [eventKind, eventHorizonKind, auditLinkKind, auditHeadKind],
  operations: [eventList, auditRecordList, auditChainVerify],
  reconcilers: (kernel) => [auditSeal(kernel)],
}
