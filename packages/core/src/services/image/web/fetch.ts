import { CloudError } from '../../../base/errors.ts'
import type { WebResponse, WebSource } from '../../../ports/web-source.ts'
import { chooseAddress, parseTarget, redirected, type WebTarget } from './guard.ts'

/** Redirects that one download follows. */
const mostRedirects = 5
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * The bytes of a page. Each host on the way is judged by all of its addresses, and the address
 * that was judged is the one that is asked: a name cannot change its mind between.
 *
 * @throws CloudError `invalid` (field `uri`) for what is not in the web or is no page; `tooLarge`;
 *   `unavailable` when nobody answers.
 */
export async function fetchPage(
  web: WebSource,
  uri: string,
  options: { readonly room: number; readonly signal?: AbortSignal },
): Promise<{ readonly size: number | null; readonly bytes: AsyncIterable<Uint8Array> }> {
  let target = parseTarget(uri, web.policy)
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const response = await open(web, target, options.signal)
    try {
      if (redirects.has(response.status) && response.location !== null) {
        target = redirected(target, response.location, web.policy)
        response.close()
        continue
      }
      requirePage(response, options.room)
    } catch (error) {
      response.close()
      throw error
    }
    return { size: response.size, bytes: response.body }
  }
  throw new CloudError('invalid', 'uri: leads from one page to another too often.', {
    field: 'uri',
    limit: mostRedirects,
  })
}

async function open(
  web: WebSource,
  target: WebTarget,
  signal: AbortSignal | undefined,
): Promise<WebResponse> {
  const options = signal ? { signal } : {}
  const addresses = target.address ? [target.host] : await web.lookup(target.host, options)
  return await web.open({ address: chooseAddress(target, addresses), url: target.url }, options)
}

function requirePage({ status, encoding, size }: WebResponse, room: number): void {
  if (status !== 200) {
    throw new CloudError('invalid', `uri: is answered with the status ${status}.`, { field: 'uri' })
  }
  if (encoding !== null && encoding !== 'identity') {
    throw new CloudError('invalid', 'uri: is answered with packed bytes.', { field: 'uri' })
  }
  if (size === null || size <= room) return
  throw new CloudError('tooLarge', `uri: has ${size} bytes, and ${room} may come.`, {
    field: 'uri',
    limit: room,
  })
}
