/** `12,345`. The same on every machine. */
export function grouped(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `1 seed`, `2 seeds`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}

/** A length of time in the units that tell most: `3 y 12 d`, `1 h 04 min`, `12.3 s`, `48 ms`. */
export function lengthText(ms: number): string {
  if (ms < 1_000) return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 60) return `${minutes} min ${two(Math.floor(ms / 1_000) % 60)} s`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h ${two(minutes % 60)} min`
  const days = Math.floor(hours / 24)
  if (days < 730) return `${grouped(days)} d ${two(hours % 24)} h`
  return `${grouped(Math.floor(days / 365))} y ${days % 365} d`
}

/** A time of a story: `01:02:03.456`. */
export function instantText(ms: number): string {
  const whole = Math.floor(ms)
  const seconds = Math.floor(whole / 1_000)
  const clock = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${clock.map(two).join(':')}.${String(whole % 1_000).padStart(3, '0')}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** Rows of columns; all but the first and the last are aligned right. */
export function tableLines(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)))
  }
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      if (column === 0) return cell.padEnd(widths[column] ?? 0)
      return column === row.length - 1 ? cell : cell.padStart(widths[column] ?? 0)
    })
    return `  ${cells.join('  ')}`.trimEnd()
  })
}
