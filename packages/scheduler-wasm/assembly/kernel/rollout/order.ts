import { offersAt } from '../memory'
import {
  headed,
  LENGTH,
  located,
  OFFER_COUNT,
  OFFER_DEVICES,
  offerRecord,
  OFFERS,
  ORDER,
  SEQUENCES,
} from './layout'
import { NO_FIELD, take } from './offers'

/** How often an ask with and one without devices is offered for each time it is asked for. */
const TICKETS_DEVICES: u64 = 4
const TICKETS_PLAIN: u64 = 2
const SEED: u32 = 2463534242

let random: u32 = 0

/** Below a number, by the generator of Marsaglia (2003). */
function below(limit: i32): i32 {
  random ^= random << 13
  random ^= random >> 17
  random ^= random << 5
  return <i32>((<u64>random * <u64>limit) >> 32)
}

@inline
function swap(list: usize, a: i32, b: i32): void {
  const held = load<u32>(list + (<usize>a << 2))
  store<u32>(list + (<usize>a << 2), load<u32>(list + (<usize>b << 2)))
  store<u32>(list + (<usize>b << 2), held)
}

function shuffle(list: usize, length: i32): void {
  for (let at = length - 1; at > 0; at--) swap(list, at, below(at + 1))
}

@inline
function ticketsOf(offer: i32): u64 {
  const at = offerRecord(offer)
  const each = load<i32>(at, OFFER_DEVICES) > 0 ? TICKETS_DEVICES : TICKETS_PLAIN
  return each * <u64>load<i32>(at, OFFER_COUNT)
}

/**
 * Sequences of offers: in each every offer as often as it is asked for (systematic sampling, each
 * sequence beginning elsewhere), in random order. They are the same for the same offers.
 */
export function drawOrder(): void {
  random = SEED
  let total: u64 = 0
  for (let offer = 0; offer < headed(OFFERS); offer++) total += ticketsOf(offer)
  take(ORDER, <usize>(SEQUENCES * LENGTH) << 2)
  const starts = take(NO_FIELD, <usize>SEQUENCES << 2)
  const begins = offersAt + starts
  for (let sequence = 0; sequence < SEQUENCES; sequence++) {
    store<i32>(begins + (<usize>sequence << 2), sequence)
  }
  shuffle(begins, SEQUENCES)
  for (let sequence = 0; sequence < SEQUENCES; sequence++) {
    const start = <u64>load<u32>(begins + (<usize>sequence << 2))
    const list = located(ORDER) + (<usize>(sequence * LENGTH) << 2)
    drawOne(list, start * total + (total >> 1), total)
    shuffle(list, LENGTH)
  }
}

function drawOne(list: usize, from: u64, total: u64): void {
  let offer = 0
  let sum = ticketsOf(0)
  for (let at = 0; at < LENGTH; at++) {
    const ticket = (<u64>at * <u64>SEQUENCES * total + from) / <u64>(SEQUENCES * LENGTH)
    while (sum <= ticket) sum += ticketsOf(++offer)
    store<u32>(list + (<usize>at << 2), <u32>(offerRecord(offer) - offersAt))
  }
}
