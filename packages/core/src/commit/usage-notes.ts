import type { Draft, Kind, Stored, UsageMeter } from '../model/kind.ts'
import { type UsagePeriod, usagePeriodId, usagePeriodKind } from '../model/meter/usage.ts'
import type { WriteBatch } from '../ports/store.ts'

type Row = Omit<Stored, 'rev'>

/** What metered rows have besides. */
interface Owned extends Row {
  readonly projectId: string
  readonly name?: string
}

/**
 * Turns row writes into usage. Each row of a metered kind carries since when it has its amounts; a
 * write that changes or ends them closes that period. What is read is the row in hand: its revision
 * is compared by the same commit, so it is the row that is replaced.
 */
export class UsageNotes {
  readonly #at: number
  readonly #closed: Draft<UsagePeriod>[] = []

  constructor(at: number) {
    this.#at = at
  }

  /** The row as it is to be stored. */
  insert<T extends Row>(kind: Kind, row: T): T {
    const { meter } = kind
    if (!meter) return row
    return marked(row, this.#at, amountsOf(meter, row))
  }

  /** As `insert`, for a row that replaces one. */
  update<T extends Row>(kind: Kind, row: T): T {
    const { meter } = kind
    if (!meter) return row
    const now = amountsOf(meter, row)
    if (isSame(now, row.metered)) return row
    this.#close(kind, row)
    // A clock that is behind must not open a time that was counted already.
    return marked(row, Math.max(this.#at, row.metered?.[0] ?? 0), now)
  }

  remove(kind: Kind, row: Row): void {
    const { meter } = kind
    // Other amounts than those noted were written after this row was read: that write closed it.
    if (meter && isSame(amountsOf(meter, row), row.metered)) this.#close(kind, row)
  }

  /** What ended. */
  writes(): WriteBatch['kinds'] {
    if (this.#closed.length === 0) return []
    return [{ kind: usagePeriodKind, writes: { insert: this.#closed } }]
  }

  #close(kind: Kind, row: Row): void {
    const period = closedPeriod(kind, row, this.#at)
    if (period) this.#closed.push(period)
  }
}

/** The use that a row tells of, as ended at a time; undefined: none. */
export function closedPeriod(
  kind: Kind,
  row: Omit<Stored, 'rev'>,
  to: number,
): Draft<UsagePeriod> | undefined {
  const [since, ...amounts] = row.metered ?? []
  if (since === undefined || since >= to) return undefined
  const classes = kind.meter?.classes ?? []
  const named = amounts.map((amount, at): [string, number] => [classes[at] as string, amount])
  const { projectId, name = '' } = row as Owned
  return {
    id: usagePeriodId(kind.name, row.id, since),
    projectId,
    kind: kind.name,
    resourceId: row.id,
    name,
    since,
    to,
    amounts: Object.fromEntries(named.filter(([, amount]) => amount !== 0)),
  }
}

/** Empty when nothing is counted. */
function amountsOf(meter: UsageMeter, row: Row): readonly number[] {
  const amounts = meter.amounts(row)
  return amounts.every((amount) => amount === 0) ? [] : amounts
}

function isSame(amounts: readonly number[], metered: readonly number[] | undefined): boolean {
  const length = metered ? metered.length - 1 : 0
  return amounts.length === length && amounts.every((amount, at) => metered?.[at + 1] === amount)
}

function marked<T extends Row>(row: T, since: number, amounts: readonly number[]): T {
  if (amounts.length > 0) return { ...row, metered: [since, ...amounts] }
  if (row.metered === undefined) return row
  const { metered: _, ...rest } = row
  return rest as T
}
