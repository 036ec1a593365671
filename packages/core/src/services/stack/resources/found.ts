import { limits } from '../../../base/limits.ts'
import { flavorGet, flavorList } from '../../compute/flavor.ts'
import { imageGet } from '../../image/image.ts'
import { imageList } from '../../image/list.ts'
import { networkGet, networkList } from '../../network/network.ts'
import { securityGroupGet, securityGroupList } from '../../network/security-group.ts'
import { subnetGet, subnetList } from '../../network/subnet.ts'
import { idOf } from './find.ts'
import type { ResourceWork } from './type.ts'

/** Finds what properties name, each name once for all rows of a verb. */
export class Finder {
  readonly #work: ResourceWork
  readonly #known = new Map<string, Promise<string>>()

  constructor(work: ResourceWork) {
    this.#work = work
  }

  flavor(text: string): Promise<string> {
    return this.#once('flavor', text, {
      get: (id) => this.#work.call(flavorGet, { id }),
      list: () => this.#work.call(flavorList, { limit: limits.pageRows }),
    })
  }

  image(text: string): Promise<string> {
    return this.#once('image', text, {
      get: (id) => this.#work.call(imageGet, { id }),
      list: (name) => this.#work.call(imageList, { name }),
    })
  }

  network(text: string): Promise<string> {
    return this.#once('network', text, {
      get: (id) => this.#work.call(networkGet, { id }),
      list: (name) => this.#work.call(networkList, { name }),
    })
  }

  subnet(text: string): Promise<string> {
    return this.#once('subnet', text, {
      get: (id) => this.#work.call(subnetGet, { id }),
      list: (name) => this.#work.call(subnetList, { name }),
    })
  }

  securityGroup(text: string): Promise<string> {
    return this.#once('security_group', text, {
      get: (id) => this.#work.call(securityGroupGet, { id }),
      list: (name) => this.#work.call(securityGroupList, { name }),
    })
  }

  securityGroups(texts: readonly string[]): Promise<string[]> {
    return Promise.all(texts.map((text) => this.securityGroup(text)))
  }

  #once(
    property: string,
    text: string,
    how: {
      get: (id: string) => Promise<unknown>
      list: (name: string) => Promise<readonly { readonly id: string; readonly name: string }[]>
    },
  ): Promise<string> {
    const key = `${property}\n${text}`
    const known = this.#known.get(key) ?? idOf({ text, property }, how.get, how.list)
    this.#known.set(key, known)
    return known
  }
}
