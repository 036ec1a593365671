import {
  containerGet,
  type ContainerView,
  isCloudError,
  objectList,
  readObject,
} from '@nephos/core'
import { xmlText } from '../../wire/xml.ts'
import type { Reply } from '../reply.ts'
import { isTrue } from './bounds.ts'
import { objectHeaders } from './object-headers.ts'
import { referrerOf, type SwiftExchange, type Who } from './who.ts'

/** Metadata that makes a container a site (Swift's static web). */
const names = {
  index: 'web-index',
  error: 'web-error',
  listings: 'web-listings',
  css: 'web-listings-css',
} as const

/**
 * What a browser gets of a container that is a site: its index for a folder, a listing, or its page
 * for errors. Undefined where the request is not for a site: of those who show a token, only for
 * the ones that ask.
 *
 * @param name of the object; empty for the container itself.
 */
export async function sitePage(
  x: SwiftExchange,
  who: Who,
  name: string,
): Promise<Reply | undefined> {
  if (who.isKnown && !isTrue(x.headers.get('x-web-mode'))) return undefined
  const site = await siteOf(x, who)
  if (!site) return undefined
  const isFolder = name === '' || name.endsWith('/')
  if (name === '' && !new URL(x.request.url).pathname.endsWith('/')) {
    return { status: 301, headers: { location: `${x.request.url.split('?')[0]}/` } }
  }
  if (!isFolder) {
    const found = await objectReply(x, who, name)
    if (found) return undefined
    const index = site.metadata[names.index]
    const hasIndex = index && (await objectReply(x, who, `${name}/${index}`))
    if (hasIndex) return { status: 301, headers: { location: `${x.request.url.split('?')[0]}/` } }
    return errorPage(x, who, site)
  }
  const index = site.metadata[names.index]
  const page = index === undefined ? undefined : await objectReply(x, who, `${name}${index}`)
  if (page) return page
  if (isTrue(site.metadata[names.listings] ?? null)) return listingPage(x, who, name, site)
  return errorPage(x, who, site)
}

async function siteOf(x: SwiftExchange, who: Who): Promise<ContainerView | undefined> {
  const reader = { ...who.actor, projectId: null, domainId: null, roles: ['reader'], system: true }
  const path = { account: who.account, container: x.param('container') }
  const view = await orUndefined(x.invokeAs(reader, containerGet, path))
  const isSite = view && (view.metadata[names.index] ?? view.metadata[names.listings])
  return isSite === undefined ? undefined : view
}

async function orUndefined<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found
  } catch (error) {
    if (isCloudError(error) && ['notFound', 'forbidden', 'invalid'].includes(error.code)) {
      return undefined
    }
    throw error
  }
}

async function objectReply(
  x: SwiftExchange,
  { actor, account }: Who,
  name: string,
  status = 200,
): Promise<Reply | undefined> {
  const input = { account, container: x.param('container'), name, ...referrerOf(x.headers) }
  const found = await orUndefined(readObject(x.plane.kernel, actor, input, x.callOptions))
  if (!found) return undefined
  const size = String(found.object.size ?? 0)
  const headers = { ...objectHeaders(found.object), 'content-length': size }
  return { status, headers, ...(size !== '0' && { stream: found.bytes }) }
}

/** The site's own page for 404, if it has one. */
function errorPage(x: SwiftExchange, who: Who, site: ContainerView): Promise<Reply | undefined> {
  const suffix = site.metadata[names.error]
  return suffix === undefined
    ? Promise.resolve(undefined)
    : objectReply(x, who, `404${suffix}`, 404)
}

async function listingPage(
  x: SwiftExchange,
  { actor, account }: Who,
  prefix: string,
  site: ContainerView,
): Promise<Reply | undefined> {
  const input = {
    account,
    container: x.param('container'),
    prefix,
    delimiter: '/',
    ...referrerOf(x.headers),
  }
  const entries = await orUndefined(x.invokeAs(actor, objectList, input))
  if (!entries) return undefined
  const css = site.metadata[names.css]
  const rows = entries.map(({ name }) => {
    const shown = name.slice(prefix.length)
    const path = encodeURIComponent(shown).replaceAll('%2F', '/')
    return `<tr class="item"><td><a href="./${path}">${xmlText(shown)}</a></td></tr>`
  })
  const title = `Listing of /v1/AUTH_${account}/${site.name}/${prefix}`
  const up = prefix === '' ? '' : '<tr class="parent"><td><a href="../">../</a></td></tr>'
  const style =
    css === undefined ? '' : `<link rel="stylesheet" type="text/css" href="${xmlText(css)}" />`
  const text =
    `<!DOCTYPE html>\n<html><head><title>${xmlText(title)}</title>${style}</head><body>` +
    `<h1 id="title">${xmlText(title)}</h1>` +
    `<table id="listing">${up}${rows.join('')}</table></body></html>`
  return { text, headers: { 'content-type': 'text/html; charset=UTF-8' } }
}
