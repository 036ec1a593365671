/* When the ask that runs is expected to end, and now: bins. Policies that heed time read them. */
export let until: i32 = 0
export let now: i32 = 0

export function setTime(end: i32, present: i32): void {
  until = end
  now = present
}
