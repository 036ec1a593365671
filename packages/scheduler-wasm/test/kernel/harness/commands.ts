/**
 * One call, or several, in numbers that need not fit: the player takes them modulo what there is,
 * so that a list stays playable when commands are dropped or numbers made smaller.
 */
export type Command =
  | {
      readonly do: 'addKind'
      readonly capacity: readonly number[]
      readonly cells: number
      readonly cell: readonly number[]
      readonly devices: number
      readonly hash: number
    }
  | {
      readonly do: 'addHosts'
      readonly count: number
      readonly kind: number
      /** Slots left out before each. */
      readonly gap: number
      /** Something in use on each, to tell them apart; none if empty. */
      readonly use: readonly number[]
    }
  | { readonly do: 'changeKind'; readonly host: number; readonly kind: number }
  | { readonly do: 'dropHost'; readonly host: number }
  | {
      readonly do: 'shift'
      readonly host: number
      readonly amounts: readonly number[]
      readonly times: number
      readonly back: number
    }
  | {
      readonly do: 'addFootprint'
      readonly amounts: readonly number[]
      readonly cells: number
      readonly cellAmounts: readonly number[]
      readonly devices: number
      readonly units: number
      /** How many footprints that take the same. */
      readonly twins: number
    }
  | { readonly do: 'dropFootprint'; readonly pick: number }
  | {
      readonly do: 'setShape'
      readonly slot: number
      readonly footprint: number
      readonly policy: number
      readonly weights: readonly number[]
      /** One per kind. */
      readonly filter: readonly number[]
    }
  | {
      readonly do: 'setTypical'
      readonly picks: readonly number[]
      readonly weights: readonly number[]
      /** How often each is asked for. */
      readonly counts: readonly number[]
      /** Where they may not go, read from another place on for each. */
      readonly filter: readonly number[]
    }
  | {
      readonly do: 'mark'
      readonly host: number
      readonly members: number
      readonly limit: number
    }
  | { readonly do: 'clearMarks' }
  | {
      readonly do: 'decide'
      readonly shape: number
      readonly min: number
      readonly max: number
      readonly limit: number
      readonly sharing: number
      readonly ranking: number
      readonly markedOnly: number
      readonly oldestFirst: number
      readonly seed: number
      readonly until: number
      readonly now: number
      readonly effect: number
      /** 0: as the shape says; else one of the footprints that take the same. */
      readonly footprint: number
    }
  | {
      readonly do: 'placeOne'
      readonly shape: number
      readonly until: number
      readonly now: number
      readonly times: number
    }
  | {
      readonly do: 'room'
      readonly shape: number
      readonly limit: number
      readonly markedOnly: number
      readonly cap: number
    }
  | {
      readonly do: 'domains'
      readonly shape: number
      readonly limit: number
      /** One per kind; 0 is none. */
      readonly domainOf: readonly number[]
      readonly count: number
    }
  | { readonly do: 'explain'; readonly shape: number; readonly markedOnly: number }
  | {
      readonly do: 'release'
      readonly picks: readonly number[]
      /** Not only live ones. */
      readonly any: number
    }
  | { readonly do: 'move'; readonly pick: number; readonly host: number; readonly any: number }
  | { readonly do: 'reserve'; readonly hosts: number; readonly allocations: number }
  | { readonly do: 'save' }
  | {
      readonly do: 'restore'
      /** Into a new kernel, or into the same. */
      readonly fresh: number
    }
  | { readonly do: 'rebuild'; readonly wider: readonly number[] }
  | { readonly do: 'audit' }

/** A frame and what to do with a kernel of it. */
export interface Script {
  /** Resources, cells, classes of cells, devices, lifetimes. */
  readonly frame: readonly number[]
  readonly commands: readonly Command[]
}
