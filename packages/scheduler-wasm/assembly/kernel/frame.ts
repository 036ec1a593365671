/** The columns of a state, set once. Column numbers, and bytes of a state. */
export let resources: i32 = 0
export let cells: i32 = 0
export let cellClasses: i32 = 0
export let devices: i32 = 0
export let lifetimes: bool = false

export let cellColumn: i32 = 0
export let deviceColumn: i32 = 0
export let untilColumn: i32 = 0
export let width: i32 = 0
/** Bytes of the words of a state: a multiple of 16. */
export let stateBytes: usize = 0

export function setFrame(r: i32, c: i32, l: i32, g: i32, u: bool): void {
  resources = r
  cells = c
  cellClasses = l
  devices = g
  lifetimes = u
  cellColumn = r
  deviceColumn = r + c * l
  untilColumn = deviceColumn + g
  const columns = untilColumn + (u ? 1 : 0)
  width = (columns + 3) & ~3
  stateBytes = <usize>width << 2
}
