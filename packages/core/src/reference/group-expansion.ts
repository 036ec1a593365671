/** A port as far as groups are concerned. */
export interface GroupedPort {
  readonly hostId: string
  readonly groupIds: readonly string[]
  readonly addresses: readonly string[]
}

/**
 * What a host has to be told of the members of a group. `forgotten`: nothing there asks any more
 * who they are.
 */
export interface MemberChange {
  readonly hostId: string
  readonly groupId: string
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly forgotten: boolean
}

/**
 * Who is in the groups that rules refer to, by the hosts that must know. Every address is counted,
 * so that one which two ports have stays when one of them goes; every host is counted by the ports
 * on it that ask. So the cost of a change grows with the change and the hosts concerned, never with
 * the members: only a host that begins to ask is told of all of them, once.
 */
export class GroupExpansion {
  readonly #ports = new Map<string, GroupedPort>()
  /** Ports of each group. */
  readonly #portsOf = new Map<string, Set<string>>()
  /** How often each address is in a group. */
  readonly #members = new Map<string, Map<string, number>>()
  /** Groups that the rules of a group refer to. */
  readonly #remotes = new Map<string, ReadonlySet<string>>()
  /** How often each host asks for a group. */
  readonly #askers = new Map<string, Map<string, number>>()

  /** Addresses of a group's ports. */
  members(groupId: string): readonly string[] {
    return [...(this.#members.get(groupId)?.keys() ?? [])]
  }

  /** A port is plugged in, or changes; undefined unplugs it. */
  setPort(portId: string, port: GroupedPort | undefined): readonly MemberChange[] {
    const before = this.#ports.get(portId)
    const changes = new Changes()
    if (port) this.#ports.set(portId, port)
    else this.#ports.delete(portId)
    // What is there twice in between is never taken away.
    if (port) this.#enter(portId, port, changes)
    if (before) this.#leave(portId, before, changes, port)
    return changes.list()
  }

  /** The rules of a group refer to these groups from now on. */
  setRules(groupId: string, remoteGroupIds: Iterable<string>): readonly MemberChange[] {
    const before = this.#remotes.get(groupId) ?? new Set<string>()
    const after = new Set(remoteGroupIds)
    const changes = new Changes()
    const ports = [...(this.#portsOf.get(groupId) ?? [])].flatMap((id) => this.#ports.get(id) ?? [])
    for (const { hostId } of ports) {
      for (const remote of after) if (!before.has(remote)) this.#ask(remote, hostId, 1, changes)
      for (const remote of before) if (!after.has(remote)) this.#ask(remote, hostId, -1, changes)
    }
    if (after.size > 0) this.#remotes.set(groupId, after)
    else this.#remotes.delete(groupId)
    return changes.list()
  }

  #enter(portId: string, port: GroupedPort, changes: Changes): void {
    for (const groupId of port.groupIds) {
      const ports = this.#portsOf.get(groupId) ?? new Set<string>()
      this.#portsOf.set(groupId, ports.add(portId))
      for (const address of port.addresses) this.#count(groupId, address, 1, changes)
    }
    for (const remote of this.#askedBy(port)) this.#ask(remote, port.hostId, 1, changes)
  }

  #leave(
    portId: string,
    port: GroupedPort,
    changes: Changes,
    after: GroupedPort | undefined,
  ): void {
    for (const remote of this.#askedBy(port)) this.#ask(remote, port.hostId, -1, changes)
    for (const groupId of port.groupIds) {
      if (!after?.groupIds.includes(groupId)) this.#portsOf.get(groupId)?.delete(portId)
      if (this.#portsOf.get(groupId)?.size === 0) this.#portsOf.delete(groupId)
      for (const address of port.addresses) this.#count(groupId, address, -1, changes)
    }
  }

  /** Groups that rules for the port refer to, once for each of its groups that does. */
  #askedBy({ groupIds }: GroupedPort): string[] {
    return groupIds.flatMap((groupId) => [...(this.#remotes.get(groupId) ?? [])])
  }

  #count(groupId: string, address: string, by: 1 | -1, changes: Changes): void {
    const members = this.#members.get(groupId) ?? new Map<string, number>()
    const before = members.get(address) ?? 0
    const after = before + by
    if (after > 0) members.set(address, after)
    else members.delete(address)
    if (members.size > 0) this.#members.set(groupId, members)
    else this.#members.delete(groupId)
    if (before > 0 === after > 0) return
    for (const hostId of this.#askers.get(groupId)?.keys() ?? [])
      changes.note(hostId, groupId, address, after > 0)
  }

  #ask(groupId: string, hostId: string, by: 1 | -1, changes: Changes): void {
    const askers = this.#askers.get(groupId) ?? new Map<string, number>()
    const before = askers.get(hostId) ?? 0
    const after = before + by
    if (after > 0) askers.set(hostId, after)
    else askers.delete(hostId)
    if (askers.size > 0) this.#askers.set(groupId, askers)
    else this.#askers.delete(groupId)
    if (before === 0) changes.begin(hostId, groupId, this.members(groupId))
    if (after === 0) changes.end(hostId, groupId)
  }
}

interface Change {
  readonly hostId: string
  readonly groupId: string
  readonly added: Set<string>
  readonly removed: Set<string>
  forgotten: boolean
}

/** Collects what hosts are told; what comes and goes in one change is not told. */
class Changes {
  readonly #changes = new Map<string, Change>()

  note(hostId: string, groupId: string, address: string, isThere: boolean): void {
    const { added, removed } = this.#of(hostId, groupId)
    const [to, from] = isThere ? [added, removed] : [removed, added]
    if (!from.delete(address)) to.add(address)
  }

  begin(hostId: string, groupId: string, addresses: readonly string[]): void {
    const change = this.#of(hostId, groupId)
    change.forgotten = false
    change.removed.clear()
    for (const address of addresses) change.added.add(address)
  }

  end(hostId: string, groupId: string): void {
    const change = this.#of(hostId, groupId)
    change.forgotten = true
    change.added.clear()
    change.removed.clear()
  }

  list(): readonly MemberChange[] {
    return [...this.#changes.values()]
      .filter(({ added, forgotten, removed }) => forgotten || added.size + removed.size > 0)
      .map((change) => ({ ...change, added: [...change.added], removed: [...change.removed] }))
  }

  #of(hostId: string, groupId: string): Change {
    const key = `${hostId} ${groupId}`
    const known = this.#changes.get(key)
    if (known) return known
    const change = { hostId, groupId, added: new Set<string>(), removed: new Set<string>() }
    const made = { ...change, forgotten: false }
    this.#changes.set(key, made)
    return made
  }
}
