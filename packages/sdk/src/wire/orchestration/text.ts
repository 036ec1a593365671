/** A time as Heat writes it; null for none. */
export function timeText(at: number | null): string | null {
  return at === null ? null : `${new Date(at).toISOString().slice(0, 19)}Z`
}

/** A value as Heat shows those of parameters: always a text. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return value
  if (typeof value !== 'object') return JSON.stringify(value)
  const isPlainList = Array.isArray(value) && value.every((item) => typeof item !== 'object')
  return isPlainList ? value.map((item) => valueText(item)).join(',') : JSON.stringify(value)
}

/** What Heat says where a template says nothing. */
export const noDescription = 'No description'
