import type { ContainerEntry, ObjectEntry, ObjectVersionEntry } from '@nephos/core'
import { xmlDocument, xmlElement, type XmlValue } from '../xml.ts'
import { listDate } from './header.ts'

/** Listings of containers and objects, in Swift's three forms. */
export type ListingForm = 'text' | 'json' | 'xml'

export const listingTypes: Readonly<Record<ListingForm, string>> = {
  text: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
}

/**
 * The form that is asked for: by `format`, else by `Accept`.
 *
 * @returns undefined when only forms are accepted that there are not.
 */
export function listingForm(format: string | null, accept: string | null): ListingForm | undefined {
  const named = format?.toLowerCase()
  if (named === 'json' || named === 'xml') return named
  if (named === 'plain' || named === 'text') return 'text'
  if (accept === null || accept.trim() === '') return 'text'
  const types = accept.split(',').map((part) => part.split(';')[0]?.trim().toLowerCase())
  for (const type of types) {
    if (type === '*/*' || type === 'text/*' || type === 'text/plain') return 'text'
    if (type === 'application/json' || type === 'application/*') return 'json'
    if (type === 'application/xml' || type === 'text/xml') return 'xml'
  }
  return undefined
}

type Row = Readonly<Record<string, string | number | boolean | undefined>>

function containerRow(entry: ContainerEntry): Row {
  if (entry.type === 'prefix') return { subdir: entry.name }
  const { objects, bytes, updatedAt } = entry.container
  return { name: entry.name, count: objects, bytes, last_modified: listDate(updatedAt) }
}

function objectRow(entry: ObjectEntry): Row {
  if (entry.type === 'prefix') return { subdir: entry.name }
  const { object } = entry
  return {
    name: entry.name,
    hash: object.etag ?? emptyEtag,
    bytes: object.size ?? 0,
    content_type: object.contentType,
    last_modified: listDate(object.lastModified),
  }
}

/** MD5 of nothing: a manifest has no bytes of its own. */
export const emptyEtag = 'd41d8cd98f00b204e9800998ecf8427e'

export function versionRow(entry: ObjectVersionEntry): Row {
  if (entry.type === 'prefix') return { subdir: entry.name }
  const { version } = entry
  const row = objectRow({ type: 'object', name: entry.name, object: version })
  return {
    ...row,
    ...(version.isDeleteMarker && {
      content_type: 'application/x-deleted;swift_versions_deleted=1',
    }),
    is_latest: version.isCurrent,
    version_id: version.id,
  }
}

export function containersBody(
  form: ListingForm,
  account: string,
  entries: readonly ContainerEntry[],
): string {
  return body(
    form,
    { root: 'account', name: account, item: 'container' },
    entries.map(containerRow),
  )
}

export function objectsBody(
  form: ListingForm,
  container: string,
  entries: readonly ObjectEntry[],
): string {
  return body(form, { root: 'container', name: container, item: 'object' }, entries.map(objectRow))
}

export function versionsBody(
  form: ListingForm,
  container: string,
  entries: readonly ObjectVersionEntry[],
): string {
  return body(form, { root: 'container', name: container, item: 'object' }, entries.map(versionRow))
}

function body(
  form: ListingForm,
  names: { readonly root: string; readonly name: string; readonly item: string },
  rows: readonly Row[],
): string {
  if (form === 'json') return JSON.stringify(rows)
  if (form === 'text') return rows.map((row) => `${row['name'] ?? row['subdir']}\n`).join('')
  const inner = rows
    .map((row) =>
      row['subdir'] === undefined
        ? xmlElement(names.item, row as XmlValue)
        : xmlElement('subdir', { '@name': row['subdir'], name: row['subdir'] }),
    )
    .join('')
  const empty = xmlDocument(names.root, { '@name': names.name })
  return empty.replace(`</${names.root}>`, () => `${inner}</${names.root}>`)
}
