import { forgetBounds } from '../classes'
import { hostsAge, hostsOf, kindAt, kindDevices } from '../kind'
import {
  allows,
  headed,
  KINDS,
  located,
  OFFER_COUNT,
  OFFER_GAIN,
  OFFER_OPEN,
  offerRecord,
  OFFERS,
  PRICES,
} from './layout'

/** What 64 free units are worth where the demand for just these is as high as that for all. */
const MOST: f64 = 128

/** The age of the fleet when prices were worked out, −1 = not at all. */
let pricesAge: i32 = -1

export function forgetPrices(): void {
  pricesAge = -1
}

/** What 64 free units of a kind are worth. */
@inline
export function priceOf(kind: i32): i32 {
  return kind < headed(KINDS) ? load<i32>(located(PRICES) + (<usize>kind << 2)) : 0
}

@inline
function devicesOfKind(kind: i32): f64 {
  return <f64>hostsOf(kind) * <f64>kindDevices(kindAt(kind))
}

/**
 * Brings prices up to date with the hosts that there are. Devices are dear that are asked for by
 * those who can take no other: to each kind, what such asks want, shared out evenly among the
 * devices that they may take, compared with what all asks want per device.
 */
export function settlePrices(): void {
  if (pricesAge == hostsAge || headed(OFFERS) == 0) return
  pricesAge = hostsAge
  const kinds = headed(KINDS)
  let devices: f64 = 0
  for (let kind = 0; kind < kinds; kind++) devices += devicesOfKind(kind)
  let all: f64 = 0
  for (let offer = 0; offer < headed(OFFERS); offer++) {
    all += demandOf(offer)
    store<f64>(offerRecord(offer), allowed(offer), OFFER_OPEN)
  }
  let changed = false
  for (let kind = 0; kind < kinds; kind++) {
    const price = devices > 0 ? priceFor(kind, devices, all / devices) : 0
    if (price == priceOf(kind)) continue
    store<i32>(located(PRICES) + (<usize>kind << 2), price)
    changed = true
  }
  if (changed) forgetBounds()
}

@inline
function demandOf(offer: i32): f64 {
  const at = offerRecord(offer)
  return <f64>load<i32>(at, OFFER_COUNT) * <f64>load<i32>(at, OFFER_GAIN)
}

function priceFor(kind: i32, devices: f64, mean: f64): i32 {
  if (devicesOfKind(kind) == 0) return 0
  let own: f64 = 0
  for (let offer = 0; offer < headed(OFFERS); offer++) {
    const demand = demandOf(offer)
    if (demand == 0 || !allows(offer, kind)) continue
    const open = load<f64>(offerRecord(offer), OFFER_OPEN)
    if (open < devices) own += demand / open
  }
  return <i32>Math.floor(MOST * Math.min(1, own / mean))
}

/** Devices that an offer may take. */
function allowed(offer: i32): f64 {
  let open: f64 = 0
  for (let kind = 0; kind < headed(KINDS); kind++) {
    if (allows(offer, kind)) open += devicesOfKind(kind)
  }
  return open
}
