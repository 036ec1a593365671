import type { Typical } from './typical.ts'

/** Sequences of offers, and offers in each. */
export const sequences = 16
export const sequenceLength = 64

/** How often an ask with and one without devices is offered for each time it is asked for. */
const ticketsForDevices = 4
const ticketsPlain = 2

/**
 * Sequences of typical asks (their indices): in each every ask as often as it is asked for
 * (systematic sampling, each sequence beginning elsewhere), in random order. They are the same for
 * the same asks.
 */
export function drawSequences(offers: readonly Typical[]): readonly (readonly number[])[] {
  const below = generator()
  const tickets = offers.map(({ asked, count }) => {
    return count * (asked.devices > 0 ? ticketsForDevices : ticketsPlain)
  })
  const total = tickets.reduce((sum, each) => sum + each, 0)
  const places = sequences * sequenceLength
  const starts = Array.from({ length: sequences }, (_, index) => index)
  shuffle(starts, below)
  return starts.map((start) => {
    const from = start * total + Math.floor(total / 2)
    const list = Array.from({ length: sequenceLength }, (_, place) =>
      owner(tickets, Math.floor((place * sequences * total + from) / places)),
    )
    shuffle(list, below)
    return list
  })
}

/** Whose ticket a number is. */
function owner(tickets: readonly number[], ticket: number): number {
  let sum = 0
  return tickets.findIndex((each) => {
    sum += each
    return sum > ticket
  })
}

/** Marsaglia's xorshift of 32 bits (2003), from a fixed beginning. */
function generator(): (limit: number) => number {
  let state = 2_463_534_242
  return (limit) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return Math.floor((state * limit) / 2 ** 32)
  }
}

function shuffle(list: number[], below: (limit: number) => number): void {
  for (let at = list.length - 1; at > 0; at--) {
    const other = below(at + 1)
    const held = list[at] as number
    list[at] = list[other] as number
    list[other] = held
  }
}
