import { CloudError } from '@nephos/core'

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** A length of virtual time: milliseconds, or a number with a unit, such as `90s` or `1.5h`. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`

/** @throws CloudError `invalid` for anything but a duration of 0 or more. */
export function durationMs(duration: Duration): number {
  if (typeof duration === 'number' && duration >= 0) return duration
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(duration)) ?? []
  if (amount !== undefined && unit !== undefined) return Number(amount) * (units[unit] as number)
  throw new CloudError('invalid', `duration: is none, such as 500ms, 90s or 1.5h: ${duration}`, {
    field: 'duration',
  })
}
