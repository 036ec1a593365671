import { CloudError } from '@nephos/core'

/** A time as Keystone's tokens write it: UTC with microseconds. */
export function timeOf(ms: number): string {
  return `${plainTimeOf(ms)}Z`
}

/** The same without its zone, as application credentials have it. */
export function plainTimeOf(ms: number): string {
  const whole = Math.floor(ms)
  const micros = Math.min(999, Math.round((ms - whole) * 1_000))
  return `${new Date(whole).toISOString().slice(0, 23)}${String(micros).padStart(3, '0')}`
}

const form = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z|\+00:00)?$/

/**
 * Milliseconds since the epoch of a time in UTC, with what it has of microseconds.
 *
 * @throws CloudError `invalid` with the field.
 */
export function msOf(text: string, field: string): number {
  const [, day, time, fraction = ''] = form.exec(text) ?? []
  const seconds = Date.parse(`${day}T${time}Z`)
  if (Number.isNaN(seconds)) {
    throw new CloudError(
      'invalid',
      `${field}: is no time of the form 2026-01-31T12:00:00.000000Z.`,
      {
        field,
      },
    )
  }
  return seconds + Number(`0.${fraction.slice(0, 6).padEnd(6, '0')}`) * 1_000
}
