import { cells, cellClasses, cellColumn, devices, deviceColumn, stateBytes, width } from './frame'
import { IO, kindsAt, need, needMore, REGION_IO, REGION_KINDS } from './memory'
import { copyState } from './state'

/*
 * A kind of host: hash, hosts, cells, devices; then its capacity as a state, and 2³¹ divided by
 * each.
 */
const KIND_HASH: usize = 0
const KIND_HOSTS: usize = 4
const KIND_CELLS: usize = 8
const KIND_DEVICES: usize = 12
const KIND_CAPACITY: usize = 16

export let kinds: i32 = 0
/** Counts the times that hosts came, went or changed their kind. */
export let hostsAge: i32 = 0
let kindBytes: usize = 0

export function setKinds(count: i32): void {
  kinds = count
  kindBytes = KIND_CAPACITY + 2 * stateBytes
}

@inline
export function kindAt(kind: i32): usize {
  return kindsAt + <usize>kind * kindBytes
}

@inline
export function kindHash(kind: usize): u32 {
  return load<u32>(kind, KIND_HASH)
}

@inline
export function kindCells(kind: usize): i32 {
  return load<i32>(kind, KIND_CELLS)
}

@inline
export function kindDevices(kind: usize): i32 {
  return load<i32>(kind, KIND_DEVICES)
}

@inline
export function capacityOf(kind: usize): usize {
  return kind + KIND_CAPACITY
}

@inline
export function inversesOf(kind: usize): usize {
  return kind + KIND_CAPACITY + stateBytes
}

@inline
export function countHosts(kind: i32, more: i32): void {
  const at = kindAt(kind) + KIND_HOSTS
  store<i32>(at, load<i32>(at) + more)
  hostsAge++
}

@inline
export function hostsOf(kind: i32): i32 {
  return load<i32>(kindAt(kind), KIND_HOSTS)
}

/** A new kind; its capacity is in IO. */
export function addKind(hash: u32): i32 {
  need(REGION_IO, stateBytes)
  const kind = kinds++
  needMore(REGION_KINDS, <usize>kinds * kindBytes)
  const at = kindAt(kind)
  store<u32>(at, hash, KIND_HASH)
  store<i32>(at, 0, KIND_HOSTS)
  copyState(capacityOf(at), IO)
  for (let column = 0; column < width; column++) {
    const amount = load<u32>(capacityOf(at) + (<usize>column << 2))
    const divisor = amount > 0 ? amount : 1
    store<u32>(inversesOf(at) + (<usize>column << 2), <u32>0x80000000 / divisor)
  }
  store<i32>(at, countCells(capacityOf(at)), KIND_CELLS)
  store<i32>(at, countDevices(capacityOf(at)), KIND_DEVICES)
  return kind
}

function countCells(capacity: usize): i32 {
  let known = 0
  for (let cell = 0; cell < cells; cell++) {
    const from = capacity + ((<usize>(cellColumn + cell * cellClasses)) << 2)
    for (let each = 0; each < cellClasses; each++) {
      if (load<i32>(from + (<usize>each << 2)) > 0) known = cell + 1
    }
  }
  return known
}

function countDevices(capacity: usize): i32 {
  let known = 0
  for (let device = 0; device < devices; device++) {
    if (load<i32>(capacity + ((<usize>(deviceColumn + device)) << 2)) > 0) known++
  }
  return known
}
