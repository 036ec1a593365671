import { describe, expect, it } from 'vitest'
import { readIso } from '../../test/iso-reader.ts'
import { isoImage } from './iso9660.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const at = Date.UTC(2026, 1, 3, 4, 5, 6)
const image = (files: Readonly<Record<string, string>>): Uint8Array =>
  isoImage(new Map(Object.entries(files).map(([name, text]) => [name, bytes(text)])), 'disk', at)

describe('a disk of files', () => {
  it('has them under their names, and under short ones', () => {
    const files = {
      'top.txt': 'top',
      'a/b/meta_data.json': '{}',
      'a/b/empty': '',
      'a/c d/ü.tar.gz': 'x'.repeat(5_000),
      '2018-08-27/meta_data.json': 'y'.repeat(2_048),
    }
    expect(Object.fromEntries(readIso(image(files), 'joliet'))).toEqual(files)
    expect([...readIso(image(files), 'short').keys()].toSorted()).toEqual([
      '2018_08_27/META_DATA.JSON',
      'A/B/EMPTY.',
      'A/B/META_DATA.JSON',
      'A/C_D/__TAR.GZ',
      'TOP.TXT',
    ])
  })

  it('may be in directories larger than a sector', () => {
    const names = Array.from({ length: 100 }, (_, i) => `many/a-rather-long-name-of-a-file-${i}`)
    const files = Object.fromEntries(names.map((name) => [name, name]))
    expect(Object.fromEntries(readIso(image(files), 'joliet'))).toEqual(files)
  })

  it('is named, dated, whole sectors, and the same each time', () => {
    const disk = image({ a: 'b' })
    const text = new TextDecoder('latin1').decode(disk)
    expect(text.slice(16 * 2_048, 16 * 2_048 + 7)).toBe('\u0001CD001\u0001')
    expect(text.slice(16 * 2_048 + 40, 16 * 2_048 + 72).trimEnd()).toBe('disk')
    expect(text.slice(16 * 2_048 + 813, 16 * 2_048 + 829)).toBe('2026020304050600')
    const sectors = new DataView(disk.buffer).getUint32(16 * 2_048 + 80, true)
    expect(disk.length).toBe(sectors * 2_048)
    expect(image({ a: 'b' })).toEqual(disk)
  })
})
