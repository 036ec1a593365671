import type { StoryOptions } from './story-types.ts'

/** A story that once found a defect: it must stay mended. */
export interface Regression {
  readonly story: StoryOptions
  /** What the defect was, in one line. */
  readonly was: string
}

const small = { hosts: 1, apis: 1, workers: 1, batch: 1, minutes: 1, faults: {} } as const

export const regressions: readonly Regression[] = [
  {
    story: {
      seed: 170,
      plan: {
        hosts: 1,
        apis: 1,
        workers: 1,
        tenants: 2,
        actions: 2,
        batch: 1,
        minutes: 14,
        faults: { clockJump: 10 },
      },
    },
    was: '6: work that a process whose clock was ahead had dated was taken up by nobody.',
  },
  {
    story: {
      seed: 460,
      plan: {
        hosts: 1,
        apis: 1,
        workers: 1,
        tenants: 1,
        actions: 12,
        batch: 1,
        minutes: 14,
        faults: { clockJump: 40 },
      },
    },
    was: '7: a clock that was ahead for a while made a key be forgotten: its repeat was refused.',
  },
  {
    story: {
      seed: 680,
      plan: {
        hosts: 2,
        apis: 1,
        workers: 2,
        tenants: 2,
        actions: 11,
        batch: 1,
        minutes: 1,
        faults: { storeLosesAnswer: 0.2, engineLies: 0.2 },
      },
    },
    was: '4: a wrong answer of the engine put a group that is to be together on two hosts.',
  },
  {
    story: {
      seed: 84,
      plan: {
        hosts: 1,
        apis: 1,
        workers: 1,
        tenants: 1,
        actions: 23,
        batch: 1,
        minutes: 20,
        faults: {
          crash: 40,
          hostDies: 10,
          clockJump: 120,
          clockStops: 10,
          storeDown: 120,
          storeFull: 120,
          busWiped: 10,
        },
      },
      skip: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21],
      onlyStrikes: [0, 1, 2, 4, 9, 10, 12],
    },
    was: '14: a server whose deletion was given up could be stopped, which made it an empty guest.',
  },
  {
    story: {
      seed: 229,
      plan: {
        hosts: 1,
        apis: 3,
        workers: 2,
        tenants: 2,
        actions: 29,
        batch: 1,
        minutes: 57,
        faults: { crash: 120, cut: 40, hostDies: 2, clockJump: 10, storeFull: 2 },
      },
    },
    was: '6: an upload stayed under way for a year: a clock that was ahead wrote its lease.',
  },
  {
    story: {
      seed: 643,
      plan: {
        hosts: 2,
        apis: 2,
        workers: 3,
        tenants: 2,
        actions: 30,
        batch: 1,
        minutes: 60,
        faults: {
          storeLosesAnswer: 0.2,
          hostElsewhere: 0.1,
          hostHang: 0.1,
          hostLies: 0.1,
          networkLate: 0.02,
          crash: 40,
        },
      },
    },
    was: '16: the audit refused that a lost guest whose resize is open is made anew.',
  },
  {
    story: {
      seed: 2770,
      plan: {
        hosts: 9,
        apis: 2,
        workers: 2,
        tenants: 3,
        actions: 9,
        batch: 1,
        minutes: 60,
        faults: {
          ...{ clockStops: 10, hostBusy: 0.02, pause: 10, hostHang: 0.4, storeFull: 40 },
          ...{ clockJump: 40, storeLosesAnswer: 0.02, busDrop: 0.1, busTwice: 0.003 },
          ...{ storeRefuses: 0.003, storeReadOnly: 2, hostFalseAlarm: 0.02, networkFails: 0.4 },
          ...{ imagesFail: 0.02, hostDies: 2, hostLies: 0.1, engineLies: 0.1, guestHalts: 2 },
          ...{ networkLate: 0.4, storeConflict: 0.02, storeStale: 0.1, storeDown: 2 },
          ...{ crashMidWrite: 0.1, hostNever: 0.02 },
        },
      },
    },
    was: '13: with old reads, a project went although it had just got a network.',
  },
  {
    story: {
      seed: 3580,
      plan: {
        hosts: 2,
        apis: 3,
        workers: 2,
        tenants: 3,
        actions: 7,
        batch: 3,
        minutes: 60,
        faults: {
          ...{ hostFalseAlarm: 0.4, guestHalts: 2, storeRefuses: 0.02, hostBusy: 0.02 },
          ...{ engineLies: 0.02, busTwice: 0.02, storeDown: 10, clockJump: 2 },
          ...{ storeConflict: 0.02, hostSilent: 0.4, busLate: 0.003, cut: 10, hostNever: 0.4 },
          ...{ crash: 10, busWiped: 10, storeReadOnly: 2, hostLate: 0.02, hostHang: 0.4 },
          ...{ busDrop: 0.1, guestAppears: 10, hostDies: 40, clockStops: 2, storeStale: 0.1 },
          ...{ storeLosesAnswer: 0.1, pause: 10, storeSlow: 0.1, networkFails: 0.1 },
          ...{ hostLies: 0.02 },
        },
      },
    },
    was: '30: with old reads, the bytes of an upload whose answer was lost were deleted.',
  },
  {
    story: {
      seed: 475,
      plan: {
        hosts: 9,
        apis: 3,
        workers: 1,
        tenants: 3,
        actions: 10,
        batch: 3,
        minutes: 20,
        faults: { networkFails: 0.4, busDrop: 0.1, storeStale: 0.003 },
      },
    },
    was: '14: with old reads, a load balancer deleted twice counted two deletions, and stayed.',
  },
  {
    story: { seed: 929 },
    was: '30: a part that came again while its upload was completed took it from the object.',
  },
  {
    story: { seed: 455 },
    was: '14: with old reads, a consumer of placement went, and what it held of a provider stayed.',
  },
  {
    story: {
      seed: 1937,
      plan: { ...small, tenants: 2, actions: 7 },
      skip: [0, 1, 2, 3, 4, 5, 6, 1000, 1001, 1002, 1003, 1005],
    },
    was: '25: marking a resource of a stack as it was marked was accepted, and not kept on record.',
  },
  {
    story: { seed: 2621, plan: { ...small, tenants: 1, actions: 6 }, skip: [0, 2, 3, 4] },
    was: '15: a consumer of placement that takes again was taken for one that came back.',
  },
  {
    story: { seed: 3239, plan: { hosts: 1, batch: 1 }, onlyStrikes: [14, 18, 19, 23, 24] },
    was: '14: with old reads, a volume was backed up for ever, after its backup had been made.',
  },
  {
    story: { seed: 6, plan: { minutes: 60, actions: 20, faults: { clockJump: 120 } } },
    was: '10: a volume that an operator says is available, and was never made, was a surprise.',
  },
  {
    story: { seed: 1690, plan: { minutes: 30, actions: 7, batch: 1 } },
    was: '29: what a consumer of placement took of a host, and nobody heard of, was not seen.',
  },
  {
    story: { seed: 1885, plan: { ...small, minutes: 2, tenants: 1, actions: 8 } },
    was: '19: a rescued server that an operator says is active went on running from its image.',
  },
  {
    story: {
      seed: 28,
      plan: { faults: { hostSilent: 0.4 }, actions: 30, hosts: 2, minutes: 20 },
    },
    was: '7: a call with nothing to do kept no key: its repeat was answered otherwise later.',
  },
  {
    story: {
      seed: 6236,
      plan: { hosts: 1, batch: 1 },
      onlyStrikes: [7, 8, 48, 50, 57, 58, 73, 74, 75],
      skip: [1, 2, 1003, 2001, 2002, 2003, 2004],
    },
    was: '14: with old reads, a network went, and a policy that it was lent by stayed.',
  },
  {
    story: { seed: 5962, plan: { ...small, tenants: 2, actions: 9 } },
    was: '19: the limits of a network that lost its QoS policy, and went, stayed where they were.',
  },
  { story: { seed: 95 }, was: '0: a call that did nothing ended with a lost race of its key.' },
  {
    story: { seed: 2735 },
    was: '17: work that a clock which was behind had dated was given up before its rows were seen.',
  },
  {
    story: { seed: 126 },
    was: '17: a copy of an image whose time was over before it began was left under way.',
  },
]
