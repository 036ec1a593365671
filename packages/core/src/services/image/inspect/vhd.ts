import { type Reader, says, sizeOf, u16, u32, u64, type Verdict } from './reader.ts'

const footerBytes = 512
const [fixed, dynamic, differencing] = [2, 3, 4]

/**
 * VHD: a footer at the end, and a copy of it at the beginning unless the disk is fixed.
 *
 * @see Microsoft, Virtual Hard Disk Image Format Specification
 */
export function* vhd(): Reader {
  const head = yield { at: 0, length: footerBytes }
  if (isFooter(head)) return verdictOf(head)
  const tail = yield 'tail'
  const footer = tail.subarray(Math.max(0, tail.length - footerBytes))
  if (!isFooter(footer)) return undefined
  const verdict = verdictOf(footer)
  if (u32(footer, 60, false) === fixed) return verdict
  return { ...verdict, danger: 'its header is missing' }
}

function isFooter(bytes: Uint8Array): boolean {
  return bytes.length === footerBytes && says(bytes, 0, 'conectix')
}

function verdictOf(footer: Uint8Array): Verdict {
  const found = { format: 'vhd', virtualSize: sizeOf(u64(footer, 48, false)) } as const
  const type = u32(footer, 60, false)
  if (type === differencing) return { ...found, danger: 'it has a parent' }
  if (type !== fixed && type !== dynamic) return { ...found, danger: `type ${type} is unknown` }
  return found
}

const regionTables = [192 << 10, 256 << 10] as const
const tableBytes = 64 << 10
const mostEntries = 2_047
const metadataRegion = '06a27c8b90479a4bb8fe575f050f886e'
const fileParameters = '3767a1ca36fa434db3b633f0aa44e76b'
const diskSize = '2442a52f1bcd7648b2115dbed83bf4b8'
const parentLocator = '2d5fd3a80bb34d45abf7d3d84834ab0c'

/**
 * VHDX: region tables lead to the metadata, which tell the size and whether there is a parent.
 *
 * @see Microsoft, MS-VHDX
 */
export function* vhdx(): Reader {
  const head = yield { at: 0, length: 8 }
  if (!says(head, 0, 'vhdxfile')) return undefined
  const broken = (danger: string): Verdict => ({ format: 'vhdx', virtualSize: null, danger })
  const table = yield { at: regionTables[0], length: tableBytes }
  const copy = yield { at: regionTables[1], length: tableBytes }
  if (!says(table, 0, 'regi') || table.length < tableBytes) return broken('it has no region table')
  if (says(copy, 0, 'regi') && !isSame(table, copy)) return broken('its region tables differ')
  const at = metadataAt(table)
  if (at === undefined) return broken('it has no metadata')
  if (at < regionTables[1] + tableBytes) return broken('its metadata are among its headers')
  const metadata = yield { at, length: tableBytes }
  if (!says(metadata, 0, 'metadata') || metadata.length < tableBytes) {
    return broken('its metadata are none')
  }
  const items = itemsOf(metadata)
  if (items.has(parentLocator)) return broken('it has a parent')
  const places = [fileParameters, diskSize].map((item) => items.get(item))
  const [flagsAt, sizeAt] = places
  if (flagsAt === undefined || sizeAt === undefined) return broken('its metadata are incomplete')
  const from = Math.min(flagsAt, sizeAt)
  if (from < tableBytes || Math.max(flagsAt, sizeAt) - from > tableBytes) {
    return broken('its metadata are scattered')
  }
  const values = yield { at: at + from, length: tableBytes }
  const room = Math.max(flagsAt, sizeAt) - from + 8
  if (values.length < room) return broken('its metadata are cut off')
  if ((u32(values, flagsAt - from + 4) & 2) !== 0) return broken('it has a parent')
  return { format: 'vhdx', virtualSize: sizeOf(u64(values, sizeAt - from)) }
}

function metadataAt(table: Uint8Array): number | undefined {
  const count = Math.min(mostEntries, u32(table, 8))
  for (let entry = 16; entry < 16 + 32 * count && entry + 32 <= table.length; entry += 32) {
    if (guid(table, entry) === metadataRegion) return u64(table, entry + 16)
  }
  return undefined
}

/** Where each item is, from the beginning of the region. */
function itemsOf(metadata: Uint8Array): ReadonlyMap<string, number> {
  const items = new Map<string, number>()
  const count = Math.min(mostEntries, u16(metadata, 10))
  for (let entry = 32; entry < 32 + 32 * count && entry + 32 <= metadata.length; entry += 32) {
    items.set(guid(metadata, entry), u32(metadata, entry + 16))
  }
  return items
}

function guid(bytes: Uint8Array, at: number): string {
  return [...bytes.subarray(at, at + 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
