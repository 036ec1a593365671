import { defineKind, type Stored } from '../kind.ts'

/** How full the hosts were on one day (UTC): the fullest that was seen. Its id is the day. */
export interface CapacityDay extends Stored {
  /** Midnight at which the day begins, in milliseconds since the epoch. */
  readonly day: number
  readonly hosts: number
  /** By resource class, over all enabled hosts. */
  readonly total: Readonly<Record<string, number>>
  readonly used: Readonly<Record<string, number>>
}

export const capacityDayKind = defineKind<CapacityDay>('capacityDay', {
  byDay: { fields: ['day'] },
})
