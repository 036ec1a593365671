import { defineKind, type Stored } from '../kind.ts'

/**
 * What seals one audit record, whose id it has: a digest over the record and over the seal before.
 * Append-only.
 */
export interface AuditLink extends Stored {
  /** Place in the chain, from 1, without gaps. */
  readonly number: number
  /** The hash of the link before; empty for the first. */
  readonly previous: string
  /** SHA-256, as hex, over number, previous hash and record. */
  readonly hash: string
}

export const auditLinkKind = defineKind<AuditLink>('auditLink', {
  byNumber: { fields: ['number'], unique: true },
})

/** Where the chain ends. There is one such row; who extends the chain compares its revision. */
export interface AuditHead extends Stored {
  /** Of the last link; 0 and empty before the first. */
  readonly number: number
  readonly hash: string
  /** Changes of the feed up to this one are sealed. */
  readonly seq: number
}

export const auditHeadKind = defineKind<AuditHead>('auditHead', {})

export const auditHeadId = 'audit'
