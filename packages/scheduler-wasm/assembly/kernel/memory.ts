/**
 * The linear memory: regions one after another, each as large as it must be. A region that grows
 * pushes those behind it up in one copy, so those that grow often come last. Addresses are kept in
 * globals and are stale after any `need`.
 */
export const REGION_IO = 0
export const REGION_VALUES = 1
export const REGION_KINDS = 2
export const REGION_FOOTPRINTS = 3
export const REGION_TYPICAL = 4
export const REGION_OFFERS = 5
export const REGION_SHAPES = 6
export const REGION_FILTERS = 7
export const REGION_LOG = 8
export const REGION_MARKS = 9
export const REGION_HOST_MARKS = 10
export const REGION_CLASS_MARKS = 11
export const REGION_HOSTS = 12
export const REGION_PERMUTATIONS = 13
export const REGION_TABLE = 14
export const REGION_CLASSES = 15
export const REGION_ALLOCATIONS = 16
export const REGION_BOUNDS = 17
export const REGION_SCORES = 18
export const REGION_COPY = 19
export const REGION_ENTRIES = 20
export const REGION_NUMBERS = 21
export const REGION_HEAP = 22
export const REGION_NODES = 23

/**
 * From address 0: sizes of the regions, what `save` keeps of the globals, five states in the making
 * (of at most 68 words), and what a rollout is at (see rollout.ts).
 */
const SIZES: usize = 0
export const SAVED: usize = 128
export const SCRATCH: usize = 512
export const TRIAL: usize = 832
export const AFTER: usize = 1152
export const AFTER_ONE: usize = 1472
export const AFTER_PARTS: usize = 1792
export const ROLLOUT: usize = 2112
const FIRST: usize = 2624
const PAGE: usize = 65536
/** A little less than 32-bit addresses reach. */
const MOST: u64 = 0xffff0000

/** Never moves: the first region. */
export const IO: usize = FIRST
export let kindsAt: usize = FIRST
export let footprintsAt: usize = FIRST
export let typicalsAt: usize = FIRST
export let offersAt: usize = FIRST
export let shapesAt: usize = FIRST
export let filtersAt: usize = FIRST
export let logAt: usize = FIRST
export let marksAt: usize = FIRST
export let hostMarksAt: usize = FIRST
export let classMarksAt: usize = FIRST
export let hostsAt: usize = FIRST
export let permutationsAt: usize = FIRST
export let tableAt: usize = FIRST
export let boundsAt: usize = FIRST
export let scoresAt: usize = FIRST
export let valuesAt: usize = FIRST
export let classesAt: usize = FIRST
export let allocationsAt: usize = FIRST
export let copyAt: usize = FIRST
export let entriesAt: usize = FIRST
export let numbersAt: usize = FIRST
export let heapAt: usize = FIRST
export let nodesAt: usize = FIRST
export let end: usize = FIRST

export function sizeOf(region: i32): usize {
  return <usize>load<u32>(SIZES + (<usize>region << 2))
}

/** Grows a region to at least so many bytes; what is new is zero. Traps when memory runs out. */
export function need(region: i32, bytes: usize): void {
  const size = sizeOf(region)
  if (bytes <= size) return
  // Addresses have 32 bits: what would not fit must not come round to zero.
  if (<u64>end + <u64>bytes - <u64>size > MOST) unreachable()
  const grown = (bytes + 63) & ~(<usize>63)
  const delta = grown - size
  const target = end + delta
  const held = (<usize>memory.size()) * PAGE
  if (target > held) {
    const pages = <i32>((target - held + PAGE - 1) / PAGE)
    if (memory.grow(pages) < 0) unreachable()
  }
  const behind = addressOf(region) + size
  memory.copy(behind + delta, behind, end - behind)
  memory.fill(behind, 0, delta)
  store<u32>(SIZES + (<usize>region << 2), <u32>grown)
  locate()
}

/** As `need`, with half as much again to spare: for what grows one by one. */
export function needMore(region: i32, bytes: usize): void {
  if (bytes <= sizeOf(region)) return
  const spare = <u64>bytes + (<u64>bytes >> 1)
  need(region, <u64>end + spare > MOST ? bytes : <usize>spare)
}

function addressOf(region: i32): usize {
  let at = FIRST
  for (let before = 0; before < region; before++) at += sizeOf(before)
  return at
}

/** Works the addresses out from the sizes. */
export function locate(): void {
  valuesAt = IO + sizeOf(REGION_IO)
  kindsAt = valuesAt + sizeOf(REGION_VALUES)
  footprintsAt = kindsAt + sizeOf(REGION_KINDS)
  typicalsAt = footprintsAt + sizeOf(REGION_FOOTPRINTS)
  offersAt = typicalsAt + sizeOf(REGION_TYPICAL)
  shapesAt = offersAt + sizeOf(REGION_OFFERS)
  filtersAt = shapesAt + sizeOf(REGION_SHAPES)
  logAt = filtersAt + sizeOf(REGION_FILTERS)
  marksAt = logAt + sizeOf(REGION_LOG)
  hostMarksAt = marksAt + sizeOf(REGION_MARKS)
  classMarksAt = hostMarksAt + sizeOf(REGION_HOST_MARKS)
  hostsAt = classMarksAt + sizeOf(REGION_CLASS_MARKS)
  permutationsAt = hostsAt + sizeOf(REGION_HOSTS)
  tableAt = permutationsAt + sizeOf(REGION_PERMUTATIONS)
  classesAt = tableAt + sizeOf(REGION_TABLE)
  allocationsAt = classesAt + sizeOf(REGION_CLASSES)
  boundsAt = allocationsAt + sizeOf(REGION_ALLOCATIONS)
  scoresAt = boundsAt + sizeOf(REGION_BOUNDS)
  copyAt = scoresAt + sizeOf(REGION_SCORES)
  entriesAt = copyAt + sizeOf(REGION_COPY)
  numbersAt = entriesAt + sizeOf(REGION_ENTRIES)
  heapAt = numbersAt + sizeOf(REGION_NUMBERS)
  nodesAt = heapAt + sizeOf(REGION_HEAP)
  end = nodesAt + sizeOf(REGION_NODES)
}
