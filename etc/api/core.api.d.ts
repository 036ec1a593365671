// ---- @nephos/core ----
import { z } from 'zod';

/**
 * One error type for the whole product. Errors are data: a stable `code`, the `field` and `limit`
 * concerned, and what a caller can do about it (`retry`). Transports map codes to their own status
 * numbers in their outermost layer.
 */
/**
 * What a caller may do: `never` repeat as it stands, repeat `now` (a lost race), or `later` (a
 * resource is short or away).
 */
type Retry = 'never' | 'now' | 'later';
/** Stable codes. A code says what the consumer can do, not where in our code it arose. */
declare const errorCodes: {
    readonly invalid: {
        readonly retry: "never";
        readonly meaning: "The input is malformed: see `field` and `limit`.";
    };
    readonly unauthenticated: {
        readonly retry: "never";
        readonly meaning: "No valid identity came with the call.";
    };
    readonly forbidden: {
        readonly retry: "never";
        readonly meaning: "The identity may not do this.";
    };
    readonly notFound: {
        readonly retry: "never";
        readonly meaning: "No such resource, or none that this project may see.";
    };
    readonly conflict: {
        readonly retry: "never";
        readonly meaning: "The state of the resource forbids it: name taken, in use, wrong state.";
    };
    readonly idempotencyMismatch: {
        readonly retry: "never";
        readonly meaning: "The idempotency key was used with another body.";
    };
    readonly quotaExceeded: {
        readonly retry: "later";
        readonly meaning: "A project limit would be exceeded.";
    };
    readonly noValidHost: {
        readonly retry: "later";
        readonly meaning: "Placement found no hosts: `detail` counts every reason.";
    };
    readonly addressesExhausted: {
        readonly retry: "later";
        readonly meaning: "The subnets asked for have too few free addresses.";
    };
    readonly checksumMismatch: {
        readonly retry: "never";
        readonly meaning: "The bytes received are not the bytes declared.";
    };
    readonly tooLarge: {
        readonly retry: "never";
        readonly meaning: "The body is larger than declared or allowed.";
    };
    readonly stale: {
        readonly retry: "now";
        readonly meaning: "A concurrent writer won; read again and repeat.";
    };
    readonly aborted: {
        readonly retry: "now";
        readonly meaning: "The caller gave up through its AbortSignal. The outcome may be unknown.";
    };
    readonly deadline: {
        readonly retry: "later";
        readonly meaning: "The deadline passed. The outcome may be unknown.";
    };
    readonly overloaded: {
        readonly retry: "later";
        readonly meaning: "A bounded queue is full.";
    };
    readonly unavailable: {
        readonly retry: "later";
        readonly meaning: "A store, driver or process underneath does not answer.";
    };
    readonly closed: {
        readonly retry: "never";
        readonly meaning: "This cloud, store or driver is closed.";
    };
    readonly internal: {
        readonly retry: "later";
        readonly meaning: "A defect: please report it with the request id.";
    };
};
type ErrorCode = keyof typeof errorCodes;
interface CloudErrorOptions {
    /** Path of the input field concerned, e.g. `networks[0].subnetId`. */
    readonly field?: string;
    /** The limit that was exceeded, as a number or a short text. */
    readonly limit?: number | string;
    /** Overrides the code's default. */
    readonly retry?: Retry;
    /**
     * Public structured detail (counts by reason, nearest feasible size): safe to show to the caller.
     */
    readonly detail?: Readonly<Record<string, unknown>>;
    /** Private context for operators' logs; never shown to callers. */
    readonly internal?: Readonly<Record<string, unknown>>;
    readonly cause?: unknown;
}
/**
 * The only error that public functions throw. Recognise it with `isCloudError`, which works across
 * package copies.
 */
declare class CloudError extends Error {
    readonly name = "CloudError";
    readonly code: ErrorCode;
    readonly retry: Retry;
    readonly field: string | undefined;
    readonly limit: number | string | undefined;
    readonly detail: Readonly<Record<string, unknown>> | undefined;
    /** Not enumerable: neither `JSON.stringify` nor `console.log` of a copy shows it. */
    readonly internal: Readonly<Record<string, unknown>> | undefined;
    constructor(code: ErrorCode, message: string, options?: CloudErrorOptions);
    /** The public form: what a transport may send. */
    toJSON(): Record<string, unknown>;
}
declare function isCloudError(error: unknown): error is CloudError;
/** Throws `aborted` (or the deadline error that caused it) if the signal has fired. */
declare function throwIfAborted(signal: AbortSignal | undefined): void;

/**
 * A kind of record: its name, its indexes, whether changes to it are worth a line in the change
 * feed. Stores know kinds by these properties only; no store branches on a kind's name.
 */
/**
 * What every stored record has. `rev` starts at 1 and grows by 1 with each update: the
 * compare-and-set token.
 */
interface Stored {
    readonly id: string;
    readonly rev: number;
    /**
     * Kept by the committer in rows of metered kinds: since when (milliseconds since the epoch) the
     * row has these amounts, and then the amounts, as its meter lists them. Absent = nothing is
     * counted.
     */
    readonly metered?: readonly number[] | undefined;
    /** Kept by the committer: the state that was announced last, in rows whose states are events. */
    readonly announced?: string | undefined;
}
/** A record before the store has given it a revision. */
type Draft<T extends Stored> = Omit<T, 'rev'>;
interface IndexSpec {
    /**
     * Top-level fields, strings, numbers, booleans or null, compared in this order, then by `id`. A
     * row with null or undefined in any field is not in a unique index's uniqueness check.
     */
    readonly fields: readonly string[];
    readonly unique?: boolean;
}
/** How much of what a row is, so that its use can be summed up. Rows have a `projectId`. */
interface UsageMeter<T extends Stored = Stored> {
    /** What is counted, in the order of the amounts. Only ever added to, at the end. */
    readonly classes: readonly string[];
    /** Index that begins with the project: finds what a project has now. */
    readonly index: string;
    /** Whole numbers from 0, one per class; all 0 = not counted as it is now. */
    amounts(row: Draft<T>): readonly number[];
}
/** What the world is told of rows of a kind: made, removed, changed. */
interface EventRule<T extends Stored = Stored> {
    /** A change of this is an event of its own, named after the new state. */
    state?(row: Draft<T>): string;
}
interface Kind<T extends Stored = Stored> {
    readonly name: string;
    readonly indexes: Readonly<Record<string, IndexSpec>>;
    /** True: ids that change are listed in the change feed. */
    readonly feed: boolean;
    /** Its use over time is recorded by the commit that changes it. */
    readonly meter?: UsageMeter<T>;
    /** Its events are recorded by the commit that brings them about. */
    readonly events?: EventRule<T>;
    /**
     * Who may do what follows from its rows: commits that write them, or only those that remove some,
     * are counted, so that what was remembered of rights is known to be old.
     */
    readonly rights?: 'written' | 'removed';
    /** Type carrier only; never set. */
    readonly record?: T;
}
declare function defineKind<T extends Stored>(name: string, indexes: Readonly<Record<string, IndexSpec>>, options?: Partial<Pick<Kind<T>, 'feed' | 'meter' | 'events' | 'rights'>>): Kind<T>;

/**
 * Carries doorbells only: a topic rang, go and look. Losing, repeating or reordering every message
 * costs latency, never correctness. One publish carries any number of topics, so its load does not
 * grow with instances.
 */
interface Bus {
    /**
     * Rings each topic once. At most once delivery; resolves when handed over. Errors are the
     * caller's to ignore.
     */
    publish(topics: readonly string[]): Promise<void>;
    /**
     * Calls `ring` (soon, and at least once after a burst) whenever the topic rings. Returns the
     * unsubscriber.
     */
    subscribe(topic: string, ring: () => void): () => void;
    /** Messages published so far. */
    readonly messages: number;
    close(): Promise<void>;
}

/** Time as a parameter. A virtual clock makes a whole cloud run under one seed. */
interface Clock {
    /** Milliseconds since the Unix epoch; may jump. No safety rests on it. */
    now(): number;
    /** Monotonic milliseconds with fractions, for measuring durations only. */
    elapsed(): number;
    /**
     * Resolves after `ms`; rejects with `aborted` when the signal fires. Never keeps a process alive
     * by itself if `background`.
     */
    sleep(ms: number, options?: {
        readonly signal?: AbortSignal;
        readonly background?: boolean;
    }): Promise<void>;
    /** Resolves in a later turn of the event loop, so that callers of this turn can join a group. */
    turn(): Promise<void>;
}

/**
 * Compute hosts. Two verbs: apply a desired state, observe an actual one. Applying is idempotent,
 * and fenced by `generation`: a host ignores a target older than the newest it has seen for that
 * guest, so a late or repeated call can neither resurrect a destroyed guest nor undo a newer
 * order.
 */
type GuestPower = 'running' | 'stopped' | 'paused' | 'suspended' | 'absent';
interface GuestTarget {
    readonly serverId: string;
    readonly hostId: string;
    /** Grows with every change of the server's desired state. */
    readonly generation: number;
    /**
     * `paused`: does not execute, its memory is kept where it is. `suspended`: its memory is kept on
     * disk, so that it outlives the host's power.
     */
    readonly power: GuestPower;
    /**
     * The host on which the guest executes now: it comes from there with its memory and its disk, and
     * without a stop; as it begins to execute here it is gone from there. A guest that is here
     * already has come. Where it cannot come, it goes on there: a fault, and nothing of it is here.
     */
    readonly from?: string;
    /**
     * Restarts wanted so far: a guest whose own count is lower is restarted (`hard` cuts the power).
     */
    readonly boots: {
        readonly count: number;
        readonly hard: boolean;
    };
    /** Builds wanted so far: a guest whose own count is lower is re-created from `imageId`. */
    readonly builds: number;
    readonly name: string;
    readonly imageId: string | null;
    /**
     * Run from this image instead, with the guest's own disk beside it, untouched; absent = from its
     * own disk. A guest that runs from another is restarted.
     */
    readonly rescueImageId?: string;
    readonly resources: Readonly<Record<string, number>>;
    readonly ports: readonly {
        readonly id: string;
        readonly mac: string;
    }[];
    /** Volumes that are connected for the guest. Absent = none. */
    readonly volumes?: readonly GuestVolume[];
    /** The guest has a config drive: `ApplyOptions.configDriveOf` has its bytes. */
    readonly configDrive?: true;
}
/** What a driver may use while it applies targets. */
interface ApplyOptions {
    readonly signal?: AbortSignal;
    /**
     * A read-only disk that tells the guest of this server about itself (ISO 9660 with the label
     * `config-2`), as it is now. To be asked for when a guest is made or started; undefined for a
     * server without one.
     *
     * @throws CloudError `unavailable`.
     */
    readonly configDriveOf?: (serverId: string) => Promise<Uint8Array | undefined>;
}
/** A volume as its guest sees it. */
interface GuestVolume {
    readonly id: string;
    readonly device: string | null;
    readonly boot: boolean;
    /** Limits of speed that the host keeps, e.g. `total_iops_sec`; absent: none. */
    readonly limits?: Readonly<Record<string, string>>;
}
interface GuestReport {
    readonly serverId: string;
    readonly hostId: string;
    /** What the host runs now, whatever was asked. */
    readonly power: GuestPower | 'unknown';
    readonly generation: number;
    /** The image that a rescued guest runs from; absent = it is not rescued. */
    readonly rescueImageId?: string;
    /**
     * Present when the target could not be reached. `retry` tells whether another attempt, or another
     * host, may help. `otherHost` and `never` are promises: this host takes neither this order nor an
     * older one for the guest, however late it arrives, so that no guest is made twice. A driver that
     * cannot be sure of that says `sameHost`.
     */
    readonly fault?: {
        readonly message: string;
        readonly retry: 'sameHost' | 'otherHost' | 'never';
    };
}
/** A guest on a host. */
interface GuestName {
    readonly serverId: string;
    readonly hostId: string;
}
interface Hypervisor {
    /**
     * Brings each guest to its target and reports each as soon as it is known, in any order, exactly
     * once per target. Bounded in time by the driver's own limit and by the signal; a target that
     * could not be decided in time is reported as `unknown` with a fault.
     */
    apply(targets: readonly GuestTarget[], options?: ApplyOptions): AsyncIterable<readonly GuestReport[]>;
    /** What these hosts run now, fact by fact; a host that does not answer is in `silent`. */
    observe(hostIds: readonly string[], options?: {
        readonly signal?: AbortSignal;
    }): Promise<{
        readonly guests: readonly GuestReport[];
        readonly silent: readonly string[];
    }>;
    /**
     * The bytes of a guest's own disk (raw) as of one moment, from the first on. The guest is not
     * disturbed.
     *
     * @throws CloudError `notFound` when the host has no such guest, or that has no disk of its own;
     *   `unavailable` when the host does not answer.
     */
    readDisk(guest: GuestName, options?: {
        readonly signal?: AbortSignal;
    }): AsyncIterable<Uint8Array>;
    /**
     * What a guest wrote to its console: the last `lines` of what its host keeps, all of it without;
     * at most `limits.consoleBytes`.
     *
     * @throws CloudError as `readDisk`.
     */
    readConsole(guest: GuestName, options?: {
        readonly lines?: number | undefined;
        readonly signal?: AbortSignal | undefined;
    }): Promise<string>;
    close(): Promise<void>;
}

/**
 * What a data plane is told besides ports. All addresses and blocks are canonical texts. A new
 * kind of object is one more member of `NetworkObject`.
 */
interface ObjectTarget<Type extends string, Config> {
    readonly type: Type;
    readonly id: string;
    /** Only grows; of two targets, the greater is right. */
    readonly revision: number;
    /** Null removes: nothing answers for it any more once that is reported. */
    readonly config: Config | null;
}
interface RouterConfig {
    /** False: forwards nothing. */
    readonly adminStateUp: boolean;
    readonly interfaces: readonly {
        readonly portId: string;
        readonly networkId: string;
        readonly mac: string;
        /** With its prefix length, such as 10.0.0.1/24. */
        readonly address: string;
    }[];
    readonly gateway: {
        readonly portId: string;
        readonly networkId: string;
        readonly mac: string;
        /** With their prefix lengths. */
        readonly addresses: readonly string[];
        /** Default routes: the gateways of the external subnets. */
        readonly nexthops: readonly string[];
        /** True: what leaves without a floating IP has the gateway's first address as its source. */
        readonly enableSnat: boolean;
    } | null;
    readonly routes: readonly {
        readonly destination: string;
        readonly nexthop: string;
    }[];
}
interface FloatingIpConfig {
    readonly networkId: string;
    readonly address: string;
    /** Everything to and from this port's address, on this router. */
    readonly target: FloatingIpEnd | null;
    /** Without a target: what comes to these ports. */
    readonly forwardings: readonly (FloatingIpEnd & {
        readonly protocol: string;
        /** Both ends inclusive. Ports in order go to ports in order, or all to the single one. */
        readonly externalPorts: readonly [first: number, last: number];
        readonly internalPorts: readonly [first: number, last: number];
    })[];
}
interface FloatingIpEnd {
    readonly routerId: string;
    readonly portId: string;
    readonly address: string;
}
/**
 * What lets traffic of its ports through; what nothing lets through is dropped. Who is in the
 * groups that rules refer to follows from the ports that are plugged in: `GroupExpansion` keeps
 * that, at a cost that grows with the change.
 */
interface SecurityGroupConfig {
    /** True: answers to what a rule let through pass as well. */
    readonly stateful: boolean;
    readonly rules: readonly SecurityRuleConfig[];
}
interface SecurityRuleConfig {
    readonly id: string;
    readonly direction: 'ingress' | 'egress';
    readonly etherType: 'IPv4' | 'IPv6';
    /** A canonical IANA name, or a decimal number; null = any. */
    readonly protocol: string | null;
    /** Ports, or an ICMP type and code; null = any. */
    readonly portRangeMin: number | null;
    readonly portRangeMax: number | null;
    /** The other side: a block, the addresses of a group's ports, or those of an address group. */
    readonly remoteIpPrefix: string | null;
    readonly remoteGroupId: string | null;
    readonly remoteAddressGroupId: string | null;
}
interface AddressGroupConfig {
    readonly addresses: readonly string[];
}
/** How much traffic ports may have: all that have the policy go by the newest rules. */
interface QosPolicyConfig {
    readonly rules: readonly QosRuleConfig[];
}
type QosRuleConfig = {
    readonly id: string;
    readonly type: 'bandwidthLimit';
    readonly direction: 'ingress' | 'egress';
    readonly maxKbps: number;
    /** 0 = as the data plane sees fit. */
    readonly maxBurstKbits: number;
} | {
    readonly id: string;
    readonly type: 'dscpMarking';
    readonly dscpMark: number;
} | {
    readonly id: string;
    readonly type: 'minimumBandwidth';
    readonly direction: 'ingress' | 'egress';
    readonly minKbps: number;
};
/** What ports without a policy of their own go by. */
interface NetworkConfig {
    readonly qosPolicyId: string;
}
type NetworkObject = ObjectTarget<'router', RouterConfig> | ObjectTarget<'floatingIp', FloatingIpConfig> | ObjectTarget<'securityGroup', SecurityGroupConfig> | ObjectTarget<'addressGroup', AddressGroupConfig> | ObjectTarget<'qosPolicy', QosPolicyConfig> | ObjectTarget<'network', NetworkConfig>;
type NetworkObjectType = NetworkObject['type'];
interface ObjectReport {
    readonly type: NetworkObjectType;
    readonly id: string;
    /** What is there now: the revision it was configured at; null = nothing. */
    readonly revision: number | null;
    readonly fault?: {
        readonly message: string;
    };
}

/** The data plane of networks. Idempotent and fenced like `Hypervisor`: `revision` only grows. */
interface PortTarget {
    readonly portId: string;
    readonly networkId: string;
    /** Null unplugs. */
    readonly hostId: string | null;
    readonly revision: number;
    readonly mac: string;
    readonly addresses: readonly string[];
    readonly securityGroupIds: readonly string[];
    /** What DHCP tells it besides the usual: names or numbers of options. Absent = nothing. */
    readonly dhcpOptions?: readonly {
        readonly name: string;
        readonly value: string;
        readonly version: 4 | 6;
    }[];
    /** How much traffic it may have. Absent = as its network says, or any. */
    readonly qosPolicyId?: string;
    /** What its addresses are called. Absent = after themselves. */
    readonly dnsName?: string;
}
interface PortReport {
    readonly portId: string;
    readonly state: 'active' | 'down';
    readonly fault?: {
        readonly message: string;
    };
}
interface NetworkDriver {
    /** Brings each port to its target; reports each exactly once. */
    apply(targets: readonly PortTarget[], options?: {
        readonly signal?: AbortSignal;
    }): Promise<readonly PortReport[]>;
    /**
     * Brings each object that is not a port (a router, a floating IP, a security group) to its
     * target; reports each exactly once, in any order. Objects may come before those that they name,
     * and do nothing until these are there. A target older than the newest seen changes nothing; the
     * report then says what is there.
     */
    configure(targets: readonly NetworkObject[], options?: {
        readonly signal?: AbortSignal;
    }): Promise<readonly ObjectReport[]>;
    close(): Promise<void>;
}

/** Randomness as a parameter. */
interface Random {
    /** A uniform unsigned 32-bit integer. */
    uint32(): number;
    /** Fills and returns the array with uniform bytes. */
    bytes(length: number): Uint8Array;
}

/**
 * Durable records, bounded counters and a change feed. Safety rests on unique keys, compare-and-set
 * revisions and bounded counters, never on an isolation level. Every verb takes many: 500 rows are
 * one statement.
 */
interface Store {
    readonly capabilities: StoreCapabilities;
    /**
     * Creates or migrates the tables of these kinds. Called once, first. Throws `unavailable` when
     * written by a newer version.
     */
    open(kinds: readonly Kind[]): Promise<void>;
    /**
     * Records by id, in the order asked; undefined where absent. One statement whatever the number.
     */
    get<T extends Stored>(kind: Kind<T>, ids: readonly string[]): Promise<(T | undefined)[]>;
    /** One page of records of an index, in index order then id. */
    query<T extends Stored>(kind: Kind<T>, query: Query): Promise<T[]>;
    /** Number of records the query matches, without its page bounds. */
    count(kind: Kind, query: Pick<Query, 'index' | 'equals'>): Promise<number>;
    /**
     * All records whose index starts with one of the key tuples, each once, in any order. One
     * statement whatever the number of keys.
     */
    lookup<T extends Stored>(kind: Kind<T>, index: string, keys: readonly (readonly IndexValue[])[]): Promise<T[]>;
    /** All counters of the scopes, in any order. */
    counters(scopes: readonly string[]): Promise<Counter[]>;
    /**
     * Counters of every scope that starts with `prefix`, in scope order: the first `limit` scopes
     * after `after`, each whole.
     */
    scan(prefix: string, page: {
        readonly after?: string;
        readonly limit: number;
    }): Promise<Counter[]>;
    /**
     * Applies the batches, in order, in ONE durable transaction: each batch wholly or not at all,
     * each with its own result. Resolves when the transaction is durable. Rejects only if nothing at
     * all was applied, or with `unavailable` and `detail.unknown` true when that cannot be known.
     */
    transact(batches: readonly WriteBatch[]): Promise<WriteResult[]>;
    /**
     * Entries of the change feed after a cursor (0 = from the oldest kept), oldest first. Sequence
     * numbers only grow.
     */
    changes(after: number, limit: number): Promise<Change[]>;
    /** Forgets feed entries up to and including this sequence number. */
    trim(upTo: number): Promise<void>;
    readonly stats: StoreStats;
    /** Finishes what was accepted, then refuses everything with `closed`. Idempotent. */
    close(): Promise<void>;
}
interface StoreCapabilities {
    /** Survives the end of the process. */
    readonly durable: boolean;
    /** Several processes may open it at once. */
    readonly shared: boolean;
}
type IndexValue = string | number | boolean | null;
interface Query {
    /** Name of the kind's index; undefined = by id. */
    readonly index?: string;
    /** Values of the index's leading fields. */
    readonly equals?: readonly IndexValue[];
    /**
     * Bounds of the field after `equals` (or of id when there is none): from inclusive, to exclusive.
     * A record whose field is null is outside every bound; no bound is null.
     */
    readonly from?: IndexValue;
    readonly to?: IndexValue;
    /**
     * Continue after this record: the last record of the page before, whose index fields and id are
     * read.
     */
    readonly after?: Stored;
    readonly reverse?: boolean;
    readonly limit: number;
}
/**
 * A named integer that never leaves [0, limit] upwards: an `add` that would break it fails its
 * whole batch.
 */
interface Counter {
    readonly scope: string;
    readonly name: string;
    readonly value: number;
    readonly limit: number;
}
interface CounterAdd {
    readonly scope: string;
    readonly name: string;
    /**
     * Added to the value. Fails with a `counter` conflict if the result would be < 0, or if `add` > 0
     * and the result would exceed the limit (a limit may be lowered below the value; giving back is
     * always allowed).
     */
    readonly add: number;
    /** The limit with which an absent counter is made; without it an absent counter is a conflict. */
    readonly limit?: number;
    /** Remove the counter when it comes to 0. */
    readonly transient?: boolean;
}
/** Sets a counter's limit, making it with value 0 if absent. The value is not touched. */
interface CounterLimit {
    readonly scope: string;
    readonly name: string;
    readonly limit: number;
}
interface KindWrites {
    /**
     * New records without `rev` (it becomes 1): plain JSON values. A taken id or unique key is a
     * `unique` conflict.
     */
    readonly insert?: readonly (Omit<Stored, 'rev'> & object)[];
    /**
     * Whole records: stored with `rev` + 1 if the stored `rev` equals the given one, else a
     * `revision` conflict.
     */
    readonly update?: readonly Stored[];
    /** Removed if the stored `rev` equals the given one, else a `revision` conflict. */
    readonly remove?: readonly Stored[];
}
/**
 * What is written together. Order within a batch: each entry of `kinds` in turn, there removes,
 * then updates, then inserts, the rows of one verb all at once (so rows may exchange unique keys);
 * then limits, adds, drops. Several adds to one counter count as their sum. So a batch can set a
 * limit and add up to it, and an add can guard the drop of its own scope.
 */
interface WriteBatch {
    readonly kinds: readonly {
        readonly kind: Kind;
        readonly writes: KindWrites;
    }[];
    readonly add?: readonly CounterAdd[];
    readonly limit?: readonly CounterLimit[];
    /** Removes every counter of the scope. */
    readonly drop?: readonly string[];
    /** Topics to ring once durable: kept in the feed, so that nothing committed goes unannounced. */
    readonly topics?: readonly string[];
    /** Who writes: a process recognises its own changes in the feed. */
    readonly origin: string;
    readonly at: number;
}
type WriteResult = {
    readonly ok: true;
    readonly seq: number;
} | {
    readonly ok: false;
    readonly conflict: Conflict;
};
/**
 * Why a batch was not applied: the first kind of trouble met, with everything of that kind. `ids`
 * are those of the batch's records; `index` is `id` when ids themselves were taken.
 */
type Conflict = {
    readonly type: 'unique';
    readonly kind: string;
    readonly index: string;
    readonly ids: readonly string[];
} | {
    readonly type: 'revision';
    readonly kind: string;
    readonly ids: readonly string[];
} | {
    readonly type: 'counter';
    readonly counters: readonly CounterConflict[];
};
interface CounterConflict {
    readonly scope: string;
    readonly name: string;
    readonly add: number;
    /** Undefined when the counter is absent. */
    readonly value?: number;
    readonly limit?: number;
}
/** One committed batch in the feed. */
interface Change {
    readonly seq: number;
    readonly at: number;
    readonly origin: string;
    readonly topics: readonly string[];
    /** Ids written, by kind, for kinds with `feed`. */
    readonly put: Readonly<Record<string, readonly string[]>>;
    /** Ids removed, by kind, for kinds with `feed`. */
    readonly removed: Readonly<Record<string, readonly string[]>>;
    /** Counter scopes touched. */
    readonly scopes: readonly string[];
}
/** Counts since the store was made. */
interface StoreStats {
    readonly transactions: number;
    /** SQL statements (or their equivalent) executed, reads and writes, BEGIN/COMMIT excluded. */
    readonly statements: number;
}

/** What the feed tells of a batch. */
type ChangeBody = Pick<Change, 'topics' | 'put' | 'removed' | 'scopes'>;
/**
 * The feed entry of a batch, from the batch alone. An id written more than once is listed once, as
 * it ended.
 */
declare function changeBody(batch: WriteBatch): ChangeBody;
/** What tells a counter from others. */
interface CounterName {
    readonly scope: string;
    readonly name: string;
}
/** One text for each counter: neither part holds a NUL. */
declare function counterKey({ scope, name }: CounterName): string;
/** Several adds to one counter in one batch count as their sum, with what the last one says. */
declare function mergeAdds(adds: readonly CounterAdd[]): readonly CounterAdd[];

/**
 * The order of index values, the same in every store: null, then numbers (false is 0, true is 1),
 * then text by code point.
 */
declare function compareIndexValues(a: unknown, b: unknown): number;
/**
 * By code point, as UTF-8 bytes compare. JavaScript's `<` compares UTF-16 units, which puts the
 * characters beyond U+FFFF before U+E000 to U+FFFF: only texts that both reach that far can differ.
 */
declare function compareText(a: string, b: string): number;
/** Order of two records in an index: its fields, then the id. */
declare function compareRecords(fields: readonly string[], a: Stored, b: Stored): number;
/**
 * The value of an indexed field; null where absent. What is no value of an index is not the
 * record's own either: it is a member that every object has, such as `constructor`.
 */
declare function fieldOf(record: object, field: string): IndexValue;
/**
 * One text per tuple of index values: equal values give equal text, true equals 1. Undefined where
 * a value is null: such a tuple is outside every uniqueness check.
 */
declare function uniqueKey(record: object, fields: readonly string[]): string | undefined;
/** The value as SQL stores hold it: false is 0, true is 1. */
declare function plainValue(value: IndexValue): string | number | null;
/**
 * The least text above every text that starts with the prefix; undefined when there is none
 * (the empty prefix, or nothing but U+10FFFF).
 */
declare function afterPrefix(prefix: string): string | undefined;

/** Bounds that every store keeps, each with its reason. */
declare const storeLimits: {
    /** Characters of an id, an indexed text, a scope, a name: an index row stays within a page. */
    readonly keyLength: 1024;
    /** Records, changes or scopes of one page: bounds a read's memory. */
    readonly pageRows: 100000;
    /** Ids or key tuples of one read, rows of one verb: bounds a statement's memory. */
    readonly rows: 1000000;
    /** Batches of one transaction. */
    readonly batches: 10000;
    /** Characters and values of one record. */
    readonly recordWeight: number;
    /** Levels of nesting in one record. */
    readonly recordDepth: 64;
};
/**
 * The kinds by name.
 *
 * @throws CloudError `invalid` for a name that not every store can hold, or that is used twice.
 */
declare function kindsByName(kinds: readonly Kind[]): ReadonlyMap<string, Kind>;
/** The kind as it was opened. */
declare function openedKind(kinds: ReadonlyMap<string, Kind>, kind: Kind): Kind;
/** The kind's index of this name. */
declare function indexOf(kind: Kind, name: string): IndexSpec;
/** Texts that are stored as keys: bounded, and representable in UTF-8 without a NUL. */
declare function checkKey(value: unknown, field: string): asserts value is string;
/** Many keys: ids, scopes. */
declare function checkKeys(values: readonly unknown[], field: string): void;
declare function checkPage(limit: unknown, field?: string): void;
declare function checkInteger(value: unknown, field: string, least: number): void;
/**
 * The fields of the query's index: none = by id.
 *
 * @throws CloudError `invalid`.
 */
declare function checkQuery(kind: Kind, query: Query): readonly string[];
/** As `checkQuery`, for what `count` takes. */
declare function checkEquals(kind: Kind, query: Pick<Query, 'index' | 'equals'>): readonly string[];
/** The fields of the index that `lookup` reads. */
declare function checkLookup(kind: Kind, index: string, keys: readonly (readonly IndexValue[])[]): readonly string[];
/**
 * What every store checks before it applies anything, so that bad input is refused alike by all.
 *
 * @throws CloudError `invalid` with the path of the value at fault.
 */
declare function checkBatches(kinds: ReadonlyMap<string, Kind>, batches: readonly WriteBatch[]): void;

/**
 * Logs, metrics and traces as interfaces; exporters live with the embedder. All methods are cheap
 * and never throw.
 */
type LogLevel = 'debug' | 'info' | 'warn' | 'error';
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
interface Logger {
    log(level: LogLevel, message: string, attributes?: Attributes): void;
}
interface Meter {
    /** Adds to a monotonic counter. */
    count(name: string, value?: number, attributes?: Attributes): void;
    /** Records one value of a distribution; the unit ends the name (`commit_ms`). */
    record(name: string, value: number, attributes?: Attributes): void;
}
interface Tracer {
    /** Runs `run` inside a span; the span ends when the promise settles. */
    span<T>(name: string, attributes: Attributes, run: () => Promise<T>): Promise<T>;
}
interface Telemetry {
    readonly logger: Logger;
    readonly meter: Meter;
    readonly tracer: Tracer;
}

interface FenceBounds {
    /** Fences kept; the oldest is forgotten first. */
    readonly count: number;
    /** How long a fence is kept. Must exceed the longest time a call can be late. */
    readonly keepMs: number;
}

/** Doorbells within one process, rung in a later microtask and coalesced per topic. */
declare class MemoryBus implements Bus {
    #private;
    get messages(): number;
    publish(topics: readonly string[]): Promise<void>;
    subscribe(topic: string, ring: () => void): () => void;
    close(): Promise<void>;
}

/**
 * The Store port in memory: the executable specification. Gone with the process. What it returns is
 * frozen and shares nothing with what was handed in.
 */
declare function memoryStore(): Store;

/**
 * xoshiro128** (Blackman and Vigna, 2018) seeded by splitmix32: small, fast, repeatable. Not for
 * secrets.
 */
declare class SeededRandom implements Random {
    #private;
    constructor(seed: number);
    uint32(): number;
    bytes(length: number): Uint8Array;
}

/** Milliseconds: always the same, or uniform between two bounds. 0 is at once, without a timer. */
type Delay = number | readonly [min: number, max: number];

/**
 * How a simulated driver fails. Nothing is done: `refuse` (no host will ever take it), `otherHost`,
 * `sameHost` (try again). Done or not, nobody knows: `hang` (no answer until the time limit). Done,
 * and denied: `falseAlarm`.
 */
declare const faultKinds: readonly ["refuse", "otherHost", "sameHost", "hang", "falseAlarm"];
type FaultKind = (typeof faultKinds)[number];
/** Which calls a planned fault hits; a name left out matches everything. */
interface FaultFilter {
    readonly hostId?: string | undefined;
    /** A server's id, or a port's. */
    readonly id?: string | undefined;
}

/**
 * How placement chooses among hosts that fit:
 *
 * - `pack` wastes least: it leaves free what servers as they were placed lately can use most of;
 * - `spread` takes the host with the most free, and shares a request out over hosts and zones;
 * - `balance` keeps what stays free of a host in proportion, so that no class runs out alone;
 * - `best-fit` fills the fullest host, and opens an empty one only when no other is left;
 * - `weighed` adds up what stays free, each class times its weight in the cloud's setting
 *   `hostWeights`: over 0 spreads, below 0 packs.
 */
declare const placementPolicies: readonly ["pack", "spread", "balance", "best-fit", "weighed"];
type PlacementPolicy = (typeof placementPolicies)[number];

/**
 * The placement engine: an in-memory projection of hosts and their use, and a decision over it.
 * What it assigns it also reserves, so that two asks never see the same free room; the claim is
 * guarded again where it commits.
 */
interface Scheduler {
    /** Adds hosts, or replaces all that is known of them but their use. */
    putHosts(hosts: readonly HostView[]): void;
    /** Forgets hosts and their use. Absent ids are ignored. */
    removeHosts(hostIds: readonly string[]): void;
    /**
     * Sets the absolute use of hosts, per resource class; classes not named are 0. Unknown hosts are
     * ignored.
     */
    setUsage(usages: readonly {
        readonly hostId: string;
        readonly used: Resources;
    }[]): void;
    /**
     * Adds (`sign` 1) or gives back (−1) use: for claims decided elsewhere, and for undoing a
     * reservation.
     */
    adjust(claims: readonly Claim[], sign: 1 | -1): void;
    /**
     * Decides, and on success reserves. The same state, ask and seed give the same answer, byte for
     * byte.
     */
    place(ask: PlacementAsk): PlacementAnswer;
    /** Decides without reserving. */
    preview(ask: PlacementAsk): PlacementAnswer;
    /**
     * Instances that an ask could get at most now, each of its rules heeded, whatever else is asked
     * for; up to 2,147,483,647.
     */
    room(ask: InstanceAsk): number;
    /**
     * The enabled hosts in use that hold the least, the emptiest first: by the sum, over classes, of
     * the part that is used.
     */
    lightest(limit: number): readonly string[];
    /**
     * Where claims could move so that their hosts become empty: one answer for one state. Nothing is
     * changed: what is placed afterwards is placed as if nobody had planned.
     */
    plan(ask: PlanAsk): PlanAnswer;
    /** Totals over hosts, for summaries. */
    capacity(): FleetCapacity;
    /** Use of one host, or undefined. */
    usage(hostId: string): Resources | undefined;
}
/** Amounts by resource class: VCPU, MEMORY_MB, DISK_GB, CUSTOM_*. Non-negative integers. */
type Resources = Readonly<Record<string, number>>;
interface HostView {
    readonly id: string;
    readonly zone: string;
    /** floor((total − reserved) × allocation ratio), per class; 32-bit range. */
    readonly capacity: Resources;
    readonly traits: readonly string[];
    readonly aggregates: readonly string[];
    /** A disabled host keeps its use and takes nothing new. */
    readonly enabled: boolean;
}
interface Claim {
    readonly hostId: string;
    readonly resources: Resources;
    /** How many times `resources`. */
    readonly count: number;
}
/** What one instance takes, and where it may lie. */
interface InstanceAsk {
    /** At least one class; every amount ≥ 0. */
    readonly resources: Resources;
    readonly requiredTraits?: readonly string[];
    readonly forbiddenTraits?: readonly string[];
    /** The host's zone must be one of these. */
    readonly zones?: readonly string[];
    /** For each set, the host is in at least one of its aggregates. */
    readonly memberOf?: readonly (readonly string[])[];
    /** The host is in none of these aggregates. */
    readonly notMemberOf?: readonly string[];
    /** Only these hosts. */
    readonly hostIds?: readonly string[];
    /** Never these hosts (alternates after a failed build). */
    readonly excludedHostIds?: readonly string[];
    readonly group?: GroupRule;
    readonly policy: PlacementPolicy;
    /** With the policy `weighed`: by class, −15…15; 1 if not named. */
    readonly weights?: Readonly<Record<string, number>>;
    /** Breaks ties: where among hosts in the same state to begin, one of eight places. */
    readonly seed: number;
}
interface PlacementAsk extends InstanceAsk {
    /** All or nothing below `min`; as many as fit up to `max`. */
    readonly min: number;
    readonly max: number;
}
interface GroupRule {
    readonly policy: 'affinity' | 'anti-affinity' | 'soft-affinity' | 'soft-anti-affinity';
    /** Anti-affinity only: members that one host may hold; 1 if undefined. */
    readonly maxPerHost?: number;
    /** Members that hosts hold already. */
    readonly members: readonly {
        readonly hostId: string;
        readonly count: number;
    }[];
}
type PlacementAnswer = {
    readonly ok: true;
    readonly assignments: readonly Assignment[];
    readonly placed: number;
} | {
    readonly ok: false;
    readonly explanation: Explanation;
};
/** `count` instances on one host. Assignments name each host once. */
interface Assignment {
    readonly hostId: string;
    readonly count: number;
}
/** Which hosts are to be emptied, and of what. */
interface PlanAsk {
    /**
     * `drain`: what finds room moves, the rest is stuck; no host of the plan takes anything.
     * `defragment`: a host that can be emptied wholly, onto hosts in use, is; others are left alone.
     */
    readonly mode: 'drain' | 'defragment';
    /** In this order, each once. Unknown ones are ignored. */
    readonly hosts: readonly HostToEmpty[];
    /** The groups that claims name, with all of their members: those to be moved, too. */
    readonly groups: Readonly<Record<string, GroupRule>>;
    /** Moves at most; any number if undefined. */
    readonly moves?: number;
    /** Hosts to empty at most; any number if undefined. */
    readonly most?: number;
}
interface HostToEmpty {
    readonly hostId: string;
    /** A host that holds more than these is not emptied by moving them. */
    readonly claims: readonly MovableClaim[];
}
/** What one instance takes of its host, and where else it may lie. */
interface MovableClaim {
    /** The caller's name for it, unique in a plan. */
    readonly key: string;
    readonly ask: Omit<InstanceAsk, 'group'>;
    /** One of the plan's groups, of which it is a member. */
    readonly group?: string;
}
interface PlanAnswer {
    /** In an order in which they can be carried out one by one. */
    readonly moves: readonly PlannedMove[];
    /** In drains: what has nowhere to go. Members of a hard affinity group move together or not. */
    readonly stuck: readonly StuckClaim[];
    /** Hosts that hold nothing when all moves are done. */
    readonly freed: readonly string[];
}
interface PlannedMove {
    readonly key: string;
    readonly from: string;
    readonly to: string;
}
interface StuckClaim {
    readonly key: string;
    readonly hostId: string;
    /** Why no host takes it: the hosts that are to be emptied count as not listed. */
    readonly explanation: Explanation;
}
/** Why an ask was refused. */
interface Explanation {
    readonly hosts: number;
    /** Every host under one reason: the first, in the order of reasons, that rules it out. */
    readonly ruledOut: Readonly<Record<RefusalReason, number>>;
    /** Hosts that each reason rules out by itself, whatever the others do. */
    readonly alone: Readonly<Record<RefusalReason, number>>;
    /** Hosts that could take at least one instance. */
    readonly feasibleHosts: number;
    /** The largest count that would have been placed: < min. */
    readonly nearestFeasible: number;
    /** The class that rules out most hosts, or null. */
    readonly scarcest: string | null;
    /** Hosts with too little of each class, each class counted on its own. */
    readonly shortOf: Readonly<Record<string, number>>;
}
/** In the order in which they are tested. */
declare const refusalReasons: readonly ["disabled", "zone", "aggregate", "requiredTrait", "forbiddenTrait", "notListed", "group", "resources"];
type RefusalReason = (typeof refusalReasons)[number];
interface FleetCapacity {
    readonly hosts: number;
    readonly enabledHosts: number;
    /** Hosts with any use. */
    readonly usedHosts: number;
    readonly total: Resources;
    readonly used: Resources;
}

/** What there is to know of a guest. */
interface SimulatedGuest {
    readonly serverId: string;
    readonly hostId: string;
    readonly power: GuestPower;
    readonly generation: number;
    readonly boots: number;
    readonly builds: number;
    readonly imageId?: string | null;
    readonly rescueImageId?: string;
    /** Null when unknown: then it takes no room. */
    readonly resources?: Resources | null;
}
/** Effects since the fleet was made. */
interface FleetStats {
    readonly built: number;
    readonly restarted: number;
    readonly destroyed: number;
    /** Targets that were older than what the host had seen. */
    readonly fenced: number;
    /** Targets reported with a fault. */
    readonly failed: number;
}

interface SimulatedFleetOptions {
    readonly clock: Clock;
    readonly random: Random;
    /**
     * How long a host takes per guest (`apply`), and to answer (`observe`). 0 by default: answers
     * come at once, without any timer.
     */
    readonly latencyMs?: {
        readonly apply?: Delay;
        readonly observe?: Delay;
    };
    /** Probability that a target fails, and that a host is silent. 0 by default. */
    readonly failureRate?: {
        readonly apply?: number;
        readonly observe?: number;
    };
    /**
     * Kinds of failure to draw from, each as likely. All by default. Chance lets hosts decline
     * builds only: no other host can stop a guest, so other orders are told to try again.
     */
    readonly failureKinds?: readonly FaultKind[];
    /**
     * What each host holds; undefined = there is no such host, it never answers. Without it every
     * host exists and takes whatever it is asked to.
     */
    readonly capacities?: (hostId: string) => Resources | undefined;
    /** Guests that one host works on at once; the others wait their turn. 64 by default. */
    readonly concurrency?: number;
    /** A call that has not been answered after so long is given up. 30 s by default. */
    readonly limitMs?: number;
    /** How many destroyed guests are remembered, and how long, to fence off late calls. */
    readonly fences?: FenceBounds;
}
/**
 * Any number of compute hosts in memory: the executable specification of `Hypervisor`. It keeps
 * nothing when the process ends; whoever embeds it gives back what the store last observed
 * (`adopt`). Time and chance decide here when and whether an order arrives; `SimulatedHosts` knows
 * what it does.
 */
declare class SimulatedFleet implements Hypervisor {
    #private;
    /** @throws CloudError `invalid` for options out of range. */
    constructor(options: SimulatedFleetOptions);
    /** Guests on hosts now, whatever their power. */
    get guests(): number;
    get stats(): FleetStats;
    /** @throws CloudError `closed`. */
    apply(targets: readonly GuestTarget[], options?: {
        readonly signal?: AbortSignal;
    }): AsyncGenerator<readonly GuestReport[], void, void>;
    /** @throws CloudError `aborted` when the signal fires first, `closed`. */
    observe(hostIds: readonly string[], options?: {
        readonly signal?: AbortSignal;
    }): Promise<{
        readonly guests: readonly GuestReport[];
        readonly silent: readonly string[];
    }>;
    /** A disk of a few sectors that tells what its guest was made from, and how often. */
    readDisk(name: GuestName, options?: {
        readonly signal?: AbortSignal;
    }): AsyncGenerator<Uint8Array, void, void>;
    /** A few lines for each time that the guest was started. */
    readConsole(name: GuestName, options?: {
        readonly lines?: number | undefined;
        readonly signal?: AbortSignal | undefined;
    }): Promise<string>;
    /** Calls under way end as `unknown`; later ones throw `closed`. Idempotent. */
    close(): Promise<void>;
    /** Takes guests as last observed. One that is known already changes only if it is older. */
    adopt(guests: Iterable<SimulatedGuest>): void;
    /** The guest, or undefined where there is none. */
    guest(serverId: string, hostId: string): SimulatedGuest | undefined;
    /** Servers that run, or are paused, on several hosts at once: none, in a sound cloud. */
    runningTwice(): {
        readonly serverId: string;
        readonly hostIds: readonly string[];
    }[];
    /**
     * Power fails: guests stop, save the suspended ones, and the host is silent until `restoreHost`.
     */
    crashHost(hostId: string): void;
    /** The host answers again; its guests stay stopped until they are started. */
    restoreHost(hostId: string): void;
    /** The guest stops by itself, as when its system halts. False where there is none. */
    stopGuest(serverId: string, hostId: string): boolean;
    /** Makes the next `times` (1) targets that match fail in this way. */
    failNext(kind: FaultKind, options?: FaultFilter & {
        readonly times?: number;
    }): void;
}

interface SimulatedNetworkOptions {
    readonly clock: Clock;
    readonly random: Random;
    /** How long a port takes. 0 by default: answers come at once, without any timer. */
    readonly latencyMs?: {
        readonly apply?: Delay;
    };
    /** Probability that a target fails. 0 by default. */
    readonly failureRate?: {
        readonly apply?: number;
    };
    /** Kinds of failure to draw from, each as likely. All by default; the first three look alike. */
    readonly failureKinds?: readonly FaultKind[];
    /** A call that has not been answered after so long is given up. 30 s by default. */
    readonly limitMs?: number;
    /** How many unplugged ports are remembered, and how long, to fence off late calls. */
    readonly fences?: FenceBounds;
}
/** A port that is plugged in. */
interface SimulatedPort {
    readonly portId: string;
    readonly networkId: string;
    readonly hostId: string;
    readonly revision: number;
    readonly mac: string;
    readonly addresses: readonly string[];
    readonly securityGroupIds: readonly string[];
    readonly dhcpOptions?: PortTarget['dhcpOptions'];
    readonly dnsName?: PortTarget['dnsName'];
    readonly qosPolicyId?: PortTarget['qosPolicyId'];
    readonly state: 'active' | 'down';
}
/** The data plane in memory: the executable specification of `NetworkDriver`. */
declare class SimulatedNetwork implements NetworkDriver {
    #private;
    /** @throws CloudError `invalid` for options out of range. */
    constructor(options: SimulatedNetworkOptions);
    /** Ports plugged in now. */
    get ports(): number;
    /** Routers, floating IPs and the like that are configured now. */
    get objects(): number;
    /** The signal ends a call early, with faults, not with an error. @throws CloudError `closed`. */
    apply(targets: readonly PortTarget[], options?: {
        readonly signal?: AbortSignal;
    }): Promise<readonly PortReport[]>;
    /** As `apply`. */
    configure(targets: readonly NetworkObject[], options?: {
        readonly signal?: AbortSignal;
    }): Promise<readonly ObjectReport[]>;
    /** Calls under way end with faults; later ones throw `closed`. Idempotent. */
    close(): Promise<void>;
    /** Takes ports as they were last observed. One that is known already changes only if older. */
    adopt(ports: Iterable<SimulatedPort>): void;
    /** The port, or undefined when it is not plugged in. */
    port(portId: string): SimulatedPort | undefined;
    /** What is configured, or undefined. */
    object(type: NetworkObjectType, id: string): NetworkObject | undefined;
    /** Everything that is configured. */
    everyObject(): Iterable<NetworkObject>;
    /** Takes objects as they were last observed. */
    adoptObjects(objects: Iterable<NetworkObject>): void;
    /** Ports on the host go down, and nothing can be plugged there until `restoreHost`. */
    crashHost(hostId: string): void;
    /** Ports on the host stay down until they are applied again. */
    restoreHost(hostId: string): void;
    /** Makes the next `times` (1) targets that match fail in this way. */
    failNext(kind: FaultKind, options?: FaultFilter & {
        readonly times?: number;
    }): void;
}

/**
 * A clock that moves only when told. `advance` runs sleepers in order of their time, letting
 * promises settle between them, so a cloud on it is fast and repeatable.
 */
declare class VirtualClock implements Clock {
    #private;
    /**
     * @param start milliseconds since the epoch.
     * @param macrotask how to let everything that is runnable run; one turn of the event loop by
     *   default.
     */
    constructor(start?: number, macrotask?: () => Promise<void>);
    now(): number;
    elapsed(): number;
    turn(): Promise<void>;
    sleep(ms: number, options?: {
        readonly signal?: AbortSignal;
    }): Promise<void>;
    /** Time of the earliest sleeper, or undefined when nothing waits. */
    get next(): number | undefined;
    /** Moves forward by `ms`, waking everything due on the way. */
    advance(ms: number): Promise<void>;
    /** Moves forward to a time, waking everything due on the way. */
    advanceTo(time: number): Promise<void>;
}

/**
 * Every bound of the core in one place, each with its reason. A bound that an operator may tune is
 * a default of `CloudLimits`; the others are constants.
 */
declare const limits: {
    /** Characters in a resource name (OpenStack: 255). */
    readonly nameLength: 255;
    /** Characters in a description. */
    readonly descriptionLength: 255;
    /** Metadata items of one resource (Nova's default quota: 128). */
    readonly metadataItems: 128;
    /** Characters of a metadata key, and of a value (Nova: 255). */
    readonly metadataLength: 255;
    /** Tags of one resource, and characters of one tag (Nova: 50, 60). */
    readonly tags: 50;
    readonly tagLength: 60;
    /** Characters of base64 user data (Nova: 65,535). */
    readonly userDataLength: 65535;
    /**
     * Members of one multi-create. Far above any quota; keeps a hostile count from allocating memory.
     */
    readonly batchServers: 10000;
    /** Ids in one bulk call. */
    readonly bulkIds: 10000;
    /** Rows of one page. */
    readonly pageRows: 1000;
    /** Networks a server may ask for. */
    readonly serverNetworks: 16;
    /** Security groups of one port. */
    readonly portSecurityGroups: 16;
    /** Fixed addresses of one port. */
    readonly portAddresses: 8;
    /** Characters of an idempotency key (EC2: 64 ASCII). */
    readonly idempotencyKeyLength: 64;
    /** Characters of a request id; OpenStack's have 40. */
    readonly requestIdLength: 64;
    /** Attempts of an optimistic commit before `stale` is thrown. */
    readonly commitAttempts: 8;
    /** Write batches that may wait for the committer before `overloaded`. */
    readonly commitQueue: 10000;
    /** Write batches that share one transaction. */
    readonly commitGroup: 128;
    /**
     * Cost of the calls that decide at once: a server is 1, and so is every other call. Two requests
     * for 500 servers, or as many small ones as share some transactions.
     */
    readonly admissionBudget: 1000;
    /** Calls that may wait for their turn, of one project and altogether, before `overloaded`. */
    readonly admissionFlow: 1000;
    readonly admissionTotal: 10000;
    /** Resource classes of one host or ask. */
    readonly resourceClasses: 16;
    /** Resource classes of all hosts together: what the placement engine tells apart. */
    readonly fleetClasses: 16;
    /** Extra specs of a flavor, traits of a host. */
    readonly extraSpecs: 128;
    readonly traits: 64;
    /** Aggregates of one host: bounds what placement compares. */
    readonly hostAggregates: 64;
    /**
     * Capacity of one resource class of one host, and members of a group on one host: placement
     * counts in 32 bits.
     */
    readonly hostCapacity: number;
    /** Servers that one migration plan looks at, moves that it has, hosts that it tries to empty. */
    readonly planServers: 10000;
    readonly planMoves: 1000;
    readonly planHosts: 1000;
    /** Actions kept on a server's history. */
    readonly serverActions: 64;
    /** Servers of one list that no index orders: bounds what it holds in memory. */
    readonly sortedServers: 10000;
    /** Bytes of a guest's console that are shown (Nova's libvirt driver: 100 KiB). */
    readonly consoleBytes: 102400;
    /** Backups of one server that are kept (what a page of images has). */
    readonly backups: 1000;
    /** Bytes of one image. 16 TiB; the quota is usually lower. */
    readonly imageBytes: number;
    /** Servers that one work row carries: bounds a step's memory and its transaction. */
    readonly workServers: 1000;
    /** Milliseconds that work may put itself off: what is due later was dated by a wrong clock. */
    readonly workWaitMs: 600000;
    /** Work rows that a worker runs at once, and driver calls it has in flight. */
    readonly workConcurrency: 16;
    readonly driverConcurrency: 64;
    /** Bytes of a password: hashing a long one must not be a weapon (OSSA-2012-002). */
    readonly passwordBytes: 1024;
    /** Levels of a project tree (Keystone's default: 5). */
    readonly projectDepth: 5;
    /** What one user may have: roles on targets, memberships, credentials; bounds what is read. */
    readonly userAssignments: 1000;
    /** Roles that operators may make; access rules of one credential; characters of a blob. */
    readonly roles: 1000;
    /** What operators add to the catalogue: it goes with every token; characters of a URL. */
    readonly catalogRegions: 100;
    readonly catalogServices: 200;
    readonly catalogEndpoints: 1000;
    readonly catalogUrl: 1024;
    readonly accessRules: 100;
    readonly credentialLength: 8192;
    /** Further properties of a user or project, and characters of each. */
    readonly extraItems: 32;
    readonly extraLength: 1024;
    /** Projects that one image is shared with (Glance: 128), or that may use one private flavor. */
    readonly imageMembers: 128;
    readonly flavorAccess: 1000;
    /** Milliseconds without a byte after which an upload counts as interrupted. */
    readonly imageStallMs: 600000;
    /** Bytes that are staged wait so long for their import, in milliseconds (as tasks: 48 hours). */
    readonly imageStagedMs: number;
    /** Uploads of one image that a crash may interrupt before it is given up as killed. */
    readonly imageUploadAttempts: 64;
    /** Characters of an SSH public key line; RSA of 16,384 bits takes some 2,800. */
    readonly publicKeyLength: 8192;
    /** Subnets of one network: bounds what a request for ports reads. */
    readonly networkSubnets: 64;
    /** Allocation pools, DNS servers (Neutron: 5) and host routes (Neutron: 20) of one subnet. */
    readonly subnetPools: 32;
    /** Blocks of one subnet pool, and subnets cut from it. */
    readonly poolPrefixes: 64;
    readonly poolAllocations: 1000;
    readonly subnetDnsServers: 5;
    readonly subnetHostRoutes: 20;
    /** Allowed address pairs of one port (Neutron: 10). */
    readonly portAddressPairs: 10;
    /** Options of DHCP that a port has of its own. */
    readonly portDhcpOptions: 32;
    /** Rules of one security group, whatever the quota: bounds what its deletion reads. */
    readonly groupRules: 1000;
    /** Interfaces of one router, and extra routes (Neutron: 30): bounds what its row holds. */
    readonly routerInterfaces: 64;
    readonly routerRoutes: 30;
    /** Port forwardings of one floating IP, floating IPs that stand for or forward to one port. */
    readonly floatingIpForwardings: 128;
    readonly portFloatingIps: 32;
    /** Rules of one QoS policy: one of each sort and direction. */
    readonly qosRules: 5;
    /** Projects that one thing is lent to, one by one: bounds its row. */
    readonly rbacPolicies: 200;
    /** Blocks of one address group: bounds its row. */
    readonly addressGroupBlocks: 1000;
    /** Floating IPs of one bulk creation. */
    readonly bulkFloatingIps: 1000;
    /** Objects of the data plane that one work row is about. */
    readonly workObjects: 1000;
    /** Networks of one bulk creation. */
    readonly bulkNetworks: 1000;
    /** Ports, or rules, of one bulk creation. */
    readonly bulkPorts: 1000;
    readonly bulkRules: 100;
    /** Bytes of a container's name, and of an object's (Swift: 256, 1,024). */
    readonly containerNameBytes: 256;
    readonly objectNameBytes: 1024;
    /** Metadata of an object, container or account (Swift): items, bytes of each part, and in all. */
    readonly objectMetadataItems: 90;
    readonly objectMetadataNameBytes: 128;
    readonly objectMetadataValueBytes: 256;
    readonly objectMetadataBytes: 4096;
    /** Characters of a content type, encoding or disposition. */
    readonly objectHeaderLength: 255;
    /** Seconds after which an object may be asked to go: a hundred years. */
    readonly deleteAfterSeconds: 3155760000;
    /** Bytes of one upload (Swift: 5 GiB); larger objects are made of several. */
    readonly objectBytes: number;
    /** Segments of one static large object (Swift: 1,000). */
    readonly manifestSegments: 1000;
    /** Parts of one upload, and bytes of each but the last, at least (S3: 10,000, 5 MiB). */
    readonly uploadParts: 10000;
    readonly uploadPartBytes: number;
    /** How deep large objects are made of large objects, and pieces of one (Swift: 10 levels). */
    readonly manifestDepth: 10;
    readonly manifestPieces: 10000;
    /** ETags of one condition. */
    readonly etags: 64;
    /** Characters of an access list, and of a key of temporary URLs. */
    readonly aclLength: 8192;
    readonly tempUrlKeyLength: 128;
    /** Entries of one listing of containers or objects (Swift: 10,000). */
    readonly listingEntries: 10000;
    /** Rows read at once for it: one more, for the marker itself. */
    readonly listingRows: 10001;
    /** Objects of one bulk deletion. */
    readonly bulkObjects: 10000;
    /** Milliseconds without a byte after which an upload of an object counts as interrupted. */
    readonly objectStallMs: 600000;
    /** Gigabytes of one share, and its snapshots, or access rules: what one order tells. */
    readonly shareGb: number;
    readonly shareChildren: 1000;
    /** Characters of a template or environment (Heat: 524,288 bytes); values, and levels, in it. */
    readonly stackTemplateLength: 524288;
    readonly stackTemplateNodes: 200000;
    readonly stackTemplateDepth: 32;
    /** Files beside a template, and characters of all of them together. */
    readonly stackFiles: 256;
    readonly stackFilesLength: 1048576;
    /** Environments of one request. */
    readonly stackEnvironments: 16;
    /** Resources of one stack (Heat: 1,000), its parameters and outputs. */
    readonly stackResources: 10000;
    readonly stackParameters: 1000;
    readonly stackOutputs: 1000;
    /** Stacks within each other (Heat: 5). */
    readonly stackDepth: 5;
    /** What the functions of one resource or output may make: values, and characters. */
    readonly stackResolvedValues: 100000;
    readonly stackResolvedCharacters: 1000000;
    /** A pattern of a parameter, and what it is held against: states times characters are seen. */
    readonly stackPatternLength: 512;
    readonly stackPatternStates: 2048;
    readonly stackPatternText: 8192;
    /** Resources that a step of a stack begins or ends in one transaction. */
    readonly stackWave: 500;
    /** Tries to remove what is in use, before that counts as an answer. */
    readonly stackRemovalTries: 60;
    /** Snapshots of one stack (Heat: 32). */
    readonly stackSnapshots: 32;
    /** Signals of one resource. */
    readonly stackSignals: 1000;
    /** Events kept of one stack; a deletion of the oldest takes so many at once. */
    readonly stackEvents: 10000;
    /** Minutes that an action on a stack may take: idempotency keys are remembered for longer. */
    readonly stackTimeoutMinutes: 1380;
    /** Characters of a configuration of software; fields of it; servers of one resource. */
    readonly softwareConfigLength: 65536;
    readonly softwareFields: 256;
    readonly softwareServers: 500;
    /** GiB of one volume: 64 TiB. */
    readonly volumeGb: 65536;
    /** Volumes of one bulk creation, and uses of one bulk attachment. */
    readonly bulkVolumes: 1000;
    /** Volumes of one server, and servers of one volume that several may have. */
    readonly serverVolumes: 32;
    readonly volumeAttachments: 64;
    /** Volumes of one group, which one commit keeps as they are. */
    readonly groupVolumes: 256;
    /** Pools of all back-ends together: bounds what placing a volume reads. */
    readonly volumePools: 1000;
    /** Extra specs of a volume type, capabilities of a pool, parts of a connector. */
    readonly volumeProperties: 64;
    /** Characters of a message about a failure. */
    readonly messageLength: 1024;
    /** Rows below one load balancer: bounds what making its configuration reads. */
    readonly balancerRows: 10000;
    /** Members of one pool, and members of one bulk call. */
    readonly poolMembers: 2000;
    readonly bulkMembers: 1000;
    /** Listeners and pools of one creation of a whole tree. */
    readonly treeListeners: 64;
    readonly treePools: 64;
    /** L7 policies of one listener, rules of one policy. */
    readonly listenerPolicies: 128;
    readonly policyRules: 64;
    /** CIDRs that a listener lets in, certificates it chooses from, addresses besides its VIP. */
    readonly listenerCidrs: 64;
    readonly listenerCertificates: 64;
    readonly balancerVips: 7;
    /** Tags of a load balancer, or of something below it. */
    readonly balancerTags: 256;
    /** Resource classes of a provider that is no host: placement's engine does not know them. */
    readonly providerClasses: 64;
    /** Aggregates of such a provider. */
    readonly providerAggregates: 1000;
    /** Providers of one tree: bounds what moving one, and looking for room in it, reads. */
    readonly providerTree: 1000;
    /** Traits, and resource classes, that operators define. */
    readonly placementNames: 1000;
    /** Providers of one consumer; consumers of one bulk call. */
    readonly consumerProviders: 64;
    readonly bulkConsumers: 1000;
    /** Groups of one search for room; sets of traits that its any-of lists make. */
    readonly candidateGroups: 32;
    readonly candidateAlternatives: 64;
    /** Providers besides hosts that a search reads, and steps that it takes. */
    readonly candidateProviders: 10000;
    readonly candidateSteps: 200000;
};

/** Collects what one decision writes; it becomes one `WriteBatch`, wholly applied or not at all. */
declare class Writes {
    #private;
    insert<T extends Stored>(kind: Kind<T>, ...rows: readonly Draft<T>[]): this;
    update<T extends Stored>(kind: Kind<T>, ...rows: readonly T[]): this;
    remove<T extends Stored>(kind: Kind<T>, ...rows: readonly T[]): this;
    /** Changes the rows of a kind that are to be inserted. */
    amend<T extends Stored>(kind: Kind<T>, change: (row: Draft<T>) => Draft<T>): this;
    /** Adds to a counter; several adds to one counter become one. */
    add(add: CounterAdd): this;
    limit(limit: CounterLimit): this;
    /** Removes every counter of a scope. */
    drop(scope: string): this;
    /** Rings a topic once this is durable. */
    ring(...topics: readonly string[]): this;
    get empty(): boolean;
    batch(origin: string, at: number): WriteBatch;
}

/**
 * A batch lost against a concurrent writer or a counter's limit. Callers read again and decide
 * again.
 */
declare class CommitConflict extends Error {
    readonly name = "CommitConflict";
    readonly conflict: Conflict;
    constructor(conflict: Conflict);
}
/**
 * The only writer. What is committed in one turn of the event loop, or while a transaction is under
 * way, shares the next transaction (group commit); each batch still succeeds or fails by itself.
 * Doorbells ring after the commit.
 */
declare class Committer {
    #private;
    readonly origin: string;
    constructor(ports: {
        store: Store;
        bus: Bus;
        clock: Clock;
        telemetry: Telemetry;
    }, origin: string);
    /**
     * Commits durably.
     *
     * @returns the sequence number of the change.
     * @throws CommitConflict when the batch lost; CloudError `overloaded` when too many wait,
     *   `unavailable` from the store.
     */
    commit(writes: Writes): Promise<number>;
    /** Resolves when everything handed in so far has settled. */
    idle(): Promise<void>;
}

/** Prefix of the scopes of counters that are versions: they stand for no rows. */
declare const versionPrefix = "version:";

/**
 * Room taken in the projection for a decision that is not committed yet. It ends in one of two
 * ways, once: `keep` when the decision was committed, `release` when it was not.
 */
interface Reservation {
    /** The question. */
    readonly ask: PlacementAsk;
    readonly assignments: readonly Assignment[];
    readonly placed: number;
    /** The store holds it now. */
    keep(): void;
    /**
     * Gives the room back. @param error why the commit failed: it tells whether it may have been
     * made.
     */
    release(error?: unknown): void;
}
/** Room that a commit under way gives back. It ends once, in one of two ways. */
interface Freeing {
    /** Committed: the room is free. */
    done(): void;
    /** Not committed, as far as `error` tells. */
    failed(error: unknown): void;
}
/**
 * The placement projection: the Scheduler port kept in step with the store. Loaded at opening, then
 * fed by what this process decides (at once) and by the change feed (what others decided).
 */
declare class Fleet {
    #private;
    /** @param weights of the policy `weighed`, by resource class. */
    constructor(scheduler: Scheduler, store: Store, origin: string, weights?: Readonly<Record<string, number>>);
    /** Sequence number of the last change that is known here. */
    get cursor(): number;
    /**
     * Refuses hosts whose resource classes, with those known, are more than an engine can tell apart.
     *
     * @throws CloudError `invalid` with the limit.
     */
    requireClasses(names: Iterable<string>, field: string): void;
    /** Reads all hosts and their use. */
    load(): Promise<void>;
    /**
     * Follows the change feed to its end: hosts of every origin, use of other origins (ours is known
     * already). What was committed before the call is known when it resolves.
     */
    sync(): Promise<void>;
    /** Reads the use of these hosts afresh; what is reserved and not committed comes on top. */
    reload(hostIds: readonly string[]): Promise<void>;
    /**
     * Somebody else than placement is about to change the use of these hosts, and may never hear
     * whether he did: it is read whenever the feed names them.
     */
    doubt(hostIds: readonly string[]): void;
    /**
     * Places and reserves.
     *
     * @throws CloudError `noValidHost` with the explanation as `detail`.
     */
    place(ask: PlacementAsk): Reservation;
    /**
     * As `place`, but what other processes committed is read before a refusal: what they freed is not
     * missed.
     *
     * @throws CloudError `noValidHost` with the explanation as `detail`.
     */
    find(ask: PlacementAsk): Promise<Reservation>;
    /** What `place` would answer, reserving nothing. */
    preview(ask: PlacementAsk): PlacementAnswer;
    /** Announces what a commit will give back, before it is made. */
    freeing(claims: readonly Claim[]): Freeing;
    /** Instances that an ask could get at most now. */
    room(ask: InstanceAsk): number;
    /** The enabled hosts in use that hold the least, the emptiest first. */
    lightest(limit: number): readonly string[];
    /** Where claims could move; changes nothing. */
    plan(ask: PlanAsk): PlanAnswer;
    capacity(): FleetCapacity;
    usage(hostId: string): Resources | undefined;
}

/** What goes with what, as documented for Octavia's API v2. */
declare const listenerProtocols: readonly ["TCP", "UDP", "SCTP", "HTTP", "HTTPS", "TERMINATED_HTTPS", "PROMETHEUS"];
type ListenerProtocol = (typeof listenerProtocols)[number];
declare const poolProtocols: readonly ["TCP", "UDP", "SCTP", "HTTP", "HTTPS", "PROXY", "PROXYV2"];
type PoolProtocol = (typeof poolProtocols)[number];
declare const monitorTypes: readonly ["HTTP", "HTTPS", "PING", "TCP", "TLS-HELLO", "UDP-CONNECT", "SCTP"];
type MonitorType = (typeof monitorTypes)[number];

/**
 * What every row of a load balancer's tree has. Rows are changed without a lock on the tree: each
 * write draws a new `mark`, and a counter holds the sum of all marks. Rows that add up to it are
 * all there are, as of one time; so what was read in several reads is known to belong together.
 */
interface TreeRow extends Stored {
    readonly projectId: string;
    /** Drawn anew by each change: 32 bits. */
    readonly mark: number;
}
/** A row below the load balancer. */
interface Child extends TreeRow {
    readonly balancerId: string;
    readonly adminStateUp: boolean;
    readonly tags: readonly string[];
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
    readonly updatedAt: number;
}

declare const monitorMethods: readonly ["GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "OPTIONS", "PATCH", "CONNECT"];
type MonitorMethod = (typeof monitorMethods)[number];
/** What is asked of a member over HTTP. */
interface MonitorRequest {
    readonly method: MonitorMethod;
    readonly urlPath: string;
    /** A code, a list, or a range: `200`, `200,202`, `200-204`. */
    readonly expectedCodes: string;
    readonly version: '1.0' | '1.1' | null;
    readonly domainName: string | null;
}
/** How the members of a pool are watched. */
interface HealthMonitor extends Child {
    readonly poolId: string;
    readonly name: string;
    readonly type: MonitorType;
    /** Seconds between two looks, and until one is given up. */
    readonly delayS: number;
    readonly timeoutS: number;
    /** Looks in a row that must succeed for a member to be up. */
    readonly maxRetries: number;
    /** Looks in a row that must fail for it to be down. */
    readonly maxRetriesDown: number;
    /** Of HTTP and HTTPS; null for others. */
    readonly request: MonitorRequest | null;
}
declare const healthMonitorKind: Kind<HealthMonitor>;

declare const l7Actions: readonly ["REJECT", "REDIRECT_TO_URL", "REDIRECT_PREFIX", "REDIRECT_TO_POOL"];
type L7Action = (typeof l7Actions)[number];
declare const redirectCodes: readonly [301, 302, 303, 307, 308];
type RedirectCode = (typeof redirectCodes)[number];
/**
 * What a listener does with requests that all its rules match. Rejections are tried first, then
 * redirections to URLs, then those to pools; each by position, of equal ones the newer first.
 */
interface L7Policy extends Child {
    readonly listenerId: string;
    readonly name: string;
    readonly description: string;
    readonly action: L7Action;
    readonly position: number;
    /** Of `REDIRECT_TO_POOL`. */
    readonly redirectPoolId: string | null;
    /** Of `REDIRECT_TO_URL`. */
    readonly redirectUrl: string | null;
    /** Of `REDIRECT_PREFIX`. */
    readonly redirectPrefix: string | null;
    /** Of both redirections to URLs. */
    readonly redirectCode: RedirectCode | null;
}
declare const l7PolicyKind: Kind<L7Policy>;

declare const l7RuleTypes: readonly ["HOST_NAME", "PATH", "FILE_TYPE", "HEADER", "COOKIE", "SSL_CONN_HAS_CERT", "SSL_VERIFY_RESULT", "SSL_DN_FIELD"];
type L7RuleType = (typeof l7RuleTypes)[number];
declare const l7Comparisons: readonly ["REGEX", "STARTS_WITH", "ENDS_WITH", "CONTAINS", "EQUAL_TO"];
type L7Comparison = (typeof l7Comparisons)[number];
/** One condition of a policy. */
interface L7Rule extends Child {
    readonly policyId: string;
    readonly type: L7RuleType;
    readonly compareType: L7Comparison;
    /** Which header, cookie or field. */
    readonly key: string | null;
    readonly value: string;
    readonly invert: boolean;
}
declare const l7RuleKind: Kind<L7Rule>;

declare const clientAuthentications: readonly ["NONE", "OPTIONAL", "MANDATORY"];
type ClientAuthentication = (typeof clientAuthentications)[number];
declare const tlsVersions: readonly ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];
type TlsVersion = (typeof tlsVersions)[number];
declare const alpnProtocols: readonly ["h2", "http/1.1", "http/1.0"];
type AlpnProtocol = (typeof alpnProtocols)[number];
/** Headers that a listener can add to the requests that it hands on. */
declare const insertableHeaders: readonly ["X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto", "X-SSL-Client-Verify", "X-SSL-Client-Has-Cert", "X-SSL-Client-DN", "X-SSL-Client-CN", "X-SSL-Issuer", "X-SSL-Client-SHA1", "X-SSL-Client-Not-Before", "X-SSL-Client-Not-After"];
type InsertableHeader = (typeof insertableHeaders)[number];
/** What a listener needs to end TLS: references to secrets, and what it offers. */
interface ListenerTls {
    readonly defaultContainerRef: string | null;
    readonly sniContainerRefs: readonly string[];
    readonly clientAuthentication: ClientAuthentication;
    readonly clientCaContainerRef: string | null;
    readonly clientCrlContainerRef: string | null;
    readonly versions: readonly TlsVersion[];
    /** In OpenSSL's notation; empty = the driver's choice. */
    readonly ciphers: string;
    readonly alpnProtocols: readonly AlpnProtocol[];
}
/** Milliseconds. */
interface ListenerTimeouts {
    readonly clientDataMs: number;
    readonly memberConnectMs: number;
    readonly memberDataMs: number;
    readonly tcpInspectMs: number;
}
/** A port of a load balancer on which it takes traffic. */
interface Listener extends Child {
    readonly name: string;
    readonly description: string;
    readonly protocol: ListenerProtocol;
    readonly protocolPort: number;
    /** Transport and port: no two listeners of a load balancer share it. */
    readonly portKey: string;
    /** −1 = no limit. */
    readonly connectionLimit: number;
    readonly defaultPoolId: string | null;
    /** Clients let in; empty = everybody. */
    readonly allowedCidrs: readonly string[];
    readonly insertHeaders: readonly InsertableHeader[];
    readonly timeouts: ListenerTimeouts;
    readonly tls: ListenerTls;
}
declare const listenerKind: Kind<Listener>;

/** How many appliances carry a load balancer. */
declare const topologies: readonly ["SINGLE", "ACTIVE_STANDBY"];
type Topology = (typeof topologies)[number];
/** Where a load balancer is reached. */
interface Vip {
    readonly portId: string;
    readonly networkId: string;
    /** Of the first address. */
    readonly subnetId: string;
    /** The first address. */
    readonly address: string;
    /** All addresses of the port. */
    readonly addresses: readonly string[];
}
/** The root of a tree of listeners, pools and members. */
interface LoadBalancer extends TreeRow {
    readonly name: string;
    readonly description: string;
    readonly adminStateUp: boolean;
    readonly vip: Vip;
    readonly topology: Topology;
    /** How often its appliances were ordered to be replaced. */
    readonly failovers: number;
    /** True: nothing below it exists any more, and it goes once nothing answers for it. */
    readonly deleting: boolean;
    readonly tags: readonly string[];
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const loadBalancerKind: Kind<LoadBalancer>;
/**
 * `edits`: changes so far, which number the generations of what is wanted. `open`: its work under
 * way. `rows`: rows below it, full once it is being deleted. `marks`: the sum of all marks.
 */
declare function balancerScope(balancerId: string): string;

/** Where a pool sends traffic. */
interface Member extends Child {
    readonly poolId: string;
    readonly name: string;
    readonly address: string;
    readonly protocolPort: number;
    /** Address and port: no two members of a pool share it. */
    readonly target: string;
    /** Where it is reached; null = by the network of the load balancer. A hint, kept as given. */
    readonly subnetId: string | null;
    /** Share of new connections; 0 = none, so that it drains. */
    readonly weight: number;
    /** True: gets traffic only when no other member is up. */
    readonly backup: boolean;
    /** Where it is watched, if elsewhere. */
    readonly monitorAddress: string | null;
    readonly monitorPort: number | null;
}
declare const memberKind: Kind<Member>;

/** How what was provisioned fares. Octavia's statuses. */
declare const operatingStatuses: readonly ["ONLINE", "DRAINING", "OFFLINE", "DEGRADED", "ERROR", "NO_MONITOR"];
type OperatingStatus = (typeof operatingStatuses)[number];
/** What a driver knows of a member. */
type MemberHealth = 'up' | 'down' | 'unknown';

declare const poolAlgorithms: readonly ["ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP", "SOURCE_IP_PORT"];
type PoolAlgorithm = (typeof poolAlgorithms)[number];
declare const persistenceTypes: readonly ["SOURCE_IP", "HTTP_COOKIE", "APP_COOKIE"];
type PersistenceType = (typeof persistenceTypes)[number];
/** How the requests of one client come to one member. */
interface SessionPersistence {
    readonly type: PersistenceType;
    /** Of `APP_COOKIE` only. */
    readonly cookieName: string | null;
    /** Seconds, of UDP and SCTP pools only; null = the driver's choice. */
    readonly timeoutS: number | null;
    /** Netmask that makes clients one, of UDP and SCTP pools only. */
    readonly granularity: string | null;
}
/** TLS towards members. */
interface PoolTls {
    readonly enabled: boolean;
    /** A client certificate that members are shown. */
    readonly containerRef: string | null;
    readonly caContainerRef: string | null;
    readonly crlContainerRef: string | null;
    readonly versions: readonly TlsVersion[];
    readonly ciphers: string;
    readonly alpnProtocols: readonly AlpnProtocol[];
}
/** Members that share traffic, and how. */
interface Pool extends Child {
    readonly name: string;
    readonly description: string;
    readonly protocol: PoolProtocol;
    readonly algorithm: PoolAlgorithm;
    readonly persistence: SessionPersistence | null;
    readonly tls: PoolTls;
}
declare const poolKind: Kind<Pool>;

/** Traffic of a listener since it was made. Bytes are those of its clients. */
interface Traffic {
    readonly activeConnections: number;
    readonly totalConnections: number;
    readonly bytesIn: number;
    readonly bytesOut: number;
    readonly requestErrors: number;
}
/** Counted by one incarnation of an appliance, on top of what earlier ones have counted. */
interface ListenerTraffic {
    readonly epoch: string;
    readonly base: Traffic;
    readonly last: Traffic;
}
/** The mark with which a row is in force, and how it fares. */
interface InForce {
    readonly mark: number;
    readonly status: OperatingStatus;
}
/**
 * What was observed of a load balancer, under its id. Only workers write it, so that observing
 * never stands in the way of a change.
 */
interface LoadBalancerStatus extends TreeRow {
    /** The generation in force; 0 = none yet. */
    readonly generation: number;
    /** Grows when a worker needs a proof that it reads what is newer than a change. */
    readonly turns: number;
    readonly operating: OperatingStatus;
    /** By the id of the row below the load balancer. */
    readonly inForce: Readonly<Record<string, InForce>>;
    /** Of members, as their driver last said. */
    readonly health: Readonly<Record<string, MemberHealth>>;
    /** By listener. */
    readonly traffic: Readonly<Record<string, ListenerTraffic>>;
}
declare const loadBalancerStatusKind: Kind<LoadBalancerStatus>;

/** One condition of a policy. */
type RuleConfig = Pick<L7Rule, 'id' | 'type' | 'compareType' | 'key' | 'value' | 'invert'>;
/** A policy, with all its rules: it applies where each of them matches. */
interface PolicyConfig extends Pick<L7Policy, 'id' | 'action' | 'redirectPoolId' | 'redirectUrl' | 'redirectPrefix' | 'redirectCode'> {
    readonly rules: readonly RuleConfig[];
}
interface ListenerConfig extends Pick<Listener, 'id' | 'protocol' | 'protocolPort' | 'connectionLimit' | 'defaultPoolId' | 'allowedCidrs' | 'insertHeaders' | 'timeouts' | 'tls'> {
    /** In the order in which they are tried. */
    readonly policies: readonly PolicyConfig[];
}
type MemberConfig = Pick<Member, 'id' | 'address' | 'protocolPort' | 'weight' | 'backup' | 'monitorAddress' | 'monitorPort'>;
type MonitorConfig = Pick<HealthMonitor, 'id' | 'type' | 'delayS' | 'timeoutS' | 'maxRetries' | 'maxRetriesDown' | 'request'>;
interface PoolConfig extends Pick<Pool, 'id' | 'protocol' | 'algorithm' | 'persistence' | 'tls'> {
    readonly members: readonly MemberConfig[];
    readonly monitor: MonitorConfig | null;
}
/** All that a load balancer is to be: what is switched off is not in it. */
interface BalancerConfig {
    readonly balancerId: string;
    /** Only grows; one generation is one configuration. */
    readonly generation: number;
    readonly topology: Topology;
    /** When it grows, appliances are replaced. */
    readonly failovers: number;
    readonly vip: {
        readonly portId: string;
        readonly networkId: string;
        readonly addresses: readonly string[];
    };
    readonly listeners: readonly ListenerConfig[];
    readonly pools: readonly PoolConfig[];
}
/** What there is, as last seen. */
interface BalancerReport {
    readonly balancerId: string;
    /** Of the configuration in force; null = the driver has no such load balancer. */
    readonly generation: number | null;
    /** Changes when counting begins anew. */
    readonly epoch: string;
    /** By the id of the member; one that is not listed is unknown. */
    readonly members: Readonly<Record<string, MemberHealth>>;
    /** By the id of the listener, counted since the epoch began. */
    readonly traffic: Readonly<Record<string, Traffic>>;
    /** Why it could not do, or see, what was asked. */
    readonly fault?: {
        readonly message: string;
    };
}
interface BalancerOptions {
    readonly signal?: AbortSignal;
}
/**
 * What carries load balancers. Verbs take many, are idempotent, report each exactly once and in the
 * order asked, and report failures as faults. A fired signal ends a call early, with faults.
 */
interface BalancerDriver {
    /**
     * Brings each load balancer to its configuration, as a whole. An older generation than that in
     * force changes nothing and reports that in force. One that was removed stays removed: a fault.
     */
    apply(configs: readonly BalancerConfig[], options?: BalancerOptions): Promise<readonly BalancerReport[]>;
    /** What is there. Changes nothing. */
    observe(balancerIds: readonly string[], options?: BalancerOptions): Promise<readonly BalancerReport[]>;
    /** Removes load balancers for good: nothing answers for them afterwards. */
    remove(balancerIds: readonly string[], options?: BalancerOptions): Promise<readonly BalancerReport[]>;
    /** Idempotent. Later calls throw `closed`. */
    close(): Promise<void>;
}

/** Hashing as a parameter: pure, but its implementation belongs to the runtime. */
type DigestAlgorithm = 'md5' | 'sha256' | 'sha512';
interface Digest {
    /** Hex digest of a text (UTF-8) or of bytes. */
    hash(algorithm: DigestAlgorithm, data: string | Uint8Array): string;
    /** An incremental hash for streams. */
    stream(algorithm: DigestAlgorithm): DigestStream;
    /** Several hashes of one stream, made beside the caller; absent: he makes them one by one. */
    batch?(algorithms: readonly DigestAlgorithm[]): DigestBatch;
}
/** Several hashes of the same bytes. One call at a time. */
interface DigestBatch {
    /**
     * Takes a chunk, which is the caller's again afterwards. A promise while too much is to be
     * hashed.
     *
     * @throws CloudError `unavailable` when what hashes has ended.
     */
    update(chunk: Uint8Array): Promise<void> | undefined;
    /**
     * Hex digests of all that was taken, in the order of the algorithms.
     *
     * @throws CloudError `unavailable` when what hashes has ended.
     */
    digests(): Promise<readonly string[]> | readonly string[];
    /** Gives back what it holds: always called, whether digests were asked for or not. */
    close(): void;
}
interface DigestStream {
    update(chunk: Uint8Array): void;
    /** Hex digest; the stream takes no more bytes afterwards. */
    digest(): string;
}

/** Identifiers as a parameter. */
interface Ids {
    /**
     * A new UUID (version 7): unique, and ordered by time within one process, so that rows append to
     * their indexes.
     */
    next(): string;
}

/** One of several stores, as users are told of it. */
interface ImageStoreInfo {
    readonly name: string;
    readonly description: string;
}
/** Where image bytes live. Keys are opaque: never joined to a path unchecked. */
interface ImageStore {
    /**
     * The stores behind this one, the one that takes what names none first; absent: it is one, called
     * `default`. A key says its store after an `@`; without, it is that called `default`.
     */
    readonly stores?: readonly ImageStoreInfo[];
    /**
     * Writes the whole stream under the key, replacing what was there, durably before it resolves. A
     * stream that fails, or a signal that fires, leaves nothing under the key.
     *
     * @returns the number of bytes stored.
     */
    put(key: string, data: AsyncIterable<Uint8Array>, options?: {
        readonly signal?: AbortSignal;
    }): Promise<number>;
    /** The bytes from `start` (inclusive) to `end` (exclusive). Throws `notFound`. */
    get(key: string, options?: {
        readonly start?: number;
        readonly end?: number;
        readonly signal?: AbortSignal;
    }): AsyncIterable<Uint8Array>;
    /** Size in bytes, or undefined when absent. */
    size(key: string): Promise<number | undefined>;
    /** Removes the key; removing an absent key is no error. */
    delete(key: string): Promise<void>;
    /** Every key, for the audit. */
    list(): AsyncIterable<string>;
    close(): Promise<void>;
}

/**
 * Where the bytes of objects live. Keys are opaque: never joined to a path unchecked. Unlike an
 * `ImageStore` it holds many millions of keys: it deletes and measures many at once, and lists them
 * page by page.
 */
interface ObjectStore {
    /**
     * Writes the whole stream under the key, replacing what was there, durably before it resolves. A
     * stream that fails, or a signal that fires, leaves nothing under the key.
     *
     * @returns the number of bytes stored.
     */
    put(key: string, data: AsyncIterable<Uint8Array>, options?: {
        readonly signal?: AbortSignal;
    }): Promise<number>;
    /** The bytes from `start` (inclusive) to `end` (exclusive). Throws `notFound`. */
    get(key: string, options?: {
        readonly start?: number;
        readonly end?: number;
        readonly signal?: AbortSignal;
    }): AsyncIterable<Uint8Array>;
    /** Sizes in bytes, in the order asked; undefined where absent. */
    sizes(keys: readonly string[]): Promise<(number | undefined)[]>;
    /**
     * Removes the keys, durably before it resolves; removing an absent key is no error. One that
     * cannot be removed does not keep the others: it rejects once all were tried.
     */
    delete(keys: readonly string[]): Promise<void>;
    /**
     * At most `limit` keys, in an order that is the store's own and does not change: those after
     * `after`, which need not exist any more. Fewer mean the end. A key that is put or removed
     * meanwhile may be listed or not.
     */
    list(page: {
        readonly after?: string;
        readonly limit: number;
    }): Promise<string[]>;
    /** Refuses everything with `closed` from now on. Idempotent. */
    close(): Promise<void>;
}

/** Password hashing as a parameter: slow on purpose, salted, and the runtime's own. */
interface PasswordHasher {
    /**
     * A text that holds the algorithm, its cost, a fresh salt and the hash: all that `verify` needs.
     *
     * @throws CloudError `invalid` when the password is empty or longer than `limits.passwordBytes`.
     */
    hash(password: string): Promise<string>;
    /**
     * True if the password made this hash. Compares in constant time; false for a hash of an unknown
     * form and, without hashing it, for a password that is too long.
     */
    verify(password: string, hash: string): Promise<boolean>;
}

/** Storage that serves shares. Idempotent and fenced like `Hypervisor`: `generation` only grows. */
interface ShareTarget {
    readonly shareId: string;
    readonly generation: number;
    /** False: it shall not exist, nor any of its snapshots. */
    readonly present: boolean;
    readonly protocol: 'NFS' | 'CIFS' | 'CEPHFS';
    readonly sizeGb: number;
    /** What it is made of, if it is not there yet; null: it is made empty. */
    readonly origin: {
        readonly shareId: string;
        readonly snapshotId: string;
    } | null;
    /** Every snapshot that it shall have; others go. */
    readonly snapshotIds: readonly string[];
    /** Everybody who may mount it; others may not. */
    readonly access: readonly ShareGrant[];
}
interface ShareGrant {
    readonly id: string;
    readonly type: 'ip' | 'user' | 'cephx';
    readonly to: string;
    readonly level: 'rw' | 'ro';
}
/** What is there now. */
interface ShareReport {
    readonly shareId: string;
    /** The newest order seen. */
    readonly generation: number;
    readonly present: boolean;
    readonly sizeGb: number;
    readonly exportLocations: readonly string[];
    readonly snapshotIds: readonly string[];
    readonly accessIds: readonly string[];
    /** `tooFull`: it holds more than the size asked for; it stays as large as it was. */
    readonly fault?: {
        readonly reason: 'tooFull' | 'failed';
        readonly message: string;
    };
}
interface ShareDriver {
    /**
     * Brings each share to its target; reports each exactly once, in any order. A target older than
     * the newest seen changes nothing; the report then says what is there.
     */
    apply(targets: readonly ShareTarget[], options?: {
        readonly signal?: AbortSignal;
    }): Promise<readonly ShareReport[]>;
    close(): Promise<void>;
}

/**
 * Back-ends of block storage. Idempotent and fenced like `Hypervisor`: an order older than the
 * newest that was seen for a thing is ignored, so a late or repeated call brings nothing back.
 */
type VolumeThing = 'volume' | 'snapshot' | 'connection' | 'backup';
interface VolumeOrigin {
    readonly type: 'image' | 'snapshot' | 'volume' | 'backup';
    readonly id: string;
}
interface Target {
    readonly id: string;
    /** Grows with every order for the thing. */
    readonly generation: number;
    /** False: it shall not exist. */
    readonly present: boolean;
}
/** A volume or snapshot that is there already, or is to be left there. */
interface KeptTarget extends Target {
    /**
     * Its name among what is in nobody's care: it is taken over when it is not there yet, and never
     * made; absent: it is made.
     */
    readonly adopt?: string;
    /**
     * True of what shall not exist: it is in nobody's care from now on, under a name of the
     * back-end's choice, and its bytes are kept.
     */
    readonly release?: true;
}
interface VolumeTarget extends KeptTarget {
    readonly type: 'volume';
    /** The pool where it shall be: it moves there from wherever it is. */
    readonly pool: string;
    readonly sizeGb: number;
    /** What it is made of, if it is not there yet; null: zeros. */
    readonly origin: VolumeOrigin | null;
    /** What its bytes shall be replaced with by this very order. */
    readonly replace: VolumeOrigin | null;
    readonly encrypted: boolean;
    /** Limits of speed that the back-end keeps, e.g. `total_iops_sec`; absent: none. */
    readonly limits?: Readonly<Record<string, string>>;
}
interface SnapshotTarget extends KeptTarget {
    readonly type: 'snapshot';
    readonly pool: string;
    readonly volumeId: string;
}
interface BackupTarget extends Target {
    readonly type: 'backup';
    readonly volumeId: string;
    /** The snapshot that is backed up instead of the volume as it is. */
    readonly snapshotId: string | null;
    /** The backup that this one adds to; null: a full one. */
    readonly parentId: string | null;
    readonly container: string;
    /** True: it is there already and is only looked for, never made. */
    readonly adopt: boolean;
}
interface ConnectionTarget extends Target {
    readonly type: 'connection';
    readonly volumeId: string;
    /** The compute host, or the host that the connector names. */
    readonly host: string;
    readonly serverId: string | null;
    readonly readOnly: boolean;
    /** True: others may be connected as well. */
    readonly shared: boolean;
    readonly connector: Readonly<Record<string, string>> | null;
    /** Limits of speed that whoever uses the volume keeps; absent: none. */
    readonly limits?: Readonly<Record<string, string>>;
}
type StorageTarget = VolumeTarget | SnapshotTarget | ConnectionTarget | BackupTarget;
interface StorageReport {
    readonly type: VolumeThing;
    readonly id: string;
    /** What is there now, whatever was asked. */
    readonly present: boolean;
    /** GiB, of a volume that is there. */
    readonly sizeGb?: number;
    /** How a connected volume is reached. */
    readonly connection?: Readonly<Record<string, string>>;
    /** Present when the target could not be reached: `again` may help, or `never`. */
    readonly fault?: {
        readonly message: string;
        readonly retry: 'again' | 'never';
    };
}
/** What a back-end holds that is in nobody's care. */
interface UnmanagedThing {
    readonly type: 'volume' | 'snapshot';
    /** Its name there, unique in its pool among its like. */
    readonly reference: string;
    readonly sizeGb: number;
    /** The volume that a snapshot is of, when that is in somebody's care. */
    readonly volumeId?: string;
}
interface VolumeDriver {
    /**
     * Brings each thing to its target; reports each exactly once. Bounded in time by the driver's own
     * limit and by the signal: what could not be decided in time has a fault with `again`.
     */
    apply(targets: readonly StorageTarget[], options?: {
        readonly signal?: AbortSignal;
    }): Promise<readonly StorageReport[]>;
    /**
     * What a pool holds that is in nobody's care, in the order of references; at most
     * `limits.pageRows` of it.
     *
     * @throws CloudError `unavailable` when the back-end does not answer.
     */
    unmanaged(pool: string, options?: {
        readonly signal?: AbortSignal;
    }): Promise<readonly UnmanagedThing[]>;
    /**
     * The bytes of a volume as they are now, from its first on.
     *
     * @throws CloudError `notFound` when it is not there; `unavailable` when it cannot be read now.
     */
    read(volumeId: string, options?: {
        readonly signal?: AbortSignal;
    }): AsyncIterable<Uint8Array>;
    close(): Promise<void>;
}

/**
 * What the cloud may read from the web on behalf of its users. It is told addresses, never names:
 * the core has judged them. It follows no redirects and sends nothing that identifies anybody.
 */
interface WebSource {
    /** Ports, and hosts, that the operator lets users reach. */
    readonly policy: WebPolicy;
    /** Every address of a name. @throws CloudError `unavailable` when it has none, or nobody says. */
    lookup(name: string, options?: {
        readonly signal?: AbortSignal;
    }): Promise<readonly string[]>;
    /**
     * Asks this address for the page, and gives up when nothing comes for a while.
     *
     * @throws CloudError `unavailable`.
     */
    open(request: WebRequest, options?: {
        readonly signal?: AbortSignal;
    }): Promise<WebResponse>;
}
interface WebPolicy {
    /** TCP ports; 80 and 443 usually. */
    readonly ports: readonly number[];
    /**
     * `name:port` of hosts in the operator's own network that may be read although they are there.
     */
    readonly trusted: readonly string[];
}
interface WebRequest {
    /** The address to connect to: an IPv4 or IPv6 one. */
    readonly address: string;
    /** With this host in its header, and in the certificate that is asked for. */
    readonly url: string;
}
interface WebResponse {
    readonly status: number;
    /** Where a redirect leads, as it was sent. */
    readonly location: string | null;
    /** How the bytes are packed; null: they are not. */
    readonly encoding: string | null;
    /** Bytes that will come, if the server says so. */
    readonly size: number | null;
    /** To be read to its end, or closed. */
    readonly body: AsyncIterable<Uint8Array>;
    close(): void;
}

interface AdmissionBounds {
    /** Cost of all calls that run at once; one that costs more runs alone. */
    readonly budget: number;
    /** Calls of one flow that may wait. */
    readonly flow: number;
    /** Calls that may wait altogether. */
    readonly total: number;
}
/**
 * Who may decide next. Calls run while their costs together are within a budget; what is over it
 * waits, and flows (projects) have turns in proportion to their weights, whatever each of them asks
 * for: start-time fair queueing (Goyal, Vin and Cheng, 1996). Exact for each flow, so there are no
 * queues that two of them share.
 */
declare class Admission {
    #private;
    /** @param weights of flows, more than 0; that of any other one is 1. */
    constructor(weights?: Readonly<Record<string, number>>, bounds?: AdmissionBounds);
    /** Calls that wait. */
    get waiting(): number;
    /**
     * Runs a task when its flow has its turn.
     *
     * @throws CloudError `overloaded` when too many calls wait, of this flow or altogether; `aborted`
     *   or `deadline` when the signal fires before the task has begun.
     */
    run<T>(flow: string, cost: number, signal: AbortSignal | undefined, task: () => Promise<T>): Promise<T>;
}

/**
 * IP addresses and CIDR blocks as unsigned integers. Parsing is strict: one spelling per IPv4
 * address (dotted quad, no leading zeros, no octal, hex or short forms), RFC 4291 section 2.2 for
 * IPv6, no zone ids, no white space. Printing follows RFC 5952.
 */
type IpVersion = 4 | 6;
interface IpAddress {
    readonly version: IpVersion;
    readonly value: bigint;
}

/**
 * How IPv6 addresses, and router advertisements, come about. `slaac` and `dhcpv6-stateless` derive
 * from the MAC.
 */
declare const ipv6Modes: readonly ["slaac", "dhcpv6-stateful", "dhcpv6-stateless"];
type Ipv6Mode = (typeof ipv6Modes)[number];
/** Both ends inclusive. */
interface AllocationPool {
    readonly start: string;
    readonly end: string;
}
interface HostRoute {
    readonly destination: string;
    readonly nexthop: string;
}
/** A block of addresses on a network. */
interface Subnet extends Stored {
    readonly projectId: string;
    readonly networkId: string;
    readonly name: string;
    readonly description: string;
    readonly version: IpVersion;
    readonly cidr: string;
    readonly gatewayIp: string | null;
    readonly enableDhcp: boolean;
    /** Disjoint, in address order, without the gateway. */
    readonly allocationPools: readonly AllocationPool[];
    readonly dnsNameservers: readonly string[];
    readonly hostRoutes: readonly HostRoute[];
    /** The pool that its block is cut from. Absent = none. */
    readonly subnetPoolId?: string;
    /**
     * Owners of ports that get addresses from it unasked, such as `compute:nova`. Absent or empty =
     * all that no other subnet of the network is for.
     */
    readonly serviceTypes?: readonly string[];
    readonly ipv6AddressMode: Ipv6Mode | null;
    readonly ipv6RaMode: Ipv6Mode | null;
    /** As its network's. */
    readonly shared: boolean;
    readonly sharedWith?: readonly string[];
    readonly tags: readonly string[];
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const subnetKind: Kind<Subnet>;

/**
 * One address of one subnet that is, or was, held. Its id is `subnetId/key` with the address as
 * fixed-width hex, so the store itself refuses a second holder, and rows of a subnet lie in address
 * order. Batches write hundreds of these: the id says which address it is, `portId` whether it is
 * held, `turn` all that finding the next one needs.
 */
interface Address extends Stored {
    /** Holder: a port or a floating IP; null = free for reuse. */
    readonly portId: string | null;
    /**
     * `subnetId/` and then `f` + time + origin for a free row (so rows sort oldest first), or the
     * origin of a held one.
     */
    readonly turn: string;
}
/**
 * How the address was chosen: `s` in sequence (the greatest such row is the high-water mark), `h`
 * by hand within the allocation pools, `o` outside of them or derived from a MAC (removed on
 * release, never handed out again by itself).
 */
type AddressOrigin = 's' | 'h' | 'o';
declare const addressKind: Kind<Address>;

/** One address set aside for one request. */
interface AddressSlot {
    readonly address: IpAddress;
    readonly origin: AddressOrigin;
    /** The free row to take over; absent when none was ever written for it. */
    readonly row?: Address;
}
/** What a lease tells the pool it came from. */
interface LeaseOwner {
    /** These became rows. */
    keep(slots: readonly AddressSlot[]): void;
    /**
     * These were not used. `lost`: a commit that wanted them failed, so what is known may be out of
     * date.
     */
    giveBack(slots: readonly AddressSlot[], lost: boolean): void;
}
/**
 * Addresses of one subnet, set aside for one request in this process. Give each used one its port,
 * write, commit, and then tell `settled` or `release`. Both are idempotent, and the first of them
 * counts.
 */
declare class AddressLease {
    #private;
    readonly subnetId: string;
    /** Canonical texts. */
    readonly addresses: readonly string[];
    constructor(subnetId: string, slots: readonly AddressSlot[], owner: LeaseOwner);
    /** The port that will hold address number `index`. */
    assign(index: number, portId: string): void;
    /** Writes the assigned ones, and charges the subnet's counters with them. */
    write(writes: Writes): void;
    /** The commit succeeded: what was assigned stays, the rest goes back. */
    settled(): void;
    /** Nothing was committed, or that is not known: everything goes back. */
    release(): void;
}

/**
 * MACs, unique across processes: each process leases a block of 65,536 in a commit of its own and
 * counts through it, so that making 500 costs no statement, and the unique index on ports is
 * appended to. A restart leases anew. When all 65,536 blocks were leased once, blocks are reused,
 * and each address is first looked up.
 */
declare class MacBlocks {
    #private;
    constructor(ports: {
        readonly store: Store;
        readonly committer: Committer;
        readonly clock: Clock;
        readonly random: Random;
    });
    /** Leases the first block ahead of the first request. */
    open(): Promise<void>;
    /**
     * MACs that no port has and no other process will be given.
     *
     * @throws CloudError `overloaded` when the whole space is in use.
     */
    take(count: number): Promise<string[]>;
    /** A commit with MACs from here failed, maybe because somebody chose one by hand. */
    doubt(): void;
}

/**
 * Free addresses as this process knows them. A take of any number is a constant number of reads,
 * none while what is remembered suffices; concurrent takers never get the same address; the commit
 * guards each again by its row.
 */
declare class AddressPools {
    #private;
    readonly macs: MacBlocks;
    constructor(ports: {
        readonly store: Store;
        readonly committer: Committer;
        readonly clock: Clock;
        readonly random: Random;
    });
    /** Leases up to `count` free addresses of the pools: fewer only if there are no more. */
    takeUpTo(subnet: Subnet, count: number): Promise<AddressLease>;
    /**
     * Leases exactly `count` free addresses of the pools.
     *
     * @throws CloudError `addressesExhausted` with `detail.available`.
     */
    take(subnet: Subnet, count: number): Promise<AddressLease>;
    /**
     * Leases these addresses, wherever in the subnet's CIDR they are.
     *
     * @throws CloudError `invalid` if one is outside of the CIDR or no host address, `conflict` if
     *   one is held.
     */
    claim(subnet: Subnet, addresses: readonly string[], field: string): Promise<AddressLease>;
    /** Hint: addresses of these subnets are being released. */
    freed(subnetIds: Iterable<string>): void;
    /** Subnets remembered now. */
    get size(): number;
}

/**
 * Who calls, as what. Made by identity (a token, a session) or by the embedder's own trusted code.
 */
interface Actor {
    readonly userId: string;
    /** The project acted in; null for system scope. */
    readonly projectId: string | null;
    readonly domainId: string | null;
    /** Role names, implied ones included. */
    readonly roles: readonly string[];
    /** True: acts on the whole system (an operator). */
    readonly system: boolean;
    /**
     * True: what he asks for to be done later, as a stack is, may act on the system as well. The HTTP
     * API says so of OpenStack's `admin` role on a project.
     */
    readonly operator?: true;
    /**
     * Acts by what was lent to him: until when (null: for good), and whether he may lend it on. He
     * never changes who he is, nor makes what outlasts it.
     */
    readonly lent?: {
        readonly until: number | null;
        readonly onward: boolean;
    };
}
interface CallOptions {
    readonly signal?: AbortSignal;
    /**
     * At most 64 printable ASCII characters, unique per project for 24 hours: a repeat has one effect
     * and one answer.
     */
    readonly idempotencyKey?: string;
    readonly requestId?: string;
}
/** One call of one operation: the kernel, who asks, and the way to commit. */
declare class Call {
    #private;
    readonly kernel: Kernel;
    readonly actor: Actor;
    readonly operation: string;
    readonly requestId: string;
    readonly signal: AbortSignal | undefined;
    constructor(kernel: Kernel, actor: Actor, operation: string, options: {
        requestId: string;
        signal?: AbortSignal | undefined;
        key?: {
            id: string;
            body: string;
        } | undefined;
        /** Fields of the answer that are not kept. */
        once?: readonly string[] | undefined;
    });
    /** The project acted in. Operations whose policy has project scope may rely on it. */
    get projectId(): string;
    /**
     * Keeps the answer of a call that found nothing to do under its key, if it has one: a repeat is
     * answered the same, whatever has changed by then.
     *
     * @throws CommitConflict: let it pass, as from `commit`.
     */
    keep(answer: unknown): Promise<void>;
    /**
     * Commits a decision with its audit record and idempotency key, durably, in one transaction.
     *
     * @param targets ids of the resources concerned, for the audit.
     * @param answer what the operation will return: kept under the idempotency key, so a repeat
     *   answers alike, in all but what its operation shows once.
     * @throws CommitConflict: let it pass; the operation is run again on fresh reads.
     */
    commit(writes: Writes, targets: readonly string[], answer: unknown): Promise<void>;
}

/** Properties of images that only some may set, change or take away; everybody reads them. */
interface ImageProtection {
    /** Its name; with `*` at its end, the beginning of names. */
    readonly property: string;
    /** Who writes them: those with one of these roles, besides operators. */
    readonly roles: readonly string[];
}

/** Room for volumes on a back-end. What is taken of it is in its counters. */
interface VolumePool extends Stored {
    /** As its back-end calls it, unique: `backend#pool`. */
    readonly name: string;
    /** The back-end it is part of: what the type's extra spec `volume_backend_name` asks for. */
    readonly backend: string;
    readonly zone: string;
    /** GiB of the pool. */
    readonly totalGb: number;
    /** Percent of it that volumes must leave free. */
    readonly reservedPercent: number;
    /** How many times the rest may be promised: more than 1 where volumes are thin. */
    readonly overSubscription: number;
    /** What its back-end can do: what the other extra specs of types ask for. */
    readonly capabilities: Readonly<Record<string, string>>;
    /** False: no new volumes. */
    readonly enabled: boolean;
    /** Why it takes none. */
    readonly disabledReason?: string | null;
    readonly createdAt: number;
    readonly updatedAt: number;
}

/**
 * What makes one pool better than another, and by how much: free room, GiB that are promised,
 * volumes and snapshots, and what the pool's own `goodness_function` says. Less than 0: the more,
 * the worse.
 */
interface PoolWeights {
    readonly capacity: number;
    readonly allocated: number;
    readonly number: number;
    readonly goodness: number;
}

/**
 * Everything a core function may use. There is no other way to time, chance, storage or the
 * outside.
 */
interface Kernel {
    readonly clock: Clock;
    readonly random: Random;
    readonly ids: Ids;
    readonly digest: Digest;
    readonly passwords: PasswordHasher;
    readonly telemetry: Telemetry;
    readonly store: Store;
    readonly bus: Bus;
    readonly images: ImageStore;
    readonly objects: ObjectStore;
    /** What users may have read from the web; absent: nothing. */
    readonly web?: WebSource;
    /** Storage of shares. */
    readonly shares: ShareDriver;
    readonly hypervisor: Hypervisor;
    readonly network: NetworkDriver;
    /** What carries load balancers. */
    readonly balancers: BalancerDriver;
    /** Back-ends of block storage. */
    readonly volumes: VolumeDriver;
    readonly committer: Committer;
    /** Whose turn it is to decide. */
    readonly admission: Admission;
    /** The placement projection over the Scheduler port. */
    readonly fleet: Fleet;
    /** Free addresses known to this process: tentative, guarded again at the commit. */
    readonly addresses: AddressPools;
    readonly settings: Settings;
    /** True once the cloud is closing: operations are refused. */
    readonly closed: boolean;
}
/** What an operator may tune. */
interface Settings {
    /** Limits of a new project, by quota name; −1 = unlimited. */
    readonly defaultQuotas: Readonly<Record<string, number>>;
    /**
     * Shares of projects where calls wait for their turn, and work for a worker, by the project's id;
     * 1 for any that is not named.
     */
    readonly weights: Readonly<Record<string, number>>;
    /** Placement policy when a request names none. */
    readonly policy: PlacementPolicy;
    /**
     * What the policy `weighed` makes of what stays free, by resource class: −15…15, 1 if not named.
     */
    readonly hostWeights: Readonly<Record<string, number>>;
    /** A transitional state that lasts longer ends in ERROR. */
    readonly buildDeadlineMs: number;
    /** A work row that is not renewed for so long is taken over. */
    readonly leaseMs: number;
    /** Longest time between looks for due work when no doorbell rings. */
    readonly pollMs: number;
    /** How often each reconciler runs without being woken. */
    readonly reconcileMs: number;
    /** How long a token lasts. */
    readonly tokenMs: number;
    /**
     * Wrong passwords in a row, in one process, after which a user is locked out of signing in with
     * one; 0: never.
     */
    readonly lockoutFailures: number;
    /** How long he stays so, and how long a wrong password counts. */
    readonly lockoutMs: number;
    /**
     * True: an image may say any format of bytes that bear the mark of none, as OpenStack let it for
     * long; nobody starts from it, and nothing is reached by it. False: its format must be found.
     */
    readonly unmarkedImages: boolean;
    /** What makes one pool of volumes better than another. */
    readonly volumeWeights: PoolWeights;
    /** The best pool is taken, or one is drawn, the likelier the better it is. */
    readonly volumeChoice: 'best' | 'stochastic';
    /** Properties of images that only some may write. */
    readonly imageProtections: readonly ImageProtection[];
}

/** A rule that the rows break. */
interface Finding {
    /** Number of the invariant, as in `invariants` and docs/ARCHITECTURE.md. */
    readonly invariant: number;
    /** The row or counter concerned, as `kind:id`. */
    readonly subject: string;
    readonly message: string;
}

/**
 * Who may call an operation. Deny by default: an operation without a policy cannot be defined.
 * `project`: the actor acts in a project and has the role there. `system`: the actor has system
 * scope and the role. `any`: either.
 */
interface Policy {
    readonly scope: 'project' | 'system' | 'any';
    readonly role: Role;
    /**
     * Open as well to an actor of a whole domain with this role there; the operation keeps it to its
     * domain.
     */
    readonly domainRole?: Role;
}
/** Each role implies those after it (Keystone's default implied roles). */
declare const roles: readonly ["admin", "manager", "member", "reader"];
type Role = (typeof roles)[number];
/** True if one of the names is the role, or implies it. Names outside `roles` imply nothing. */
declare function hasRole(names: readonly string[], wanted: Role): boolean;

/** What a table of operations shows of each. */
interface OperationRow {
    /** `service.noun.verb`, e.g. `compute.server.create`. */
    readonly id: string;
    readonly summary: string;
    readonly policy: Policy;
    /** A strict schema: unknown fields are refused. */
    readonly input: z.ZodType;
    /** True: writes; takes an idempotency key. */
    readonly mutates: boolean;
    /** Input fields that hold secrets: not part of what an idempotency key remembers. */
    readonly secrets?: readonly string[];
    /** Fields of the answer shown once: no key remembers them, and a repeat finds them empty. */
    readonly once?: readonly string[];
}
/**
 * A public function is a row: id, policy, input schema, what it does. Everything that must hold for
 * every public function (validation, authorisation, idempotency, retry of lost races, audit) is
 * done here, once.
 */
interface Operation<I = never, O = unknown, In = unknown> extends OperationRow {
    readonly input: z.ZodType<I, In>;
    /**
     * Read, decide, commit. Run again from its reads when the commit lost a race, so it must not keep
     * side effects.
     */
    readonly run: (call: Call, input: I) => Promise<O>;
}
declare function defineOperation<I, O, In>(operation: Operation<I, O, In>): Operation<I, O, In>;
/**
 * Runs an operation for an actor.
 *
 * @param input anything: it is parsed here.
 * @throws CloudError only.
 */
declare function invoke<I, O>(kernel: Kernel, actor: Actor, operation: Operation<I, O>, input: unknown, options?: CallOptions): Promise<O>;
/** What a caller may pass to an operation: its input before defaults. */
type InputOf<T> = T extends Operation<infer _I, infer _O, infer In> ? In : never;
/** What an operation answers. */
type AnswerOf<T> = T extends Operation<infer _I, infer O, infer _In> ? O : never;

/** Everything that an embedder may replace. */
interface Ports {
    readonly clock: Clock;
    readonly random: Random;
    readonly ids: Ids;
    readonly digest: Digest;
    readonly passwords: PasswordHasher;
    readonly telemetry: Telemetry;
    readonly store: Store;
    readonly bus: Bus;
    readonly images: ImageStore;
    readonly objects: ObjectStore;
    readonly shares: ShareDriver;
    readonly hypervisor: Hypervisor;
    readonly network: NetworkDriver;
    readonly balancers: BalancerDriver;
    readonly volumes: VolumeDriver;
    /** Absent: images are not imported from the web. */
    readonly web?: WebSource;
    readonly scheduler: Scheduler;
}
interface OpenOptions {
    readonly settings?: Partial<Settings>;
    /**
     * Runs when the store is open and before any work starts: a simulated fleet adopts its guests
     * here.
     */
    readonly prepare?: (kernel: Kernel) => Promise<void>;
    /** False: decide and record only; another process does the work. */
    readonly work?: boolean;
    /** Whether this process compares and mends, and keeps house; as `work` unless it is said. */
    readonly reconcile?: boolean;
}
/** A running control plane over a set of ports. */
declare class ControlPlane {
    #private;
    readonly kernel: Kernel;
    private constructor();
    /**
     * Opens the store, loads placement, takes over what an ended process left, and starts to work.
     *
     * @throws CloudError `unavailable` when the store cannot be opened.
     */
    static open(ports: Ports, options?: OpenOptions): Promise<ControlPlane>;
    /** Runs an operation as an actor. */
    invoke<I, O>(actor: Actor, operation: Operation<I, O>, input: unknown, options?: CallOptions): Promise<O>;
    /**
     * Recomputes every invariant, and the chain of the audit log, and yields what breaks one.
     * Read-only; exact when nothing is under way.
     */
    audit(options?: Pick<CallOptions, 'signal'>): AsyncIterable<Finding>;
    /**
     * Waits until no work is left, or the time is over.
     *
     * @returns the workflows still unfinished.
     */
    settle(options: {
        readonly timeoutMs: number;
        readonly signal?: AbortSignal;
    }): Promise<number>;
    /** One round of every reconciler, now. */
    reconcile(): Promise<void>;
    /**
     * Refuses new calls, finishes what is being written, hands back work, and closes every port, also
     * when one of them fails to. Idempotent: every caller waits for the same end.
     *
     * @throws what the first port that failed to close threw.
     */
    close(): Promise<void>;
}

type PortStatus = 'DOWN' | 'BUILD' | 'ACTIVE' | 'ERROR';
interface FixedIp {
    readonly subnetId: string;
    readonly address: string;
}
/** What a port may send and receive besides its own addresses. */
interface AddressPair {
    /** An address or a CIDR. */
    readonly ipAddress: string;
    readonly mac: string;
}
/** An option of DHCP that a port is told besides the usual ones. */
interface DhcpOption {
    /** Its name, such as `bootfile-name`, or its number. */
    readonly name: string;
    readonly value: string;
    readonly version: 4 | 6;
}
/** A network interface. Server batches write hundreds of these: keep it small. */
interface Port extends Stored {
    readonly projectId: string;
    readonly networkId: string;
    readonly name: string;
    readonly description: string;
    readonly mac: string;
    readonly fixedIps: readonly FixedIp[];
    readonly securityGroupIds: readonly string[];
    /** The server or router it belongs to, or null. */
    readonly deviceId: string | null;
    /** `compute:nova` on a server's port, one of `routerOwners` on a router's, else empty. */
    readonly deviceOwner: string;
    /** Where it is bound; null until its server is placed. */
    readonly hostId: string | null;
    readonly status: PortStatus;
    readonly adminStateUp: boolean;
    readonly portSecurity: boolean;
    readonly allowedAddressPairs: readonly AddressPair[];
    /**
     * Generation of its server at which its data plane was last given something new: orders below are
     * out of date. Kept when it is detached, for its next server to begin above. Absent = 0.
     */
    readonly generation?: number;
    /**
     * Addresses that it gave up and holds until the data plane has confirmed that nothing answers to
     * them. Absent = none.
     */
    readonly leaving?: readonly FixedIp[];
    /** True: its server gives it up; it goes, or is free, once the data plane has confirmed that. */
    readonly unplugging?: true;
    /** Floating IPs that stand for it, or forward to it. Absent = none. */
    readonly floatingIpIds?: readonly string[];
    /** Its name in its network's domain. Absent = one made of its address. */
    readonly dnsName?: string;
    /** Absent = its network's. */
    readonly qosPolicyId?: string;
    /** Absent = none. */
    readonly dhcpOptions?: readonly DhcpOption[];
    /** True: made for its server, and deleted with it. False: made by a user, and only detached. */
    readonly deleteWithDevice: boolean;
    readonly tags: readonly string[];
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
    readonly updatedAt: number;
}
/** Addresses that nobody else may have: those that it has, and those that it is giving up. */
declare function heldIps(port: Pick<Port, 'fixedIps' | 'leaving'>): readonly FixedIp[];
/**
 * Every index costs on each server's creation. Whether a network or a security group is in use is a
 * counter's question, so neither has an index of its own.
 */
declare const portKind: Kind<Port>;

/**
 * The server's state machine, as tables. A server has a `vmState` (what it is) and a `task` (what
 * is being done to it, or null). An action is allowed from listed pairs only and sets a task; a
 * task ends in one of two listed states. The public status is computed from both (Nova's Compute
 * API reference, "Server status").
 */
declare const vmStates: readonly ["building", "active", "stopped", "paused", "suspended", "rescued", "shelved", "resized", "error"];
type VmState = (typeof vmStates)[number];
declare const serverTasks: readonly ["spawning", "starting", "stopping", "rebooting", "rebootingHard", "pausing", "unpausing", "suspending", "resuming", "rescuing", "unrescuing", "shelving", "unshelving", "rebuilding", "resizing", "confirmingResize", "revertingResize", "migrating", "deleting"];
type ServerTask = (typeof serverTasks)[number];
declare const serverActionNames: readonly ["start", "stop", "reboot", "rebootHard", "pause", "unpause", "suspend", "resume", "rescue", "unrescue", "shelve", "unshelve", "rebuild", "resize", "migrate", "liveMigrate", "evacuate", "confirmResize", "revertResize", "delete", "forceDelete"];
type ServerActionName = (typeof serverActionNames)[number];
declare const serverStatuses: readonly ["BUILD", "ACTIVE", "SHUTOFF", "PAUSED", "SUSPENDED", "RESCUE", "SHELVED", "REBOOT", "HARD_REBOOT", "REBUILD", "RESIZE", "VERIFY_RESIZE", "REVERT_RESIZE", "MIGRATING", "ERROR", "DELETED"];
type ServerStatus = (typeof serverStatuses)[number];
interface ActionRule {
    readonly from: readonly VmState[];
    /** Tasks during which the action is allowed: `null` = no task under way. */
    readonly during: readonly (ServerTask | null)[];
    readonly task: ServerTask;
}
/** What each action needs and begins. Everything not listed is refused with `conflict`. */
declare const serverActions: Readonly<Record<ServerActionName, ActionRule>>;
/** The public status of a server in this state, with this task under way. */
declare function serverStatus(vmState: VmState, task: ServerTask | null): ServerStatus;
/** True if the action may begin now. */
declare function actionAllowed(action: ServerActionName, vmState: VmState, task: ServerTask | null): boolean;
/**
 * Edges of the vmState graph: the only changes that may ever be written (checked by the audit of a
 * trace).
 */
declare function edgeAllowed(from: VmState, to: VmState | 'gone', task: ServerTask): boolean;

/**
 * What a server takes: a copy of its flavor at the time of creation, so that a flavor's deletion
 * changes nothing.
 */
interface ServerFlavor {
    readonly id: string;
    readonly name: string;
    readonly vcpus: number;
    readonly ramMb: number;
    readonly diskGb: number;
}
/** One line of a server's history. */
interface ServerAction {
    readonly action: string;
    readonly requestId: string;
    readonly userId: string;
    readonly at: number;
    /** When what it began was over; absent while it is under way, and where nothing was begun. */
    readonly endedAt?: number;
    /** Why it failed. */
    readonly failure?: string;
}
interface ServerFault {
    readonly message: string;
    readonly at: number;
}
/** The other side of an open resize or move: where the server was, and what it took there. */
interface ServerResize {
    readonly hostId: string;
    readonly zone: string;
    readonly flavor: ServerFlavor;
    /** True: a live migration failed, and what came of it there is to end. */
    readonly returning?: true;
}
/**
 * A server (instance). What should be is in `desired`; what is, in `vmState`; the work between
 * them, in `task`.
 */
interface Server extends Stored {
    readonly projectId: string;
    readonly userId: string;
    /** The request that made it: shared launch data (user data, key, networks) is kept there once. */
    readonly batchId: string;
    /** Its number among those of its request, from 0 on; absent = 0. */
    readonly launchIndex?: number;
    readonly name: string;
    readonly flavor: ServerFlavor;
    /** Null: it boots from a volume. */
    readonly imageId: string | null;
    readonly hostId: string;
    readonly zone: string;
    readonly groupId: string | null;
    readonly vmState: VmState;
    readonly task: ServerTask | null;
    readonly desired: ServerDesired;
    /** Grows with every change of `desired`, `hostId` or its ports: the fence that hosts check. */
    readonly generation: number;
    /**
     * The greatest `generation` of its ports: whoever finds another one in them has read server and
     * ports as of different times. Absent = 0.
     */
    readonly portsGeneration?: number;
    /** Its volumes, that it boots from first: those that are being detached are no more its own. */
    readonly attachmentIds?: readonly string[];
    /** Hosts on which building failed. */
    readonly failedHostIds: readonly string[];
    readonly fault: ServerFault | null;
    readonly resize: ServerResize | null;
    /** The record of the move that is open. */
    readonly migrationId?: string;
    readonly locked: boolean;
    /** Why it is locked, as whoever locked it said. */
    readonly lockedReason?: string;
    readonly description?: string;
    /** Absent: follows from its name. */
    readonly hostname?: string;
    /** Addresses at which it is said to be reached, whatever its ports have. */
    readonly accessIPv4?: string;
    readonly accessIPv6?: string;
    /** True: it was asked for with a drive that holds its configuration. */
    readonly configDrive?: true;
    /** Whether its disk is partitioned to the flavor's size by the cloud (AUTO) or its user. */
    readonly diskConfig?: 'AUTO';
    /** What a rebuild gave it instead of what its batch was launched with. */
    readonly launch?: ServerLaunch;
    readonly metadata: Readonly<Record<string, string>>;
    readonly tags: readonly string[];
    readonly actions: readonly ServerAction[];
    readonly createdAt: number;
    readonly updatedAt: number;
    /** When it first became ACTIVE; null before. */
    readonly launchedAt: number | null;
}
/** Launch data of its own; absent = its batch's, null = none. */
interface ServerLaunch {
    readonly keyPair?: {
        readonly name: string;
        readonly publicKey: string;
    } | null;
    readonly userData?: string | null;
    readonly adminPassword?: string;
}
interface ServerDesired {
    readonly power: 'running' | 'stopped' | 'paused' | 'suspended' | 'absent';
    /** Restarts asked for so far, and whether the last was a hard one. */
    readonly boots: number;
    readonly hard: boolean;
    /** Builds asked for so far: 1, plus one for each rebuild. */
    readonly builds: number;
    /** The image that it runs from while it is rescued; absent = its own disk. */
    readonly rescueImageId?: string;
}
declare const serverKind: Kind<Server>;

/**
 * One request for servers: what its members share, and how many they are. Outcomes are counted in
 * its counters.
 */
interface ServerBatch extends Stored {
    readonly projectId: string;
    readonly userId: string;
    readonly requestId: string;
    readonly name: string;
    readonly minCount: number;
    readonly maxCount: number;
    /** Servers made: between min and max. */
    readonly count: number;
    readonly hostsUsed: number;
    readonly flavor: ServerFlavor;
    readonly imageId: string | null;
    readonly groupId: string | null;
    readonly zones: readonly string[];
    readonly policy: PlacementPolicy;
    readonly demand: ServerDemand;
    readonly keyPair: {
        readonly name: string;
        readonly publicKey: string;
    } | null;
    /** Base64; handed to the guest, counted as secret. */
    readonly userData: string | null;
    /** Handed to the guest, counted as secret. */
    readonly adminPassword?: string;
    readonly createdAt: number;
}
/** What placement must honour for each member, again when one is moved. */
interface ServerDemand {
    readonly resources: Readonly<Record<string, number>>;
    readonly requiredTraits: readonly string[];
    readonly forbiddenTraits: readonly string[];
    readonly memberOf: readonly (readonly string[])[];
}
declare const serverBatchKind: Kind<ServerBatch>;
/** Outcome counters of a batch: each member is counted once, when it first settles. */
declare const batchOutcomes: readonly ["active", "error", "deleted"];
type BatchOutcome = (typeof batchOutcomes)[number];
declare function batchScope(batchId: string): string;

/** A server as its users see it. */
interface ServerView {
    readonly id: string;
    readonly projectId: string;
    readonly userId: string;
    readonly batchId: string;
    readonly name: string;
    readonly status: ServerStatus;
    readonly vmState: Server['vmState'];
    readonly task: Server['task'];
    readonly flavor: ServerFlavor;
    readonly imageId: string | null;
    readonly availabilityZone: string;
    readonly groupId: string | null;
    readonly fault: ServerFault | null;
    readonly locked: boolean;
    readonly lockedReason: string | null;
    readonly description: string | null;
    readonly hostname: string;
    readonly accessIPv4: string;
    readonly accessIPv6: string;
    readonly configDrive: boolean;
    readonly diskConfig: 'AUTO' | 'MANUAL';
    readonly metadata: Readonly<Record<string, string>>;
    readonly tags: readonly string[];
    readonly createdAt: number;
    readonly updatedAt: number;
    readonly launchedAt: number | null;
    /** For system scope only. */
    readonly hostId?: string;
}
/** A request for servers as its users see it: without the user data, which is secret. */
interface ServerBatchView {
    readonly id: string;
    readonly projectId: string;
    readonly requestId: string;
    readonly name: string;
    readonly minCount: number;
    readonly maxCount: number;
    readonly count: number;
    readonly hostsUsed: number;
    readonly flavor: ServerFlavor;
    readonly imageId: string | null;
    readonly groupId: string | null;
    readonly createdAt: number;
}
/**
 * How far a batch is: members that first became ACTIVE, failed, or were deleted before either; the
 * rest are pending.
 */
interface BatchProgress extends Readonly<Record<BatchOutcome, number>> {
    readonly count: number;
    readonly pending: number;
}

/** An address at which a server is reached. */
interface ServerAddress {
    /** The network's name. */
    readonly network: string;
    readonly address: string;
    readonly mac: string;
    readonly type: 'fixed' | 'floating';
}
interface ServerVolume {
    readonly attachmentId: string;
    readonly volumeId: string;
    readonly device: string | null;
    readonly boot: boolean;
    readonly deleteOnTermination: boolean;
    /** Detaching ones too are shown until they are gone. */
    readonly status: string;
}
/** A server with what it has. */
interface ServerDetails extends ServerView {
    /** In the order of its ports. */
    readonly addresses: readonly ServerAddress[];
    /** Names, each once. */
    readonly securityGroups: readonly string[];
    readonly volumes: readonly ServerVolume[];
    readonly keyName: string | null;
    /** Its number among those of its request, from 0 on. */
    readonly launchIndex: number;
    /** Extra specs of its flavor as they are now; none when that is gone. */
    readonly extraSpecs: Readonly<Record<string, string>>;
    /** For system scope only. */
    readonly hostName?: string;
    /** `maintenance`: it is disabled. For whoever is shown the host. */
    readonly hostState?: 'up' | 'down' | 'maintenance';
    /** Base64. For its own project and operators. */
    readonly userData: string | null;
    /** Tells servers of one project on one host from those elsewhere; empty without a host. */
    readonly hostToken: string;
}

/** All that a guest is told of itself: read once, written in several forms. */
interface Guest {
    readonly server: ServerDetails;
    readonly keyPair: {
        readonly name: string;
        readonly publicKey: string;
    } | null;
    readonly ports: readonly Port[];
    readonly subnets: readonly Subnet[];
}
/** The guest of a server, for the guest itself and for nobody else. Undefined without a server. */
declare function readGuest(kernel: Kernel, serverId: string): Promise<Guest | undefined>;

/** A directory of the EC2 form: names to texts, or to directories. */
interface Directory {
    readonly [name: string]: string | Directory;
}
/**
 * `meta-data` in the form of EC2
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html).
 */
declare function ec2Directory({ server, keyPair }: Guest): Directory;
/**
 * What is at a path: the text of a file, or the names in a directory. Undefined for nothing.
 * Directories of keys are listed as `0=name`, and found as `0`.
 */
declare function ec2Entry(root: Directory, path: readonly string[]): string | undefined;

/**
 * `meta_data.json` of the metadata service and of config drives
 * (https://docs.openstack.org/nova/latest/user/metadata.html).
 */
declare function metaData({ server, keyPair }: Guest): unknown;
/** `network_data.json`: links, the networks on them, and where names are resolved. */
declare function networkData({ ports, subnets }: Guest): unknown;

/**
 * One line per accepted mutation: who did what to which resources, in which request. Append-only.
 */
interface AuditRecord extends Stored {
    readonly at: number;
    readonly userId: string;
    readonly projectId: string | null;
    readonly requestId: string;
    readonly operation: string;
    /** At most `auditTargets` ids; `targetCount` tells how many there were. */
    readonly targets: readonly string[];
    readonly targetCount: number;
}
/** Ids listed in one audit record: keeps the record small for a request of thousands. */
declare const auditTargets = 16;
/** In the feed: the order of the commits is that in which records are sealed. */
declare const auditKind: Kind<AuditRecord>;

/** A used idempotency key. Its id is `project:key`, so the store itself refuses a second use. */
interface IdempotencyRecord extends Stored {
    readonly at: number;
    readonly operation: string;
    /** SHA-256 of the operation and its normalised input. */
    readonly body: string;
    /** What the first call answered. */
    readonly answer: unknown;
}
declare const idempotencyKind: Kind<IdempotencyRecord>;

/**
 * Durable work: one row per running workflow. `due` is when it may next be taken: its wake time
 * while it waits, the end of its lease while an owner runs it. Every write by an owner compares
 * `rev`, so a late owner is refused.
 */
interface Work extends Stored {
    readonly program: string;
    readonly step: string;
    /** Steps completed, oldest first: undone in reverse when the workflow fails. */
    readonly completed: readonly string[];
    readonly undoing: boolean;
    readonly input: unknown;
    readonly owner: string | null;
    readonly due: number;
    /** Runs of the current step that failed. */
    readonly attempt: number;
    /** When the workflow gives up and undoes what it did. */
    readonly deadline: number;
    readonly requestId: string;
    /** Whose it is, where work waits for a worker: a project, a domain, or `systemFlow`. */
    readonly flow: string;
    readonly createdAt: number;
}
declare const workKind: Kind<Work>;
/** The doorbell of new work. */
declare const workTopic = "work";

/** Image bytes in memory. Nothing handed in or out is shared with what is kept. */
declare class MemoryImageStore implements ImageStore {
    #private;
    put(key: string, data: AsyncIterable<Uint8Array>, options?: {
        readonly signal?: AbortSignal;
    }): Promise<number>;
    get(key: string, options?: {
        readonly start?: number;
        readonly end?: number;
        readonly signal?: AbortSignal;
    }): AsyncGenerator<Uint8Array>;
    size(key: string): Promise<number | undefined>;
    delete(key: string): Promise<void>;
    list(): AsyncGenerator<string>;
    close(): Promise<void>;
}

/** One of the stores behind a `RoutedImageStore`. */
interface RoutedStore {
    readonly store: ImageStore;
    readonly description?: string;
}
interface RoutedImageStoreOptions {
    /** By name; one is called `default`, and holds what was stored before there were several. */
    readonly stores: Readonly<Record<string, RoutedStore>>;
    /** The store of what names none; `default` if it is not said. */
    readonly preferred?: string;
}
type Options = {
    readonly signal?: AbortSignal;
};
/** Several image stores as one: the key says which. Closing it closes them all. */
declare class RoutedImageStore implements ImageStore {
    #private;
    readonly stores: readonly ImageStoreInfo[];
    /** @throws CloudError `invalid` for names, and for a preferred store that there is not. */
    constructor({ stores, preferred }: RoutedImageStoreOptions);
    put(key: string, data: AsyncIterable<Uint8Array>, options?: Options): Promise<number>;
    get(key: string, options?: Options & {
        readonly start?: number;
        readonly end?: number;
    }): AsyncGenerator<Uint8Array>;
    size(key: string): Promise<number | undefined>;
    delete(key: string): Promise<void>;
    list(): AsyncGenerator<string>;
    close(): Promise<void>;
}

/** A share of the simulated storage. */
interface SimulatedShare {
    readonly sizeGb: number;
    /** Gigabytes that its users wrote. */
    readonly usedGb: number;
    readonly snapshotIds: readonly string[];
    readonly access: readonly ShareGrant[];
}
/** Storage of shares in memory: it does at once what it is told, and remembers every order. */
declare class SimulatedShares implements ShareDriver {
    #private;
    /** What a share is; undefined when there is none. */
    share(shareId: string): SimulatedShare | undefined;
    get shareIds(): readonly string[];
    /** As if its users wrote so much. */
    fill(shareId: string, usedGb: number): void;
    apply(targets: readonly ShareTarget[], options?: {
        readonly signal?: AbortSignal;
    }): Promise<readonly ShareReport[]>;
    close(): Promise<void>;
}

/** Bytes of objects in memory. Nothing handed in or out is shared with what is kept. */
declare class MemoryObjectStore implements ObjectStore {
    #private;
    put(key: string, data: AsyncIterable<Uint8Array>, options?: {
        readonly signal?: AbortSignal;
    }): Promise<number>;
    get(key: string, options?: {
        readonly start?: number;
        readonly end?: number;
        readonly signal?: AbortSignal;
    }): AsyncGenerator<Uint8Array>;
    sizes(keys: readonly string[]): Promise<(number | undefined)[]>;
    delete(keys: readonly string[]): Promise<void>;
    list(page: {
        readonly after?: string;
        readonly limit: number;
    }): Promise<string[]>;
    close(): Promise<void>;
}

/** Hashing by the runtime's own crypto. Pure: equal bytes give equal digests. */
declare const nodeDigest: Digest;

/**
 * Remembers for a few minutes which password made which hash, so that who comes again and again is
 * not hashed each time. What it remembers is a keyed digest of both: it says nothing to who does
 * not have this process's key, a changed password has another hash, and whether somebody may come
 * in is not decided here. What was not proven is never remembered.
 */
declare class RememberedPasswords implements PasswordHasher {
    #private;
    constructor(hasher: PasswordHasher, ports: {
        readonly clock: Clock;
        readonly random: Random;
    });
    hash(password: string): Promise<string>;
    verify(password: string, hash: string): Promise<boolean>;
}

/**
 * Passwords by scrypt (RFC 7914), kept as `scrypt$log2N$salt$hash`. The salt comes from `Random`:
 * give it a source fit for secrets outside of simulations.
 */
declare class ScryptPasswords implements PasswordHasher {
    #private;
    /** @param options.costLog2 log2 of scrypt's N, 1 to 20; 15 takes 32 MiB and some 50 ms. */
    constructor(random: Random, options?: {
        readonly costLog2?: number;
    });
    /** Slow hashes so far: each takes a core for as long as the cost says. */
    get derived(): number;
    hash(password: string): Promise<string>;
    verify(password: string, hash: string): Promise<boolean>;
}

/** Telemetry that goes nowhere: the default. */
declare const silentTelemetry: Telemetry;

/**
 * UUID version 7 (RFC 9562) from the given clock and randomness: strictly growing within one
 * process.
 */
declare class TimeIds implements Ids {
    #private;
    constructor(clock: Clock, random: Random);
    next(): string;
}

/** Every kind of record, for the store to open. */
declare const kinds: readonly Kind[];
/** Every operation of every service, as a table: transports, tests and docs read it. */
declare const operations: readonly OperationRow[];

/** What checking needs of a kernel. */
type AuditKernel = Pick<Kernel, 'store' | 'images' | 'objects'>;
/** Something that must always hold. */
interface Invariant {
    /** As findings name it: fixed for good. */
    readonly number: number;
    /** What always holds. */
    readonly title: string;
    /** How a finding can come about, and what it means, for operators. */
    readonly cause: string;
    readonly rules: readonly Rule[];
}
/** One way in which rows or counters can break an invariant. */
type Rule = RowRule | SubjectRule | SumRule | ScopeRule | StoreRule | BatchRule;
interface Named {
    /** Unique among the rules of all invariants. */
    readonly name: string;
}
/** Looks at one row by itself. */
interface RowRule extends Named {
    readonly type: 'row';
    readonly kind: Kind;
    /** What is wrong with the row, if anything. */
    check(row: Stored): Iterable<string>;
}
/** Something that a rule found wrong: with what it looked at, so that it can look again. */
interface Problem {
    readonly of: string;
    /** The row or counter concerned, as `kind:id`. */
    readonly subject: string;
    readonly message: string;
}
/**
 * Looks at subjects, each by itself, that several rows may concern: a page of them in a constant
 * number of statements.
 */
interface SubjectRule extends Named {
    readonly type: 'subject';
    readonly concerns: readonly Concern[];
    check(kernel: AuditKernel, subjects: readonly string[]): Promise<readonly Problem[]>;
}
/** Which subjects a row concerns. */
interface Concern {
    readonly kind: Kind;
    subjects(row: Stored): readonly string[];
    /** True: a sweep over all rows finds the same by other concerns, and leaves this one out. */
    readonly onlyLive?: boolean;
}
/** What a row adds to a counter. */
interface Charge {
    readonly scope: string;
    /**
     * The counter. One that begins with `#` exists nowhere: it is summed for the sake of a rule. An
     * empty one says only that there is something to look at under this scope.
     */
    readonly name: string;
    readonly amount: number;
}
/** What counters of one family stand for. */
interface Tally {
    /** What the scopes begin with, the colon included: no other tally's do. */
    readonly prefix: string;
    readonly parts: readonly TallyPart[];
}
/** What rows of one kind add to a tally. */
interface TallyPart {
    readonly kind: Kind;
    charges(row: Stored): Iterable<Charge>;
    /** Where the rows that charge one scope are found, if there is such an index. */
    readonly index?: {
        readonly name: string;
        keys(id: string): readonly IndexValue[];
    };
}
/** The counters of one scope, and what they stand for. */
interface ScopeSums {
    readonly scope: string;
    /** The scope without its prefix. */
    readonly id: string;
    /** By name, of rows that exist; undefined when there is no row at all. */
    readonly sums: ReadonlyMap<string, number> | undefined;
    readonly counters: readonly Counter[];
}
/** Compares counters, or rules about them, with sums over rows. */
interface SumRule extends Named {
    readonly type: 'sum';
    readonly tally: Tally;
    /** A page of scopes in a constant number of statements. */
    judge(kernel: AuditKernel, page: readonly ScopeSums[]): Promise<readonly Problem[]>;
}
/** Looks at the scope of counters by itself. */
interface ScopeRule extends Named {
    readonly type: 'scope';
    /** What is wrong with it, if anything. */
    check(scope: string): string | undefined;
}
/** Holds when nothing is under way; looks beyond the rows. */
interface StoreRule extends Named {
    readonly type: 'store';
    find(kernel: AuditKernel): AsyncIterable<Problem>;
}
/** Looks at what is written, which the rows do not show afterwards. */
interface BatchRule extends Named {
    readonly type: 'batch';
    check(batch: WriteBatch): Iterable<Problem>;
}

interface AuditOptions extends Pick<CallOptions, 'signal'> {
    /** Those to check: all of them when absent. */
    readonly invariants?: readonly Invariant[];
    /** Sums held at once for one family of counters: what does not fit takes another sweep. */
    readonly sumsHeld?: number;
}
/**
 * Every invariant, recomputed from the rows. What is under way while it reads is looked at again,
 * and left to the next audit if it keeps changing. Memory does not grow with the cloud.
 *
 * @throws CloudError `aborted` when the signal fires.
 */
declare function audit(kernel: AuditKernel, options?: AuditOptions): AsyncGenerator<Finding>;

/** Every invariant that the rows show, in order of their numbers. */
declare const invariants: readonly Invariant[];

/**
 * Every invariant, checked as commits happen, at a cost that grows with what each commit touches.
 * It remembers what each row says: for stores in memory. Exact at every instant: give it every
 * transaction, in order, before another one is applied. What holds at rest only is left to `audit`.
 */
declare class LiveAudit {
    #private;
    private constructor();
    /** Takes up what the store holds now, without judging it. */
    static open(kernel: AuditKernel, invariants?: readonly Invariant[]): Promise<LiveAudit>;
    /**
     * What a transaction broke, or left broken where it wrote.
     *
     * @param batches those of the transaction that were applied.
     */
    committed(batches: readonly WriteBatch[]): Promise<Finding[]>;
}

/** Every row of a kind, or of the leading values of an index, page by page. */
declare function everyRow<T extends Stored>(kernel: Pick<Kernel, 'store'>, kind: Kind<T>, query?: {
    readonly index?: string;
    readonly equals?: readonly IndexValue[];
}): AsyncGenerator<readonly T[]>;

/**
 * Parses an input, or throws `invalid` with the path of the first field at fault and the limit it
 * broke.
 */
declare function parseInput<T>(schema: z.ZodType<T>, input: unknown): T;

/**
 * Quotas are bounded counters, one per project and resource, charged in the transaction that makes
 * the resource. A project's counters exist from its creation; −1 in settings means no limit.
 */
declare const quotaNames: readonly ["instances", "cores", "ram", "keyPairs", "serverGroups", "images", "imageBytes", "containers", "objects", "objectBytes", "shares", "shareGigabytes", "shareSnapshots", "networks", "subnets", "ports", "securityGroups", "securityGroupRules", "volumes", "gigabytes", "snapshots", "backups", "backupGigabytes", "volumeGroups", "perVolumeGigabytes", "routers", "floatingIps", "addressGroups", "subnetPools", "rbacPolicies", "qosPolicies", "stacks", "softwareConfigs", "softwareDeployments", "loadBalancers", "listeners", "pools", "members", "healthMonitors", "l7Policies"];
type QuotaName = (typeof quotaNames)[number];
/** The limit that stands for "no limit". */
declare const unlimited: number;

/**
 * Defaults that make a request for 500 or 5,000 servers ordinary; an operator lowers what must be
 * scarce.
 */
declare const defaultSettings: Settings;

/** A port as far as groups are concerned. */
interface GroupedPort {
    readonly hostId: string;
    readonly groupIds: readonly string[];
    readonly addresses: readonly string[];
}
/**
 * What a host has to be told of the members of a group. `forgotten`: nothing there asks any more
 * who they are.
 */
interface MemberChange {
    readonly hostId: string;
    readonly groupId: string;
    readonly added: readonly string[];
    readonly removed: readonly string[];
    readonly forgotten: boolean;
}
/**
 * Who is in the groups that rules refer to, by the hosts that must know. Every address is counted,
 * so that one which two ports have stays when one of them goes; every host is counted by the ports
 * on it that ask. So the cost of a change grows with the change and the hosts concerned, never with
 * the members: only a host that begins to ask is told of all of them, once.
 */
declare class GroupExpansion {
    #private;
    /** Addresses of a group's ports. */
    members(groupId: string): readonly string[];
    /** A port is plugged in, or changes; undefined unplugs it. */
    setPort(portId: string, port: GroupedPort | undefined): readonly MemberChange[];
    /** The rules of a group refer to these groups from now on. */
    setRules(groupId: string, remoteGroupIds: Iterable<string>): readonly MemberChange[];
}

/**
 * What seals one audit record, whose id it has: a digest over the record and over the seal before.
 * Append-only.
 */
interface AuditLink extends Stored {
    /** Place in the chain, from 1, without gaps. */
    readonly number: number;
    /** The hash of the link before; empty for the first. */
    readonly previous: string;
    /** SHA-256, as hex, over number, previous hash and record. */
    readonly hash: string;
}
declare const auditLinkKind: Kind<AuditLink>;
/** Where the chain ends. There is one such row; who extends the chain compares its revision. */
interface AuditHead extends Stored {
    /** Of the last link; 0 and empty before the first. */
    readonly number: number;
    readonly hash: string;
    /** Changes of the feed up to this one are sealed. */
    readonly seq: number;
}
declare const auditHeadKind: Kind<AuditHead>;
declare const auditHeadId = "audit";

interface Thing {
    readonly generation: number;
}
/** A volume as its back-end has it. */
interface StoredVolume extends Thing {
    readonly pool: string;
    readonly sizeGb: number;
    /** What stands for its bytes. */
    readonly content: string;
    /** Limits of speed that are kept here. */
    readonly limits?: Readonly<Record<string, string>>;
}
/** What is in nobody's care, under its name in its pool. */
interface Unmanaged extends Thing, UnmanagedThing {
    readonly pool: string;
    readonly content: string;
}
interface StoredCopy extends Thing {
    readonly volumeId: string;
    readonly content: string;
}
interface StoredConnection extends Thing {
    readonly volumeId: string;
    readonly host: string;
    readonly serverId: string | null;
    readonly shared: boolean;
    /** Limits of speed that its host was told of. */
    readonly limits?: Readonly<Record<string, string>>;
}
/** What back-ends hold, and the newest order that each thing has seen. */
declare class VolumeTable {
    #private;
    readonly volumes: Map<string, StoredVolume>;
    readonly snapshots: Map<string, StoredCopy>;
    readonly backups: Map<string, StoredCopy>;
    readonly connections: Map<string, StoredConnection>;
    /** By pool, type and reference. */
    readonly unmanaged: Map<string, Unmanaged>;
    constructor(clock: Clock, fences?: FenceBounds);
    /** Stands for bytes that a guest writes. */
    write(volumeId: string, content: string): void;
    /** Takes a connection as it is known to be. */
    adoptConnection(id: string, connection: StoredConnection): void;
    /** Puts something there that is in nobody's care. */
    leave(thing: Unmanaged): void;
    /** Connections of a volume, by attachment. */
    connectionsOf(volumeId: string): readonly (StoredConnection & {
        readonly id: string;
    })[];
    /** Brings it about, unless something newer was ordered, or it cannot be. */
    obey(target: StorageTarget): StorageReport;
    /** What is there now. */
    report(target: StorageTarget): StorageReport;
}

interface SimulatedVolumesOptions {
    readonly clock: Clock;
    readonly random: Random;
    /** How long an order takes. 0 by default: answers come at once, without any timer. */
    readonly latencyMs?: {
        readonly apply?: Delay;
    };
    /** Probability that a target fails. 0 by default. */
    readonly failureRate?: {
        readonly apply?: number;
    };
    /** Kinds of failure to draw from, each as likely. All by default. */
    readonly failureKinds?: readonly FaultKind[];
    /** A call that has not been answered after so long is given up. 30 s by default. */
    readonly limitMs?: number;
    /** How many removed things are remembered, and how long, to fence off late calls. */
    readonly fences?: FenceBounds;
}
/**
 * Back-ends in memory: the executable specification of `VolumeDriver`. A volume's bytes are one
 * text, so that what is copied and restored can be told.
 */
declare class SimulatedVolumes implements VolumeDriver {
    #private;
    /** What is there, for tests to look at and to write to. */
    readonly table: VolumeTable;
    /** @throws CloudError `invalid` for options out of range. */
    constructor(options: SimulatedVolumesOptions);
    /** The signal ends a call early, with faults, not with an error. @throws CloudError `closed`. */
    apply(targets: readonly StorageTarget[], options?: {
        readonly signal?: AbortSignal;
    }): Promise<readonly StorageReport[]>;
    unmanaged(pool: string, options?: {
        readonly signal?: AbortSignal;
    }): Promise<readonly UnmanagedThing[]>;
    /** A volume's bytes: its text. */
    read(volumeId: string, options?: {
        readonly signal?: AbortSignal;
    }): AsyncGenerator<Uint8Array>;
    /** Calls under way end with faults; later ones throw `closed`. Idempotent. */
    close(): Promise<void>;
    /**
     * Makes the next `times` (1) targets that match fail in this way: `refuse` for good, the others
     * until they are tried again.
     */
    failNext(kind: FaultKind, options?: FaultFilter & {
        readonly times?: number;
    }): void;
}

/** A request, or a connection, as it comes to a load balancer. */
interface BalancedRequest {
    readonly port: number;
    readonly transport?: 'tcp' | 'udp' | 'sctp';
    /** The client's address and port. */
    readonly source?: string;
    readonly sourcePort?: number;
    readonly host?: string;
    /** Path and query. */
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly cookies?: Readonly<Record<string, string>>;
    /** What a client certificate says; absent = the client showed none. */
    readonly certificate?: {
        readonly verifyResult: number;
        readonly subject: Readonly<Record<string, string>>;
    };
}
/** What becomes of a request. */
type Routing = 
/** Nothing listens there, or the client is not let in. */
{
    readonly type: 'refused';
} | {
    readonly type: 'rejected';
    readonly status: 403;
    readonly policyId: string;
} | {
    readonly type: 'redirected';
    readonly status: number;
    readonly location: string;
    readonly policyId: string;
} | {
    readonly type: 'unavailable';
    readonly status: 503;
} | {
    readonly type: 'forwarded';
    readonly poolId: string;
    readonly members: readonly MemberConfig[];
};

interface SimulatedBalancersOptions {
    readonly clock: Clock;
    readonly random: Random;
    /** How long a change takes. 0 by default: answers come at once, without any timer. */
    readonly latencyMs?: {
        readonly apply?: Delay;
    };
    /** Probability that a change fails. 0 by default. */
    readonly failureRate?: {
        readonly apply?: number;
    };
    /** Kinds of failure to draw from. All by default; the first three look alike. */
    readonly failureKinds?: readonly FaultKind[];
    /** A call that has not been answered after so long is given up. 30 s by default. */
    readonly limitMs?: number;
    /** How many removed load balancers are remembered, and how long, to fence off late calls. */
    readonly fences?: FenceBounds;
}
/** A load balancer that is carried. */
interface SimulatedBalancer {
    readonly config: BalancerConfig;
    /** Grows when what carries it is replaced. */
    readonly incarnation: number;
}
/**
 * Load balancers in memory: the executable specification of `BalancerDriver`. It can be asked where
 * a request would go, and told which members are down.
 */
declare class SimulatedBalancers implements BalancerDriver {
    #private;
    /** @throws CloudError `invalid` for options out of range. */
    constructor(options: SimulatedBalancersOptions);
    /** Load balancers carried now. */
    get balancers(): number;
    /** The load balancer, or undefined when it is not carried. */
    balancer(balancerId: string): SimulatedBalancer | undefined;
    /** All that are carried. */
    get carried(): readonly SimulatedBalancer[];
    /** Changes made so far. */
    get changes(): number;
    /** False while every call fails. */
    get isReachable(): boolean;
    /** Makes the next `times` (1) changes that match fail in this way. */
    failNext(kind: FaultKind, options?: FaultFilter & {
        readonly times?: number;
    }): void;
    /** From now on nothing answers at a member's address and port, or something does again. */
    setAnswering(address: string, port: number, answers: boolean): void;
    /** From now on every call fails and does nothing, or works again. */
    setReachable(isReachable: boolean): void;
    /** Forgets a load balancer, as a host does that fails. */
    lose(balancerId: string): void;
    /**
     * Sends a request to a load balancer, and counts it.
     *
     * @returns what became of it, with the one member that it was forwarded to.
     */
    serve(balancerId: string, request: BalancedRequest): Routing;
    apply(configs: readonly BalancerConfig[], options?: BalancerOptions): Promise<readonly BalancerReport[]>;
    remove(balancerIds: readonly string[], options?: BalancerOptions): Promise<readonly BalancerReport[]>;
    /** Answers at once, and fails by no chance. */
    observe(balancerIds: readonly string[], options?: BalancerOptions): Promise<readonly BalancerReport[]>;
    /** Calls under way end with faults; later ones throw `closed`. Idempotent. */
    close(): Promise<void>;
}

/**
 * Whether what was asked for has been brought about, as a table: every status against every event,
 * each pair decided. Statuses are Octavia's. Unlike there, a change is accepted while another is
 * under way, and whatever is pending ends by itself.
 */
declare const provisioningStatuses: readonly ["PENDING_CREATE", "ACTIVE", "PENDING_UPDATE", "PENDING_DELETE", "ERROR", "DELETED"];
type ProvisioningStatus = (typeof provisioningStatuses)[number];

/** How a row stands. */
interface Standing$1 {
    readonly provisioningStatus: ProvisioningStatus;
    readonly operatingStatus: OperatingStatus;
}
/** Fields that only the cloud itself needs. */
type Internal = 'mark' | 'portKey' | 'target';
/** A row below a load balancer, as callers see it. */
type ChildView<T extends Child> = Omit<T, Internal> & Standing$1;

declare const healthMonitorCreate: Operation<{
    poolId: string;
    type: "TCP" | "SCTP" | "HTTP" | "HTTPS" | "PING" | "TLS-HELLO" | "UDP-CONNECT";
    delayS: number;
    timeoutS: number;
    maxRetries: number;
    maxRetriesDown: number;
    name: string;
    adminStateUp: boolean;
    tags: string[];
    request?: {
        method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "TRACE" | "OPTIONS" | "PATCH" | "CONNECT";
        urlPath: string;
        expectedCodes: string;
        version: "1.0" | "1.1" | null;
        domainName: string | null;
    } | undefined;
}, ChildView<HealthMonitor>, {
    poolId: string;
    type: "TCP" | "SCTP" | "HTTP" | "HTTPS" | "PING" | "TLS-HELLO" | "UDP-CONNECT";
    delayS: number;
    timeoutS: number;
    maxRetries: number;
    maxRetriesDown?: number | undefined;
    request?: {
        method?: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "TRACE" | "OPTIONS" | "PATCH" | "CONNECT" | undefined;
        urlPath?: string | undefined;
        expectedCodes?: string | undefined;
        version?: "1.0" | "1.1" | null | undefined;
        domainName?: string | null | undefined;
    } | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
}>;
declare const healthMonitorGet: Operation<{
    id: string;
}, ChildView<HealthMonitor>, {
    id: string;
}>;
declare const healthMonitorList: Operation<{
    limit: number;
    poolId?: string | undefined;
    type?: "TCP" | "SCTP" | "HTTP" | "HTTPS" | "PING" | "TLS-HELLO" | "UDP-CONNECT" | undefined;
    name?: string | undefined;
    balancerId?: string | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, ChildView<HealthMonitor>[], {
    poolId?: string | undefined;
    type?: "TCP" | "SCTP" | "HTTP" | "HTTPS" | "PING" | "TLS-HELLO" | "UDP-CONNECT" | undefined;
    name?: string | undefined;
    balancerId?: string | undefined;
    tag?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const healthMonitorUpdate: Operation<{
    id: string;
    delayS?: number | undefined;
    timeoutS?: number | undefined;
    maxRetries?: number | undefined;
    maxRetriesDown?: number | undefined;
    request?: {
        method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "TRACE" | "OPTIONS" | "PATCH" | "CONNECT";
        urlPath: string;
        expectedCodes: string;
        version: "1.0" | "1.1" | null;
        domainName: string | null;
    } | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, ChildView<HealthMonitor>, {
    id: string;
    delayS?: number | undefined;
    timeoutS?: number | undefined;
    maxRetries?: number | undefined;
    maxRetriesDown?: number | undefined;
    request?: {
        method?: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "TRACE" | "OPTIONS" | "PATCH" | "CONNECT" | undefined;
        urlPath?: string | undefined;
        expectedCodes?: string | undefined;
        version?: "1.0" | "1.1" | null | undefined;
        domainName?: string | null | undefined;
    } | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const healthMonitorDelete: Operation<{
    id: string;
    expectedRev?: number | undefined;
}, null, {
    id: string;
    expectedRev?: number | undefined;
}>;

declare const l7PolicyCreate: Operation<{
    listenerId: string;
    redirectPoolId: string | null;
    redirectUrl: string | null;
    redirectPrefix: string | null;
    redirectCode: 301 | 302 | 303 | 307 | 308 | null;
    action: "REJECT" | "REDIRECT_TO_URL" | "REDIRECT_PREFIX" | "REDIRECT_TO_POOL";
    description: string;
    name: string;
    adminStateUp: boolean;
    tags: string[];
    position?: number | undefined;
}, ChildView<L7Policy>, {
    listenerId: string;
    action: "REJECT" | "REDIRECT_TO_URL" | "REDIRECT_PREFIX" | "REDIRECT_TO_POOL";
    redirectPoolId?: string | null | undefined;
    redirectUrl?: string | null | undefined;
    redirectPrefix?: string | null | undefined;
    redirectCode?: 301 | 302 | 303 | 307 | 308 | null | undefined;
    position?: number | undefined;
    description?: string | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
}>;
declare const l7PolicyGet: Operation<{
    id: string;
}, ChildView<L7Policy>, {
    id: string;
}>;
declare const l7PolicyList: Operation<{
    limit: number;
    listenerId?: string | undefined;
    action?: "REJECT" | "REDIRECT_TO_URL" | "REDIRECT_PREFIX" | "REDIRECT_TO_POOL" | undefined;
    name?: string | undefined;
    balancerId?: string | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, ChildView<L7Policy>[], {
    listenerId?: string | undefined;
    action?: "REJECT" | "REDIRECT_TO_URL" | "REDIRECT_PREFIX" | "REDIRECT_TO_POOL" | undefined;
    name?: string | undefined;
    balancerId?: string | undefined;
    tag?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const l7PolicyUpdate: Operation<{
    id: string;
    action?: "REJECT" | "REDIRECT_TO_URL" | "REDIRECT_PREFIX" | "REDIRECT_TO_POOL" | undefined;
    position?: number | undefined;
    redirectPoolId?: string | null | undefined;
    redirectUrl?: string | null | undefined;
    redirectPrefix?: string | null | undefined;
    redirectCode?: 301 | 302 | 303 | 307 | 308 | null | undefined;
    description?: string | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, ChildView<L7Policy>, {
    id: string;
    action?: "REJECT" | "REDIRECT_TO_URL" | "REDIRECT_PREFIX" | "REDIRECT_TO_POOL" | undefined;
    position?: number | undefined;
    redirectPoolId?: string | null | undefined;
    redirectUrl?: string | null | undefined;
    redirectPrefix?: string | null | undefined;
    redirectCode?: 301 | 302 | 303 | 307 | 308 | null | undefined;
    description?: string | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const l7PolicyDelete: Operation<{
    id: string;
    expectedRev?: number | undefined;
}, null, {
    id: string;
    expectedRev?: number | undefined;
}>;

declare const l7RuleCreate: Operation<{
    policyId: string;
    type: "HOST_NAME" | "PATH" | "FILE_TYPE" | "HEADER" | "COOKIE" | "SSL_CONN_HAS_CERT" | "SSL_VERIFY_RESULT" | "SSL_DN_FIELD";
    compareType: "REGEX" | "STARTS_WITH" | "ENDS_WITH" | "CONTAINS" | "EQUAL_TO";
    key: string | null;
    value: string;
    invert: boolean;
    adminStateUp: boolean;
    tags: string[];
}, ChildView<L7Rule>, {
    policyId: string;
    type: "HOST_NAME" | "PATH" | "FILE_TYPE" | "HEADER" | "COOKIE" | "SSL_CONN_HAS_CERT" | "SSL_VERIFY_RESULT" | "SSL_DN_FIELD";
    compareType: "REGEX" | "STARTS_WITH" | "ENDS_WITH" | "CONTAINS" | "EQUAL_TO";
    value: string;
    key?: string | null | undefined;
    invert?: boolean | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
}>;
declare const l7RuleGet: Operation<{
    id: string;
}, ChildView<L7Rule>, {
    id: string;
}>;
declare const l7RuleList: Operation<{
    limit: number;
    policyId?: string | undefined;
    type?: "HOST_NAME" | "PATH" | "FILE_TYPE" | "HEADER" | "COOKIE" | "SSL_CONN_HAS_CERT" | "SSL_VERIFY_RESULT" | "SSL_DN_FIELD" | undefined;
    balancerId?: string | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, ChildView<L7Rule>[], {
    policyId?: string | undefined;
    type?: "HOST_NAME" | "PATH" | "FILE_TYPE" | "HEADER" | "COOKIE" | "SSL_CONN_HAS_CERT" | "SSL_VERIFY_RESULT" | "SSL_DN_FIELD" | undefined;
    balancerId?: string | undefined;
    tag?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const l7RuleUpdate: Operation<{
    id: string;
    type?: "HOST_NAME" | "PATH" | "FILE_TYPE" | "HEADER" | "COOKIE" | "SSL_CONN_HAS_CERT" | "SSL_VERIFY_RESULT" | "SSL_DN_FIELD" | undefined;
    compareType?: "REGEX" | "STARTS_WITH" | "ENDS_WITH" | "CONTAINS" | "EQUAL_TO" | undefined;
    key?: string | null | undefined;
    value?: string | undefined;
    invert?: boolean | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, ChildView<L7Rule>, {
    id: string;
    type?: "HOST_NAME" | "PATH" | "FILE_TYPE" | "HEADER" | "COOKIE" | "SSL_CONN_HAS_CERT" | "SSL_VERIFY_RESULT" | "SSL_DN_FIELD" | undefined;
    compareType?: "REGEX" | "STARTS_WITH" | "ENDS_WITH" | "CONTAINS" | "EQUAL_TO" | undefined;
    key?: string | null | undefined;
    value?: string | undefined;
    invert?: boolean | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const l7RuleDelete: Operation<{
    id: string;
    expectedRev?: number | undefined;
}, null, {
    id: string;
    expectedRev?: number | undefined;
}>;

declare const listenerCreate: Operation<{
    balancerId: string;
    defaultPoolId: string | null;
    protocol: "TCP" | "UDP" | "SCTP" | "HTTP" | "HTTPS" | "TERMINATED_HTTPS" | "PROMETHEUS";
    protocolPort: number;
    connectionLimit: number;
    allowedCidrs: string[];
    insertHeaders: ("X-Forwarded-For" | "X-Forwarded-Port" | "X-Forwarded-Proto" | "X-SSL-Client-Verify" | "X-SSL-Client-Has-Cert" | "X-SSL-Client-DN" | "X-SSL-Client-CN" | "X-SSL-Issuer" | "X-SSL-Client-SHA1" | "X-SSL-Client-Not-Before" | "X-SSL-Client-Not-After")[];
    timeouts: {
        clientDataMs: number;
        memberConnectMs: number;
        memberDataMs: number;
        tcpInspectMs: number;
    };
    tls: {
        defaultContainerRef: string | null;
        sniContainerRefs: string[];
        clientAuthentication: "NONE" | "OPTIONAL" | "MANDATORY";
        clientCaContainerRef: string | null;
        clientCrlContainerRef: string | null;
        versions: ("SSLv3" | "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3")[];
        ciphers: string;
        alpnProtocols: ("h2" | "http/1.1" | "http/1.0")[];
    };
    description: string;
    name: string;
    adminStateUp: boolean;
    tags: string[];
}, ChildView<Listener>, {
    balancerId: string;
    protocol: "TCP" | "UDP" | "SCTP" | "HTTP" | "HTTPS" | "TERMINATED_HTTPS" | "PROMETHEUS";
    protocolPort: number;
    defaultPoolId?: string | null | undefined;
    connectionLimit?: number | undefined;
    allowedCidrs?: string[] | undefined;
    insertHeaders?: ("X-Forwarded-For" | "X-Forwarded-Port" | "X-Forwarded-Proto" | "X-SSL-Client-Verify" | "X-SSL-Client-Has-Cert" | "X-SSL-Client-DN" | "X-SSL-Client-CN" | "X-SSL-Issuer" | "X-SSL-Client-SHA1" | "X-SSL-Client-Not-Before" | "X-SSL-Client-Not-After")[] | undefined;
    timeouts?: {
        clientDataMs?: number | undefined;
        memberConnectMs?: number | undefined;
        memberDataMs?: number | undefined;
        tcpInspectMs?: number | undefined;
    } | undefined;
    tls?: {
        defaultContainerRef?: string | null | undefined;
        sniContainerRefs?: string[] | undefined;
        clientAuthentication?: "NONE" | "OPTIONAL" | "MANDATORY" | undefined;
        clientCaContainerRef?: string | null | undefined;
        clientCrlContainerRef?: string | null | undefined;
        versions?: ("SSLv3" | "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3")[] | undefined;
        ciphers?: string | undefined;
        alpnProtocols?: ("h2" | "http/1.1" | "http/1.0")[] | undefined;
    } | undefined;
    description?: string | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
}>;
declare const listenerGet: Operation<{
    id: string;
}, ChildView<Listener>, {
    id: string;
}>;
declare const listenerList: Operation<{
    limit: number;
    protocolPort?: number | undefined;
    name?: string | undefined;
    balancerId?: string | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, ChildView<Listener>[], {
    protocolPort?: number | undefined;
    name?: string | undefined;
    balancerId?: string | undefined;
    tag?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const listenerUpdate: Operation<{
    id: string;
    connectionLimit?: number | undefined;
    defaultPoolId?: string | null | undefined;
    allowedCidrs?: string[] | undefined;
    insertHeaders?: ("X-Forwarded-For" | "X-Forwarded-Port" | "X-Forwarded-Proto" | "X-SSL-Client-Verify" | "X-SSL-Client-Has-Cert" | "X-SSL-Client-DN" | "X-SSL-Client-CN" | "X-SSL-Issuer" | "X-SSL-Client-SHA1" | "X-SSL-Client-Not-Before" | "X-SSL-Client-Not-After")[] | undefined;
    timeouts?: {
        clientDataMs: number;
        memberConnectMs: number;
        memberDataMs: number;
        tcpInspectMs: number;
    } | undefined;
    tls?: {
        defaultContainerRef: string | null;
        sniContainerRefs: string[];
        clientAuthentication: "NONE" | "OPTIONAL" | "MANDATORY";
        clientCaContainerRef: string | null;
        clientCrlContainerRef: string | null;
        versions: ("SSLv3" | "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3")[];
        ciphers: string;
        alpnProtocols: ("h2" | "http/1.1" | "http/1.0")[];
    } | undefined;
    description?: string | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, ChildView<Listener>, {
    id: string;
    connectionLimit?: number | undefined;
    defaultPoolId?: string | null | undefined;
    allowedCidrs?: string[] | undefined;
    insertHeaders?: ("X-Forwarded-For" | "X-Forwarded-Port" | "X-Forwarded-Proto" | "X-SSL-Client-Verify" | "X-SSL-Client-Has-Cert" | "X-SSL-Client-DN" | "X-SSL-Client-CN" | "X-SSL-Issuer" | "X-SSL-Client-SHA1" | "X-SSL-Client-Not-Before" | "X-SSL-Client-Not-After")[] | undefined;
    timeouts?: {
        clientDataMs?: number | undefined;
        memberConnectMs?: number | undefined;
        memberDataMs?: number | undefined;
        tcpInspectMs?: number | undefined;
    } | undefined;
    tls?: {
        defaultContainerRef?: string | null | undefined;
        sniContainerRefs?: string[] | undefined;
        clientAuthentication?: "NONE" | "OPTIONAL" | "MANDATORY" | undefined;
        clientCaContainerRef?: string | null | undefined;
        clientCrlContainerRef?: string | null | undefined;
        versions?: ("SSLv3" | "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3")[] | undefined;
        ciphers?: string | undefined;
        alpnProtocols?: ("h2" | "http/1.1" | "http/1.0")[] | undefined;
    } | undefined;
    description?: string | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const listenerDelete: Operation<{
    id: string;
    expectedRev?: number | undefined;
}, null, {
    id: string;
    expectedRev?: number | undefined;
}>;
declare const listenerStats: Operation<{
    id: string;
}, Traffic, {
    id: string;
}>;

/**
 * Accepted in whatever status. What is below goes at once, in one commit; the load balancer and its
 * address when nothing answers for it any more.
 *
 * @throws CloudError `conflict` when something is below it and `cascade` is false.
 */
declare const loadBalancerDelete: Operation<{
    cascade: boolean;
    id: string;
    expectedRev?: number | undefined;
}, null, {
    id: string;
    cascade?: boolean | undefined;
    expectedRev?: number | undefined;
}>;

/** A load balancer, as callers see it. */
type LoadBalancerView = Omit<LoadBalancer, 'mark' | 'deleting'> & Standing$1;

declare const loadBalancerCreate: Operation<{
    pools: {
        name: string;
        members: {
            address: string;
            protocolPort: number;
            subnetId: string | null;
            weight: number;
            backup: boolean;
            monitorAddress: string | null;
            monitorPort: number | null;
            name: string;
            adminStateUp: boolean;
            tags: string[];
        }[];
        protocol: "TCP" | "UDP" | "SCTP" | "HTTP" | "HTTPS" | "PROXY" | "PROXYV2";
        algorithm: "ROUND_ROBIN" | "LEAST_CONNECTIONS" | "SOURCE_IP" | "SOURCE_IP_PORT";
        persistence: {
            type: "SOURCE_IP" | "HTTP_COOKIE" | "APP_COOKIE";
            cookieName: string | null;
            timeoutS: number | null;
            granularity: string | null;
        } | null;
        tls: {
            enabled: boolean;
            containerRef: string | null;
            caContainerRef: string | null;
            crlContainerRef: string | null;
            versions: ("SSLv3" | "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3")[];
            ciphers: string;
            alpnProtocols: ("h2" | "http/1.1" | "http/1.0")[];
        };
        description: string;
        adminStateUp: boolean;
        tags: string[];
        healthMonitor?: {
            type: "TCP" | "SCTP" | "HTTP" | "HTTPS" | "PING" | "TLS-HELLO" | "UDP-CONNECT";
            delayS: number;
            timeoutS: number;
            maxRetries: number;
            maxRetriesDown: number;
            name: string;
            adminStateUp: boolean;
            tags: string[];
            request?: {
                method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "TRACE" | "OPTIONS" | "PATCH" | "CONNECT";
                urlPath: string;
                expectedCodes: string;
                version: "1.0" | "1.1" | null;
                domainName: string | null;
            } | undefined;
        } | undefined;
    }[];
    listeners: {
        l7Policies: {
            rules: {
                type: "HOST_NAME" | "PATH" | "FILE_TYPE" | "HEADER" | "COOKIE" | "SSL_CONN_HAS_CERT" | "SSL_VERIFY_RESULT" | "SSL_DN_FIELD";
                compareType: "REGEX" | "STARTS_WITH" | "ENDS_WITH" | "CONTAINS" | "EQUAL_TO";
                key: string | null;
                value: string;
                invert: boolean;
                adminStateUp: boolean;
                tags: string[];
            }[];
            redirectUrl: string | null;
            redirectPrefix: string | null;
            redirectCode: 301 | 302 | 303 | 307 | 308 | null;
            action: "REJECT" | "REDIRECT_TO_URL" | "REDIRECT_PREFIX" | "REDIRECT_TO_POOL";
            description: string;
            name: string;
            adminStateUp: boolean;
            tags: string[];
            redirectPool?: string | undefined;
            position?: number | undefined;
        }[];
        protocol: "TCP" | "UDP" | "SCTP" | "HTTP" | "HTTPS" | "TERMINATED_HTTPS" | "PROMETHEUS";
        protocolPort: number;
        connectionLimit: number;
        allowedCidrs: string[];
        insertHeaders: ("X-Forwarded-For" | "X-Forwarded-Port" | "X-Forwarded-Proto" | "X-SSL-Client-Verify" | "X-SSL-Client-Has-Cert" | "X-SSL-Client-DN" | "X-SSL-Client-CN" | "X-SSL-Issuer" | "X-SSL-Client-SHA1" | "X-SSL-Client-Not-Before" | "X-SSL-Client-Not-After")[];
        timeouts: {
            clientDataMs: number;
            memberConnectMs: number;
            memberDataMs: number;
            tcpInspectMs: number;
        };
        tls: {
            defaultContainerRef: string | null;
            sniContainerRefs: string[];
            clientAuthentication: "NONE" | "OPTIONAL" | "MANDATORY";
            clientCaContainerRef: string | null;
            clientCrlContainerRef: string | null;
            versions: ("SSLv3" | "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3")[];
            ciphers: string;
            alpnProtocols: ("h2" | "http/1.1" | "http/1.0")[];
        };
        description: string;
        name: string;
        adminStateUp: boolean;
        tags: string[];
        defaultPool?: string | undefined;
    }[];
    vip: {
        additional: {
            subnetId?: string | undefined;
            address?: string | undefined;
        }[];
        subnetId?: string | undefined;
        networkId?: string | undefined;
        address?: string | undefined;
        securityGroupIds?: string[] | undefined;
    };
    topology: "SINGLE" | "ACTIVE_STANDBY";
    description: string;
    name: string;
    adminStateUp: boolean;
    tags: string[];
    projectId?: string | undefined;
}, LoadBalancerView, {
    vip: {
        subnetId?: string | undefined;
        networkId?: string | undefined;
        address?: string | undefined;
        additional?: {
            subnetId?: string | undefined;
            address?: string | undefined;
        }[] | undefined;
        securityGroupIds?: string[] | undefined;
    };
    projectId?: string | undefined;
    pools?: {
        name: string;
        protocol: "TCP" | "UDP" | "SCTP" | "HTTP" | "HTTPS" | "PROXY" | "PROXYV2";
        algorithm: "ROUND_ROBIN" | "LEAST_CONNECTIONS" | "SOURCE_IP" | "SOURCE_IP_PORT";
        members?: {
            address: string;
            protocolPort: number;
            subnetId?: string | null | undefined;
            weight?: number | undefined;
            backup?: boolean | undefined;
            monitorAddress?: string | null | undefined;
            monitorPort?: number | null | undefined;
            name?: string | undefined;
            adminStateUp?: boolean | undefined;
            tags?: string[] | undefined;
        }[] | undefined;
        healthMonitor?: {
            type: "TCP" | "SCTP" | "HTTP" | "HTTPS" | "PING" | "TLS-HELLO" | "UDP-CONNECT";
            delayS: number;
            timeoutS: number;
            maxRetries: number;
            maxRetriesDown?: number | undefined;
            request?: {
                method?: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "TRACE" | "OPTIONS" | "PATCH" | "CONNECT" | undefined;
                urlPath?: string | undefined;
                expectedCodes?: string | undefined;
                version?: "1.0" | "1.1" | null | undefined;
                domainName?: string | null | undefined;
            } | undefined;
            name?: string | undefined;
            adminStateUp?: boolean | undefined;
            tags?: string[] | undefined;
        } | undefined;
        persistence?: {
            type: "SOURCE_IP" | "HTTP_COOKIE" | "APP_COOKIE";
            cookieName?: string | null | undefined;
            timeoutS?: number | null | undefined;
            granularity?: string | null | undefined;
        } | null | undefined;
        tls?: {
            enabled?: boolean | undefined;
            containerRef?: string | null | undefined;
            caContainerRef?: string | null | undefined;
            crlContainerRef?: string | null | undefined;
            versions?: ("SSLv3" | "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3")[] | undefined;
            ciphers?: string | undefined;
            alpnProtocols?: ("h2" | "http/1.1" | "http/1.0")[] | undefined;
        } | undefined;
        description?: string | undefined;
        adminStateUp?: boolean | undefined;
        tags?: string[] | undefined;
    }[] | undefined;
    listeners?: {
        protocol: "TCP" | "UDP" | "SCTP" | "HTTP" | "HTTPS" | "TERMINATED_HTTPS" | "PROMETHEUS";
        protocolPort: number;
        defaultPool?: string | undefined;
        l7Policies?: {
            action: "REJECT" | "REDIRECT_TO_URL" | "REDIRECT_PREFIX" | "REDIRECT_TO_POOL";
            redirectPool?: string | undefined;
            rules?: {
                type: "HOST_NAME" | "PATH" | "FILE_TYPE" | "HEADER" | "COOKIE" | "SSL_CONN_HAS_CERT" | "SSL_VERIFY_RESULT" | "SSL_DN_FIELD";
                compareType: "REGEX" | "STARTS_WITH" | "ENDS_WITH" | "CONTAINS" | "EQUAL_TO";
                value: string;
                key?: string | null | undefined;
                invert?: boolean | undefined;
                adminStateUp?: boolean | undefined;
                tags?: string[] | undefined;
            }[] | undefined;
            redirectUrl?: string | null | undefined;
            redirectPrefix?: string | null | undefined;
            redirectCode?: 301 | 302 | 303 | 307 | 308 | null | undefined;
            position?: number | undefined;
            description?: string | undefined;
            name?: string | undefined;
            adminStateUp?: boolean | undefined;
            tags?: string[] | undefined;
        }[] | undefined;
        connectionLimit?: number | undefined;
        allowedCidrs?: string[] | undefined;
        insertHeaders?: ("X-Forwarded-For" | "X-Forwarded-Port" | "X-Forwarded-Proto" | "X-SSL-Client-Verify" | "X-SSL-Client-Has-Cert" | "X-SSL-Client-DN" | "X-SSL-Client-CN" | "X-SSL-Issuer" | "X-SSL-Client-SHA1" | "X-SSL-Client-Not-Before" | "X-SSL-Client-Not-After")[] | undefined;
        timeouts?: {
            clientDataMs?: number | undefined;
            memberConnectMs?: number | undefined;
            memberDataMs?: number | undefined;
            tcpInspectMs?: number | undefined;
        } | undefined;
        tls?: {
            defaultContainerRef?: string | null | undefined;
            sniContainerRefs?: string[] | undefined;
            clientAuthentication?: "NONE" | "OPTIONAL" | "MANDATORY" | undefined;
            clientCaContainerRef?: string | null | undefined;
            clientCrlContainerRef?: string | null | undefined;
            versions?: ("SSLv3" | "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3")[] | undefined;
            ciphers?: string | undefined;
            alpnProtocols?: ("h2" | "http/1.1" | "http/1.0")[] | undefined;
        } | undefined;
        description?: string | undefined;
        name?: string | undefined;
        adminStateUp?: boolean | undefined;
        tags?: string[] | undefined;
    }[] | undefined;
    topology?: "SINGLE" | "ACTIVE_STANDBY" | undefined;
    description?: string | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
}>;
declare const loadBalancerGet: Operation<{
    id: string;
}, LoadBalancerView, {
    id: string;
}>;
declare const loadBalancerList: Operation<{
    limit: number;
    name?: string | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, LoadBalancerView[], {
    name?: string | undefined;
    tag?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const loadBalancerUpdate: Operation<{
    id: string;
    description?: string | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, LoadBalancerView, {
    id: string;
    description?: string | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const loadBalancerFailover: Operation<{
    id: string;
    expectedRev?: number | undefined;
}, LoadBalancerView, {
    id: string;
    expectedRev?: number | undefined;
}>;

declare const poolMemberCreate: Operation<{
    poolId: string;
    members: {
        address: string;
        protocolPort: number;
        subnetId: string | null;
        weight: number;
        backup: boolean;
        monitorAddress: string | null;
        monitorPort: number | null;
        name: string;
        adminStateUp: boolean;
        tags: string[];
    }[];
}, ChildView<Member>[], {
    poolId: string;
    members: {
        address: string;
        protocolPort: number;
        subnetId?: string | null | undefined;
        weight?: number | undefined;
        backup?: boolean | undefined;
        monitorAddress?: string | null | undefined;
        monitorPort?: number | null | undefined;
        name?: string | undefined;
        adminStateUp?: boolean | undefined;
        tags?: string[] | undefined;
    }[];
}>;
declare const poolMemberGet: Operation<{
    id: string;
}, ChildView<Member>, {
    id: string;
}>;
declare const poolMemberList: Operation<{
    limit: number;
    poolId?: string | undefined;
    address?: string | undefined;
    name?: string | undefined;
    balancerId?: string | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, ChildView<Member>[], {
    poolId?: string | undefined;
    address?: string | undefined;
    name?: string | undefined;
    balancerId?: string | undefined;
    tag?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const poolMemberUpdate: Operation<{
    id: string;
    weight?: number | undefined;
    backup?: boolean | undefined;
    monitorAddress?: string | null | undefined;
    monitorPort?: number | null | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, ChildView<Member>, {
    id: string;
    weight?: number | undefined;
    backup?: boolean | undefined;
    monitorAddress?: string | null | undefined;
    monitorPort?: number | null | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const poolMemberDelete: Operation<{
    ids: string[];
}, null, {
    ids: string[];
}>;
/**
 * Makes the members of a pool those that are named, told apart by address and port: what is new is
 * added, what is known is changed where it differs, what is not named goes. One commit, and a
 * constant number of statements.
 */
declare const poolMemberReplace: Operation<{
    poolId: string;
    members: {
        address: string;
        protocolPort: number;
        subnetId: string | null;
        weight: number;
        backup: boolean;
        monitorAddress: string | null;
        monitorPort: number | null;
        name: string;
        adminStateUp: boolean;
        tags: string[];
    }[];
    additiveOnly: boolean;
}, ChildView<Member>[], {
    poolId: string;
    members: {
        address: string;
        protocolPort: number;
        subnetId?: string | null | undefined;
        weight?: number | undefined;
        backup?: boolean | undefined;
        monitorAddress?: string | null | undefined;
        monitorPort?: number | null | undefined;
        name?: string | undefined;
        adminStateUp?: boolean | undefined;
        tags?: string[] | undefined;
    }[];
    additiveOnly?: boolean | undefined;
}>;

declare const balancerPoolCreate: Operation<{
    balancerId: string;
    protocol: "TCP" | "UDP" | "SCTP" | "HTTP" | "HTTPS" | "PROXY" | "PROXYV2";
    algorithm: "ROUND_ROBIN" | "LEAST_CONNECTIONS" | "SOURCE_IP" | "SOURCE_IP_PORT";
    persistence: {
        type: "SOURCE_IP" | "HTTP_COOKIE" | "APP_COOKIE";
        cookieName: string | null;
        timeoutS: number | null;
        granularity: string | null;
    } | null;
    tls: {
        enabled: boolean;
        containerRef: string | null;
        caContainerRef: string | null;
        crlContainerRef: string | null;
        versions: ("SSLv3" | "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3")[];
        ciphers: string;
        alpnProtocols: ("h2" | "http/1.1" | "http/1.0")[];
    };
    description: string;
    name: string;
    adminStateUp: boolean;
    tags: string[];
    listenerId?: string | undefined;
}, ChildView<Pool>, {
    balancerId: string;
    protocol: "TCP" | "UDP" | "SCTP" | "HTTP" | "HTTPS" | "PROXY" | "PROXYV2";
    algorithm: "ROUND_ROBIN" | "LEAST_CONNECTIONS" | "SOURCE_IP" | "SOURCE_IP_PORT";
    listenerId?: string | undefined;
    persistence?: {
        type: "SOURCE_IP" | "HTTP_COOKIE" | "APP_COOKIE";
        cookieName?: string | null | undefined;
        timeoutS?: number | null | undefined;
        granularity?: string | null | undefined;
    } | null | undefined;
    tls?: {
        enabled?: boolean | undefined;
        containerRef?: string | null | undefined;
        caContainerRef?: string | null | undefined;
        crlContainerRef?: string | null | undefined;
        versions?: ("SSLv3" | "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3")[] | undefined;
        ciphers?: string | undefined;
        alpnProtocols?: ("h2" | "http/1.1" | "http/1.0")[] | undefined;
    } | undefined;
    description?: string | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
}>;
declare const balancerPoolGet: Operation<{
    id: string;
}, ChildView<Pool>, {
    id: string;
}>;
declare const balancerPoolList: Operation<{
    limit: number;
    protocol?: "TCP" | "UDP" | "SCTP" | "HTTP" | "HTTPS" | "PROXY" | "PROXYV2" | undefined;
    name?: string | undefined;
    balancerId?: string | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, ChildView<Pool>[], {
    protocol?: "TCP" | "UDP" | "SCTP" | "HTTP" | "HTTPS" | "PROXY" | "PROXYV2" | undefined;
    name?: string | undefined;
    balancerId?: string | undefined;
    tag?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const balancerPoolUpdate: Operation<{
    id: string;
    algorithm?: "ROUND_ROBIN" | "LEAST_CONNECTIONS" | "SOURCE_IP" | "SOURCE_IP_PORT" | undefined;
    persistence?: {
        type: "SOURCE_IP" | "HTTP_COOKIE" | "APP_COOKIE";
        cookieName: string | null;
        timeoutS: number | null;
        granularity: string | null;
    } | null | undefined;
    tls?: {
        enabled: boolean;
        containerRef: string | null;
        caContainerRef: string | null;
        crlContainerRef: string | null;
        versions: ("SSLv3" | "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3")[];
        ciphers: string;
        alpnProtocols: ("h2" | "http/1.1" | "http/1.0")[];
    } | undefined;
    description?: string | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, ChildView<Pool>, {
    id: string;
    algorithm?: "ROUND_ROBIN" | "LEAST_CONNECTIONS" | "SOURCE_IP" | "SOURCE_IP_PORT" | undefined;
    persistence?: {
        type: "SOURCE_IP" | "HTTP_COOKIE" | "APP_COOKIE";
        cookieName?: string | null | undefined;
        timeoutS?: number | null | undefined;
        granularity?: string | null | undefined;
    } | null | undefined;
    tls?: {
        enabled?: boolean | undefined;
        containerRef?: string | null | undefined;
        caContainerRef?: string | null | undefined;
        crlContainerRef?: string | null | undefined;
        versions?: ("SSLv3" | "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3")[] | undefined;
        ciphers?: string | undefined;
        alpnProtocols?: ("h2" | "http/1.1" | "http/1.0")[] | undefined;
    } | undefined;
    description?: string | undefined;
    name?: string | undefined;
    adminStateUp?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const balancerPoolDelete: Operation<{
    id: string;
    expectedRev?: number | undefined;
}, null, {
    id: string;
    expectedRev?: number | undefined;
}>;

interface Node extends Standing$1 {
    readonly id: string;
    readonly name: string;
}
interface MemberNode extends Node {
    readonly address: string;
    readonly protocolPort: number;
}
interface PoolNode extends Node {
    readonly members: readonly MemberNode[];
    readonly healthMonitor: (Node & {
        readonly type: string;
    }) | null;
}
interface L7PolicyNode extends Node {
    readonly action: string;
    readonly redirectPoolId: string | null;
    readonly rules: readonly Omit<Node, 'name'>[];
}
interface ListenerNode extends Node {
    readonly defaultPoolId: string | null;
    readonly l7Policies: readonly L7PolicyNode[];
}
/** How everything of a load balancer stands. */
interface StatusTree extends Node {
    readonly listeners: readonly ListenerNode[];
    readonly pools: readonly PoolNode[];
}
declare const loadBalancerStatusTree: Operation<{
    id: string;
}, StatusTree, {
    id: string;
}>;
declare const loadBalancerStats: Operation<{
    id: string;
}, Traffic, {
    id: string;
}>;

declare const attachmentStatuses: readonly ["reserved", "attaching", "attached", "detaching", "error_attaching", "error_detaching"];
type AttachmentStatus = (typeof attachmentStatuses)[number];
declare const attachModes: readonly ["rw", "ro"];
type AttachMode = (typeof attachModes)[number];
/** A use of a volume: by a server of this cloud, or by whoever brings a connector. */
interface Attachment extends Stored {
    readonly projectId: string;
    readonly volumeId: string;
    /** Null: a use from outside, whose host is in its connector. */
    readonly serverId: string | null;
    /** The server that an outside user says it is for. */
    readonly instanceId?: string;
    readonly status: AttachmentStatus;
    readonly mode: AttachMode;
    /** Where the guest finds it, e.g. `/dev/vdb`; null: it is the driver's choice. */
    readonly device: string | null;
    readonly boot: boolean;
    /** True: the volume goes with its server. */
    readonly deleteOnTermination: boolean;
    /** Who connects, as an outside user says. */
    readonly connector: Readonly<Record<string, string>> | null;
    /** How the volume is reached, as the driver says once it is connected. */
    readonly connection: Readonly<Record<string, string>> | null;
    /** Its server's at the time of its last order, or a count of its own: the driver's fence. */
    readonly generation: number;
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const attachmentKind: Kind<Attachment>;

declare const messageResources: readonly ["volume", "snapshot", "attachment", "backup"];
type MessageResource = (typeof messageResources)[number];
/** Why something that took time has failed, for the users of its project. */
interface VolumeMessage extends Stored {
    readonly projectId: string;
    readonly resourceType: MessageResource;
    readonly resourceId: string;
    readonly requestId: string;
    /** What was under way, e.g. `creating`. */
    readonly event: string;
    readonly text: string;
    readonly createdAt: number;
    /** It is forgotten then. */
    readonly expiresAt: number;
}

declare const snapshotStatuses: readonly ["creating", "available", "deleting", "error", "error_deleting"];
type SnapshotStatus = (typeof snapshotStatuses)[number];
/** A volume as it was: in the pool of its volume, which stays as long as it does. */
interface Snapshot extends Stored {
    readonly projectId: string;
    readonly volumeId: string;
    readonly name: string;
    readonly description: string;
    /** GiB of its volume when it was made. */
    readonly sizeGb: number;
    /** Of its volume when it was made: what counts against it. */
    readonly typeId: string | null;
    readonly poolId: string;
    readonly poolName: string;
    readonly status: SnapshotStatus;
    /** What an operator says its status is. */
    readonly override?: SnapshotStatus;
    /** Set when it was made together with others of a group. */
    readonly groupSnapshotId: string | null;
    readonly generation: number;
    /** What its back-end has it as already: it is taken over, and not made. */
    readonly adopt?: string;
    /** True: its back-end keeps it when it is gone from here. */
    readonly release?: true;
    /** Of its volume when it was made. */
    readonly bootable?: boolean;
    readonly imageMetadata?: Readonly<Record<string, string>>;
    readonly metadata: Readonly<Record<string, string>>;
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const snapshotKind: Kind<Snapshot>;

/**
 * The life of a volume, as tables. The names are those documented for Cinder v3. A volume at rest
 * is `available`, or what its attachments make of it; each action sets a status of its own, which
 * ends in one of two ways.
 */
declare const volumeStatuses: readonly ["creating", "available", "reserved", "attaching", "in-use", "detaching", "extending", "reverting", "retyping", "maintenance", "backing-up", "restoring-backup", "awaiting-transfer", "uploading", "downloading", "deleting", "error", "error_deleting", "error_extending", "error_restoring"];
type VolumeStatus = (typeof volumeStatuses)[number];

/** Who enforces a quality of service: the hypervisor, the back-end, or both. */
declare const qosConsumers: readonly ["front-end", "back-end", "both"];
type QosConsumer = (typeof qosConsumers)[number];
/** Limits of speed that types of volumes can have. */
interface VolumeQos extends Stored {
    readonly name: string;
    readonly consumer: QosConsumer;
    readonly specs: Readonly<Record<string, string>>;
    readonly createdAt: number;
    readonly updatedAt: number;
}
/** How volumes of a type are encrypted. */
interface VolumeEncryption {
    readonly id: string;
    /** E.g. `luks`. */
    readonly provider: string;
    readonly controlLocation: 'front-end' | 'back-end';
    readonly cipher: string | null;
    /** Bits. */
    readonly keySize: number | null;
    readonly createdAt: number;
}
/** What a volume may be: where it can be placed, and how it behaves. */
interface VolumeType extends Stored {
    readonly name: string;
    readonly description: string;
    /** False: only the projects of its access list see and use it. */
    readonly isPublic: boolean;
    /** True: of volumes that name none. Null else: at most one has it. */
    readonly isDefault: true | null;
    /** `volume_backend_name` names a back-end; other keys are capabilities of its pool. */
    readonly extraSpecs: Readonly<Record<string, string>>;
    readonly qosId: string | null;
    readonly multiattach: boolean;
    readonly encrypted: boolean;
    /** How, where an operator has said so. */
    readonly encryption?: VolumeEncryption;
    readonly createdAt: number;
    readonly updatedAt: number;
}
/** A project that may use a type that is not public. Its id is made of both. */
interface VolumeTypeAccess extends Stored {
    readonly typeId: string;
    readonly projectId: string;
}

/** What the bytes of a new volume are a copy of. */
interface VolumeSource {
    readonly type: 'image' | 'snapshot' | 'volume' | 'backup';
    readonly id: string;
}
/** What is to become of a volume, beyond its status. */
interface VolumeOrder {
    /** GiB after an extension: charged from its beginning. */
    readonly sizeGb?: number;
    /** The snapshot or backup whose bytes it shall have. */
    readonly from?: VolumeSource;
    /** Where it moves to, which is charged as well until it has left. */
    readonly poolId?: string;
    readonly poolName?: string;
    /** Its type afterwards. */
    readonly typeId?: string | null;
    readonly multiattach?: boolean;
    readonly encrypted?: boolean;
    /** The image that is made of it. */
    readonly imageId?: string;
    /** Who has asked for that, and whether others may see it. */
    readonly userId?: string;
    /** The backup that is made of it. */
    readonly backupId?: string;
    /** True: it goes once its snapshots, which go as well, are gone. */
    readonly cascade?: boolean;
    /** What its back-end has it as already: it is taken over, and not made. */
    readonly adopt?: string;
    /** True: its back-end keeps it when it is gone from here. */
    readonly release?: true;
    /** The offer that it waits for to be taken. */
    readonly transferId?: string;
}
/** A raw disk. Server batches write hundreds of these: keep it small. */
interface Volume extends Stored {
    readonly projectId: string;
    readonly userId: string;
    readonly name: string;
    readonly description: string;
    /** GiB. */
    readonly sizeGb: number;
    readonly typeId: string | null;
    readonly zone: string;
    readonly poolId: string;
    /** As its back-end calls the pool. */
    readonly poolName: string;
    readonly status: VolumeStatus;
    /** What an operator says its status is: gone with the next thing that happens to it. */
    readonly override?: VolumeStatus;
    readonly bootable: boolean;
    readonly readOnly: boolean;
    /** True: somebody has said so, or not so. */
    readonly readOnlySaid?: true;
    readonly multiattach: boolean;
    readonly encrypted: boolean;
    readonly source: VolumeSource | null;
    readonly groupId: string | null;
    /** Grows with every order to the driver: the fence that back-ends check. */
    readonly generation: number;
    /** Of the action under way; null: none that needs more than its status. */
    readonly order: VolumeOrder | null;
    /** Its uses: their rows say more. */
    readonly attachments: readonly {
        readonly id: string;
        readonly status: AttachmentStatus;
    }[];
    readonly metadata: Readonly<Record<string, string>>;
    /** What its image said of itself, and what users made of that. */
    readonly imageMetadata?: Readonly<Record<string, string>>;
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const volumeKind: Kind<Volume>;

/** An attachment as its users see it. */
type AttachmentView = Omit<Attachment, 'generation' | 'rev' | 'metered' | 'announced'>;
/** @throws CloudError `conflict` when the volume cannot be attached now. */
declare const attachmentCreate: Operation<{
    volumeId: string;
    mode: "rw" | "ro";
    instanceId?: string | undefined;
    connector?: Record<string, string> | undefined;
}, AttachmentView, {
    volumeId: string;
    mode?: "rw" | "ro" | undefined;
    instanceId?: string | undefined;
    connector?: Record<string, string> | undefined;
}>;
/** @throws CloudError `conflict` unless it is reserved, or could not be connected. */
declare const attachmentUpdate: Operation<{
    id: string;
    connector: Record<string, string>;
}, AttachmentView, {
    id: string;
    connector: Record<string, string>;
}>;
/** @throws CloudError `conflict` until the driver has connected it. */
declare const attachmentComplete: Operation<{
    id: string;
}, AttachmentView, {
    id: string;
}>;
/** @throws CloudError `conflict` for a disk that a server boots from, or one being detached. */
declare const attachmentDelete: Operation<{
    ids: string[];
}, {
    readonly count: number;
}, {
    ids: string[];
}>;
declare const attachmentGet: Operation<{
    id: string;
}, AttachmentView, {
    id: string;
}>;
declare const attachmentList: Operation<{
    limit: number;
    volumeId?: string | undefined;
    volumeIds?: string[] | undefined;
    serverId?: string | undefined;
    marker?: string | undefined;
}, AttachmentView[], {
    volumeId?: string | undefined;
    volumeIds?: string[] | undefined;
    serverId?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;

/** A snapshot as its users see it. */
type SnapshotView = Omit<Snapshot, 'poolId' | 'poolName' | 'generation' | 'override' | 'adopt' | 'release' | 'rev' | 'metered' | 'announced'>;
/** @throws CloudError `conflict` unless the volume is available, or in use and `force` is given. */
declare const snapshotCreate: Operation<{
    volumeId: string;
    name: string;
    description: string;
    metadata: Record<string, string>;
    force: boolean;
}, SnapshotView, {
    volumeId: string;
    name?: string | undefined;
    description?: string | undefined;
    metadata?: Record<string, string> | undefined;
    force?: boolean | undefined;
}>;
declare const snapshotGet: Operation<{
    id: string;
}, SnapshotView, {
    id: string;
}>;
declare const snapshotList: Operation<{
    offset: number;
    limit: number;
    volumeId?: string | undefined;
    status?: "error" | "deleting" | "available" | "creating" | "error_deleting" | undefined;
    name?: string | undefined;
    nameLike?: string | undefined;
    projectId?: string | undefined;
    metadata?: Record<string, string> | undefined;
    createdAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    updatedAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    sort?: {
        key: "id" | "name" | "createdAt" | "updatedAt" | "status" | "volumeId" | "sizeGb";
        descending: boolean;
    }[] | undefined;
    marker?: string | undefined;
}, SnapshotView[], {
    volumeId?: string | undefined;
    status?: "error" | "deleting" | "available" | "creating" | "error_deleting" | undefined;
    name?: string | undefined;
    nameLike?: string | undefined;
    projectId?: string | undefined;
    metadata?: Record<string, string> | undefined;
    createdAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    updatedAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    sort?: {
        key: "id" | "name" | "createdAt" | "updatedAt" | "status" | "volumeId" | "sizeGb";
        descending: boolean;
    }[] | undefined;
    offset?: number | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const snapshotUpdate: Operation<{
    id: string;
    metadata?: Record<string, string> | undefined;
    addMetadata?: Record<string, string> | undefined;
    removeMetadata?: string[] | undefined;
    name?: string | undefined;
    description?: string | undefined;
}, SnapshotView, {
    id: string;
    metadata?: Record<string, string> | undefined;
    addMetadata?: Record<string, string> | undefined;
    removeMetadata?: string[] | undefined;
    name?: string | undefined;
    description?: string | undefined;
}>;
/** @throws CloudError `conflict` while something is made of one, or is under way on it. */
declare const snapshotDelete: Operation<{
    ids: string[];
}, {
    readonly count: number;
}, {
    ids: string[];
}>;

/** A volume as its users see it. */
interface VolumeView extends Omit<Volume, 'poolId' | 'poolName' | 'order' | 'override' | 'generation' | 'rev' | 'metered' | 'announced'> {
    /** For system scope only: `backend#pool`. */
    readonly pool?: string;
}

/** Asks the back-end, which may be long in answering, or not answer. */
declare const poolUnmanaged: Operation<{
    id: string;
}, readonly UnmanagedThing[], {
    id: string;
}>;
/**
 * The volume is `creating` when this returns, and ends as it would if it had been made here; in
 * `error` when somebody else has taken it meanwhile.
 *
 * @throws CloudError `notFound` for what the pool does not hold; `noValidHost` for a type that the
 *   pool is not for; `quotaExceeded`.
 */
declare const volumeManage: Operation<{
    bootable: boolean;
    name: string;
    description: string;
    metadata: Record<string, string>;
    projectId: string;
    poolId: string;
    reference: string;
    volumeType?: string | undefined;
}, VolumeView, {
    projectId: string;
    poolId: string;
    reference: string;
    volumeType?: string | undefined;
    bootable?: boolean | undefined;
    name?: string | undefined;
    description?: string | undefined;
    metadata?: Record<string, string> | undefined;
}>;
/** @throws CloudError `conflict` while it is in use, has snapshots, or something is under way. */
declare const volumeUnmanage: Operation<{
    id: string;
}, null, {
    id: string;
}>;
/** @throws CloudError `notFound` for what the pool does not hold of the volume; `quotaExceeded`. */
declare const snapshotManage: Operation<{
    name: string;
    description: string;
    metadata: Record<string, string>;
    volumeId: string;
    reference: string;
}, SnapshotView, {
    volumeId: string;
    reference: string;
    name?: string | undefined;
    description?: string | undefined;
    metadata?: Record<string, string> | undefined;
}>;
/** @throws CloudError `conflict` while something is made of it, or is under way on it. */
declare const snapshotUnmanage: Operation<{
    id: string;
}, null, {
    id: string;
}>;

declare const messageGet: Operation<{
    id: string;
}, VolumeMessage, {
    id: string;
}>;
declare const messageList: Operation<{
    limit: number;
    resourceType?: "backup" | "volume" | "snapshot" | "attachment" | undefined;
    resourceId?: string | undefined;
    requestId?: string | undefined;
    marker?: string | undefined;
}, VolumeMessage[], {
    resourceType?: "backup" | "volume" | "snapshot" | "attachment" | undefined;
    resourceId?: string | undefined;
    requestId?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const messageDelete: Operation<{
    ids: string[];
}, {
    readonly count: number;
}, {
    ids: string[];
}>;

/** A pool with what is promised of it. */
interface VolumePoolView extends VolumePool {
    /** GiB that may be promised, and that are. */
    readonly provisionableGb: number;
    readonly allocatedGb: number;
    /** Volumes and snapshots. */
    readonly volumes: number;
}
declare const poolCreate: Operation<{
    name: string;
    zone: string;
    totalGb: number;
    reservedPercent: number;
    overSubscription: number;
    capabilities: Record<string, string>;
    enabled: boolean;
}, VolumePoolView, {
    name: string;
    totalGb: number;
    zone?: string | undefined;
    reservedPercent?: number | undefined;
    overSubscription?: number | undefined;
    capabilities?: Record<string, string> | undefined;
    enabled?: boolean | undefined;
}>;
declare const poolGet: Operation<{
    id: string;
}, VolumePoolView, {
    id: string;
}>;
declare const poolList: Operation<{
    limit: number;
    backend?: string | undefined;
    marker?: string | undefined;
}, VolumePoolView[], {
    backend?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** A smaller pool keeps its volumes: nothing more fits until enough of them are gone. */
declare const poolUpdate: Operation<{
    id: string;
    totalGb?: number | undefined;
    reservedPercent?: number | undefined;
    overSubscription?: number | undefined;
    capabilities?: Record<string, string> | undefined;
    enabled?: boolean | undefined;
    disabledReason?: string | null | undefined;
}, VolumePoolView, {
    id: string;
    totalGb?: number | undefined;
    reservedPercent?: number | undefined;
    overSubscription?: number | undefined;
    capabilities?: Record<string, string> | undefined;
    enabled?: boolean | undefined;
    disabledReason?: string | null | undefined;
}>;
/** @throws CloudError `conflict` while it has volumes or snapshots. */
declare const poolDelete: Operation<{
    id: string;
}, null, {
    id: string;
}>;

/** @throws CloudError `conflict` when the name is taken. */
declare const qosCreate: Operation<{
    name: string;
    consumer: "front-end" | "back-end" | "both";
    specs: Record<string, string>;
}, VolumeQos, {
    name: string;
    consumer?: "front-end" | "back-end" | "both" | undefined;
    specs?: Record<string, string> | undefined;
}>;
declare const qosGet: Operation<{
    id: string;
}, VolumeQos, {
    id: string;
}>;
declare const qosList: Operation<{
    limit: number;
    marker?: string | undefined;
}, VolumeQos[], {
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const qosUpdate: Operation<{
    id: string;
    consumer?: "front-end" | "back-end" | "both" | undefined;
    specs?: Record<string, string> | undefined;
}, VolumeQos, {
    id: string;
    consumer?: "front-end" | "back-end" | "both" | undefined;
    specs?: Record<string, string> | undefined;
}>;
/** @throws CloudError `conflict` while a type has it. */
declare const qosDelete: Operation<{
    id: string;
}, null, {
    id: string;
}>;

declare const resources: readonly ["volumes", "gigabytes", "snapshots"];
/** What a project uses of a type, and may use; −1 is no limit. */
interface TypeQuotaView {
    readonly typeId: string;
    readonly resource: (typeof resources)[number];
    readonly used: number;
    readonly limit: number;
}
declare const typeQuotaGet: Operation<{
    projectId?: string | undefined;
}, TypeQuotaView[], {
    projectId?: string | undefined;
}>;
/** A limit may be below what is used: nothing more fits until enough of it is gone. */
declare const typeQuotaSet: Operation<{
    projectId: string;
    typeId: string;
    volumes?: number | undefined;
    gigabytes?: number | undefined;
    snapshots?: number | undefined;
}, null, {
    projectId: string;
    typeId: string;
    volumes?: number | undefined;
    gigabytes?: number | undefined;
    snapshots?: number | undefined;
}>;

/**
 * @throws CloudError `invalid` for a smaller size; `quotaExceeded`; `noValidHost`: its pool is
 *   full.
 */
declare const volumeExtend: Operation<{
    id: string;
    sizeGb: number;
}, VolumeView, {
    id: string;
    sizeGb: number;
}>;
/** @throws CloudError `conflict` unless the volume is available and the snapshot is its own. */
declare const volumeRevert: Operation<{
    id: string;
    snapshotId: string;
}, VolumeView, {
    id: string;
    snapshotId: string;
}>;
/** @throws CloudError `conflict` when it would have to move and may not; `noValidHost`. */
declare const volumeRetype: Operation<{
    id: string;
    volumeType: string;
    migrationPolicy: "never" | "on-demand";
}, VolumeView, {
    id: string;
    volumeType: string;
    migrationPolicy?: "never" | "on-demand" | undefined;
}>;
/** @throws CloudError `noValidHost` when the pool does not take it. */
declare const volumeMigrate: Operation<{
    id: string;
    poolId?: string | undefined;
}, VolumeView, {
    id: string;
    poolId?: string | undefined;
}>;

/** @throws CloudError `conflict` for a public type; `quotaExceeded` when the list is full. */
declare const volumeTypeGrant: Operation<{
    typeId: string;
    projectId: string;
}, VolumeTypeAccess, {
    typeId: string;
    projectId: string;
}>;
/** @throws CloudError `notFound` when the project had no access. */
declare const volumeTypeRevoke: Operation<{
    typeId: string;
    projectId: string;
}, null, {
    typeId: string;
    projectId: string;
}>;
declare const volumeTypeAccessList: Operation<{
    typeId: string;
}, VolumeTypeAccess[], {
    typeId: string;
}>;

/** @throws CloudError `conflict` when the name is taken, or another type is the default. */
declare const volumeTypeCreate: Operation<{
    name: string;
    description: string;
    isPublic: boolean;
    isDefault: boolean;
    extraSpecs: Record<string, string>;
    multiattach: boolean;
    encrypted: boolean;
    qosId?: string | undefined;
}, VolumeType, {
    name: string;
    description?: string | undefined;
    isPublic?: boolean | undefined;
    isDefault?: boolean | undefined;
    extraSpecs?: Record<string, string> | undefined;
    qosId?: string | undefined;
    multiattach?: boolean | undefined;
    encrypted?: boolean | undefined;
}>;
declare const volumeTypeGet: Operation<{
    id: string;
}, VolumeType, {
    id: string;
}>;
declare const volumeTypeList: Operation<{
    limit: number;
    marker?: string | undefined;
}, VolumeType[], {
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** Volumes that there are stay where they are. Extra specs are set (a text) or removed (null). */
declare const volumeTypeUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    isPublic?: boolean | undefined;
    isDefault?: boolean | undefined;
    extraSpecs?: Record<string, string | null> | undefined;
    qosId?: string | null | undefined;
    multiattach?: boolean | undefined;
    encryption?: {
        id: string;
        provider: string;
        controlLocation: "front-end" | "back-end";
        cipher: string | null;
        keySize: number | null;
        createdAt: number;
    } | null | undefined;
}, VolumeType, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    isPublic?: boolean | undefined;
    isDefault?: boolean | undefined;
    extraSpecs?: Record<string, string | null> | undefined;
    qosId?: string | null | undefined;
    multiattach?: boolean | undefined;
    encryption?: {
        id: string;
        provider: string;
        controlLocation: "front-end" | "back-end";
        cipher: string | null;
        keySize: number | null;
        createdAt: number;
    } | null | undefined;
}>;
/** @throws CloudError `conflict` while volumes or snapshots are of it. */
declare const volumeTypeDelete: Operation<{
    id: string;
}, null, {
    id: string;
}>;

/**
 * @throws CloudError `quotaExceeded`; `noValidHost` when no pool takes it, with every reason
 *   counted.
 */
declare const volumeCreate: Operation<{
    name: string;
    description: string;
    readOnly: boolean;
    metadata: Record<string, string>;
    sameBackendAs?: string[] | undefined;
    differentBackendFrom?: string[] | undefined;
    sizeGb?: number | undefined;
    volumeType?: string | undefined;
    availabilityZone?: string | undefined;
    imageId?: string | undefined;
    snapshotId?: string | undefined;
    sourceVolumeId?: string | undefined;
    backupId?: string | undefined;
    groupId?: string | undefined;
}, VolumeView, {
    sameBackendAs?: string[] | undefined;
    differentBackendFrom?: string[] | undefined;
    name?: string | undefined;
    description?: string | undefined;
    sizeGb?: number | undefined;
    volumeType?: string | undefined;
    availabilityZone?: string | undefined;
    imageId?: string | undefined;
    snapshotId?: string | undefined;
    sourceVolumeId?: string | undefined;
    backupId?: string | undefined;
    groupId?: string | undefined;
    readOnly?: boolean | undefined;
    metadata?: Record<string, string> | undefined;
}>;
/** What a request for several volumes answers. */
interface VolumesCreated {
    readonly volumes: readonly VolumeView[];
}
/** @throws as for one; nothing is made then. */
declare const volumeCreateMany: Operation<{
    count: number;
    name: string;
    description: string;
    readOnly: boolean;
    metadata: Record<string, string>;
    sameBackendAs?: string[] | undefined;
    differentBackendFrom?: string[] | undefined;
    sizeGb?: number | undefined;
    volumeType?: string | undefined;
    availabilityZone?: string | undefined;
    imageId?: string | undefined;
    snapshotId?: string | undefined;
    sourceVolumeId?: string | undefined;
    backupId?: string | undefined;
    groupId?: string | undefined;
}, VolumesCreated, {
    count: number;
    sameBackendAs?: string[] | undefined;
    differentBackendFrom?: string[] | undefined;
    name?: string | undefined;
    description?: string | undefined;
    sizeGb?: number | undefined;
    volumeType?: string | undefined;
    availabilityZone?: string | undefined;
    imageId?: string | undefined;
    snapshotId?: string | undefined;
    sourceVolumeId?: string | undefined;
    backupId?: string | undefined;
    groupId?: string | undefined;
    readOnly?: boolean | undefined;
    metadata?: Record<string, string> | undefined;
}>;
declare const volumeGet: Operation<{
    id: string;
}, VolumeView, {
    id: string;
}>;
declare const volumeList: Operation<{
    offset: number;
    limit: number;
    status?: "error" | "deleting" | "available" | "reserved" | "attaching" | "detaching" | "creating" | "in-use" | "extending" | "reverting" | "retyping" | "maintenance" | "backing-up" | "restoring-backup" | "awaiting-transfer" | "uploading" | "downloading" | "error_deleting" | "error_extending" | "error_restoring" | undefined;
    bootable?: boolean | undefined;
    multiattach?: boolean | undefined;
    encrypted?: boolean | undefined;
    availabilityZone?: string | undefined;
    groupId?: string | undefined;
    typeId?: string | undefined;
    sizeGb?: number | undefined;
    userId?: string | undefined;
    imageMetadata?: Record<string, string> | undefined;
    description?: string | undefined;
    pool?: string | undefined;
    isKept?: boolean | undefined;
    name?: string | undefined;
    nameLike?: string | undefined;
    projectId?: string | undefined;
    metadata?: Record<string, string> | undefined;
    createdAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    updatedAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    sort?: {
        key: "id" | "name" | "zone" | "userId" | "createdAt" | "updatedAt" | "status" | "sizeGb" | "poolName" | "bootable";
        descending: boolean;
    }[] | undefined;
    marker?: string | undefined;
}, VolumeView[], {
    status?: "error" | "deleting" | "available" | "reserved" | "attaching" | "detaching" | "creating" | "in-use" | "extending" | "reverting" | "retyping" | "maintenance" | "backing-up" | "restoring-backup" | "awaiting-transfer" | "uploading" | "downloading" | "error_deleting" | "error_extending" | "error_restoring" | undefined;
    bootable?: boolean | undefined;
    multiattach?: boolean | undefined;
    encrypted?: boolean | undefined;
    availabilityZone?: string | undefined;
    groupId?: string | undefined;
    typeId?: string | undefined;
    sizeGb?: number | undefined;
    userId?: string | undefined;
    imageMetadata?: Record<string, string> | undefined;
    description?: string | undefined;
    pool?: string | undefined;
    isKept?: boolean | undefined;
    name?: string | undefined;
    nameLike?: string | undefined;
    projectId?: string | undefined;
    metadata?: Record<string, string> | undefined;
    createdAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    updatedAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    sort?: {
        key: "id" | "name" | "zone" | "userId" | "createdAt" | "updatedAt" | "status" | "sizeGb" | "poolName" | "bootable";
        descending: boolean;
    }[] | undefined;
    offset?: number | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** How many volumes there are, and how large. */
interface VolumeSummary {
    readonly count: number;
    readonly gigabytes: number;
    /** Values of metadata by their keys, each once. */
    readonly metadata: Readonly<Record<string, readonly string[]>>;
}
/** Reads all volumes that are counted, page by page. */
declare const volumeSummary: Operation<{
    status?: "error" | "deleting" | "available" | "reserved" | "attaching" | "detaching" | "creating" | "in-use" | "extending" | "reverting" | "retyping" | "maintenance" | "backing-up" | "restoring-backup" | "awaiting-transfer" | "uploading" | "downloading" | "error_deleting" | "error_extending" | "error_restoring" | undefined;
    bootable?: boolean | undefined;
    multiattach?: boolean | undefined;
    encrypted?: boolean | undefined;
    availabilityZone?: string | undefined;
    groupId?: string | undefined;
    typeId?: string | undefined;
    sizeGb?: number | undefined;
    userId?: string | undefined;
    imageMetadata?: Record<string, string> | undefined;
    description?: string | undefined;
    pool?: string | undefined;
    isKept?: boolean | undefined;
    name?: string | undefined;
    nameLike?: string | undefined;
    projectId?: string | undefined;
    metadata?: Record<string, string> | undefined;
    createdAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    updatedAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
}, VolumeSummary, {
    status?: "error" | "deleting" | "available" | "reserved" | "attaching" | "detaching" | "creating" | "in-use" | "extending" | "reverting" | "retyping" | "maintenance" | "backing-up" | "restoring-backup" | "awaiting-transfer" | "uploading" | "downloading" | "error_deleting" | "error_extending" | "error_restoring" | undefined;
    bootable?: boolean | undefined;
    multiattach?: boolean | undefined;
    encrypted?: boolean | undefined;
    availabilityZone?: string | undefined;
    groupId?: string | undefined;
    typeId?: string | undefined;
    sizeGb?: number | undefined;
    userId?: string | undefined;
    imageMetadata?: Record<string, string> | undefined;
    description?: string | undefined;
    pool?: string | undefined;
    isKept?: boolean | undefined;
    name?: string | undefined;
    nameLike?: string | undefined;
    projectId?: string | undefined;
    metadata?: Record<string, string> | undefined;
    createdAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    updatedAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
}>;
/** @throws CloudError `conflict` for `readOnly` while it is in use. */
declare const volumeUpdate: Operation<{
    id: string;
    readOnly?: boolean | undefined;
    bootable?: boolean | undefined;
    metadata?: Record<string, string> | undefined;
    addMetadata?: Record<string, string> | undefined;
    removeMetadata?: string[] | undefined;
    name?: string | undefined;
    description?: string | undefined;
}, VolumeView, {
    id: string;
    readOnly?: boolean | undefined;
    bootable?: boolean | undefined;
    metadata?: Record<string, string> | undefined;
    addMetadata?: Record<string, string> | undefined;
    removeMetadata?: string[] | undefined;
    name?: string | undefined;
    description?: string | undefined;
}>;
/** @throws CloudError `conflict` while one is in use, has snapshots, or something is under way. */
declare const volumeDelete: Operation<{
    ids: string[];
    cascade: boolean;
}, {
    readonly count: number;
}, {
    ids: string[];
    cascade?: boolean | undefined;
}>;

declare const backupStatuses: readonly ["creating", "available", "deleting", "restoring", "error", "error_deleting"];
type BackupStatus = (typeof backupStatuses)[number];
/** The bytes of a volume, kept away from its pool: they outlive the volume. */
interface Backup extends Stored {
    readonly projectId: string;
    readonly userId: string;
    /** The volume it is of, which may be gone by now. */
    readonly volumeId: string;
    /** The snapshot whose bytes were taken instead of the volume's own. */
    readonly snapshotId: string | null;
    /** The backup that it adds to; null: a full one. */
    readonly parentId: string | null;
    readonly name: string;
    readonly description: string;
    /** Where the store of backups keeps it. */
    readonly container: string;
    readonly zone: string | null;
    /** GiB of its volume when it was made. */
    readonly sizeGb: number;
    readonly status: BackupStatus;
    /** What an operator says its status is. */
    readonly override?: BackupStatus;
    readonly generation: number;
    /** True: the volume is kept busy by it until it is done. */
    readonly holdsVolume: boolean;
    /** True: its bytes were there before its row; they are looked for, never made. */
    readonly adopted?: true;
    readonly metadata: Readonly<Record<string, string>>;
    /** When the bytes were as it keeps them. */
    readonly dataAt: number;
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const backupKind: Kind<Backup>;

/** A backup as its users see it. */
interface BackupView extends Omit<Backup, 'generation' | 'override' | 'holdsVolume' | 'adopted' | 'rev' | 'metered' | 'announced'> {
    /** True while others add to it: it cannot be deleted before they are. */
    readonly hasDependents: boolean;
}
/**
 * @throws CloudError `conflict` unless the volume is available, or in use and `force` is given;
 *   also for an incremental one without a backup to add to. `quotaExceeded`.
 */
declare const backupCreate: Operation<{
    volumeId: string;
    name: string;
    description: string;
    container: string;
    metadata: Record<string, string>;
    incremental: boolean;
    force: boolean;
    projectId?: string | undefined;
    snapshotId?: string | undefined;
    availabilityZone?: string | undefined;
}, BackupView, {
    volumeId: string;
    projectId?: string | undefined;
    snapshotId?: string | undefined;
    name?: string | undefined;
    description?: string | undefined;
    container?: string | undefined;
    availabilityZone?: string | undefined;
    metadata?: Record<string, string> | undefined;
    incremental?: boolean | undefined;
    force?: boolean | undefined;
}>;
declare const backupGet: Operation<{
    id: string;
}, BackupView, {
    id: string;
}>;
declare const backupList: Operation<{
    offset: number;
    limit: number;
    volumeId?: string | undefined;
    snapshotId?: string | undefined;
    status?: "error" | "deleting" | "available" | "creating" | "error_deleting" | "restoring" | undefined;
    name?: string | undefined;
    nameLike?: string | undefined;
    projectId?: string | undefined;
    metadata?: Record<string, string> | undefined;
    createdAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    updatedAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    sort?: {
        key: "id" | "name" | "createdAt" | "updatedAt" | "status" | "volumeId" | "sizeGb";
        descending: boolean;
    }[] | undefined;
    marker?: string | undefined;
}, BackupView[], {
    volumeId?: string | undefined;
    snapshotId?: string | undefined;
    status?: "error" | "deleting" | "available" | "creating" | "error_deleting" | "restoring" | undefined;
    name?: string | undefined;
    nameLike?: string | undefined;
    projectId?: string | undefined;
    metadata?: Record<string, string> | undefined;
    createdAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    updatedAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    sort?: {
        key: "id" | "name" | "createdAt" | "updatedAt" | "status" | "volumeId" | "sizeGb";
        descending: boolean;
    }[] | undefined;
    offset?: number | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const backupUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    metadata?: Record<string, string> | undefined;
}, BackupView, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    metadata?: Record<string, string> | undefined;
}>;
/** @throws CloudError `conflict` while others add to one, or a volume is made of it. */
declare const backupDelete: Operation<{
    ids: string[];
}, {
    readonly count: number;
}, {
    ids: string[];
}>;

declare const recordField: z.ZodObject<{
    id: z.ZodString;
    volumeId: z.ZodString;
    snapshotId: z.ZodNullable<z.ZodString>;
    parentId: z.ZodNullable<z.ZodString>;
    name: z.ZodUnion<[z.ZodString, z.ZodLiteral<"">]>;
    description: z.ZodString;
    container: z.ZodString;
    zone: z.ZodNullable<z.ZodString>;
    sizeGb: z.ZodInt;
    metadata: z.ZodRecord<z.ZodString, z.ZodString>;
    dataAt: z.ZodInt;
    generation: z.ZodInt;
}, z.core.$strict>;
/** All that is needed to find the bytes of a backup again where its row is lost. */
type BackupRecord = z.infer<typeof recordField>;
/** @throws CloudError `conflict` unless the backup is available. */
declare const backupExport: Operation<{
    id: string;
}, {
    id: string;
    volumeId: string;
    snapshotId: string | null;
    parentId: string | null;
    name: string;
    description: string;
    container: string;
    zone: string | null;
    sizeGb: number;
    metadata: Record<string, string>;
    dataAt: number;
    generation: number;
}, {
    id: string;
}>;
/**
 * The back-end is asked for the bytes: without them the backup ends in `error`.
 *
 * @throws CloudError `conflict` while there is a backup of that id; `notFound` for a project, or a
 *   backup that it adds to, that there is not: those are imported in their order; `quotaExceeded`.
 */
declare const backupImport: Operation<{
    projectId: string;
    record: {
        id: string;
        volumeId: string;
        snapshotId: string | null;
        parentId: string | null;
        name: string;
        description: string;
        container: string;
        zone: string | null;
        sizeGb: number;
        metadata: Record<string, string>;
        dataAt: number;
        generation: number;
    };
}, BackupView, {
    projectId: string;
    record: {
        id: string;
        volumeId: string;
        snapshotId: string | null;
        parentId: string | null;
        name: string;
        description: string;
        container: string;
        zone: string | null;
        sizeGb: number;
        metadata: Record<string, string>;
        dataAt: number;
        generation: number;
    };
}>;

/** Where the bytes of a backup go. */
interface BackupRestored {
    readonly backupId: string;
    readonly volumeId: string;
    readonly volumeName: string;
}
/**
 * @throws CloudError `conflict` unless the backup is available, and the volume as well; `invalid`
 *   for a volume that is smaller; without a volume as for a new one.
 */
declare const backupRestore: Operation<{
    id: string;
    volumeId?: string | undefined;
    name?: string | undefined;
}, BackupRestored, {
    id: string;
    volumeId?: string | undefined;
    name?: string | undefined;
}>;

/** A volume on offer: whoever has the key takes it into the own project. */
interface VolumeTransfer extends Stored {
    /** Who offers. */
    readonly projectId: string;
    readonly volumeId: string;
    readonly name: string;
    /** Of the key, which is shown once and kept by nobody. */
    readonly salt: string;
    readonly keyHash: string;
    /** False: snapshots stay with who made them. */
    readonly withSnapshots: boolean;
    readonly createdAt: number;
}

/** An offer as its users see it: never with its key. */
type TransferView = Omit<VolumeTransfer, 'salt' | 'keyHash' | 'rev' | 'metered' | 'announced'>;
/** An offer with the key that takes it, which is shown this once. */
interface TransferOffer extends TransferView {
    readonly authKey: string;
}
/** @throws CloudError `conflict` unless the volume is available and in no group. */
declare const transferCreate: Operation<{
    volumeId: string;
    name: string;
    withSnapshots: boolean;
}, TransferOffer, {
    volumeId: string;
    name?: string | undefined;
    withSnapshots?: boolean | undefined;
}>;
declare const transferGet: Operation<{
    id: string;
}, TransferView, {
    id: string;
}>;
declare const transferList: Operation<{
    limit: number;
    name?: string | undefined;
    marker?: string | undefined;
}, TransferView[], {
    name?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const transferDelete: Operation<{
    id: string;
}, null, {
    id: string;
}>;
/** What taking an offer answers. */
interface TransferAccepted {
    readonly id: string;
    readonly name: string;
    readonly volumeId: string;
}
/**
 * @throws CloudError `notFound` alike for no such offer and another key; `quotaExceeded` of the
 *   project that takes it.
 */
declare const transferAccept: Operation<{
    id: string;
    authKey: string;
}, TransferAccepted, {
    id: string;
    authKey: string;
}>;

/** What groups of volumes may be. */
interface GroupType extends Stored {
    readonly name: string;
    readonly description: string;
    /** False: operators alone make groups of it. */
    readonly isPublic: boolean;
    readonly specs: Readonly<Record<string, string>>;
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const groupStatuses: readonly ["available", "creating", "updating", "deleting", "error", "error_deleting"];
type GroupStatus = (typeof groupStatuses)[number];
/** Volumes that are kept together: snapshots of all of them are of one moment. */
interface VolumeGroup extends Stored {
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    readonly groupTypeId: string;
    /** Types that its volumes may have. */
    readonly volumeTypeIds: readonly string[];
    readonly zone: string;
    /** What an operator says its status is. */
    readonly override?: GroupStatus;
    /** What it was made of, if anything. */
    readonly sourceGroupId: string | null;
    readonly sourceSnapshotId: string | null;
    readonly createdAt: number;
    readonly updatedAt: number;
}
/** Snapshots of all volumes of a group, made in one decision. What they are it is. */
interface GroupSnapshot extends Stored {
    readonly projectId: string;
    readonly groupId: string;
    readonly groupTypeId: string;
    readonly name: string;
    readonly description: string;
    /** What an operator says its status is. */
    readonly override?: SnapshotStatus;
    readonly createdAt: number;
    readonly updatedAt: number;
}

/** @throws CloudError `conflict` when the name is taken. */
declare const groupTypeCreate: Operation<{
    name: string;
    description: string;
    isPublic: boolean;
    specs: Record<string, string>;
}, GroupType, {
    name: string;
    description?: string | undefined;
    isPublic?: boolean | undefined;
    specs?: Record<string, string> | undefined;
}>;
declare const groupTypeGet: Operation<{
    id: string;
}, GroupType, {
    id: string;
}>;
declare const groupTypeList: Operation<{
    limit: number;
    marker?: string | undefined;
}, GroupType[], {
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** Specs are set (a text) or removed (null). */
declare const groupTypeUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    isPublic?: boolean | undefined;
    specs?: Record<string, string | null> | undefined;
}, GroupType, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    isPublic?: boolean | undefined;
    specs?: Record<string, string | null> | undefined;
}>;
/** @throws CloudError `conflict` while groups are of it. */
declare const groupTypeDelete: Operation<{
    id: string;
}, null, {
    id: string;
}>;

/** A group as its users see it. */
interface GroupView extends Omit<VolumeGroup, 'override' | 'rev' | 'metered' | 'announced'> {
    readonly status: GroupStatus;
}
/** @throws CloudError `quotaExceeded` for `volumeGroups`. */
declare const volumeGroupCreate: Operation<{
    name: string;
    description: string;
    groupTypeId: string;
    volumeTypes: string[];
    availabilityZone?: string | undefined;
}, GroupView, {
    groupTypeId: string;
    volumeTypes: string[];
    name?: string | undefined;
    description?: string | undefined;
    availabilityZone?: string | undefined;
}>;
declare const volumeGroupGet: Operation<{
    id: string;
}, GroupView, {
    id: string;
}>;
declare const volumeGroupList: Operation<{
    offset: number;
    limit: number;
    name?: string | undefined;
    nameLike?: string | undefined;
    projectId?: string | undefined;
    metadata?: Record<string, string> | undefined;
    createdAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    updatedAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    sort?: {
        key: "id" | "name" | "createdAt" | "updatedAt" | "status" | "volumeId" | "sizeGb";
        descending: boolean;
    }[] | undefined;
    marker?: string | undefined;
}, GroupView[], {
    name?: string | undefined;
    nameLike?: string | undefined;
    projectId?: string | undefined;
    metadata?: Record<string, string> | undefined;
    createdAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    updatedAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    sort?: {
        key: "id" | "name" | "createdAt" | "updatedAt" | "status" | "volumeId" | "sizeGb";
        descending: boolean;
    }[] | undefined;
    offset?: number | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** @throws CloudError `invalid` for volumes of other types, `conflict` for those of others. */
declare const volumeGroupUpdate: Operation<{
    id: string;
    addVolumeIds: string[];
    removeVolumeIds: string[];
    name?: string | undefined;
    description?: string | undefined;
}, GroupView, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    addVolumeIds?: string[] | undefined;
    removeVolumeIds?: string[] | undefined;
}>;
/**
 * @throws CloudError `conflict` for a group with volumes unless they are to go as well, for one
 *   with snapshots, and for volumes that cannot go.
 */
declare const volumeGroupDelete: Operation<{
    id: string;
    deleteVolumes: boolean;
}, null, {
    id: string;
    deleteVolumes?: boolean | undefined;
}>;

/** @throws CloudError `conflict` unless all that is copied is available; `quotaExceeded`. */
declare const volumeGroupCopy: Operation<{
    name: string;
    description: string;
    groupSnapshotId?: string | undefined;
    sourceGroupId?: string | undefined;
}, GroupView, {
    name?: string | undefined;
    description?: string | undefined;
    groupSnapshotId?: string | undefined;
    sourceGroupId?: string | undefined;
}>;

/** A snapshot of a group as its users see it. */
interface GroupSnapshotView extends Omit<GroupSnapshot, 'override' | 'rev' | 'metered' | 'announced'> {
    /** What its snapshots are. */
    readonly status: SnapshotStatus;
}
/** @throws CloudError `invalid` for a group without volumes; `conflict` while one is busy. */
declare const groupSnapshotCreate: Operation<{
    groupId: string;
    name: string;
    description: string;
}, GroupSnapshotView, {
    groupId: string;
    name?: string | undefined;
    description?: string | undefined;
}>;
declare const groupSnapshotGet: Operation<{
    id: string;
}, GroupSnapshotView, {
    id: string;
}>;
/** One read for a page of them and one for their snapshots. */
declare const groupSnapshotList: Operation<{
    offset: number;
    limit: number;
    groupId?: string | undefined;
    name?: string | undefined;
    nameLike?: string | undefined;
    projectId?: string | undefined;
    metadata?: Record<string, string> | undefined;
    createdAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    updatedAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    sort?: {
        key: "id" | "name" | "createdAt" | "updatedAt" | "status" | "volumeId" | "sizeGb";
        descending: boolean;
    }[] | undefined;
    marker?: string | undefined;
}, GroupSnapshotView[], {
    groupId?: string | undefined;
    name?: string | undefined;
    nameLike?: string | undefined;
    projectId?: string | undefined;
    metadata?: Record<string, string> | undefined;
    createdAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    updatedAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    sort?: {
        key: "id" | "name" | "createdAt" | "updatedAt" | "status" | "volumeId" | "sizeGb";
        descending: boolean;
    }[] | undefined;
    offset?: number | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const groupSnapshotUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
}, GroupSnapshotView, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
}>;
/** @throws CloudError `conflict` while something is made of one of its snapshots. */
declare const groupSnapshotDelete: Operation<{
    id: string;
}, null, {
    id: string;
}>;

/** @throws CloudError `conflict` while work on it is under way, or it is on offer. */
declare const volumeResetStatus: Operation<{
    id: string;
    status: "error" | "deleting" | "available" | "reserved" | "attaching" | "detaching" | "creating" | "in-use" | "extending" | "reverting" | "retyping" | "maintenance" | "backing-up" | "restoring-backup" | "awaiting-transfer" | "uploading" | "downloading" | "error_deleting" | "error_extending" | "error_restoring";
}, null, {
    id: string;
    status: "error" | "deleting" | "available" | "reserved" | "attaching" | "detaching" | "creating" | "in-use" | "extending" | "reverting" | "retyping" | "maintenance" | "backing-up" | "restoring-backup" | "awaiting-transfer" | "uploading" | "downloading" | "error_deleting" | "error_extending" | "error_restoring";
}>;
/** @throws CloudError `conflict` while work on it is under way. */
declare const snapshotResetStatus: Operation<{
    id: string;
    status: "error" | "deleting" | "available" | "creating" | "error_deleting";
}, null, {
    id: string;
    status: "error" | "deleting" | "available" | "creating" | "error_deleting";
}>;
/** @throws CloudError `conflict` while work on it is under way. */
declare const backupResetStatus: Operation<{
    id: string;
    status: "error" | "deleting" | "available" | "creating" | "error_deleting" | "restoring";
}, null, {
    id: string;
    status: "error" | "deleting" | "available" | "creating" | "error_deleting" | "restoring";
}>;
declare const groupResetStatus: Operation<{
    id: string;
    status: "error" | "deleting" | "available" | "creating" | "error_deleting" | "updating";
}, null, {
    id: string;
    status: "error" | "deleting" | "available" | "creating" | "error_deleting" | "updating";
}>;
declare const groupSnapshotResetStatus: Operation<{
    id: string;
    status: "error" | "deleting" | "available" | "creating" | "error_deleting";
}, null, {
    id: string;
    status: "error" | "deleting" | "available" | "creating" | "error_deleting";
}>;
/** @throws CloudError `conflict` while it is in use, has snapshots, is backed up or on offer. */
declare const volumeForceDelete: Operation<{
    id: string;
}, null, {
    id: string;
}>;
/** @throws CloudError `conflict` unless the volume is in use, or was said to be detached. */
declare const volumeDetaching: Operation<{
    id: string;
    begin: boolean;
}, null, {
    id: string;
    begin: boolean;
}>;

/**
 * The life of an image as a table: every status against every event, each pair decided. The edges
 * are those documented for Glance v2.
 */
declare const imageStatuses: readonly ["queued", "saving", "uploading", "importing", "active", "deactivated", "killed", "deleted", "pending_delete"];
type ImageStatus = (typeof imageStatuses)[number];
declare const imageEvents: readonly ["upload", "stage", "import", "complete", "fail", "kill", "deactivate", "reactivate", "delete", "scrub"];
type ImageEvent = (typeof imageEvents)[number];
type Row$1 = Readonly<Record<ImageEvent, ImageStatus | null>>;
/** What each event makes of each status; null: refused. */
declare const transitions: Readonly<Record<ImageStatus, Row$1>>;

declare const diskFormats: readonly ["ami", "ari", "aki", "vhd", "vhdx", "vmdk", "raw", "qcow2", "vdi", "iso", "ploop"];
type DiskFormat = (typeof diskFormats)[number];
declare const containerFormats: readonly ["ami", "ari", "aki", "bare", "ovf", "ova", "docker", "compressed"];
type ContainerFormat = (typeof containerFormats)[number];
/**
 * `public`: every project's. `community`: everyone's who knows of it. `shared`: its members'.
 * `private`: the owner's.
 */
declare const imageVisibilities: readonly ["public", "community", "shared", "private"];
type ImageVisibility = (typeof imageVisibilities)[number];
/** What is known of the bytes once all of them were seen. Digests in lower-case hex. */
interface ImageDigests {
    readonly size: number;
    /** MD5: for comparison by old clients only. */
    readonly checksum: string;
    readonly sha256: string;
    readonly osHashAlgo: 'sha512';
    readonly osHashValue: string;
}
/**
 * An upload under way. Its lease is renewed while bytes arrive; when it ends, the upload counts as
 * interrupted.
 */
interface ImageUpload {
    readonly leaseUntil: number;
}
/** One of the places that hold all bytes of an image. */
interface ImagePlace {
    /** Name of the store. */
    readonly store: string;
    /** 0: the bytes that were uploaded; otherwise the number of the copy. */
    readonly serial: number;
}
/** Copies that an import makes in further stores, while it goes on. */
interface ImageCopying {
    readonly taskId: string;
    /** Stores still to be reached; the first one is under way. */
    readonly stores: readonly string[];
    /** Number of the copy that is being written; null between two. */
    readonly serial: number | null;
    /** Copies begun before: what has a higher number was made by this import. */
    readonly since: number;
    /** Stores that were not reached, for what reason. */
    readonly failed: readonly string[];
}
/** Bytes that came and wait to be imported: the image's own, once somebody says so. */
interface StagedBytes {
    readonly digests: ImageDigests;
    /** What they are by their own account. */
    readonly found: readonly FoundContent[];
}
/** What the headers of some bytes say that they are. */
interface FoundContent {
    readonly format: DiskFormat | 'qed' | 'luks' | 'gpt' | 'mbr';
    /** Bytes of the disk that a guest sees; null when the headers do not say. */
    readonly virtualSize: number | null;
    /** Why nobody should open it, such as a backing file; absent when it is harmless. */
    readonly danger?: string;
}
interface Image extends Stored {
    readonly projectId: string;
    /** Empty: it has none. */
    readonly name: string;
    readonly status: ImageStatus;
    readonly visibility: ImageVisibility;
    /** Null: not said yet; said before bytes are taken. */
    readonly diskFormat: DiskFormat | null;
    readonly containerFormat: ContainerFormat | null;
    /** GiB of disk, and MiB of memory, that a server needs to run it. */
    readonly minDiskGb: number;
    readonly minRamMb: number;
    /** Bytes of the disk it unpacks to; null when nobody said. */
    readonly virtualSize: number | null;
    /** Null until active. */
    readonly digests: ImageDigests | null;
    /** True: may not be deleted. */
    readonly protected: boolean;
    /** True: not listed unless asked for. */
    readonly hidden: boolean;
    readonly tags: readonly string[];
    readonly properties: Readonly<Record<string, string>>;
    /**
     * Uploads begun so far. Each has a key of its own in the image store: a late writer cannot touch
     * a newer upload.
     */
    readonly attempt: number;
    readonly upload: ImageUpload | null;
    /**
     * Where the bytes of the present attempt are, the one to read first; absent: in the default
     * store.
     */
    readonly places?: readonly ImagePlace[];
    /** Copies begun so far. Each has a key of its own, as each upload. */
    readonly copied?: number;
    readonly copying?: ImageCopying | null;
    /** Stores that the last import did not reach. */
    readonly failedStores?: readonly string[];
    /** While it is uploading, once all bytes are there, and importing. */
    readonly staged?: StagedBytes | null;
    /** True: the last import failed; its task says why. */
    readonly importFailed?: boolean;
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const imageKind: Kind<Image>;
/** Where the bytes of an image's present attempt are, or are going to be. Never empty. */
declare function imagePlaces({ places, }: Pick<Image, 'places'>): readonly [ImagePlace, ...ImagePlace[]];
/** The key of an image's bytes in one of their places; in the first one when none is named. */
declare function imageDataKey(image: Pick<Image, 'id' | 'attempt' | 'places'>, place?: ImagePlace): string;
/** Every key that is the image's: of all its places, and of a copy that is being written. */
declare function imageDataKeys(image: Image): readonly string[];

/** The image that is being made, and of what. */
interface VolumeUploaded {
    readonly imageId: string;
    readonly imageName: string;
    readonly diskFormat: Image['diskFormat'];
    readonly containerFormat: Image['containerFormat'];
    readonly volume: VolumeView;
}
/**
 * @throws CloudError `conflict` unless the volume is available, or in use and `force` is given;
 *   `invalid` for another format than the volume's bytes have, which is `raw`; `quotaExceeded`;
 *   `forbidden` for a public image by anyone but an operator.
 */
declare const volumeUpload: Operation<{
    id: string;
    imageName: string;
    diskFormat: "ami" | "ari" | "aki" | "vhd" | "vhdx" | "vmdk" | "raw" | "qcow2" | "vdi" | "iso" | "ploop";
    containerFormat: "ami" | "ari" | "aki" | "bare" | "ovf" | "ova" | "docker" | "compressed";
    visibility: "shared" | "public" | "community" | "private";
    protected: boolean;
    force: boolean;
}, VolumeUploaded, {
    id: string;
    imageName: string;
    diskFormat?: "ami" | "ari" | "aki" | "vhd" | "vhdx" | "vmdk" | "raw" | "qcow2" | "vdi" | "iso" | "ploop" | undefined;
    containerFormat?: "ami" | "ari" | "aki" | "bare" | "ovf" | "ova" | "docker" | "compressed" | undefined;
    visibility?: "shared" | "public" | "community" | "private" | undefined;
    protected?: boolean | undefined;
    force?: boolean | undefined;
}>;
/** @throws CloudError `conflict` unless both are usable; `invalid` for a larger image. */
declare const volumeReimage: Operation<{
    id: string;
    imageId: string;
}, VolumeView, {
    id: string;
    imageId: string;
}>;
/** @throws CloudError `notFound` for a key to be removed that is not there. */
declare const volumeImageMetadata: Operation<{
    id: string;
    set: Record<string, string>;
    unset: string[];
}, VolumeView, {
    id: string;
    set?: Record<string, string> | undefined;
    unset?: string[] | undefined;
}>;

/**
 * For clients that connect a volume by themselves and say so afterwards, as before attachments had
 * ids.
 *
 * @throws CloudError `conflict` when the volume cannot be attached now.
 */
declare const attachmentDeclare: Operation<{
    volumeId: string;
    mode: "rw" | "ro";
    instanceId?: string | undefined;
    hostName?: string | undefined;
    device?: string | undefined;
}, AttachmentView, {
    volumeId: string;
    mode?: "rw" | "ro" | undefined;
    instanceId?: string | undefined;
    hostName?: string | undefined;
    device?: string | undefined;
}>;

/**
 * What one consumer takes from one host. The id is the server's; while a resize is open, the side
 * that is not in use has the id `<server>:resize`. Written in the transaction that makes, moves or
 * ends the consumer.
 */
interface Allocation extends Stored {
    readonly hostId: string;
    readonly projectId: string;
    readonly resources: Readonly<Record<string, number>>;
}
declare const allocationKind: Kind<Allocation>;
/** Scope of a host's usage counters: one per resource class, limited by its capacity. */
declare function hostScope(hostId: string): string;

/**
 * One resource class of a host: what it has, what it keeps back, how far it may be overcommitted.
 */
interface Inventory {
    readonly total: number;
    readonly reserved: number;
    /** Capacity = floor((total − reserved) × ratio), as in OpenStack Placement. */
    readonly ratio: number;
}
/** A compute host. */
interface Host extends Stored {
    readonly name: string;
    /** Whole, and its own: the id that older versions of interfaces show. */
    readonly number?: number;
    readonly zone: string;
    readonly aggregateIds: readonly string[];
    readonly traits: readonly string[];
    readonly inventory: Readonly<Record<string, Inventory>>;
    /** Disabled by an operator: keeps its servers, takes no new ones. */
    readonly enabled: boolean;
    readonly disabledReason: string | null;
    /** An operator says that it is off, so that nothing of what it ran runs there: see evacuation. */
    readonly forcedDown?: true;
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const hostKind: Kind<Host>;
/** Capacity per resource class. */
declare function hostCapacity(host: Pick<Host, 'inventory'>): Record<string, number>;

/** What servers can be ordered by; nothing comes first where there is nothing. */
declare const serverSortKeys: readonly ["createdAt", "updatedAt", "launchedAt", "name", "hostname", "description", "vmState", "task", "zone", "hostId", "imageId", "flavorId", "userId", "projectId", "id"];

/**
 * How a batch gets on, each time it has changed, until every member has settled. Woken by
 * doorbells; a lost one costs at most a poll interval.
 *
 * @throws CloudError `notFound`, `aborted`.
 */
declare function watchBatch(kernel: Kernel, actor: Actor, id: string, options?: {
    readonly signal?: AbortSignal;
}): AsyncGenerator<BatchProgress, void, undefined>;

/** How many of the hosts named were not in, or not out, before. */
interface MembershipAnswer {
    readonly changed: number;
}
/** Hosts that are in already stay in: a repeat changes nothing. */
declare const aggregateAddHosts: Operation<{
    id: string;
    hostIds: string[];
}, MembershipAnswer, {
    id: string;
    hostIds: string[];
}>;
/** Hosts that are not in stay out: a repeat changes nothing. */
declare const aggregateRemoveHosts: Operation<{
    id: string;
    hostIds: string[];
}, MembershipAnswer, {
    id: string;
    hostIds: string[];
}>;
/** Members are counters: one statement for the whole set, from which the page is cut. */
declare const aggregateHosts: Operation<{
    id: string;
    limit: number;
    marker?: string | undefined;
}, string[], {
    id: string;
    limit?: number | undefined;
    marker?: string | undefined;
}>;

/**
 * A named set of hosts that share a property. Membership is kept on the hosts, so that a set may be
 * large.
 */
interface Aggregate extends Stored {
    readonly name: string;
    /** Whole, and its own: what Nova's clients call it by. */
    readonly number: number;
    readonly metadata: Readonly<Record<string, string>>;
    readonly createdAt: number;
    readonly updatedAt: number;
}

interface AggregateView extends Aggregate {
    readonly hostCount: number;
}
/** @throws CloudError `conflict` when the name is taken. */
declare const aggregateCreate: Operation<{
    name: string;
    metadata: Record<string, string>;
}, AggregateView, {
    name: string;
    metadata?: Record<string, string> | undefined;
}>;
declare const aggregateGet: Operation<{
    id: string;
}, AggregateView, {
    id: string;
}>;
declare const aggregateList: Operation<{
    limit: number;
    name?: string | undefined;
    number?: number | undefined;
    marker?: string | undefined;
}, AggregateView[], {
    name?: string | undefined;
    number?: number | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** @throws CloudError `conflict` when the name is taken. */
declare const aggregateUpdate: Operation<{
    id: string;
    name: string;
}, Aggregate, {
    id: string;
    name: string;
}>;
/**
 * Placement reads it when a flavor demands `aggregate_instance_extra_specs:key`. Zones are a
 * property of hosts here: the key `availability_zone` has no meaning.
 *
 * @throws CloudError `invalid` with the limit when there would be too many items.
 */
declare const aggregateSetMetadata: Operation<{
    id: string;
    metadata: Record<string, string>;
    remove: string[];
}, Aggregate, {
    id: string;
    metadata?: Record<string, string> | undefined;
    remove?: string[] | undefined;
}>;
/** @throws CloudError `conflict` while it has hosts. */
declare const aggregateDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

/** How many more would fit, and why not one more. */
interface CapacityAnswer {
    /** Servers that would fit now if nothing else were asked for; up to 2,147,483,647. */
    readonly servers: number;
    /**
     * Why a request for one more would be refused; null when more fit than one request may ask for.
     */
    readonly explanation: Explanation | null;
}
/**
 * How many servers of a flavor would fit now, in zones and in a group as a request would name them:
 * hosts only, whatever quotas and addresses say. It tells how full a cloud is, so it is for
 * operators; projects learn from a refusal how many would have fitted.
 *
 * @throws CloudError `notFound` for the flavor or the group.
 */
declare const capacityAsk: Operation<{
    flavorId: string;
    availabilityZones?: string[] | undefined;
    groupId?: string | undefined;
}, CapacityAnswer, {
    flavorId: string;
    availabilityZones?: string[] | undefined;
    groupId?: string | undefined;
}>;

/** One step of a plan. The steps can be taken one by one, in their order. */
interface PlannedMigration {
    readonly serverId: string;
    readonly projectId: string;
    readonly fromHostId: string;
    readonly toHostId: string;
}
/** A server that cannot leave its host as things are. */
interface StuckServer {
    readonly serverId: string;
    readonly projectId: string;
    /** `openResize`: until it is confirmed or reverted, both of its sides stay where they are. */
    readonly reason: 'noRoom' | 'openResize';
    /** For `noRoom`: why no other host takes it, as in the refusal of a request. */
    readonly explanation: Explanation | null;
}

/** Which moves would free which hosts. */
interface DefragmentPlan {
    /** In an order in which they can be carried out one by one. */
    readonly moves: readonly PlannedMigration[];
    /** Hosts that hold nothing when all moves are done. */
    readonly freedHostIds: readonly string[];
}
/**
 * A plan, no more: nothing moves and nothing is reserved. The emptiest hosts are tried, at most
 * four for every move allowed and 1,000 in all, those with the fewest servers first. A host is
 * emptied wholly, onto hosts in use, or left alone; what keeps a server where it is keeps its host.
 * Zones, traits, aggregates and server groups are heeded. The same state gives the same plan.
 */
declare const fleetDefragment: Operation<{
    moves: number;
    hosts?: number | undefined;
}, DefragmentPlan, {
    moves: number;
    hosts?: number | undefined;
}>;

/** What servers may be: immutable but for its description, its extra specs and who may use it. */
interface Flavor extends Stored {
    readonly name: string;
    readonly description: string;
    readonly vcpus: number;
    /** MiB. */
    readonly ramMb: number;
    /** GiB of the root disk; 0: as large as the image. */
    readonly diskGb: number;
    readonly ephemeralGb: number;
    /** MiB. */
    readonly swapMb: number;
    /** False: only the projects of its access list see and use it. */
    readonly isPublic: boolean;
    readonly extraSpecs: Readonly<Record<string, string>>;
    /**
     * Weight of its share of the network, where a driver heeds it (Nova: deprecated); 1 if absent.
     */
    readonly rxtxFactor?: number;
    readonly createdAt: number;
    readonly updatedAt: number;
}
/** A project that may use a flavor that is not public. Its id is made of both. */
interface FlavorAccess extends Stored {
    readonly flavorId: string;
    readonly projectId: string;
}

/** @throws CloudError `conflict` for a public flavor; `quotaExceeded` when the list is full. */
declare const flavorAccessGrant: Operation<{
    flavorId: string;
    projectId: string;
}, FlavorAccess, {
    flavorId: string;
    projectId: string;
}>;
/** @throws CloudError `notFound` when the project had no access. */
declare const flavorAccessRevoke: Operation<{
    flavorId: string;
    projectId: string;
}, void, {
    flavorId: string;
    projectId: string;
}>;
declare const flavorAccessList: Operation<{
    flavorId: string;
}, FlavorAccess[], {
    flavorId: string;
}>;

/**
 * @throws CloudError `conflict` when the id or the name is taken; `invalid` for extra specs without
 *   effect.
 */
declare const flavorCreate: Operation<{
    name: string;
    description: string;
    vcpus: number;
    ramMb: number;
    diskGb: number;
    ephemeralGb: number;
    swapMb: number;
    isPublic: boolean;
    extraSpecs: Record<string, string>;
    id?: string | undefined;
    rxtxFactor?: number | undefined;
}, Flavor, {
    name: string;
    vcpus: number;
    ramMb: number;
    id?: string | undefined;
    description?: string | undefined;
    diskGb?: number | undefined;
    ephemeralGb?: number | undefined;
    swapMb?: number | undefined;
    isPublic?: boolean | undefined;
    rxtxFactor?: number | undefined;
    extraSpecs?: Record<string, string> | undefined;
}>;
declare const flavorGet: Operation<{
    id: string;
}, Flavor, {
    id: string;
}>;
declare const flavorList: Operation<{
    limit: number;
    minRamMb?: number | undefined;
    minDiskGb?: number | undefined;
    isPublic?: boolean | undefined;
    marker?: string | undefined;
}, Flavor[], {
    minRamMb?: number | undefined;
    minDiskGb?: number | undefined;
    isPublic?: boolean | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** Changes the description, sets (a value) or removes (null) extra specs; all else is for good. */
declare const flavorUpdate: Operation<{
    id: string;
    description?: string | undefined;
    extraSpecs?: Record<string, string | null> | undefined;
}, Flavor, {
    id: string;
    description?: string | undefined;
    extraSpecs?: Record<string, string | null> | undefined;
}>;
/** Servers keep what they have: each has a copy of its flavor. */
declare const flavorDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

/** How to empty a host: every server on it is either in `moves` or `stuck`. */
interface HostDrainPlan {
    readonly hostId: string;
    /** In an order in which they can be carried out one by one. */
    readonly moves: readonly PlannedMigration[];
    readonly stuck: readonly StuckServer[];
}
/**
 * A plan, no more: nothing moves, nothing is reserved, and what is placed meanwhile may take the
 * room. Each server goes where its request would be placed now: zones, traits, aggregates, its
 * server group and its policy are heeded; the members of an affinity group move together or not at
 * all. The largest are placed first. The host itself may be enabled or not: disable it so that it
 * takes no new servers. The same state gives the same plan.
 *
 * @throws CloudError `notFound` for the host, `conflict` for one with more than 10,000 servers.
 */
declare const hostDrain: Operation<{
    id: string;
}, HostDrainPlan, {
    id: string;
}>;

/**
 * Changes a host. Traits may change under its servers: they are read when a server is placed. The
 * zone may not, since servers show it and were placed by it; and no capacity may fall below what is
 * used, so that no host is ever over capacity, whatever claims commit meanwhile.
 *
 * @throws CloudError `conflict` when what is used forbids it, `invalid` for a reason without a
 *   disabled host.
 */
declare const hostUpdate: Operation<{
    id: string;
    zone?: string | undefined;
    enabled?: boolean | undefined;
    disabledReason?: string | null | undefined;
    forcedDown?: boolean | undefined;
    inventory?: Record<string, number | {
        total: number;
        reserved: number;
        ratio: number;
    }> | undefined;
    traits?: string[] | undefined;
}, Host, {
    id: string;
    zone?: string | undefined;
    enabled?: boolean | undefined;
    disabledReason?: string | null | undefined;
    forcedDown?: boolean | undefined;
    inventory?: Record<string, number | {
        total: number;
        reserved?: number | undefined;
        ratio?: number | undefined;
    }> | undefined;
    traits?: string[] | undefined;
}>;

/** An availability zone: it exists while a host is in it. */
interface Zone {
    readonly name: string;
    /** True: at least one of its hosts takes servers. */
    readonly available: boolean;
    /** For system scope only. */
    readonly hosts?: number;
    readonly enabledHosts?: number;
}
declare const zoneList: Operation<Record<string, never>, {
    readonly zones: readonly Zone[];
}, Record<string, never>>;

/** One resource class of a host: what there is, what placement may use of it, what is used. */
interface ClassUsage extends Inventory {
    readonly capacity: number;
    readonly used: number;
}
interface HostUsage {
    readonly hostId: string;
    readonly classes: Readonly<Record<string, ClassUsage>>;
}
declare const hostUsage: Operation<{
    id: string;
}, HostUsage, {
    id: string;
}>;
/** Capacity and use of a host, and how many servers hold room there. */
interface HostLoad extends HostUsage {
    readonly servers: number;
}
/** Three statements, whatever the number of hosts; its cost grows with their servers. */
declare const hostLoads: Operation<{
    ids: string[];
}, HostLoad[], {
    ids: string[];
}>;
/** What one server takes of a host. */
interface HostServer {
    /** Of the allocation: the marker of the next page. */
    readonly id: string;
    readonly serverId: string;
    readonly projectId: string;
    readonly resources: Readonly<Record<string, number>>;
    /** True: room kept for the other side of an open resize. */
    readonly resize: boolean;
}
declare const hostServers: Operation<{
    id: string;
    limit: number;
    marker?: string | undefined;
}, HostServer[], {
    id: string;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
interface Capacity extends FleetCapacity {
    readonly zones: readonly Zone[];
}
/** Sums kept by placement and counters: the cost does not grow with hosts. */
declare const capacityGet: Operation<Record<string, never>, Capacity, Record<string, never>>;

/** What creating hosts answers, in the order asked. */
interface HostsCreated {
    readonly hosts: readonly {
        readonly id: string;
        readonly name: string;
    }[];
}
/**
 * Registers up to `limits.bulkIds` hosts in one commit. Their usage counters are made with them, so
 * that a claim on a host that is gone finds none and fails.
 *
 * @throws CloudError `conflict` when a name is taken, `notFound` for an unknown aggregate.
 */
declare const hostCreate: Operation<{
    hosts: {
        name: string;
        zone: string;
        inventory: Record<string, number | {
            total: number;
            reserved: number;
            ratio: number;
        }>;
        traits: string[];
        aggregateIds: string[];
    }[];
}, HostsCreated, {
    hosts: {
        name: string;
        zone: string;
        inventory: Record<string, number | {
            total: number;
            reserved?: number | undefined;
            ratio?: number | undefined;
        }>;
        traits?: string[] | undefined;
        aggregateIds?: string[] | undefined;
    }[];
}>;
declare const hostGet: Operation<{
    ids: string[];
}, Host[], {
    ids: string[];
}>;
declare const hostList: Operation<{
    limit: number;
    zone?: string | undefined;
    name?: string | undefined;
    number?: number | undefined;
    enabled?: boolean | undefined;
    marker?: string | undefined;
}, Host[], {
    zone?: string | undefined;
    name?: string | undefined;
    number?: number | undefined;
    enabled?: boolean | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/**
 * Removes hosts and their counters, all or none.
 *
 * @throws CloudError `conflict` while one of them holds servers.
 */
declare const hostDelete: Operation<{
    ids: string[];
}, {
    count: number;
}, {
    ids: string[];
}>;

/**
 * A user's public SSH key or certificate, put into the servers he creates. The private half never
 * comes here.
 */
interface KeyPair extends Stored {
    readonly userId: string;
    /** The project in which it was imported, and whose quota it counts against. */
    readonly projectId: string;
    /** Unique for the user. */
    readonly name: string;
    /** Absent: a key of SSH; `x509`: a certificate, for guests that know no SSH. */
    readonly type?: 'x509';
    /** The whole line, comment included; of a certificate, its PEM text. */
    readonly publicKey: string;
    /** `SHA256:` and unpadded base64, as OpenSSH prints it. */
    readonly fingerprint: string;
    /** MD5 in hex with colons, as the older form. */
    readonly fingerprintMd5: string;
    readonly createdAt: number;
}

/**
 * Imports a public key or a certificate. Keys belong to the user and count against the project in
 * which they were imported; there is no making of private keys here.
 *
 * @throws CloudError `invalid` for a malformed key; `conflict` when the user has a key of this
 *   name; `quotaExceeded`.
 */
declare const keyPairCreate: Operation<{
    name: string;
    publicKey: string;
    type: "x509" | "ssh";
}, KeyPair, {
    name: string;
    publicKey: string;
    type?: "x509" | "ssh" | undefined;
}>;
declare const keyPairGet: Operation<{
    name: string;
}, KeyPair, {
    name: string;
}>;
declare const keyPairList: Operation<{
    limit: number;
    marker?: string | undefined;
}, KeyPair[], {
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** @throws CloudError `notFound`. */
declare const keyPairDelete: Operation<{
    name: string;
}, void, {
    name: string;
}>;

/** What a bulk action answers: how many servers it began on. */
interface ActionAnswer {
    readonly count: number;
}
declare const serverStart: Operation<{
    ids: string[];
}, ActionAnswer, {
    ids: string[];
}>;
declare const serverStop: Operation<{
    ids: string[];
}, ActionAnswer, {
    ids: string[];
}>;
declare const serverPause: Operation<{
    ids: string[];
}, ActionAnswer, {
    ids: string[];
}>;
declare const serverUnpause: Operation<{
    ids: string[];
}, ActionAnswer, {
    ids: string[];
}>;
declare const serverSuspend: Operation<{
    ids: string[];
}, ActionAnswer, {
    ids: string[];
}>;
declare const serverResume: Operation<{
    ids: string[];
}, ActionAnswer, {
    ids: string[];
}>;
declare const serverReboot: Operation<{
    ids: string[];
}, ActionAnswer, {
    ids: string[];
}>;
declare const serverRebootHard: Operation<{
    ids: string[];
}, ActionAnswer, {
    ids: string[];
}>;
/** Sets servers aside: off, and refusing all but their return. Their room on the host is kept. */
declare const serverShelve: Operation<{
    ids: string[];
}, ActionAnswer, {
    ids: string[];
}>;
declare const serverUnshelve: Operation<{
    ids: string[];
}, ActionAnswer, {
    ids: string[];
}>;

/**
 * Re-creates servers from an image, keeping their id, addresses, host and allocation.
 *
 * @throws CloudError `conflict` for a server that boots from a volume, or is busy.
 */
declare const serverRebuild: Operation<{
    ids: string[];
    imageId: string;
    keyName?: string | null | undefined;
    userData?: string | null | undefined;
    adminPassword?: string | undefined;
    description?: string | null | undefined;
    hostname?: string | undefined;
    accessIPv4?: string | undefined;
    accessIPv6?: string | undefined;
    diskConfig?: "AUTO" | "MANUAL" | undefined;
    name?: string | undefined;
    metadata?: Record<string, string> | undefined;
}, ActionAnswer, {
    ids: string[];
    imageId: string;
    keyName?: string | null | undefined;
    userData?: string | null | undefined;
    adminPassword?: string | undefined;
    description?: string | null | undefined;
    hostname?: string | undefined;
    accessIPv4?: string | undefined;
    accessIPv6?: string | undefined;
    diskConfig?: "AUTO" | "MANUAL" | undefined;
    name?: string | undefined;
    metadata?: Record<string, string> | undefined;
}>;

/**
 * Starts servers from a rescue image, with their own disks untouched, so that what keeps them from
 * starting can be mended. Without an image each starts from the one it was made from.
 *
 * @throws CloudError `conflict` when an image is not active, or a server boots from a volume and no
 *   image is named; `notFound` for the image.
 */
declare const serverRescue: Operation<{
    ids: string[];
    imageId?: string | undefined;
}, ActionAnswer, {
    ids: string[];
    imageId?: string | undefined;
}>;
declare const serverUnrescue: Operation<{
    ids: string[];
}, ActionAnswer, {
    ids: string[];
}>;

/**
 * @throws CloudError `conflict` while it is built: there is no console yet; `unavailable` when its
 *   host does not answer.
 */
declare const serverConsoleOutput: Operation<{
    id: string;
    lines?: number | undefined;
}, {
    readonly output: string;
}, {
    id: string;
    lines?: number | undefined;
}>;

/** The image that is being made: its bytes come later. */
interface ServerImage {
    readonly imageId: string;
}
/**
 * Makes an image of a server's disk: its record at once, its bytes by durable work.
 *
 * @throws CloudError `conflict` in states that forbid it, while another image of it is being made,
 *   and for a server that boots from a volume; `quotaExceeded` for images.
 */
declare const serverCreateImage: Operation<{
    id: string;
    name: string;
    properties: Record<string, string>;
}, ServerImage, {
    id: string;
    name: string;
    properties?: Record<string, string> | undefined;
}>;
/**
 * As `createImage`; and of the backups of this server and type, those beyond the newest are deleted
 * then.
 *
 * @throws CloudError as `createImage`.
 */
declare const serverBackup: Operation<{
    id: string;
    name: string;
    backupType: string;
    rotation: number;
    properties: Record<string, string>;
}, ServerImage, {
    id: string;
    name: string;
    backupType: string;
    rotation: number;
    properties?: Record<string, string> | undefined;
}>;

/**
 * Says that servers are in a state, whatever is under way on them: that is given up. What their
 * hosts run is compared with it afterwards, and mended.
 *
 * @throws CloudError `conflict` for one that was never built, is open between two hosts, or is to
 *   be deleted: nobody can say that it is anything else.
 */
declare const serverResetState: Operation<{
    ids: string[];
    state: "active" | "error";
}, ActionAnswer, {
    ids: string[];
    state: "active" | "error";
}>;

/**
 * Gives a server another port, while it runs.
 *
 * @throws CloudError `conflict` in states that forbid it, and for a port that is in use;
 *   `addressesExhausted`, `quotaExceeded` for ports.
 */
declare const serverAttachInterface: Operation<{
    serverId: string;
    networkId?: string | undefined;
    portId?: string | undefined;
    subnetIds?: string[] | undefined;
    address?: string | undefined;
}, {
    portId: string;
}, {
    serverId: string;
    networkId?: string | undefined;
    portId?: string | undefined;
    subnetIds?: string[] | undefined;
    address?: string | undefined;
}>;
/**
 * Takes a port from a server: one made for it is deleted once the data plane has let it go, one
 * that a user made is free then.
 *
 * @throws CloudError `notFound` unless the server has the port; `conflict` in states that forbid
 *   it.
 */
declare const serverDetachInterface: Operation<{
    serverId: string;
    portId: string;
}, null, {
    serverId: string;
    portId: string;
}>;

/**
 * One request for 1 to 10,000 servers: one decision, one transaction. All members (or at least
 * `minCount`) get host, quota, ports and addresses together, or nothing is written. The servers are
 * then built by durable work.
 *
 * @throws CloudError `quotaExceeded`, `noValidHost`, `addressesExhausted`, each with what would
 *   have fitted.
 */
declare const serverCreate: Operation<{
    metadata: Record<string, string>;
    tags: string[];
    name: string;
    flavorId: string;
    minCount: number;
    networks: {
        networkId?: string | undefined;
        portId?: string | undefined;
        subnetIds?: string[] | undefined;
        address?: string | undefined;
    }[];
    configDrive: boolean;
    availabilityZones?: string[] | undefined;
    groupId?: string | undefined;
    policy?: "pack" | "spread" | "balance" | "best-fit" | "weighed" | undefined;
    description?: string | null | undefined;
    hostname?: string | undefined;
    accessIPv4?: string | undefined;
    accessIPv6?: string | undefined;
    diskConfig?: "AUTO" | "MANUAL" | undefined;
    names?: string[] | undefined;
    imageId?: string | undefined;
    bootVolume?: {
        deleteOnTermination: boolean;
        sizeGb?: number | undefined;
        imageId?: string | undefined;
        snapshotId?: string | undefined;
        sourceVolumeId?: string | undefined;
        volumeId?: string | undefined;
        volumeType?: string | undefined;
    } | undefined;
    maxCount?: number | undefined;
    securityGroupIds?: string[] | undefined;
    keyName?: string | undefined;
    userData?: string | undefined;
    adminPassword?: string | undefined;
}, ServerBatchView, {
    name: string;
    flavorId: string;
    metadata?: Record<string, string> | undefined;
    tags?: string[] | undefined;
    availabilityZones?: string[] | undefined;
    groupId?: string | undefined;
    policy?: "pack" | "spread" | "balance" | "best-fit" | "weighed" | undefined;
    description?: string | null | undefined;
    hostname?: string | undefined;
    accessIPv4?: string | undefined;
    accessIPv6?: string | undefined;
    diskConfig?: "AUTO" | "MANUAL" | undefined;
    names?: string[] | undefined;
    imageId?: string | undefined;
    bootVolume?: {
        sizeGb?: number | undefined;
        imageId?: string | undefined;
        snapshotId?: string | undefined;
        sourceVolumeId?: string | undefined;
        volumeId?: string | undefined;
        volumeType?: string | undefined;
        deleteOnTermination?: boolean | undefined;
    } | undefined;
    minCount?: number | undefined;
    maxCount?: number | undefined;
    networks?: {
        networkId?: string | undefined;
        portId?: string | undefined;
        subnetIds?: string[] | undefined;
        address?: string | undefined;
    }[] | undefined;
    securityGroupIds?: string[] | undefined;
    keyName?: string | undefined;
    userData?: string | undefined;
    configDrive?: boolean | undefined;
    adminPassword?: string | undefined;
}>;

/** Deletes servers: up to 10,000 by id, or all of a batch, in one request. */
declare const serverDelete: Operation<{
    ids: string[];
} | {
    batchId: string;
}, ActionAnswer, {
    ids: string[];
} | {
    batchId: string;
}>;
/** Deletes servers whatever they are doing, also when an earlier deletion is stuck. */
declare const serverForceDelete: Operation<{
    ids: string[];
} | {
    batchId: string;
}, ActionAnswer, {
    ids: string[];
} | {
    batchId: string;
}>;

declare const groupPolicies: readonly ["affinity", "anti-affinity", "soft-affinity", "soft-anti-affinity"];
type GroupPolicy = (typeof groupPolicies)[number];
/**
 * Servers that want to be together, or apart. How many members each host holds is counted in
 * counters.
 */
interface ServerGroup extends Stored {
    readonly projectId: string;
    /** Who made it; absent for groups from before it was kept. */
    readonly userId?: string;
    readonly name: string;
    readonly policy: GroupPolicy;
    /** Anti-affinity only: members that one host may hold. */
    readonly maxServerPerHost: number;
    readonly createdAt: number;
}

/** A group and who is in it. A server whose resize between two hosts is open counts on both. */
interface ServerGroupView extends ServerGroup {
    readonly memberCount: number;
    readonly hostCount: number;
    /** For system scope only. */
    readonly hosts?: GroupRule['members'];
}
/** @throws CloudError `quotaExceeded`. */
declare const serverGroupCreate: Operation<{
    name: string;
    policy: "affinity" | "anti-affinity" | "soft-affinity" | "soft-anti-affinity";
    maxServerPerHost?: number | undefined;
}, ServerGroupView, {
    name: string;
    policy: "affinity" | "anti-affinity" | "soft-affinity" | "soft-anti-affinity";
    maxServerPerHost?: number | undefined;
}>;
declare const serverGroupGet: Operation<{
    id: string;
}, ServerGroupView, {
    id: string;
}>;
declare const serverGroupList: Operation<{
    limit: number;
    projectId?: string | undefined;
    marker?: string | undefined;
}, ServerGroup[], {
    projectId?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const serverGroupMembers: Operation<{
    id: string;
    limit: number;
    marker?: string | undefined;
}, string[], {
    id: string;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** The servers of one group. */
interface GroupMembers {
    readonly id: string;
    readonly serverIds: readonly string[];
}
/** Reads the servers of the groups' projects, a statement a thousand: groups do not list theirs. */
declare const serverGroupMembersOf: Operation<{
    ids: string[];
}, GroupMembers[], {
    ids: string[];
}>;
/** @throws CloudError `conflict` while it has members. */
declare const serverGroupDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

declare const serverUpdate: Operation<{
    id: string;
    description?: string | null | undefined;
    hostname?: string | undefined;
    accessIPv4?: string | undefined;
    accessIPv6?: string | undefined;
    diskConfig?: "AUTO" | "MANUAL" | undefined;
    name?: string | undefined;
}, ServerView, {
    id: string;
    description?: string | null | undefined;
    hostname?: string | undefined;
    accessIPv4?: string | undefined;
    accessIPv6?: string | undefined;
    diskConfig?: "AUTO" | "MANUAL" | undefined;
    name?: string | undefined;
}>;
declare const serverReplaceMetadata: Operation<{
    id: string;
    metadata: Record<string, string>;
}, ServerView, {
    id: string;
    metadata: Record<string, string>;
}>;
/** @throws CloudError `invalid` with the limit when there would be too many items. */
declare const serverMergeMetadata: Operation<{
    id: string;
    metadata: Record<string, string>;
}, ServerView, {
    id: string;
    metadata: Record<string, string>;
}>;
/** @throws CloudError `notFound` when there is no such key. */
declare const serverDeleteMetadata: Operation<{
    id: string;
    key: string;
}, ServerView, {
    id: string;
    key: string;
}>;
declare const serverReplaceTags: Operation<{
    id: string;
    tags: string[];
}, ServerView, {
    id: string;
    tags: string[];
}>;
/**
 * Tags that it has already stay. @throws CloudError `invalid` with the limit when there would be
 * too many.
 */
declare const serverAddTags: Operation<{
    id: string;
    tags: string[];
}, ServerView, {
    id: string;
    tags: string[];
}>;
/** @throws CloudError `notFound` for the first tag that it has not. */
declare const serverRemoveTags: Operation<{
    id: string;
    tags: string[];
}, ServerView, {
    id: string;
    tags: string[];
}>;
declare const serverLock: Operation<{
    id: string;
    reason?: string | undefined;
}, ServerView, {
    id: string;
    reason?: string | undefined;
}>;
declare const serverUnlock: Operation<{
    id: string;
}, ServerView, {
    id: string;
}>;

declare const serverGet: Operation<{
    ids: string[];
}, ServerView[], {
    ids: string[];
}>;
declare const serverList: Operation<{
    reverse: boolean;
    limit: number;
    sort?: {
        key: "id" | "name" | "zone" | "imageId" | "hostId" | "projectId" | "userId" | "createdAt" | "updatedAt" | "description" | "vmState" | "task" | "hostname" | "launchedAt" | "flavorId";
        descending: boolean;
    }[] | undefined;
    batchId?: string | undefined;
    name?: string | undefined;
    namePattern?: string | undefined;
    statuses?: ("ERROR" | "BUILD" | "ACTIVE" | "SHUTOFF" | "PAUSED" | "SUSPENDED" | "RESCUE" | "SHELVED" | "REBOOT" | "HARD_REBOOT" | "REBUILD" | "RESIZE" | "VERIFY_RESIZE" | "REVERT_RESIZE" | "MIGRATING" | "DELETED")[] | undefined;
    imageId?: string | undefined;
    flavorId?: string | undefined;
    zone?: string | undefined;
    userId?: string | undefined;
    hostname?: string | undefined;
    description?: string | undefined;
    locked?: boolean | undefined;
    hostId?: string | undefined;
    addressPattern?: string | undefined;
    changedFrom?: number | undefined;
    changedTo?: number | undefined;
    allTags?: string[] | undefined;
    anyTags?: string[] | undefined;
    notAllTags?: string[] | undefined;
    notAnyTags?: string[] | undefined;
    projectId?: string | undefined;
    marker?: string | undefined;
}, ServerView[], {
    reverse?: boolean | undefined;
    sort?: {
        key: "id" | "name" | "zone" | "imageId" | "hostId" | "projectId" | "userId" | "createdAt" | "updatedAt" | "description" | "vmState" | "task" | "hostname" | "launchedAt" | "flavorId";
        descending: boolean;
    }[] | undefined;
    batchId?: string | undefined;
    name?: string | undefined;
    namePattern?: string | undefined;
    statuses?: ("ERROR" | "BUILD" | "ACTIVE" | "SHUTOFF" | "PAUSED" | "SUSPENDED" | "RESCUE" | "SHELVED" | "REBOOT" | "HARD_REBOOT" | "REBUILD" | "RESIZE" | "VERIFY_RESIZE" | "REVERT_RESIZE" | "MIGRATING" | "DELETED")[] | undefined;
    imageId?: string | undefined;
    flavorId?: string | undefined;
    zone?: string | undefined;
    userId?: string | undefined;
    hostname?: string | undefined;
    description?: string | undefined;
    locked?: boolean | undefined;
    hostId?: string | undefined;
    addressPattern?: string | undefined;
    changedFrom?: number | undefined;
    changedTo?: number | undefined;
    allTags?: string[] | undefined;
    anyTags?: string[] | undefined;
    notAllTags?: string[] | undefined;
    notAnyTags?: string[] | undefined;
    projectId?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const serverGetDetails: Operation<{
    ids: string[];
}, ServerDetails[], {
    ids: string[];
}>;
declare const serverListDetails: Operation<{
    reverse: boolean;
    limit: number;
    sort?: {
        key: "id" | "name" | "zone" | "imageId" | "hostId" | "projectId" | "userId" | "createdAt" | "updatedAt" | "description" | "vmState" | "task" | "hostname" | "launchedAt" | "flavorId";
        descending: boolean;
    }[] | undefined;
    batchId?: string | undefined;
    name?: string | undefined;
    namePattern?: string | undefined;
    statuses?: ("ERROR" | "BUILD" | "ACTIVE" | "SHUTOFF" | "PAUSED" | "SUSPENDED" | "RESCUE" | "SHELVED" | "REBOOT" | "HARD_REBOOT" | "REBUILD" | "RESIZE" | "VERIFY_RESIZE" | "REVERT_RESIZE" | "MIGRATING" | "DELETED")[] | undefined;
    imageId?: string | undefined;
    flavorId?: string | undefined;
    zone?: string | undefined;
    userId?: string | undefined;
    hostname?: string | undefined;
    description?: string | undefined;
    locked?: boolean | undefined;
    hostId?: string | undefined;
    addressPattern?: string | undefined;
    changedFrom?: number | undefined;
    changedTo?: number | undefined;
    allTags?: string[] | undefined;
    anyTags?: string[] | undefined;
    notAllTags?: string[] | undefined;
    notAnyTags?: string[] | undefined;
    projectId?: string | undefined;
    marker?: string | undefined;
}, ServerDetails[], {
    reverse?: boolean | undefined;
    sort?: {
        key: "id" | "name" | "zone" | "imageId" | "hostId" | "projectId" | "userId" | "createdAt" | "updatedAt" | "description" | "vmState" | "task" | "hostname" | "launchedAt" | "flavorId";
        descending: boolean;
    }[] | undefined;
    batchId?: string | undefined;
    name?: string | undefined;
    namePattern?: string | undefined;
    statuses?: ("ERROR" | "BUILD" | "ACTIVE" | "SHUTOFF" | "PAUSED" | "SUSPENDED" | "RESCUE" | "SHELVED" | "REBOOT" | "HARD_REBOOT" | "REBUILD" | "RESIZE" | "VERIFY_RESIZE" | "REVERT_RESIZE" | "MIGRATING" | "DELETED")[] | undefined;
    imageId?: string | undefined;
    flavorId?: string | undefined;
    zone?: string | undefined;
    userId?: string | undefined;
    hostname?: string | undefined;
    description?: string | undefined;
    locked?: boolean | undefined;
    hostId?: string | undefined;
    addressPattern?: string | undefined;
    changedFrom?: number | undefined;
    changedTo?: number | undefined;
    allTags?: string[] | undefined;
    anyTags?: string[] | undefined;
    notAllTags?: string[] | undefined;
    notAnyTags?: string[] | undefined;
    projectId?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const serverCount: Operation<Record<string, never>, {
    count: number;
}, Record<string, never>>;
declare const serverActionList: Operation<{
    id: string;
}, readonly ServerAction[], {
    id: string;
}>;
declare const serverBatchGet: Operation<{
    id: string;
}, ServerBatchView, {
    id: string;
}>;
declare const serverBatchProgress: Operation<{
    id: string;
}, BatchProgress, {
    id: string;
}>;

/**
 * Moves a server, off meanwhile, to another host: what it takes is claimed there beside what it
 * has, which is kept until the move is confirmed or reverted, as that of a resize.
 *
 * @throws CloudError `invalid` when the host named is its own; `notFound` when there is none;
 *   `noValidHost`; `conflict` for a state from which it cannot be moved.
 */
declare const serverMigrate: Operation<{
    id: string;
    hostId?: string | undefined;
}, ActionAnswer, {
    id: string;
    hostId?: string | undefined;
}>;
/**
 * Moves a server that executes to another host, without a stop. What it takes is claimed there at
 * once, and freed where it was as soon as it has come; where it cannot come, it stays where it was.
 *
 * @throws CloudError as `serverMigrate`.
 */
declare const serverLiveMigrate: Operation<{
    id: string;
    hostId?: string | undefined;
}, ActionAnswer, {
    id: string;
    hostId?: string | undefined;
}>;
/**
 * Builds a server anew on another host because its own is off. Its addresses, ports and volumes
 * come along; what was on a disk of its own is lost with the host, as after a rebuild. Should the
 * host come back, what it still has of the server is destroyed: no allocation names it.
 *
 * @throws CloudError `conflict` while its host is not said to be down, or for a state from which it
 *   cannot be built; and as `serverMigrate`.
 */
declare const serverEvacuate: Operation<{
    id: string;
    hostId?: string | undefined;
}, ActionAnswer, {
    id: string;
    hostId?: string | undefined;
}>;

/**
 * Moves a server to another flavor: room for the new one is claimed beside the old, which is kept
 * until the resize is confirmed or reverted.
 */
declare const serverResize: Operation<{
    id: string;
    flavorId: string;
    diskConfig?: "AUTO" | "MANUAL" | undefined;
}, ActionAnswer, {
    id: string;
    flavorId: string;
    diskConfig?: "AUTO" | "MANUAL" | undefined;
}>;
declare const serverConfirmResize: Operation<{
    id: string;
}, ActionAnswer, {
    id: string;
}>;
declare const serverRevertResize: Operation<{
    id: string;
}, ActionAnswer, {
    id: string;
}>;

declare const migrationTypes: readonly ["resize", "migration", "live-migration", "evacuation"];
type MigrationType = (typeof migrationTypes)[number];
/** How migrations end. */
type MigrationOutcome = 'completed' | 'done' | 'confirmed' | 'reverted' | 'error' | 'failed';
/** As Nova's administrators know them. */
declare const migrationStatuses: readonly ["pre-migrating", "migrating", "running", "finished", "confirming", "reverting", "completed", "done", "confirmed", "reverted", "error", "failed"];
type MigrationStatus = (typeof migrationStatuses)[number];
/**
 * That a server was to go from one host to another: written by the commit that begins it, ended by
 * the one that ends it. What is under way meanwhile is in the server's own row.
 */
interface Migration extends Stored {
    /** What clients call it that know no other ids: drawn, from 1 on. */
    readonly number: number;
    readonly type: MigrationType;
    readonly serverId: string;
    readonly projectId: string;
    /** Who asked for it. */
    readonly userId: string;
    /** Hosts by their names at that time: records outlive them. */
    readonly fromHost: string;
    readonly toHost: string;
    readonly fromFlavorId: string;
    readonly toFlavorId: string;
    /** Milliseconds since the epoch; null = it is open. */
    readonly createdAt: number;
    readonly endedAt: number | null;
    readonly outcome: MigrationOutcome | null;
}
declare const migrationKind: Kind<Migration>;

/** A record of a migration, with what has become of it. */
interface MigrationView extends Migration {
    readonly status: MigrationStatus;
    /** Milliseconds since the epoch: its end, or when its server changed last. */
    readonly updatedAt: number;
}
/** Those of all projects, newest first. Filters cost statements by the page they pass over. */
declare const migrationList: Operation<{
    limit: number;
    number?: number | undefined;
    serverId?: string | undefined;
    projectId?: string | undefined;
    userId?: string | undefined;
    type?: "resize" | "migration" | "live-migration" | "evacuation" | undefined;
    status?: "running" | "error" | "failed" | "completed" | "migrating" | "reverting" | "done" | "confirmed" | "reverted" | "pre-migrating" | "finished" | "confirming" | undefined;
    fromHost?: string | undefined;
    host?: string | undefined;
    changedFrom?: number | undefined;
    changedTo?: number | undefined;
    marker?: string | undefined;
}, MigrationView[], {
    number?: number | undefined;
    serverId?: string | undefined;
    projectId?: string | undefined;
    userId?: string | undefined;
    type?: "resize" | "migration" | "live-migration" | "evacuation" | undefined;
    status?: "running" | "error" | "failed" | "completed" | "migrating" | "reverting" | "done" | "confirmed" | "reverted" | "pre-migrating" | "finished" | "confirming" | undefined;
    fromHost?: string | undefined;
    host?: string | undefined;
    changedFrom?: number | undefined;
    changedTo?: number | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;

/** @throws CloudError `conflict` when a server or a volume cannot be attached now. */
declare const serverAttachVolumes: Operation<{
    attachments: {
        serverId: string;
        volumeId: string;
        mode: "rw" | "ro";
        deleteOnTermination: boolean;
        device?: string | undefined;
    }[];
}, {
    readonly attachments: readonly AttachmentView[];
}, {
    attachments: {
        serverId: string;
        volumeId: string;
        device?: string | undefined;
        mode?: "rw" | "ro" | undefined;
        deleteOnTermination?: boolean | undefined;
    }[];
}>;
/** @throws CloudError `notFound` unless the server has the volume; `conflict`: it boots from it. */
declare const serverDetachVolumes: Operation<{
    attachments: {
        serverId: string;
        volumeId: string;
    }[];
}, {
    readonly count: number;
}, {
    attachments: {
        serverId: string;
        volumeId: string;
    }[];
}>;

/**
 * What one commit brought about in one project, or, with none, in the cloud itself. The change feed
 * says when: it lists these rows in the order of the commits.
 */
interface EventRecord extends Stored {
    readonly projectId: string | null;
    readonly at: number;
    /** The call that did it; null when the cloud did it by itself, later or unasked. */
    readonly cause: EventCause | null;
    readonly events: readonly EventGroup[];
}
/** Events of one type in one commit. */
interface EventGroup {
    /** The kind and what became of it: `server.created`, `server.active`, `port.deleted`. */
    readonly type: string;
    readonly ids: readonly string[];
}
interface EventCause {
    readonly operation: string;
    readonly requestId: string;
    readonly userId: string;
}
declare const eventKind: Kind<EventRecord>;

/** Something in the audit log that is not as it was sealed. */
interface ChainFault {
    /** The record or link concerned, as `kind:id`. */
    readonly subject: string;
    readonly message: string;
}
type Verifying = Pick<Kernel, 'store' | 'digest'>;
/** The end of the chain, to be kept where nobody who can write the store can write. */
type ChainHead = Pick<AuditHead, 'number' | 'hash'>;
/**
 * Reads the whole audit log and its chain, and yields what was changed, removed or put in. What is
 * committed meanwhile does no harm. Memory does not grow with the log.
 *
 * @param known an end that the chain had earlier: without it, a log cut off at its end together
 *   with the head, or one sealed anew from some record on, cannot be told.
 * @throws CloudError `aborted` when the signal fires.
 */
declare function verifyChain(kernel: Verifying, options?: {
    readonly known?: ChainHead | undefined;
    readonly signal?: AbortSignal | undefined;
}): AsyncGenerator<ChainFault>;

type AuditRecordView = Omit<AuditRecord, 'rev'>;
/** Who did what: in the caller's project, or, for operators, everywhere. */
declare const auditRecordList: Operation<{
    limit: number;
    projectId?: string | undefined;
    marker?: string | undefined;
}, AuditRecordView[], {
    projectId?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
interface ChainVerdict {
    /** The end of the chain: keep it out of reach of the store, and name it the next time. */
    readonly head: ChainHead;
    /** At most 100; none = the log is what was sealed. */
    readonly faults: readonly ChainFault[];
}
/** Recomputes the chain of the audit log from its first record. */
declare const auditChainVerify: Operation<{
    known?: {
        number: number;
        hash: string;
    } | undefined;
}, ChainVerdict, {
    known?: {
        number: number;
        hash: string;
    } | undefined;
}>;

/** Something that happened to one resource. */
interface EventView {
    /** Its place in the stream: go on `after` it. */
    readonly cursor: string;
    /** The kind and what became of it: `server.created`, `server.active`, `port.deleted`. */
    readonly type: string;
    /** The resource. */
    readonly id: string;
    /** Null: of the cloud itself. */
    readonly projectId: string | null;
    readonly at: number;
    /** The call that did it; null when the cloud did it by itself, later or unasked. */
    readonly operation: string | null;
    readonly requestId: string | null;
    readonly userId: string | null;
}
interface EventPage {
    readonly events: readonly EventView[];
    /** Where to go on, also when there are no events: what was passed over is not read again. */
    readonly cursor: string;
    /** True: there may be more already. */
    readonly more: boolean;
}

/** Where to begin, and when to stop. */
interface FollowOptions {
    /** As of `eventList`: a cursor, `latest`, or from the oldest event that is kept. */
    readonly after?: string;
    readonly signal?: AbortSignal;
}
/**
 * What happens, as it happens, in the order of the commits: each event once. It has no end; break
 * off, or fire the signal. Whoever keeps the cursor of the last event may go on after it, at any
 * process, also after a crash. Woken by doorbells; a lost one costs at most a poll interval.
 *
 * @throws CloudError `aborted` when the signal fires, `closed` with the cloud, `notFound` with
 *   `field` `after` when what follows is forgotten.
 */
declare function followEvents(kernel: Kernel, actor: Actor, options?: FollowOptions): AsyncGenerator<EventView, void, undefined>;

/**
 * One page of what happened: in the caller's project, or, for operators, everywhere. In the order
 * of the commits; whoever goes on after the cursor misses nothing and is told nothing twice. An
 * empty page is not the end: the stream has none.
 *
 * @throws CloudError `notFound` with `field` `after` when what follows the cursor is forgotten; the
 *   oldest cursor that may be used is its `limit`.
 */
declare const eventList: Operation<{
    limit: number;
    after?: string | undefined;
}, EventPage, {
    after?: string | undefined;
    limit?: number | undefined;
}>;

/** A name space of projects and users, and the unit of delegated administration. */
interface Domain extends Stored {
    readonly name: string;
    readonly description: string;
    /** False: nobody may act in its projects, and none of its users may act anywhere. */
    readonly enabled: boolean;
    readonly createdAt: number;
    readonly updatedAt: number;
}
/** Made at bootstrap; projects and users that name no domain belong to it. */
declare const defaultDomainId = "default";

/** Further properties that clients give a resource: kept and shown, never looked at. */
type Extra = Readonly<Record<string, string | number | boolean | null>>;

/** What owns resources, and what quotas limit. */
interface Project extends Stored {
    readonly domainId: string;
    /** Unique in its domain. */
    readonly name: string;
    readonly description: string;
    /** False: nobody may act in it, nor in the projects beneath it. */
    readonly enabled: boolean;
    /** Null: directly in its domain. */
    readonly parentId: string | null;
    /**
     * The projects above it, the root first, its parent last. Set at creation and never changed: a
     * cycle cannot arise, and one read finds every project whose inherited roles count here.
     */
    readonly ancestorIds: readonly string[];
    readonly tags: readonly string[];
    /** What else clients want to keep with it. */
    readonly extra?: Extra;
    readonly createdAt: number;
    readonly updatedAt: number;
}

/** As what a token lets its user act. */
type TokenScope = {
    readonly type: 'unscoped';
} | {
    readonly type: 'project';
    readonly projectId: string;
    /** The project's domain and ancestors: they never change, so one look fetches all. */
    readonly domainId: string;
    readonly ancestorIds: readonly string[];
} | {
    readonly type: 'domain';
    readonly domainId: string;
} | {
    readonly type: 'system';
};
/** How a user proved who he is (Keystone's authentication methods). */
type TokenMethod = 'password' | 'token' | 'application_credential' | 'ec2credential';
/**
 * That somebody has proven who he is, until when, and as what he acts. Holds no rights: those
 * that he has at each use count. Who bears a token knows its secret; the row has only the hash.
 */
interface Token extends Stored {
    /** SHA-256 of the secret, in hex: the secret itself is nowhere. */
    readonly id: string;
    readonly userId: string;
    /** The user's domain: it never changes. */
    readonly userDomainId: string;
    /** The user's `tokenEpoch` when this was issued: another one by now ends the token. */
    readonly epoch: number;
    readonly scope: TokenScope;
    readonly methods: readonly TokenMethod[];
    /** Names that may be shown and logged: its own, and that of the first token of its chain. */
    readonly auditIds: readonly string[];
    readonly issuedAt: number;
    readonly expiresAt: number;
    /** The application credential it was issued for: it lasts and counts only as that does. */
    readonly applicationCredentialId: string | null;
    /** The trust it was issued for: it lasts and counts only as that does. */
    readonly trustId: string | null;
}

/** Someone, or something, that calls. */
interface User extends Stored {
    readonly domainId: string;
    /** Unique in its domain. */
    readonly name: string;
    readonly description: string;
    readonly email: string | null;
    /** False: may not act anywhere. */
    readonly enabled: boolean;
    /** What `PasswordHasher` made; null: no password opens this user. Never leaves the core. */
    readonly passwordHash: string | null;
    /**
     * Grows when every token issued so far must end: with the password, and when the user is
     * disabled. Absent: 0.
     */
    readonly tokenEpoch?: number;
    /** Where he acts when he names no scope; absent or null: nowhere. */
    readonly defaultProjectId?: string | null;
    /** What else clients want to keep with him. */
    readonly extra?: Extra;
    readonly createdAt: number;
    readonly updatedAt: number;
}

/** A role, built-in or not. */
interface RoleRule {
    readonly id: string;
    readonly name: string;
    /** The domain whose role it is; null: of all. */
    readonly domainId: string | null;
    readonly description: string;
    /** Ids of the roles that come with it directly. */
    readonly implies: readonly string[];
}
/** A role by its id, or by the name of one that belongs to no domain. */
type RoleRef = {
    readonly id: string;
} | {
    readonly name: string;
};

/** As what a user wants to act: in one project, on one domain, or (`system`) on everything. */
interface ActorScope {
    readonly userId: string;
    readonly projectId?: string;
    readonly domainId?: string;
    readonly system?: boolean;
}
/**
 * The actor a user is in a scope, with the roles he has there now. Nothing is remembered: a revoked
 * role or a disabled user counts from the next call on.
 *
 * @throws CloudError `invalid` unless one scope is named; `notFound` for the user, and alike for a
 *   scope that does not exist or in which he has no role; `forbidden` when the user, the project or
 *   a domain is disabled.
 */
declare function resolveActor(kernel: Kernel, scope: ActorScope): Promise<Actor>;
/** Somebody as he is now, and where he stands: rows that were read to tell what he may do. */
interface Standing {
    readonly user: User;
    readonly userDomain: Domain;
    /** Where he acts; both null for the system, and for nowhere. */
    readonly domain: Domain | null;
    readonly project: Project | null;
    /** The roles that he has there; none where he acts nowhere. */
    readonly roles: readonly RoleRule[];
    /** Null: he acts nowhere. */
    readonly actor: Actor | null;
}

/** A domain by its id or its name. */
type DomainRef = {
    readonly id: string;
} | {
    readonly name: string;
};
/** A project by its id, or by its name in a domain. */
type ProjectRef = {
    readonly id: string;
} | {
    readonly name: string;
    readonly domain: DomainRef;
};
/** A scope as somebody names it who has not proven anything yet. */
type ScopeRef = {
    readonly project: ProjectRef;
} | {
    readonly domain: DomainRef;
} | {
    readonly system: true;
};
/**
 * The scope that names stand for. To be asked only for somebody who has proven who he is.
 *
 * @throws CloudError `unauthenticated` for names of nothing.
 */
declare function scopeOf(kernel: Kernel, ref: ScopeRef): Promise<Omit<ActorScope, 'userId'>>;

/** A user by his id, or by his name in a domain: the default one unless another is named. */
type UserRef = {
    readonly userId: string;
} | {
    readonly name: string;
    readonly domainId?: string;
    readonly domain?: DomainRef;
};
/**
 * The user with this id, or name in a domain, and password. An unknown name, a wrong password, a
 * disabled user and one who is locked out after too many wrong ones give the same error, and each
 * costs one hash, so that names cannot be probed.
 *
 * @throws CloudError `unauthenticated`.
 */
declare function authenticatePassword(kernel: Kernel, input: UserRef & {
    readonly password: string;
}): Promise<User>;

/** A call that an application credential may be used for. */
interface AccessRule extends Stored {
    readonly userId: string;
    /** The service by its type in the catalogue, e.g. `compute`. */
    readonly service: string;
    /** The HTTP method. */
    readonly method: string;
    /** A path in which `*` or `{name}` stand for a segment, and `**` for any number of them. */
    readonly path: string;
}
/** A rule as a credential holds it, so that checking a token reads no more rows. */
type HeldRule = Pick<AccessRule, 'id' | 'service' | 'method' | 'path'>;
/**
 * Lets a program act as a user in one project, with some of the roles that he has there: those that
 * he has at the time of each use.
 */
interface ApplicationCredential extends Stored {
    readonly userId: string;
    readonly projectId: string;
    /** Unique for the user. */
    readonly name: string;
    readonly description: string;
    /** Ids of the roles that it gives, as far as the user has them. */
    readonly roleIds: readonly string[];
    /** Of the secret: SHA-256 of one made here, what `PasswordHasher` makes of a chosen one. */
    readonly secretHash: string;
    /** Milliseconds since the epoch; null: never. */
    readonly expiresAt: number | null;
    /** True: may make and delete credentials and trusts in its turn. */
    readonly unrestricted: boolean;
    /** The only calls it may be used for; null: all. */
    readonly accessRules: readonly HeldRule[] | null;
    readonly createdAt: number;
}

/**
 * Lets one user (the trustee) act with roles of another (the trustor) in one project: with those
 * that the trustor has there at the time of each use.
 */
interface Trust extends Stored {
    readonly trustorId: string;
    readonly trusteeId: string;
    readonly projectId: string;
    /** Ids of the roles that are lent. */
    readonly roleIds: readonly string[];
    /** True: the trustee acts as the trustor; false: as himself, with the roles of the trustor. */
    readonly impersonation: boolean;
    /** Milliseconds since the epoch; null: never. */
    readonly expiresAt: number | null;
    /** Tokens that may still be issued for it; null: any number. */
    readonly remainingUses: number | null;
    readonly createdAt: number;
}

/** What a token is asked for. */
interface TokenRequest {
    /** The user as he was when he proved who he is. */
    readonly user: User;
    /** Where he wants to act; absent: nowhere, an unscoped token. */
    readonly scope?: Omit<ActorScope, 'userId'>;
    /** How he proved it. */
    readonly methods: readonly TokenMethod[];
    /** The token with which he did so: the new one ends when that does, and belongs to its chain. */
    readonly parent?: Token;
    /** The application credential with which he did so: it says where he acts. */
    readonly credential?: ApplicationCredential;
    /** The trust by which he acts: it says where. */
    readonly trust?: Trust;
}
/** A new token, and the secret that nobody will see again. */
interface IssuedToken extends AuthenticatedToken {
    /** 64 hex digits (256 random bits): what the bearer presents. */
    readonly secret: string;
}
/** What a secret proves: who presents it, as what he acts, with the roles of this moment. */
interface AuthenticatedToken extends Standing {
    readonly token: Token;
    /** The only calls it may be used for; null: all. To be checked by who knows the calls. */
    readonly accessRules: readonly HeldRule[] | null;
}
/**
 * Issues a token to a user who has just proven who he is. It holds no rights of its own: the
 * roles that he has at each use count.
 *
 * @throws CloudError `unauthenticated` alike for a scope that does not exist, is disabled, or in
 *   which the user has no role, and for a user who is disabled.
 */
declare function issueToken(kernel: Kernel, request: TokenRequest): Promise<IssuedToken>;
/**
 * Who presents this secret, and as what he acts now: a revoked token, a removed role, a changed
 * password, anything disabled or deleted counts from the next call on, in every process. What was
 * read before is used again only while the store says that nothing of the kind has been written.
 *
 * @throws CloudError `unauthenticated`, alike whatever the reason.
 */
declare function authenticateToken(kernel: Kernel, secret: string): Promise<AuthenticatedToken>;
/**
 * Ends a token: once this returns, no process accepts it. One that is gone has ended already.
 *
 * @param by who ends it, for the audit log; absent: its bearer.
 */
declare function revokeToken(kernel: Kernel, token: Token, by?: Actor): Promise<void>;

/** Names are unique among domains. @throws CloudError `conflict` when the name is taken. */
declare const domainCreate: Operation<{
    name: string;
    description: string;
    enabled: boolean;
}, Domain, {
    name: string;
    description?: string | undefined;
    enabled?: boolean | undefined;
}>;
declare const domainGet: Operation<{
    id: string;
}, Domain, {
    id: string;
}>;
declare const domainList: Operation<{
    limit: number;
    name?: string | undefined;
    enabled?: boolean | undefined;
    marker?: string | undefined;
}, Domain[], {
    name?: string | undefined;
    enabled?: boolean | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** @throws CloudError `conflict` when the name is taken, or to disable the default domain. */
declare const domainUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    enabled?: boolean | undefined;
}, Domain, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    enabled?: boolean | undefined;
}>;
/**
 * @throws CloudError `conflict` while the domain is enabled, or has projects, users, groups or
 *   roles.
 */
declare const domainDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

/**
 * A project and its quota counters, at the default limits.
 *
 * @throws CloudError `conflict` when the name is taken in the domain or the domain is disabled;
 *   `notFound` for the domain or the parent; `invalid` when the tree would be too deep.
 */
declare const projectCreate: Operation<{
    domainId: string;
    name: string;
    description: string;
    enabled: boolean;
    parentId: string | null;
    tags: string[];
    extra?: Record<string, string | number | boolean | null> | undefined;
}, Project, {
    name: string;
    domainId?: string | undefined;
    description?: string | undefined;
    enabled?: boolean | undefined;
    parentId?: string | null | undefined;
    tags?: string[] | undefined;
    extra?: Record<string, string | number | boolean | null> | undefined;
}>;
/** Concurrent calls with one name make one project, and all return it. */
declare const projectEnsure: Operation<{
    domainId: string;
    name: string;
}, Project, {
    name: string;
    domainId?: string | undefined;
}>;
declare const projectGet: Operation<{
    id: string;
}, Project, {
    id: string;
}>;
declare const projectList: Operation<{
    limit: number;
    domainId?: string | undefined;
    name?: string | undefined;
    parentId?: string | undefined;
    enabled?: boolean | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, Project[], {
    domainId?: string | undefined;
    name?: string | undefined;
    parentId?: string | undefined;
    enabled?: boolean | undefined;
    tag?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/**
 * @throws CloudError `conflict` when the name is taken, or when it would be enabled beneath a
 *   disabled project.
 */
declare const projectUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    enabled?: boolean | undefined;
    tags?: string[] | undefined;
    extra?: Record<string, string | number | boolean | null> | undefined;
}, Project, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    enabled?: boolean | undefined;
    tags?: string[] | undefined;
    extra?: Record<string, string | number | boolean | null> | undefined;
}>;
/**
 * Removes the project, its counters and the role assignments on it.
 *
 * @throws CloudError `conflict` while it has children or owns resources.
 */
declare const projectDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

interface QuotaEntry {
    /** −1: no limit. */
    readonly limit: number;
    readonly used: number;
}
interface QuotaView {
    readonly projectId: string;
    readonly quotas: Readonly<Record<QuotaName, QuotaEntry>>;
}
declare const quotaGet: Operation<{
    projectId?: string | undefined;
}, QuotaView, {
    projectId?: string | undefined;
}>;
/**
 * Changes the limits that are named. A limit below the usage is allowed: it stops growth and takes
 * nothing away.
 *
 * @throws CloudError `notFound` for the project.
 */
declare const quotaSet: Operation<{
    projectId: string;
    limits: Partial<Record<"loadBalancers" | "instances" | "cores" | "ram" | "keyPairs" | "serverGroups" | "images" | "imageBytes" | "containers" | "objects" | "objectBytes" | "shares" | "shareGigabytes" | "shareSnapshots" | "networks" | "subnets" | "ports" | "securityGroups" | "securityGroupRules" | "volumes" | "gigabytes" | "snapshots" | "backups" | "backupGigabytes" | "volumeGroups" | "perVolumeGigabytes" | "routers" | "floatingIps" | "addressGroups" | "subnetPools" | "rbacPolicies" | "qosPolicies" | "stacks" | "softwareConfigs" | "softwareDeployments" | "listeners" | "pools" | "members" | "healthMonitors" | "l7Policies", number>>;
}, QuotaView, {
    projectId: string;
    limits: Partial<Record<"loadBalancers" | "instances" | "cores" | "ram" | "keyPairs" | "serverGroups" | "images" | "imageBytes" | "containers" | "objects" | "objectBytes" | "shares" | "shareGigabytes" | "shareSnapshots" | "networks" | "subnets" | "ports" | "securityGroups" | "securityGroupRules" | "volumes" | "gigabytes" | "snapshots" | "backups" | "backupGigabytes" | "volumeGroups" | "perVolumeGigabytes" | "routers" | "floatingIps" | "addressGroups" | "subnetPools" | "rbacPolicies" | "qosPolicies" | "stacks" | "softwareConfigs" | "softwareDeployments" | "listeners" | "pools" | "members" | "healthMonitors" | "l7Policies", number>>;
}>;
declare const quotaDefaults: Operation<Record<string, never>, Readonly<Record<"loadBalancers" | "instances" | "cores" | "ram" | "keyPairs" | "serverGroups" | "images" | "imageBytes" | "containers" | "objects" | "objectBytes" | "shares" | "shareGigabytes" | "shareSnapshots" | "networks" | "subnets" | "ports" | "securityGroups" | "securityGroupRules" | "volumes" | "gigabytes" | "snapshots" | "backups" | "backupGigabytes" | "volumeGroups" | "perVolumeGigabytes" | "routers" | "floatingIps" | "addressGroups" | "subnetPools" | "rbacPolicies" | "qosPolicies" | "stacks" | "softwareConfigs" | "softwareDeployments" | "listeners" | "pools" | "members" | "healthMonitors" | "l7Policies", number>>, Record<string, never>>;
interface ProjectQuota extends QuotaView {
    /** The project's: where the next page begins. */
    readonly id: string;
}
/** In two statements, whatever the number of projects. */
declare const quotaList: Operation<{
    limit: number;
    marker?: string | undefined;
}, ProjectQuota[], {
    limit?: number | undefined;
    marker?: string | undefined;
}>;

/** The region of the cloud itself. */
declare const builtInRegionId = "RegionOne";
declare const catalogInterfaces: readonly ["public", "internal", "admin"];
/** A part of the world. */
interface CatalogRegion {
    readonly id: string;
    readonly description: string;
    readonly parentId: string | null;
}
/** Something that is offered beside what the cloud itself offers. */
interface CatalogService {
    readonly id: string;
    readonly type: string;
    readonly name: string;
    readonly description: string;
    readonly enabled: boolean;
}
/** Where a service is reached. */
interface CatalogEndpoint {
    readonly id: string;
    readonly serviceId: string;
    readonly interface: (typeof catalogInterfaces)[number];
    readonly regionId: string | null;
    readonly name: string;
    /** It may name the project: `$(project_id)s`. */
    readonly url: string;
    readonly enabled: boolean;
}
/**
 * What operators add to the catalogue: what the cloud itself offers is not written down. There is
 * little of it, it changes seldom, and it is read whole with every token: so it is one row, and
 * what refers to what in it is right whenever it is written.
 */
interface Catalog extends Stored {
    readonly regions: readonly CatalogRegion[];
    readonly services: readonly CatalogService[];
    readonly endpoints: readonly CatalogEndpoint[];
    readonly updatedAt: number;
}

type Parts = Pick<Catalog, 'regions' | 'services' | 'endpoints'>;
/** What operators have added to the catalogue: one read. */
declare function readCatalog(kernel: Kernel): Promise<Parts>;
declare const catalogGet: Operation<Record<string, never>, Parts, Record<string, never>>;

/** @throws CloudError `conflict` when there is one of this id; `invalid` for an unknown parent. */
declare const regionCreate: Operation<{
    description: string;
    parentId: string | null;
    id?: string | undefined;
}, CatalogRegion, {
    id?: string | undefined;
    description?: string | undefined;
    parentId?: string | null | undefined;
}>;
/** @throws CloudError `invalid` for a parent that is unknown, or lies within. */
declare const regionUpdate: Operation<{
    id: string;
    description?: string | undefined;
    parentId?: string | null | undefined;
}, CatalogRegion, {
    id: string;
    description?: string | undefined;
    parentId?: string | null | undefined;
}>;
/** @throws CloudError `forbidden` while regions or endpoints are in it. */
declare const regionDelete: Operation<{
    id: string;
}, null, {
    id: string;
}>;

declare const catalogServiceCreate: Operation<{
    name: string;
    description: string;
    enabled: boolean;
    type: string;
}, CatalogService, {
    type: string;
    name?: string | undefined;
    description?: string | undefined;
    enabled?: boolean | undefined;
}>;
declare const catalogServiceUpdate: Operation<{
    id: string;
    type?: string | undefined;
    name?: string | undefined;
    description?: string | undefined;
    enabled?: boolean | undefined;
}, CatalogService, {
    id: string;
    type?: string | undefined;
    name?: string | undefined;
    description?: string | undefined;
    enabled?: boolean | undefined;
}>;
declare const catalogServiceDelete: Operation<{
    id: string;
}, null, {
    id: string;
}>;

/** @throws CloudError `invalid` when there is no such service or region. */
declare const catalogEndpointCreate: Operation<{
    regionId: string | null;
    name: string;
    enabled: boolean;
    serviceId: string;
    interface: "internal" | "admin" | "public";
    url: string;
}, CatalogEndpoint, {
    serviceId: string;
    interface: "internal" | "admin" | "public";
    url: string;
    regionId?: string | null | undefined;
    name?: string | undefined;
    enabled?: boolean | undefined;
}>;
/** @throws CloudError `invalid` when there is no such service or region. */
declare const catalogEndpointUpdate: Operation<{
    id: string;
    serviceId?: string | undefined;
    interface?: "internal" | "admin" | "public" | undefined;
    regionId?: string | null | undefined;
    name?: string | undefined;
    url?: string | undefined;
    enabled?: boolean | undefined;
}, CatalogEndpoint, {
    id: string;
    serviceId?: string | undefined;
    interface?: "internal" | "admin" | "public" | undefined;
    regionId?: string | null | undefined;
    name?: string | undefined;
    url?: string | undefined;
    enabled?: boolean | undefined;
}>;
declare const catalogEndpointDelete: Operation<{
    id: string;
}, null, {
    id: string;
}>;

type TargetType = 'project' | 'domain' | 'system';
/**
 * One role of one user, or of all users of one group, on one target. Its id is made of these, so
 * that the store refuses a second one.
 */
interface RoleAssignment extends Stored {
    /** Null: of a group. */
    readonly userId: string | null;
    /** Absent or null: of a user. */
    readonly groupId?: string | null;
    /** The id of the role; of a built-in one, its name. */
    readonly role: string;
    readonly targetType: TargetType;
    /** `system` for the system. */
    readonly targetId: string;
    /**
     * True: counts in the projects beneath the target instead of on the target itself (Keystone's
     * inherited assignments). Never for the system.
     */
    readonly inherited: boolean;
    readonly createdAt: number;
}

/**
 * Gives a role; giving it again changes nothing. Nobody gives more than he has, and only operators
 * give `admin`: an operator acts anywhere; a manager of a domain, on it and on its projects; a
 * manager of a project, on that project; the latter two with users and groups of the domain.
 *
 * @throws CloudError `forbidden` for a role beyond the caller's own; `notFound` for the user, the
 *   group, the role or the target; `quotaExceeded` when the user has too many roles.
 */
declare const roleAssign: Operation<{
    inherited: boolean;
    role: string;
    projectId?: string | undefined;
    domainId?: string | undefined;
    system?: true | undefined;
    userId?: string | undefined;
    groupId?: string | undefined;
}, RoleAssignment, {
    role: string;
    inherited?: boolean | undefined;
    projectId?: string | undefined;
    domainId?: string | undefined;
    system?: true | undefined;
    userId?: string | undefined;
    groupId?: string | undefined;
}>;
/** @throws CloudError `notFound` when there is no such assignment. */
declare const roleUnassign: Operation<{
    inherited: boolean;
    role: string;
    projectId?: string | undefined;
    domainId?: string | undefined;
    system?: true | undefined;
    userId?: string | undefined;
    groupId?: string | undefined;
}, void, {
    role: string;
    inherited?: boolean | undefined;
    projectId?: string | undefined;
    domainId?: string | undefined;
    system?: true | undefined;
    userId?: string | undefined;
    groupId?: string | undefined;
}>;
/**
 * By user, by group, by target, or (operators) all. An actor of a project sees those on it, and his
 * own.
 */
declare const roleAssignmentList: Operation<{
    limit: number;
    projectId?: string | undefined;
    domainId?: string | undefined;
    system?: true | undefined;
    userId?: string | undefined;
    groupId?: string | undefined;
    marker?: string | undefined;
}, readonly RoleAssignment[], {
    projectId?: string | undefined;
    domainId?: string | undefined;
    system?: true | undefined;
    userId?: string | undefined;
    groupId?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;

/** All roles: those built in first, then by name. There are never more than fit one answer. */
declare const roleList: Operation<{
    domainId?: string | undefined;
    name?: string | undefined;
}, readonly RoleRule[], {
    domainId?: string | undefined;
    name?: string | undefined;
}>;
declare const roleGet: Operation<{
    id: string;
}, RoleRule, {
    id: string;
}>;
/**
 * A role of one's own: it says something to those who look for it, and gives what it implies.
 *
 * @throws CloudError `conflict` when the name is taken, also by a built-in role; `quotaExceeded`
 *   when there are too many.
 */
declare const roleCreate: Operation<{
    name: string;
    description: string;
    domainId?: string | undefined;
}, RoleRule, {
    name: string;
    domainId?: string | undefined;
    description?: string | undefined;
}>;
/** @throws CloudError `forbidden` for a built-in role; `conflict` when the name is taken. */
declare const roleUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
}, RoleRule, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
}>;
/** Takes it from everybody. @throws CloudError `forbidden` for a built-in role. */
declare const roleDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;
/**
 * Whoever has the one role has the other as well, from now on. Saying so again changes nothing.
 *
 * @throws CloudError `forbidden` when it would give `admin`, or a role of a domain with one of all.
 */
declare const roleImply: Operation<{
    id: string;
    impliedId: string;
}, RoleRule, {
    id: string;
    impliedId: string;
}>;
/** @throws CloudError `notFound` when there is no such rule; `forbidden` for one built in. */
declare const roleUnimply: Operation<{
    id: string;
    impliedId: string;
}, void, {
    id: string;
    impliedId: string;
}>;

/** Users of whom roles may be given at once. */
interface Group extends Stored {
    readonly domainId: string;
    /** Unique in its domain. */
    readonly name: string;
    readonly description: string;
    readonly createdAt: number;
    readonly updatedAt: number;
}
/** That a user is in a group. Its id is made of both, so that the store refuses a second one. */
interface Membership extends Stored {
    readonly groupId: string;
    readonly userId: string;
    readonly createdAt: number;
}

/** @throws CloudError `conflict` when the name is taken in the domain or the domain is disabled. */
declare const groupCreate: Operation<{
    domainId: string;
    name: string;
    description: string;
}, Group, {
    name: string;
    domainId?: string | undefined;
    description?: string | undefined;
}>;
declare const groupGet: Operation<{
    id: string;
}, Group, {
    id: string;
}>;
declare const groupList: Operation<{
    limit: number;
    domainId?: string | undefined;
    name?: string | undefined;
    marker?: string | undefined;
}, Group[], {
    domainId?: string | undefined;
    name?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** @throws CloudError `conflict` when the name is taken. */
declare const groupUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
}, Group, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
}>;
/** Its members lose what roles they had by it. */
declare const groupDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

/** A user as shown: whether there is a password, never its hash. */
interface UserView extends Omit<User, 'passwordHash' | 'tokenEpoch'> {
    readonly hasPassword: boolean;
}
/** @throws CloudError `conflict` when the name is taken in the domain or the domain is disabled. */
declare const userCreate: Operation<{
    domainId: string;
    name: string;
    description: string;
    email: string | null;
    enabled: boolean;
    password?: string | undefined;
    defaultProjectId?: string | null | undefined;
    extra?: Record<string, string | number | boolean | null> | undefined;
}, UserView, {
    name: string;
    domainId?: string | undefined;
    description?: string | undefined;
    email?: string | null | undefined;
    enabled?: boolean | undefined;
    password?: string | undefined;
    defaultProjectId?: string | null | undefined;
    extra?: Record<string, string | number | boolean | null> | undefined;
}>;
declare const userGet: Operation<{
    id: string;
}, UserView, {
    id: string;
}>;
declare const userList: Operation<{
    limit: number;
    domainId?: string | undefined;
    name?: string | undefined;
    enabled?: boolean | undefined;
    marker?: string | undefined;
}, UserView[], {
    domainId?: string | undefined;
    name?: string | undefined;
    enabled?: boolean | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/**
 * @throws CloudError `conflict` when the name is taken; `forbidden` for a user with rights beyond
 *   the actor's own.
 */
declare const userUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    email?: string | null | undefined;
    enabled?: boolean | undefined;
    defaultProjectId?: string | null | undefined;
    extra?: Record<string, string | number | boolean | null> | undefined;
}, UserView, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    email?: string | null | undefined;
    enabled?: boolean | undefined;
    defaultProjectId?: string | null | undefined;
    extra?: Record<string, string | number | boolean | null> | undefined;
}>;
/**
 * Sets a password (null removes it), which ends the user's tokens. Managers set any; a user his
 * own, proving the old one if there is one.
 *
 * @throws CloudError `forbidden` when the old password is wrong or missing, or the user's rights
 *   exceed the actor's.
 */
declare const userSetPassword: Operation<{
    id: string;
    password: string | null;
    original?: string | undefined;
}, void, {
    id: string;
    password: string | null;
    original?: string | undefined;
}>;
/** Removes the user, his role assignments and his key pairs. */
declare const userDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

/**
 * Adds a user to a group; doing it again changes nothing.
 *
 * @throws CloudError `forbidden` when the group has roles beyond those of the caller.
 */
declare const groupAddUser: Operation<{
    groupId: string;
    userId: string;
}, Membership, {
    groupId: string;
    userId: string;
}>;
/** @throws CloudError `notFound` when he is not in it. */
declare const groupRemoveUser: Operation<{
    groupId: string;
    userId: string;
}, void, {
    groupId: string;
    userId: string;
}>;
/** @throws CloudError `notFound` when he is not in it. */
declare const groupCheckUser: Operation<{
    groupId: string;
    userId: string;
}, Membership, {
    groupId: string;
    userId: string;
}>;
declare const groupListUsers: Operation<{
    groupId: string;
    limit: number;
    marker?: string | undefined;
}, UserView[], {
    groupId: string;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** For an actor of a project, his own. A user is in no more groups than fit one answer. */
declare const userListGroups: Operation<{
    userId: string;
}, Group[], {
    userId: string;
}>;

/** A credential as shown: never with its secret. */
type ApplicationCredentialView = Omit<ApplicationCredential, 'secretHash' | 'roleIds'> & {
    readonly roles: readonly Pick<RoleRule, 'id' | 'name' | 'domainId'>[];
};
/** What its creation answers: the secret, this once. */
type NewApplicationCredential = ApplicationCredentialView & {
    readonly secret: string;
};
/**
 * Made by a user for himself, in the project he acts in, with roles that he has there.
 *
 * @throws CloudError `forbidden` for a role that he has not, and for somebody who acts by what was
 *   lent to him; `conflict` when he has one of this name; `invalid` for a time that is past.
 */
declare const applicationCredentialCreate: Operation<{
    name: string;
    description: string;
    expiresAt: number | null;
    unrestricted: boolean;
    secret?: string | undefined;
    roles?: ({
        id: string;
    } | {
        name: string;
    })[] | undefined;
    accessRules?: ({
        service: string;
        method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "PATCH" | "COPY";
        path: string;
    } | {
        id: string;
    })[] | undefined;
}, NewApplicationCredential, {
    name: string;
    description?: string | undefined;
    secret?: string | undefined;
    roles?: ({
        id: string;
    } | {
        name: string;
    })[] | undefined;
    expiresAt?: number | null | undefined;
    unrestricted?: boolean | undefined;
    accessRules?: ({
        service: string;
        method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "PATCH" | "COPY";
        path: string;
    } | {
        id: string;
    })[] | undefined;
}>;
/** @throws CloudError `notFound`. */
declare const applicationCredentialGet: Operation<{
    id: string;
}, ApplicationCredentialView, {
    id: string;
}>;
declare const applicationCredentialList: Operation<{
    limit: number;
    userId?: string | undefined;
    name?: string | undefined;
    marker?: string | undefined;
}, readonly ApplicationCredentialView[], {
    userId?: string | undefined;
    name?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** What was issued for it counts no more at once. @throws CloudError `notFound`. */
declare const applicationCredentialDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

declare const accessRuleList: Operation<{
    limit: number;
    userId?: string | undefined;
    marker?: string | undefined;
}, AccessRule[], {
    userId?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const accessRuleGet: Operation<{
    id: string;
}, AccessRule, {
    id: string;
}>;
/** @throws CloudError `forbidden` while an application credential has it. */
declare const accessRuleDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;
/** A call as access rules speak of it. */
interface AccessedCall {
    /** The service by its type in the catalogue. */
    readonly service: string;
    readonly method: string;
    /** Beneath the service's place, its version included. */
    readonly path: string;
}
/** True if one of the rules is of this call; a rule for `GET` is one for `HEAD` as well. */
declare function isAccessAllowed(rules: readonly HeldRule[], call: AccessedCall): boolean;

/**
 * Something of a user that other services verify by, such as the key of requests to S3. The secret
 * is kept as it is: signatures cannot be verified without it.
 */
interface Credential extends Stored {
    readonly userId: string;
    readonly projectId: string | null;
    /** `ec2`, `cert`, `totp` or any other. */
    readonly type: string;
    /** What it consists of; JSON for `ec2`: never shown to others than its user and operators. */
    readonly blob: string;
    /** The access key, for `ec2`: unique. Null for others. */
    readonly access: string | null;
    readonly createdAt: number;
}

/**
 * Keeps something for a user: his own, to all but administrators.
 *
 * @throws CloudError `invalid` for `ec2` without a project, an access key and a secret; `conflict`
 *   when the access key is taken; `notFound` for the user or the project.
 */
declare const credentialCreate: Operation<{
    projectId: string | null;
    type: string;
    blob: string;
    userId?: string | undefined;
}, Credential, {
    type: string;
    blob: string;
    projectId?: string | null | undefined;
    userId?: string | undefined;
}>;
/** An access key and its secret, both made here. */
declare const accessKeyCreate: Operation<{
    projectId: string;
    userId?: string | undefined;
}, Credential, {
    projectId: string;
    userId?: string | undefined;
}>;
declare const credentialGet: Operation<{
    id?: string | undefined;
    access?: string | undefined;
}, Credential, {
    id?: string | undefined;
    access?: string | undefined;
}>;
declare const credentialList: Operation<{
    limit: number;
    userId?: string | undefined;
    type?: string | undefined;
    marker?: string | undefined;
}, Credential[], {
    userId?: string | undefined;
    type?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** @throws CloudError as its creation. */
declare const credentialUpdate: Operation<{
    id: string;
    type?: string | undefined;
    blob?: string | undefined;
    projectId?: string | null | undefined;
}, Credential, {
    id: string;
    type?: string | undefined;
    blob?: string | undefined;
    projectId?: string | null | undefined;
}>;
declare const credentialDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;
/** Who signs with an access key, and as what he acts. */
interface SignedBy extends Standing {
    readonly access: string;
}
/**
 * The actor behind an access key, once a signature made with its secret was verified. Nothing is
 * remembered: a deleted key, a removed role, anything disabled counts from the next call on.
 *
 * @param isSigned verifies with the secret, in constant time; called with one that fits nothing
 *   when the key does not exist, so that keys cannot be probed.
 * @throws CloudError `unauthenticated`, alike whatever the reason.
 */
declare function authenticateAccessKey(kernel: Kernel, access: string, isSigned: (secret: string) => boolean): Promise<SignedBy>;

/** A trust as shown. */
type TrustView = Omit<Trust, 'roleIds'> & {
    readonly roles: readonly Pick<RoleRule, 'id' | 'name'>[];
};
/**
 * Lends roles that one has in the own project to somebody.
 *
 * @throws CloudError `forbidden` for a role that one has not, and for somebody who acts by what was
 *   lent to him; `notFound` for the trustee; `invalid` for a time that is past.
 */
declare const trustCreate: Operation<{
    trusteeId: string;
    roles: ({
        id: string;
    } | {
        name: string;
    })[];
    impersonation: boolean;
    expiresAt: number | null;
    remainingUses: number | null;
}, TrustView, {
    trusteeId: string;
    roles: ({
        id: string;
    } | {
        name: string;
    })[];
    impersonation: boolean;
    expiresAt?: number | null | undefined;
    remainingUses?: number | null | undefined;
}>;
declare const trustGet: Operation<{
    id: string;
}, TrustView, {
    id: string;
}>;
declare const trustList: Operation<{
    limit: number;
    trustorId?: string | undefined;
    trusteeId?: string | undefined;
    marker?: string | undefined;
}, readonly TrustView[], {
    trustorId?: string | undefined;
    trusteeId?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/**
 * What was issued for it counts no more at once.
 *
 * @throws CloudError `forbidden` for the trustee; `notFound`.
 */
declare const trustDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

/** An application credential as somebody names it: by its id, or by its name and its user. */
type ApplicationCredentialRef = {
    readonly id: string;
} | {
    readonly name: string;
    readonly user: UserRef;
};
/** The user and the credential whose secret was presented. */
interface ProvenCredential {
    readonly user: User;
    readonly credential: ApplicationCredential;
}
/**
 * The user whose application credential this is.
 *
 * @throws CloudError `unauthenticated`, alike for an unknown one, a wrong secret and one whose time
 *   is over.
 */
declare function authenticateApplicationCredential(kernel: Kernel, ref: ApplicationCredentialRef, secret: string): Promise<ProvenCredential>;
/**
 * The trust for which its trustee wants a token, with one use less from now on.
 *
 * @throws CloudError `forbidden` for anybody but the trustee, alike whether there is such a trust.
 */
declare function useTrust(kernel: Kernel, id: string, trustee: User): Promise<Trust>;

/** A role that somebody has somewhere, however he comes by it. */
interface EffectiveRole {
    readonly userId: string;
    readonly role: string;
    readonly targetType: TargetType;
    readonly targetId: string;
    /** What gives it: a group, an assignment above, a role that implies it. */
    readonly from: Pick<RoleAssignment, 'id' | 'groupId' | 'inherited' | 'targetType' | 'targetId'>;
}
/**
 * What users may do in the end: memberships, inheritance and implied roles worked out.
 *
 * @throws CloudError `tooLarge` when it is more than one answer holds: name a user or a target.
 */
declare const roleListEffective: Operation<{
    userId?: string | undefined;
    projectId?: string | undefined;
    domainId?: string | undefined;
    system?: true | undefined;
}, readonly EffectiveRole[], {
    userId?: string | undefined;
    projectId?: string | undefined;
    domainId?: string | undefined;
    system?: true | undefined;
}>;
/** Where somebody may act. */
interface UserPlaces {
    readonly projects: readonly Project[];
    readonly domains: readonly Domain[];
    readonly system: boolean;
}
/** Where a user may act now: enabled projects and domains in which he has a role. */
declare function placesOf(kernel: Kernel, userId: string): Promise<UserPlaces>;
/** For an actor of a project, his own. */
declare const userListProjects: Operation<{
    userId: string;
}, readonly Project[], {
    userId: string;
}>;

/** An image as shown. Digests and size are null until it is active. */
interface ImageView extends Omit<Image, 'digests' | 'attempt' | 'upload' | 'staged' | 'places' | 'copied' | 'copying' | 'failedStores'> {
    /** Stores that have its bytes; none until it is active. */
    readonly stores: readonly string[];
    /** Stores that an import brings them to yet, and that the last one did not reach. */
    readonly storesToCome: readonly string[];
    readonly storesFailed: readonly string[];
    readonly size: number | null;
    readonly checksum: string | null;
    readonly sha256: string | null;
    readonly osHashAlgo: ImageDigests['osHashAlgo'] | null;
    readonly osHashValue: string | null;
}

declare const downloadInput$1: z.ZodObject<{
    id: z.ZodString;
    start: z.ZodOptional<z.ZodInt>;
    end: z.ZodOptional<z.ZodInt>;
}, z.core.$strict>;
type ImageDownloadInput = z.input<typeof downloadInput$1>;
interface ImageDownload {
    readonly image: ImageView;
    readonly start: number;
    /** Exclusive. */
    readonly end: number;
    /** Throws `checksumMismatch` at its end when the bytes are not those uploaded. Read it once. */
    readonly bytes: AsyncIterable<Uint8Array>;
}
/**
 * The bytes of an active image, or a range of them, verified as they pass: see `readImageBytes`.
 *
 * @throws CloudError `notFound`, `conflict` when it has no bytes, `forbidden` when deactivated
 *   (operators may still read), `invalid` for a range outside.
 */
declare function downloadImage(kernel: Kernel, actor: Actor, input: ImageDownloadInput, options?: Pick<CallOptions, 'signal' | 'requestId'>): Promise<ImageDownload>;

/**
 * Takes the copy out of the record, then removes its bytes; what is left by a crash between the two
 * is an orphan, which `reconcileImageBytes` removes.
 *
 * @throws CloudError `conflict` (field `id`) unless the image is active, (field `protected`) for a
 *   protected one, and (field `last`) for its last store; `notFound` (field `store`) when it is not
 *   there.
 */
declare const imageStoreDelete: Operation<{
    id: string;
    store: string;
}, ImageView, {
    id: string;
    store: string;
}>;

/** The stores that this cloud keeps images in; the first one takes what names none. */
declare function imageStores({ images }: Pick<Kernel, 'images'>): readonly ImageStoreInfo[];

/** What the caller of an upload says of the bytes to come. */
declare const uploadInput: z.ZodObject<{
    id: z.ZodString;
    size: z.ZodOptional<z.ZodInt>;
    store: z.ZodOptional<z.ZodString>;
    checksum: z.ZodOptional<z.ZodDiscriminatedUnion<[z.ZodObject<{
        algorithm: z.ZodLiteral<"md5">;
        value: z.ZodString;
    }, z.core.$strict>, z.ZodObject<{
        algorithm: z.ZodLiteral<"sha256">;
        value: z.ZodString;
    }, z.core.$strict>, z.ZodObject<{
        algorithm: z.ZodLiteral<"sha512">;
        value: z.ZodString;
    }, z.core.$strict>], "algorithm">>;
}, z.core.$strict>;
type ImageUploadInput = z.input<typeof uploadInput>;

/**
 * Stores the bytes of a queued image, hashing them as they pass, and makes it active. Nothing is
 * held in memory but the chunk at hand. An upload that fails leaves no bytes and the image queued;
 * one that is cut off by a crash is cleared by `reconcileImageBytes`.
 *
 * @param data chunks of any size, each taken before the next is asked for.
 * @throws CloudError `conflict` when the image is not queued (another upload won, or it was deleted
 *   meanwhile); `quotaExceeded` for `imageBytes`; `tooLarge` and `invalid` (field `size`) for more
 *   and fewer bytes than declared; `invalid` (field `data`) for what is no async iterable of
 *   chunks, (field `store`) for a store that there is not, and (field `diskFormat`) for bytes of
 *   another format, or that reach for other files; `checksumMismatch`; `aborted` when the signal
 *   fires.
 */
declare function uploadImage(kernel: Kernel, actor: Actor, input: ImageUploadInput, data: AsyncIterable<Uint8Array>, options?: Pick<CallOptions, 'signal' | 'requestId'>): Promise<ImageView>;
/**
 * As `uploadImage`, but the image is `uploading` afterwards: an import says that these are its
 * bytes, and only then are they held against its formats. They count against the quota meanwhile.
 */
declare function stageImage(kernel: Kernel, actor: Actor, input: ImageUploadInput, data: AsyncIterable<Uint8Array>, options?: Pick<CallOptions, 'signal' | 'requestId'>): Promise<ImageView>;

/**
 * Marks the image as wanted gone, with its members removed and its quota given back, in one commit;
 * then removes the bytes, then the record. What fails or crashes after the mark is finished by
 * `reconcileImageBytes`.
 *
 * @throws CloudError `conflict` for a protected image.
 */
declare const imageDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

/**
 * A record without bytes, in status `queued`: upload them next.
 *
 * @throws CloudError `forbidden` for a public image by anyone but an operator, and for a property
 *   that is protected from the caller; `quotaExceeded`.
 */
declare const imageCreate: Operation<{
    name: string;
    visibility: "shared" | "public" | "community" | "private";
    diskFormat: "ami" | "ari" | "aki" | "vhd" | "vhdx" | "vmdk" | "raw" | "qcow2" | "vdi" | "iso" | "ploop" | null;
    containerFormat: "ami" | "ari" | "aki" | "bare" | "ovf" | "ova" | "docker" | "compressed" | null;
    minDiskGb: number;
    minRamMb: number;
    virtualSize: number | null;
    protected: boolean;
    hidden: boolean;
    tags: string[];
    properties: Record<string, string>;
    id?: string | undefined;
    projectId?: string | undefined;
}, ImageView, {
    name: string;
    id?: string | undefined;
    projectId?: string | undefined;
    visibility?: "shared" | "public" | "community" | "private" | undefined;
    diskFormat?: "ami" | "ari" | "aki" | "vhd" | "vhdx" | "vmdk" | "raw" | "qcow2" | "vdi" | "iso" | "ploop" | null | undefined;
    containerFormat?: "ami" | "ari" | "aki" | "bare" | "ovf" | "ova" | "docker" | "compressed" | null | undefined;
    minDiskGb?: number | undefined;
    minRamMb?: number | undefined;
    virtualSize?: number | null | undefined;
    protected?: boolean | undefined;
    hidden?: boolean | undefined;
    tags?: string[] | undefined;
    properties?: Record<string, string> | undefined;
}>;
declare const imageGet: Operation<{
    id: string;
}, ImageView, {
    id: string;
}>;
/**
 * @throws CloudError `forbidden` to publish, or to give away, without being an operator, and to
 *   change a property that is protected from the caller; `conflict` to change a format after
 *   upload; `quotaExceeded` for the new owner.
 */
declare const imageUpdate: Operation<{
    id: string;
    rev?: number | undefined;
    projectId?: string | undefined;
    name?: string | undefined;
    visibility?: "shared" | "public" | "community" | "private" | undefined;
    diskFormat?: "ami" | "ari" | "aki" | "vhd" | "vhdx" | "vmdk" | "raw" | "qcow2" | "vdi" | "iso" | "ploop" | null | undefined;
    containerFormat?: "ami" | "ari" | "aki" | "bare" | "ovf" | "ova" | "docker" | "compressed" | null | undefined;
    minDiskGb?: number | undefined;
    minRamMb?: number | undefined;
    protected?: boolean | undefined;
    hidden?: boolean | undefined;
    tags?: string[] | undefined;
    properties?: Record<string, string> | undefined;
}, ImageView, {
    id: string;
    rev?: number | undefined;
    projectId?: string | undefined;
    name?: string | undefined;
    visibility?: "shared" | "public" | "community" | "private" | undefined;
    diskFormat?: "ami" | "ari" | "aki" | "vhd" | "vhdx" | "vmdk" | "raw" | "qcow2" | "vdi" | "iso" | "ploop" | null | undefined;
    containerFormat?: "ami" | "ari" | "aki" | "bare" | "ovf" | "ova" | "docker" | "compressed" | null | undefined;
    minDiskGb?: number | undefined;
    minRamMb?: number | undefined;
    protected?: boolean | undefined;
    hidden?: boolean | undefined;
    tags?: string[] | undefined;
    properties?: Record<string, string> | undefined;
}>;
/** Only operators see its bytes then, and no server starts from it. Its owner may do it, too. */
declare const imageDeactivate: Operation<{
    id: string;
}, ImageView, {
    id: string;
}>;
declare const imageReactivate: Operation<{
    id: string;
}, ImageView, {
    id: string;
}>;

declare const imageTaskStatuses: readonly ["pending", "processing", "success", "failure"];
type ImageTaskStatus = (typeof imageTaskStatuses)[number];
/** Where the bytes of an import come from. */
type ImageImportMethod = 
/** From the upload that was staged. */
{
    readonly name: 'glance-direct';
}
/** From the web. */
 | {
    readonly name: 'web-download';
    readonly uri: string;
}
/** From one store of the cloud to others. */
 | {
    readonly name: 'copy-image';
};
/** An import of an image, and what came of it. Kept for a while after its end. */
interface ImageTask extends Stored {
    readonly imageId: string;
    /** The owner of the image. */
    readonly projectId: string;
    readonly userId: string;
    readonly requestId: string;
    readonly method: ImageImportMethod;
    /** Stores that it is to reach; absent: the one that takes what names none. */
    readonly stores?: readonly string[];
    /** True: a store that is not reached makes it fail, and take back the copies that it made. */
    readonly allMustSucceed?: boolean;
    readonly status: ImageTaskStatus;
    /** Why it failed; empty otherwise. */
    readonly message: string;
    /** When it is forgotten; null while it goes on. */
    readonly expiresAt: number | null;
    readonly createdAt: number;
    readonly updatedAt: number;
}

/**
 * The image is `importing` when this returns, and `active` at the end, or `queued` again with
 * `importFailed`; the task tells why. It is active as soon as one store has it, and an image that
 * is copied stays so: what further stores get, or miss, is seen by its `stores`.
 *
 * @throws CloudError `conflict` unless the image waits for this, and while another
 *   import copies it; `invalid` for stores that there are not, while its formats are
 *   not set, and (field `method.name`) for a method that this cloud does not offer.
 */
declare const imageImport: Operation<{
    id: string;
    method: {
        name: "glance-direct";
    } | {
        name: "web-download";
        uri: string;
    } | {
        name: "copy-image";
    };
    allStores: boolean;
    allMustSucceed: boolean;
    stores?: string[] | undefined;
}, ImageTask, {
    id: string;
    method: {
        name: "glance-direct";
    } | {
        name: "web-download";
        uri: string;
    } | {
        name: "copy-image";
    };
    stores?: string[] | undefined;
    allStores?: boolean | undefined;
    allMustSucceed?: boolean | undefined;
}>;
/** The methods that this cloud offers. */
declare function importMethods(kernel: Pick<Kernel, 'web' | 'images'>): readonly ImageImportMethod['name'][];

/**
 * The project's own images, public ones, and those shared with it that it accepted; community
 * images of others only when `visibility` asks for them. Operators see all.
 */
declare const imageList: Operation<{
    hidden: boolean;
    memberStatus: "pending" | "accepted" | "rejected";
    limit: number;
    name?: string | undefined;
    status?: "active" | "deleted" | "uploading" | "queued" | "saving" | "importing" | "deactivated" | "killed" | "pending_delete" | undefined;
    visibility?: "shared" | "public" | "community" | "private" | undefined;
    tag?: string | undefined;
    projectId?: string | undefined;
    marker?: string | undefined;
}, ImageView[], {
    name?: string | undefined;
    status?: "active" | "deleted" | "uploading" | "queued" | "saving" | "importing" | "deactivated" | "killed" | "pending_delete" | undefined;
    visibility?: "shared" | "public" | "community" | "private" | undefined;
    hidden?: boolean | undefined;
    tag?: string | undefined;
    memberStatus?: "pending" | "accepted" | "rejected" | undefined;
    projectId?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/**
 * As `imageList`, in any order. Only as many rows are held as two pages have, however many there
 * are; all that the caller sees are read.
 *
 * @throws CloudError `invalid` when the marker names no image that the caller sees.
 */
declare const imageFind: Operation<{
    hidden: boolean;
    memberStatus: "pending" | "accepted" | "rejected" | "all";
    sort: {
        key: "id" | "name" | "size" | "createdAt" | "updatedAt" | "status" | "diskFormat" | "containerFormat";
        descending: boolean;
    }[];
    limit: number;
    visibility?: "shared" | "public" | "community" | "private" | "all" | undefined;
    ids?: string[] | undefined;
    names?: string[] | undefined;
    statuses?: ("active" | "deleted" | "uploading" | "queued" | "saving" | "importing" | "deactivated" | "killed" | "pending_delete")[] | undefined;
    diskFormats?: ("ami" | "ari" | "aki" | "vhd" | "vhdx" | "vmdk" | "raw" | "qcow2" | "vdi" | "iso" | "ploop")[] | undefined;
    containerFormats?: ("ami" | "ari" | "aki" | "bare" | "ovf" | "ova" | "docker" | "compressed")[] | undefined;
    projectId?: string | undefined;
    protected?: boolean | undefined;
    tags?: string[] | undefined;
    size?: number | undefined;
    sizeMin?: number | undefined;
    sizeMax?: number | undefined;
    minDiskGb?: number | undefined;
    minRamMb?: number | undefined;
    checksum?: string | undefined;
    osHashValue?: string | undefined;
    createdAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    updatedAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    properties?: Record<string, string> | undefined;
    marker?: string | undefined;
}, ImageView[], {
    visibility?: "shared" | "public" | "community" | "private" | "all" | undefined;
    hidden?: boolean | undefined;
    memberStatus?: "pending" | "accepted" | "rejected" | "all" | undefined;
    ids?: string[] | undefined;
    names?: string[] | undefined;
    statuses?: ("active" | "deleted" | "uploading" | "queued" | "saving" | "importing" | "deactivated" | "killed" | "pending_delete")[] | undefined;
    diskFormats?: ("ami" | "ari" | "aki" | "vhd" | "vhdx" | "vmdk" | "raw" | "qcow2" | "vdi" | "iso" | "ploop")[] | undefined;
    containerFormats?: ("ami" | "ari" | "aki" | "bare" | "ovf" | "ova" | "docker" | "compressed")[] | undefined;
    projectId?: string | undefined;
    protected?: boolean | undefined;
    tags?: string[] | undefined;
    size?: number | undefined;
    sizeMin?: number | undefined;
    sizeMax?: number | undefined;
    minDiskGb?: number | undefined;
    minRamMb?: number | undefined;
    checksum?: string | undefined;
    osHashValue?: string | undefined;
    createdAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    updatedAt?: {
        is: "gt" | "gte" | "lt" | "lte" | "eq" | "neq";
        at: number;
    }[] | undefined;
    properties?: Record<string, string> | undefined;
    sort?: {
        key: "id" | "name" | "size" | "createdAt" | "updatedAt" | "status" | "diskFormat" | "containerFormat";
        descending: boolean;
    }[] | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;

/** @throws CloudError `quotaExceeded` when the image has as many as it may. */
declare const imageTagAdd: Operation<{
    id: string;
    tag: string;
}, ImageView, {
    id: string;
    tag: string;
}>;
/** @throws CloudError `notFound`, field `tag`, when the image has it not. */
declare const imageTagRemove: Operation<{
    id: string;
    tag: string;
}, ImageView, {
    id: string;
    tag: string;
}>;

declare const imageTaskGet: Operation<{
    id: string;
}, ImageTask, {
    id: string;
}>;
/** Of one image, or of all images of the project; operators see all. */
declare const imageTaskList: Operation<{
    limit: number;
    imageId?: string | undefined;
    status?: "success" | "failure" | "pending" | "processing" | undefined;
    marker?: string | undefined;
}, ImageTask[], {
    imageId?: string | undefined;
    status?: "success" | "failure" | "pending" | "processing" | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;

/** Fields that images are sorted by, and how each is compared. */
declare const imageSortKeys: readonly ["name", "status", "containerFormat", "diskFormat", "size", "id", "createdAt", "updatedAt"];
type ImageSortKey = (typeof imageSortKeys)[number];

declare const imageMemberStatuses: readonly ["pending", "accepted", "rejected"];
type ImageMemberStatus = (typeof imageMemberStatuses)[number];
/** A project with which an image is shared. Accepting puts the image into its lists. */
interface ImageMember extends Stored {
    readonly imageId: string;
    readonly projectId: string;
    readonly status: ImageMemberStatus;
    readonly createdAt: number;
    readonly updatedAt: number;
}

/**
 * @throws CloudError `conflict` unless the image is shared, or when the project is a member;
 *   `quotaExceeded`.
 */
declare const imageMemberCreate: Operation<{
    imageId: string;
    projectId: string;
}, ImageMember, {
    imageId: string;
    projectId: string;
}>;
/** The member project itself answers; accepting puts the image into its lists. */
declare const imageMemberUpdate: Operation<{
    status: "pending" | "accepted" | "rejected";
    imageId: string;
    projectId: string;
}, ImageMember, {
    status: "pending" | "accepted" | "rejected";
    imageId: string;
    projectId: string;
}>;
declare const imageMemberGet: Operation<{
    imageId: string;
    projectId: string;
}, ImageMember, {
    imageId: string;
    projectId: string;
}>;
/** The owner sees all members; a member, itself. */
declare const imageMemberList: Operation<{
    imageId: string;
}, ImageMember[], {
    imageId: string;
}>;
declare const imageMemberDelete: Operation<{
    imageId: string;
    projectId: string;
}, void, {
    imageId: string;
    projectId: string;
}>;

/** Types of values that a definition describes: those of JSON schema. */
declare const metadefTypes: readonly ["array", "boolean", "integer", "number", "object", "string"];
/** What a property of something may be: the part of JSON schema that Glance documents. */
interface MetadefProperty {
    readonly title: string;
    readonly type: (typeof metadefTypes)[number];
    readonly [keyword: string]: unknown;
}
/** Properties that belong together. */
interface MetadefObject {
    readonly description: string;
    readonly required: readonly string[];
    readonly properties: Readonly<Record<string, MetadefProperty>>;
    readonly createdAt: number;
    readonly updatedAt: number;
}
/** To what the definitions apply, and what their names begin with there. */
interface MetadefTarget {
    readonly prefix: string | null;
    /** Of something that belongs to the type, such as `image`; null: its own properties. */
    readonly propertiesTarget: string | null;
    readonly createdAt: number;
}
/** Definitions of what metadata of images, flavors, volumes and the like may say: one row. */
interface MetadefNamespace extends Stored {
    /** Its name, by which clients know it. */
    readonly namespace: string;
    readonly projectId: string | null;
    readonly displayName: string;
    readonly description: string;
    readonly visibility: 'public' | 'private';
    /** True: it is not deleted, nor anything of it. */
    readonly protected: boolean;
    readonly objects: Readonly<Record<string, MetadefObject>>;
    readonly properties: Readonly<Record<string, MetadefProperty>>;
    /** When each was added. */
    readonly tags: Readonly<Record<string, number>>;
    /** By the name of the resource type, e.g. `OS::Nova::Flavor`. */
    readonly resourceTypes: Readonly<Record<string, MetadefTarget>>;
    readonly createdAt: number;
    readonly updatedAt: number;
}

/**
 * @throws CloudError `conflict` for a name that is taken; `notFound` for one that is to be changed
 *   and is not there; `quotaExceeded` for more than a namespace takes.
 */
declare const metadefDefine: Operation<{
    namespace: string;
    name: string;
    definition: {
        part: "objects";
        value: {
            description: string;
            required: string[];
            properties: Record<string, {
                title: string;
                type: "string" | "number" | "boolean" | "object" | "array" | "integer";
                description?: string | undefined;
                operators?: string[] | undefined;
                default?: unknown;
                enum?: z.core.util.JSONType[] | undefined;
                required?: string[] | undefined;
                minimum?: number | undefined;
                maximum?: number | undefined;
                minLength?: number | undefined;
                maxLength?: number | undefined;
                pattern?: string | undefined;
                minItems?: number | undefined;
                maxItems?: number | undefined;
                uniqueItems?: boolean | undefined;
                additionalItems?: boolean | undefined;
                readonly?: boolean | undefined;
                items?: {
                    type?: "string" | "number" | "boolean" | "object" | "array" | "integer" | undefined;
                    enum?: z.core.util.JSONType[] | undefined;
                } | undefined;
            }>;
        };
    } | {
        part: "properties";
        value: {
            title: string;
            type: "string" | "number" | "boolean" | "object" | "array" | "integer";
            description?: string | undefined;
            operators?: string[] | undefined;
            default?: unknown;
            enum?: z.core.util.JSONType[] | undefined;
            required?: string[] | undefined;
            minimum?: number | undefined;
            maximum?: number | undefined;
            minLength?: number | undefined;
            maxLength?: number | undefined;
            pattern?: string | undefined;
            minItems?: number | undefined;
            maxItems?: number | undefined;
            uniqueItems?: boolean | undefined;
            additionalItems?: boolean | undefined;
            readonly?: boolean | undefined;
            items?: {
                type?: "string" | "number" | "boolean" | "object" | "array" | "integer" | undefined;
                enum?: z.core.util.JSONType[] | undefined;
            } | undefined;
        };
    } | {
        part: "tags";
    } | {
        part: "resourceTypes";
        value: {
            prefix: string | null;
            propertiesTarget: string | null;
        };
    };
    replaces?: string | undefined;
}, MetadefNamespace, {
    namespace: string;
    name: string;
    definition: {
        part: "objects";
        value: {
            description?: string | undefined;
            required?: string[] | undefined;
            properties?: Record<string, {
                title: string;
                type: "string" | "number" | "boolean" | "object" | "array" | "integer";
                description?: string | undefined;
                operators?: string[] | undefined;
                default?: unknown;
                enum?: z.core.util.JSONType[] | undefined;
                required?: string[] | undefined;
                minimum?: number | undefined;
                maximum?: number | undefined;
                minLength?: number | undefined;
                maxLength?: number | undefined;
                pattern?: string | undefined;
                minItems?: number | undefined;
                maxItems?: number | undefined;
                uniqueItems?: boolean | undefined;
                additionalItems?: boolean | undefined;
                readonly?: boolean | undefined;
                items?: {
                    type?: "string" | "number" | "boolean" | "object" | "array" | "integer" | undefined;
                    enum?: z.core.util.JSONType[] | undefined;
                } | undefined;
            }> | undefined;
        };
    } | {
        part: "properties";
        value: {
            title: string;
            type: "string" | "number" | "boolean" | "object" | "array" | "integer";
            description?: string | undefined;
            operators?: string[] | undefined;
            default?: unknown;
            enum?: z.core.util.JSONType[] | undefined;
            required?: string[] | undefined;
            minimum?: number | undefined;
            maximum?: number | undefined;
            minLength?: number | undefined;
            maxLength?: number | undefined;
            pattern?: string | undefined;
            minItems?: number | undefined;
            maxItems?: number | undefined;
            uniqueItems?: boolean | undefined;
            additionalItems?: boolean | undefined;
            readonly?: boolean | undefined;
            items?: {
                type?: "string" | "number" | "boolean" | "object" | "array" | "integer" | undefined;
                enum?: z.core.util.JSONType[] | undefined;
            } | undefined;
        };
    } | {
        part: "tags";
    } | {
        part: "resourceTypes";
        value: {
            prefix?: string | null | undefined;
            propertiesTarget?: string | null | undefined;
        };
    };
    replaces?: string | undefined;
}>;
/** @throws CloudError `notFound` for a name not there; `forbidden` while it is protected. */
declare const metadefUndefine: Operation<{
    namespace: string;
    part: "tags" | "objects" | "properties" | "resourceTypes";
    name?: string | undefined;
}, MetadefNamespace, {
    namespace: string;
    part: "tags" | "objects" | "properties" | "resourceTypes";
    name?: string | undefined;
}>;
/** @throws CloudError `quotaExceeded` for more than a namespace takes. */
declare const metadefTag: Operation<{
    namespace: string;
    names: string[];
    append: boolean;
}, MetadefNamespace, {
    namespace: string;
    names: string[];
    append?: boolean | undefined;
}>;

/** The parts of a namespace: fields of its row, each by names. */
declare const metadefParts: readonly ["objects", "properties", "tags", "resourceTypes"];
type MetadefPart = (typeof metadefParts)[number];

/** @throws CloudError `conflict` when the name is taken; `quotaExceeded`. */
declare const metadefCreate: Operation<{
    definitions: {
        name: string;
        definition: {
            part: "objects";
            value: {
                description: string;
                required: string[];
                properties: Record<string, {
                    title: string;
                    type: "string" | "number" | "boolean" | "object" | "array" | "integer";
                    description?: string | undefined;
                    operators?: string[] | undefined;
                    default?: unknown;
                    enum?: z.core.util.JSONType[] | undefined;
                    required?: string[] | undefined;
                    minimum?: number | undefined;
                    maximum?: number | undefined;
                    minLength?: number | undefined;
                    maxLength?: number | undefined;
                    pattern?: string | undefined;
                    minItems?: number | undefined;
                    maxItems?: number | undefined;
                    uniqueItems?: boolean | undefined;
                    additionalItems?: boolean | undefined;
                    readonly?: boolean | undefined;
                    items?: {
                        type?: "string" | "number" | "boolean" | "object" | "array" | "integer" | undefined;
                        enum?: z.core.util.JSONType[] | undefined;
                    } | undefined;
                }>;
            };
        } | {
            part: "properties";
            value: {
                title: string;
                type: "string" | "number" | "boolean" | "object" | "array" | "integer";
                description?: string | undefined;
                operators?: string[] | undefined;
                default?: unknown;
                enum?: z.core.util.JSONType[] | undefined;
                required?: string[] | undefined;
                minimum?: number | undefined;
                maximum?: number | undefined;
                minLength?: number | undefined;
                maxLength?: number | undefined;
                pattern?: string | undefined;
                minItems?: number | undefined;
                maxItems?: number | undefined;
                uniqueItems?: boolean | undefined;
                additionalItems?: boolean | undefined;
                readonly?: boolean | undefined;
                items?: {
                    type?: "string" | "number" | "boolean" | "object" | "array" | "integer" | undefined;
                    enum?: z.core.util.JSONType[] | undefined;
                } | undefined;
            };
        } | {
            part: "tags";
        } | {
            part: "resourceTypes";
            value: {
                prefix: string | null;
                propertiesTarget: string | null;
            };
        };
    }[];
    namespace: string;
    projectId: string | null;
    displayName?: string | undefined;
    description?: string | undefined;
    visibility?: "public" | "private" | undefined;
    protected?: boolean | undefined;
}, MetadefNamespace, {
    namespace: string;
    definitions?: {
        name: string;
        definition: {
            part: "objects";
            value: {
                description?: string | undefined;
                required?: string[] | undefined;
                properties?: Record<string, {
                    title: string;
                    type: "string" | "number" | "boolean" | "object" | "array" | "integer";
                    description?: string | undefined;
                    operators?: string[] | undefined;
                    default?: unknown;
                    enum?: z.core.util.JSONType[] | undefined;
                    required?: string[] | undefined;
                    minimum?: number | undefined;
                    maximum?: number | undefined;
                    minLength?: number | undefined;
                    maxLength?: number | undefined;
                    pattern?: string | undefined;
                    minItems?: number | undefined;
                    maxItems?: number | undefined;
                    uniqueItems?: boolean | undefined;
                    additionalItems?: boolean | undefined;
                    readonly?: boolean | undefined;
                    items?: {
                        type?: "string" | "number" | "boolean" | "object" | "array" | "integer" | undefined;
                        enum?: z.core.util.JSONType[] | undefined;
                    } | undefined;
                }> | undefined;
            };
        } | {
            part: "properties";
            value: {
                title: string;
                type: "string" | "number" | "boolean" | "object" | "array" | "integer";
                description?: string | undefined;
                operators?: string[] | undefined;
                default?: unknown;
                enum?: z.core.util.JSONType[] | undefined;
                required?: string[] | undefined;
                minimum?: number | undefined;
                maximum?: number | undefined;
                minLength?: number | undefined;
                maxLength?: number | undefined;
                pattern?: string | undefined;
                minItems?: number | undefined;
                maxItems?: number | undefined;
                uniqueItems?: boolean | undefined;
                additionalItems?: boolean | undefined;
                readonly?: boolean | undefined;
                items?: {
                    type?: "string" | "number" | "boolean" | "object" | "array" | "integer" | undefined;
                    enum?: z.core.util.JSONType[] | undefined;
                } | undefined;
            };
        } | {
            part: "tags";
        } | {
            part: "resourceTypes";
            value: {
                prefix?: string | null | undefined;
                propertiesTarget?: string | null | undefined;
            };
        };
    }[] | undefined;
    displayName?: string | undefined;
    description?: string | undefined;
    visibility?: "public" | "private" | undefined;
    protected?: boolean | undefined;
    projectId?: string | null | undefined;
}>;
declare const metadefGet: Operation<{
    namespace: string;
}, MetadefNamespace, {
    namespace: string;
}>;
declare const metadefList: Operation<{
    limit: number;
    visibility?: "public" | "private" | undefined;
    resourceTypes?: string[] | undefined;
    marker?: string | undefined;
}, MetadefNamespace[], {
    visibility?: "public" | "private" | undefined;
    resourceTypes?: string[] | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** @throws CloudError `conflict` when the new name is taken. */
declare const metadefUpdate: Operation<{
    namespace: string;
    displayName?: string | undefined;
    description?: string | undefined;
    visibility?: "public" | "private" | undefined;
    protected?: boolean | undefined;
    rename?: string | undefined;
}, MetadefNamespace, {
    namespace: string;
    displayName?: string | undefined;
    description?: string | undefined;
    visibility?: "public" | "private" | undefined;
    protected?: boolean | undefined;
    rename?: string | undefined;
}>;
/** @throws CloudError `forbidden` while it is protected. */
declare const metadefDelete: Operation<{
    namespace: string;
}, null, {
    namespace: string;
}>;

/**
 * A time during which a resource had the same amounts. Written when it ends; the one that lasts is
 * in the resource's own row. Its id is `kind:resource:since`, so the store itself refuses to count
 * a time twice.
 */
interface UsagePeriod extends Stored {
    readonly projectId: string;
    /** Kind of the resource. */
    readonly kind: string;
    readonly resourceId: string;
    /** As it was called when the period ended; empty where there are no names. */
    readonly name: string;
    /** Milliseconds since the epoch; `to` is after `since` and does not belong to it. */
    readonly since: number;
    readonly to: number;
    /** By resource class; those that are 0 are left out. */
    readonly amounts: Readonly<Record<string, number>>;
}
declare const usagePeriodKind: Kind<UsagePeriod>;

/** How the use of one resource class goes on if it goes on as it did. */
interface ResourceTrend {
    readonly resource: string;
    /** Of all hosts, on the last day that was noted. */
    readonly total: number;
    readonly used: number;
    /** Growth of the use in a day; null when fewer than two days are known. */
    readonly perDay: number | null;
    /** Use after `ahead` days, at least 0; null as above. */
    readonly forecast: number | null;
    /**
     * When the use comes to the total, in milliseconds since the epoch; null when it does not grow,
     * or not within 100 years.
     */
    readonly fullAt: number | null;
}
interface CapacityTrend {
    /** Days that the trend was found from. */
    readonly days: number;
    readonly resources: readonly ResourceTrend[];
}
/**
 * The trend of the hosts' daily use, as a straight line of least squares through the fullest moment
 * of each day, and where it leads. It tells of steady growth; of a tenant that is about to come it
 * knows nothing.
 */
declare const capacityTrend: Operation<{
    days: number;
    ahead: number;
}, CapacityTrend, {
    days?: number | undefined;
    ahead?: number | undefined;
}>;

/** What a project used of one resource class. */
interface ResourceUsage {
    readonly resource: string;
    /** Amount × milliseconds, exactly, in decimal: it may be more than a number holds. */
    readonly unitMs: string;
    /** The same in amount × hours, as near as a number comes. */
    readonly unitHours: number;
}
interface UsageReport {
    readonly projectId: string;
    readonly from: number;
    /** As asked, or now when that was in the future. */
    readonly to: number;
    /** Every class that is counted, also those that were not used. */
    readonly usage: readonly ResourceUsage[];
}
/**
 * What a project used between two instants, clipped to them. Use ends now: there is none in the
 * future. Usage outlives resources and projects. What ended more than five weeks ago is kept by day
 * (UTC), so bounds before that must be midnights.
 *
 * @throws CloudError `invalid` for such a bound, with the first instant that may be any as `limit`.
 */
declare const usageGet: Operation<{
    from: number;
    to: number;
    projectId?: string | undefined;
}, UsageReport, {
    from: number;
    to: number;
    projectId?: string | undefined;
}>;
type UsagePeriodView = Omit<UsagePeriod, 'rev'>;
/**
 * One page of the periods that ended within a span, by their end: which resource, how much of what,
 * from when to when. Those that last are the resources themselves; those that were summed up by day
 * are listed no more.
 *
 * @throws CloudError `invalid` when the marker names no period of the list.
 */
declare const usageList: Operation<{
    limit: number;
    from: number;
    to: number;
    kind?: string | undefined;
    marker?: string | undefined;
    projectId?: string | undefined;
}, UsagePeriodView[], {
    from: number;
    to: number;
    kind?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
    projectId?: string | undefined;
}>;

/** Kinds of things of the network service that projects lend to others. */
declare const rbacObjectTypes: readonly ["network", "subnetPool", "securityGroup", "addressGroup", "qosPolicy"];
type RbacObjectType = (typeof rbacObjectTypes)[number];
/** `accessAsExternal` is for networks: to get out by them, and take floating IPs of them. */
declare const rbacActions: readonly ["accessAsShared", "accessAsExternal"];
type RbacAction = (typeof rbacActions)[number];
/** Lends something of a project to another one, or to all. */
interface RbacPolicy extends Stored {
    /** Whose the thing is. */
    readonly projectId: string;
    readonly objectType: RbacObjectType;
    readonly objectId: string;
    readonly action: RbacAction;
    /** A project, or `everyProject`. */
    readonly target: string;
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
}
/** What rows of things that can be lent have: it follows from their policies. */
interface Lent {
    /** True: to every project. */
    readonly shared?: boolean;
    /** Projects that it is lent to one by one. Absent = none. */
    readonly sharedWith?: readonly string[];
}
declare const rbacPolicyKind: Kind<RbacPolicy>;

/** A named set of blocks, which rules may name as the other side. */
interface AddressGroup extends Stored, Lent {
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    /** Canonical CIDRs, each once. */
    readonly addresses: readonly string[];
    /** Grows with each change of the addresses: what the data plane is told by. */
    readonly generation: number;
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const addressGroupKind: Kind<AddressGroup>;

/** A named set of rules that allow traffic; what no rule allows is dropped. */
interface SecurityGroup extends Stored, Lent {
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    /** True: the project's own, made with it, never deleted alone, not charged to its quota. */
    readonly isDefault: boolean;
    /** False: answers to what a rule allowed need rules of their own. */
    readonly stateful: boolean;
    readonly tags: readonly string[];
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const ruleDirections: readonly ["ingress", "egress"];
type RuleDirection = (typeof ruleDirections)[number];
declare const etherTypes: readonly ["IPv4", "IPv6"];
type EtherType = (typeof etherTypes)[number];
/** What a rule says in other words: `6` for `tcp`, `0.0.0.0/0` for any address. */
interface WrittenRule {
    readonly protocol?: string;
    readonly remoteIpPrefix?: string;
}
interface SecurityGroupRule extends Stored {
    readonly projectId: string;
    readonly groupId: string;
    readonly description: string;
    readonly direction: RuleDirection;
    readonly etherType: EtherType;
    /** A canonical IANA name, or the decimal number of a protocol without one; null = any. */
    readonly protocol: string | null;
    /** First port, or the ICMP type; null = any. */
    readonly portRangeMin: number | null;
    /** Last port, or the ICMP code; null = any. */
    readonly portRangeMax: number | null;
    /** A CIDR without host bits. At most one of this and the two below is set; none = any. */
    readonly remoteIpPrefix: string | null;
    /** The addresses of the members of a group. */
    readonly remoteGroupId: string | null;
    readonly remoteAddressGroupId: string | null;
    /** How its maker wrote what means the same, for interfaces that show it so. Absent = as above. */
    readonly written?: WrittenRule;
    /** Everything that tells rules of all groups apart: equal keys are duplicates. */
    readonly key: string;
    /** False: came with a default group, not charged to the quota. */
    readonly charged: boolean;
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
}
declare const securityGroupKind: Kind<SecurityGroup>;
declare const securityGroupRuleKind: Kind<SecurityGroupRule>;

/** How the frames of a network are carried between hosts. */
declare const segmentTypes: readonly ["flat", "vlan", "vxlan", "gre", "geneve"];
type SegmentType = (typeof segmentTypes)[number];
/** What carries a network. */
interface NetworkSegment {
    readonly type: SegmentType;
    /** The wire that flat and VLAN networks are on; null for tunnels. */
    readonly physicalNetwork: string | null;
    /** VLAN tag, VNI or key; null for flat networks. */
    readonly segmentationId: number | null;
}

type NetworkStatus = 'ACTIVE' | 'DOWN' | 'BUILD' | 'ERROR';
/** A layer 2 segment. */
interface Network extends Stored, Lent {
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    readonly status: NetworkStatus;
    readonly adminStateUp: boolean;
    /** True: every project may see it and put ports on it. */
    readonly shared: boolean;
    /** True: leads out of the cloud. Who may see it may take floating IPs and gateways. */
    readonly external: boolean;
    /** Projects that may get out by it. Absent = every one, if it leads out. */
    readonly externalTo?: readonly string[];
    /** Default of its ports. */
    readonly portSecurity: boolean;
    /** Bytes. */
    readonly mtu: number;
    /** What carries it. */
    readonly provider?: NetworkSegment;
    /** Of the segment, so that no two networks have the same: where its number counts, and that. */
    readonly segmentPool?: string;
    readonly segmentationId?: number;
    /** Where the world's DNS has its ports, such as `example.org.`. Absent = nowhere. */
    readonly dnsDomain?: string;
    /** Of its ports that have none of their own. Absent = none. */
    readonly qosPolicyId?: string;
    /** Changing this list changes `rev`: so two subnets can never be added that overlap. */
    readonly subnetIds: readonly string[];
    readonly tags: readonly string[];
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const networkKind: Kind<Network>;

/** Kinds of rules: a port has at most one of each, for each direction where there are two. */
declare const qosRuleTypes: readonly ["bandwidthLimit", "dscpMarking", "minimumBandwidth"];
type QosRuleType = (typeof qosRuleTypes)[number];
interface RuleOf<Type extends QosRuleType> {
    readonly id: string;
    readonly type: Type;
}
/** No more than so much, in kilobits. */
interface BandwidthLimit extends RuleOf<'bandwidthLimit'> {
    readonly direction: RuleDirection;
    /** Per second. */
    readonly maxKbps: number;
    /** At once; 0 = as the data plane does. */
    readonly maxBurstKbits: number;
}
/** What packets that leave are marked with (RFC 2474). */
interface DscpMarking extends RuleOf<'dscpMarking'> {
    readonly dscpMark: number;
}
/** No less than so much, in kilobits per second. */
interface MinimumBandwidth extends RuleOf<'minimumBandwidth'> {
    readonly direction: RuleDirection;
    readonly minKbps: number;
}
type QosRule = BandwidthLimit | DscpMarking | MinimumBandwidth;
/** How much traffic ports may have. Those without a policy go by their network's. */
interface QosPolicy extends Stored, Lent {
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    /** The project, if its new networks get this policy; there is one of each project. */
    readonly defaultOf: string | null;
    readonly rules: readonly QosRule[];
    readonly tags: readonly string[];
    /** Grows with each change of the rules: what the data plane is told by. */
    readonly generation: number;
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const qosPolicyKind: Kind<QosPolicy>;

declare const qosPolicyCreate: Operation<{
    name: string;
    description: string;
    shared: boolean;
    isDefault: boolean;
    tags: string[];
    projectId?: string | undefined;
}, QosPolicy, {
    name: string;
    description?: string | undefined;
    shared?: boolean | undefined;
    isDefault?: boolean | undefined;
    tags?: string[] | undefined;
    projectId?: string | undefined;
}>;
declare const qosPolicyGet: Operation<{
    id: string;
}, QosPolicy, {
    id: string;
}>;
declare const qosPolicyList: Operation<{
    limit: number;
    name?: string | undefined;
    marker?: string | undefined;
}, QosPolicy[], {
    name?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const qosPolicyUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    shared?: boolean | undefined;
    isDefault?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, QosPolicy, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    shared?: boolean | undefined;
    isDefault?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const qosPolicyDelete: Operation<{
    id: string;
    expectedRev?: number | undefined;
}, null, {
    id: string;
    expectedRev?: number | undefined;
}>;

/** The marks that have a meaning (RFC 2474, RFC 2597, RFC 3246, RFC 5865). */
declare const dscpMarks: readonly number[];
declare const qosRuleCreate: Operation<{
    policyId: string;
    rule: {
        type: "bandwidthLimit";
        direction: "ingress" | "egress";
        maxKbps: number;
        maxBurstKbits: number;
    } | {
        type: "dscpMarking";
        dscpMark: number;
    } | {
        type: "minimumBandwidth";
        direction: "ingress" | "egress";
        minKbps: number;
    };
}, QosRule, {
    policyId: string;
    rule: {
        type: "bandwidthLimit";
        maxKbps: number;
        direction?: "ingress" | "egress" | undefined;
        maxBurstKbits?: number | undefined;
    } | {
        type: "dscpMarking";
        dscpMark: number;
    } | {
        type: "minimumBandwidth";
        minKbps: number;
        direction?: "ingress" | "egress" | undefined;
    };
}>;
declare const qosRuleUpdate: Operation<{
    policyId: string;
    id: string;
    direction?: "ingress" | "egress" | undefined;
    maxKbps?: number | undefined;
    maxBurstKbits?: number | undefined;
    dscpMark?: number | undefined;
    minKbps?: number | undefined;
}, QosRule, {
    policyId: string;
    id: string;
    direction?: "ingress" | "egress" | undefined;
    maxKbps?: number | undefined;
    maxBurstKbits?: number | undefined;
    dscpMark?: number | undefined;
    minKbps?: number | undefined;
}>;
declare const qosRuleDelete: Operation<{
    policyId: string;
    id: string;
}, null, {
    policyId: string;
    id: string;
}>;

declare const rbacPolicyCreate: Operation<{
    objectType: "securityGroup" | "addressGroup" | "qosPolicy" | "network" | "subnetPool";
    objectId: string;
    action: "accessAsShared" | "accessAsExternal";
    target: string;
}, RbacPolicy, {
    objectType: "securityGroup" | "addressGroup" | "qosPolicy" | "network" | "subnetPool";
    objectId: string;
    target: string;
    action?: "accessAsShared" | "accessAsExternal" | undefined;
}>;
declare const rbacPolicyGet: Operation<{
    id: string;
}, RbacPolicy, {
    id: string;
}>;
declare const rbacPolicyList: Operation<{
    limit: number;
    objectType?: "securityGroup" | "addressGroup" | "qosPolicy" | "network" | "subnetPool" | undefined;
    objectId?: string | undefined;
    action?: "accessAsShared" | "accessAsExternal" | undefined;
    target?: string | undefined;
    marker?: string | undefined;
}, RbacPolicy[], {
    objectType?: "securityGroup" | "addressGroup" | "qosPolicy" | "network" | "subnetPool" | undefined;
    objectId?: string | undefined;
    action?: "accessAsShared" | "accessAsExternal" | undefined;
    target?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const rbacPolicyUpdate: Operation<{
    id: string;
    target: string;
}, RbacPolicy, {
    id: string;
    target: string;
}>;
declare const rbacPolicyDelete: Operation<{
    id: string;
}, null, {
    id: string;
}>;

/**
 * `BUILD`: the data plane has not confirmed the router yet. `ACTIVE`: it has, or is given a change.
 * `ERROR`: a change is long overdue; it is tried still. `DELETING`: goes when the data plane has
 * confirmed that nothing answers for it any more.
 */
declare const routerStatuses: readonly ["BUILD", "ACTIVE", "ERROR", "DELETING"];
type RouterStatus = (typeof routerStatuses)[number];
/** An address of a router on a subnet, held by a port of its own. */
interface RouterInterface {
    readonly portId: string;
    readonly networkId: string;
    readonly subnetId: string;
    readonly address: string;
    /** The block of the subnet: its own never changes. */
    readonly cidr: string;
}
/** Where a router leaves the cloud. */
interface RouterGateway {
    readonly portId: string;
    readonly networkId: string;
    /** True: what leaves has the gateway's address as its source. */
    readonly enableSnat: boolean;
    readonly fixedIps: readonly FixedIp[];
    /** Blocks of those subnets, in the same order. */
    readonly cidrs: readonly string[];
}
/** What the data plane is told, and has confirmed, as generations: equal at rest. */
interface Configured {
    /** Grows with each change that the data plane must know of. */
    readonly generation: number;
    /** The newest that the data plane has confirmed; 0 = none. */
    readonly observed: number;
}
/** Forwards between subnets, and between them and an external network. */
interface Router extends Stored, Configured {
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    readonly status: RouterStatus;
    readonly adminStateUp: boolean;
    readonly externalGateway: RouterGateway | null;
    /**
     * In the order in which they were added. Changing this list changes `rev`: so two subnets that
     * overlap can never both be added.
     */
    readonly interfaces: readonly RouterInterface[];
    /** Extra routes: at most one next hop of each destination. */
    readonly routes: readonly HostRoute[];
    /** Ports given up, whose addresses they hold until that is confirmed. Absent = none. */
    readonly leaving?: readonly string[];
    readonly tags: readonly string[];
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const routerKind: Kind<Router>;

/**
 * `DOWN`: nothing answers to the address. `ACTIVE`: the data plane has confirmed that what it is
 * associated with does. `ERROR`: a change is long overdue; it is tried still. `DELETING`: goes when
 * the data plane has confirmed that nothing answers to it any more.
 */
declare const floatingIpStatuses: readonly ["DOWN", "ACTIVE", "ERROR", "DELETING"];
type FloatingIpStatus = (typeof floatingIpStatuses)[number];
declare const forwardingProtocols: readonly ["tcp", "udp", "sctp", "dccp", "udplite"];
type ForwardingProtocol = (typeof forwardingProtocols)[number];
/** Sends what comes to ports of a floating IP to those of a port. */
interface PortForwarding {
    readonly id: string;
    readonly description: string;
    readonly protocol: ForwardingProtocol;
    /** Both ends inclusive; as many as the internal ones, or these to a single internal one. */
    readonly externalPorts: readonly [first: number, last: number];
    readonly internalPorts: readonly [first: number, last: number];
    readonly portId: string;
    readonly fixedIp: FixedIp;
    /** The router that carries it, and its port on the external network. */
    readonly routerId: string;
    readonly gatewayPortId: string;
}
/** What a floating IP stands for. */
interface FloatingIpTarget {
    readonly portId: string;
    readonly fixedIp: FixedIp;
    readonly routerId: string;
    readonly gatewayPortId: string;
}
/**
 * An address of an external network that a project holds. At most one of `target` and
 * `portForwardings` is set.
 */
interface FloatingIp extends Stored, Configured {
    readonly projectId: string;
    readonly description: string;
    readonly networkId: string;
    readonly subnetId: string;
    readonly address: string;
    readonly status: FloatingIpStatus;
    readonly target: FloatingIpTarget | null;
    readonly portForwardings: readonly PortForwarding[];
    /** What it is called, and in which domain. Absent = neither. */
    readonly dnsName?: string;
    readonly dnsDomain?: string;
    readonly tags: readonly string[];
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const floatingIpKind: Kind<FloatingIp>;
/** Everything that a floating IP stands for. */
declare function floatingIpTargets(row: Pick<FloatingIp, 'target' | 'portForwardings'>): readonly FloatingIpTarget[];

/** Addresses of a subnet: how many may be given out, and how many are held. */
interface SubnetAddresses {
    readonly subnet: Subnet;
    /** In its pools; beyond 2^53 not exact. */
    readonly total: number;
    /** In its pools and beside them. */
    readonly used: number;
}
interface NetworkAddresses {
    readonly id: string;
    readonly network: Network;
    readonly subnets: readonly SubnetAddresses[];
}
declare const networkAddressesGet: Operation<{
    id: string;
}, NetworkAddresses, {
    id: string;
}>;
declare const networkAddressesList: Operation<{
    limit: number;
    marker?: string | undefined;
}, NetworkAddresses[], {
    limit?: number | undefined;
    marker?: string | undefined;
}>;

declare const networkCreate: Operation<{
    name: string;
    description: string;
    adminStateUp: boolean;
    shared: boolean;
    external: boolean;
    portSecurity: boolean;
    mtu: number;
    tags: string[];
    projectId?: string | undefined;
    dnsDomain?: string | undefined;
    qosPolicyId?: string | null | undefined;
    provider?: {
        type: "flat" | "vlan" | "vxlan" | "gre" | "geneve";
        physicalNetwork?: string | undefined;
        segmentationId?: number | undefined;
    } | undefined;
}, Network, {
    name: string;
    projectId?: string | undefined;
    description?: string | undefined;
    adminStateUp?: boolean | undefined;
    shared?: boolean | undefined;
    external?: boolean | undefined;
    portSecurity?: boolean | undefined;
    mtu?: number | undefined;
    dnsDomain?: string | undefined;
    qosPolicyId?: string | null | undefined;
    provider?: {
        type: "flat" | "vlan" | "vxlan" | "gre" | "geneve";
        physicalNetwork?: string | undefined;
        segmentationId?: number | undefined;
    } | undefined;
    tags?: string[] | undefined;
}>;
declare const networkCreateMany: Operation<{
    networks: {
        name: string;
        description: string;
        adminStateUp: boolean;
        shared: boolean;
        external: boolean;
        portSecurity: boolean;
        mtu: number;
        tags: string[];
        dnsDomain?: string | undefined;
        qosPolicyId?: string | null | undefined;
        provider?: {
            type: "flat" | "vlan" | "vxlan" | "gre" | "geneve";
            physicalNetwork?: string | undefined;
            segmentationId?: number | undefined;
        } | undefined;
    }[];
    projectId?: string | undefined;
}, Network[], {
    networks: {
        name: string;
        description?: string | undefined;
        adminStateUp?: boolean | undefined;
        shared?: boolean | undefined;
        external?: boolean | undefined;
        portSecurity?: boolean | undefined;
        mtu?: number | undefined;
        dnsDomain?: string | undefined;
        qosPolicyId?: string | null | undefined;
        provider?: {
            type: "flat" | "vlan" | "vxlan" | "gre" | "geneve";
            physicalNetwork?: string | undefined;
            segmentationId?: number | undefined;
        } | undefined;
        tags?: string[] | undefined;
    }[];
    projectId?: string | undefined;
}>;
declare const networkGet: Operation<{
    id: string;
}, Network, {
    id: string;
}>;
declare const networkList: Operation<{
    limit: number;
    name?: string | undefined;
    shared?: boolean | undefined;
    external?: boolean | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, Network[], {
    name?: string | undefined;
    shared?: boolean | undefined;
    external?: boolean | undefined;
    tag?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const networkUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    adminStateUp?: boolean | undefined;
    shared?: boolean | undefined;
    external?: boolean | undefined;
    portSecurity?: boolean | undefined;
    mtu?: number | undefined;
    dnsDomain?: string | null | undefined;
    qosPolicyId?: string | null | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, Network, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    adminStateUp?: boolean | undefined;
    shared?: boolean | undefined;
    external?: boolean | undefined;
    portSecurity?: boolean | undefined;
    mtu?: number | undefined;
    dnsDomain?: string | null | undefined;
    qosPolicyId?: string | null | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const networkDelete: Operation<{
    id: string;
    expectedRev?: number | undefined;
}, null, {
    id: string;
    expectedRev?: number | undefined;
}>;

declare const portCreate: Operation<{
    networkId: string;
    name: string;
    description: string;
    adminStateUp: boolean;
    allowedAddressPairs: {
        ipAddress: string;
        mac: string;
    }[];
    tags: string[];
    projectId?: string | undefined;
    mac?: string | undefined;
    fixedIps?: {
        subnetId?: string | undefined;
        address?: string | undefined;
    }[] | undefined;
    securityGroupIds?: string[] | undefined;
    portSecurity?: boolean | undefined;
    dhcpOptions?: {
        value: string;
        name: string;
        version: 4 | 6;
    }[] | undefined;
    dnsName?: string | undefined;
    qosPolicyId?: string | undefined;
    hostId?: string | undefined;
}, Port, {
    networkId: string;
    projectId?: string | undefined;
    name?: string | undefined;
    description?: string | undefined;
    adminStateUp?: boolean | undefined;
    mac?: string | undefined;
    fixedIps?: {
        subnetId?: string | undefined;
        address?: string | undefined;
    }[] | undefined;
    securityGroupIds?: string[] | undefined;
    portSecurity?: boolean | undefined;
    allowedAddressPairs?: {
        ipAddress: string;
        mac?: string | undefined;
    }[] | undefined;
    dhcpOptions?: {
        value: string;
        name: string;
        version?: 4 | 6 | undefined;
    }[] | undefined;
    dnsName?: string | undefined;
    qosPolicyId?: string | undefined;
    hostId?: string | undefined;
    tags?: string[] | undefined;
}>;
declare const portCreateMany: Operation<{
    ports: {
        networkId: string;
        name: string;
        description: string;
        adminStateUp: boolean;
        allowedAddressPairs: {
            ipAddress: string;
            mac: string;
        }[];
        tags: string[];
        mac?: string | undefined;
        fixedIps?: {
            subnetId?: string | undefined;
            address?: string | undefined;
        }[] | undefined;
        securityGroupIds?: string[] | undefined;
        portSecurity?: boolean | undefined;
        dhcpOptions?: {
            value: string;
            name: string;
            version: 4 | 6;
        }[] | undefined;
        dnsName?: string | undefined;
        qosPolicyId?: string | undefined;
        hostId?: string | undefined;
    }[];
    projectId?: string | undefined;
}, Port[], {
    ports: {
        networkId: string;
        name?: string | undefined;
        description?: string | undefined;
        adminStateUp?: boolean | undefined;
        mac?: string | undefined;
        fixedIps?: {
            subnetId?: string | undefined;
            address?: string | undefined;
        }[] | undefined;
        securityGroupIds?: string[] | undefined;
        portSecurity?: boolean | undefined;
        allowedAddressPairs?: {
            ipAddress: string;
            mac?: string | undefined;
        }[] | undefined;
        dhcpOptions?: {
            value: string;
            name: string;
            version?: 4 | 6 | undefined;
        }[] | undefined;
        dnsName?: string | undefined;
        qosPolicyId?: string | undefined;
        hostId?: string | undefined;
        tags?: string[] | undefined;
    }[];
    projectId?: string | undefined;
}>;
declare const portGet: Operation<{
    id: string;
}, Port, {
    id: string;
}>;
declare const portList: Operation<{
    limit: number;
    networkId?: string | undefined;
    deviceId?: string | undefined;
    subnetId?: string | undefined;
    securityGroupId?: string | undefined;
    hostId?: string | undefined;
    name?: string | undefined;
    mac?: string | undefined;
    address?: string | undefined;
    status?: "ERROR" | "DOWN" | "BUILD" | "ACTIVE" | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, Port[], {
    networkId?: string | undefined;
    deviceId?: string | undefined;
    subnetId?: string | undefined;
    securityGroupId?: string | undefined;
    hostId?: string | undefined;
    name?: string | undefined;
    mac?: string | undefined;
    address?: string | undefined;
    status?: "ERROR" | "DOWN" | "BUILD" | "ACTIVE" | undefined;
    tag?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const portUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    adminStateUp?: boolean | undefined;
    fixedIps?: {
        subnetId?: string | undefined;
        address?: string | undefined;
    }[] | undefined;
    securityGroupIds?: string[] | undefined;
    portSecurity?: boolean | undefined;
    allowedAddressPairs?: {
        ipAddress: string;
        mac: string;
    }[] | undefined;
    dhcpOptions?: {
        value: string | null;
        name: string;
        version: 4 | 6;
    }[] | undefined;
    dnsName?: string | null | undefined;
    qosPolicyId?: string | null | undefined;
    mac?: string | undefined;
    hostId?: string | null | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, Port, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    adminStateUp?: boolean | undefined;
    fixedIps?: {
        subnetId?: string | undefined;
        address?: string | undefined;
    }[] | undefined;
    securityGroupIds?: string[] | undefined;
    portSecurity?: boolean | undefined;
    allowedAddressPairs?: {
        ipAddress: string;
        mac?: string | undefined;
    }[] | undefined;
    dhcpOptions?: {
        value: string | null;
        name: string;
        version?: 4 | 6 | undefined;
    }[] | undefined;
    dnsName?: string | null | undefined;
    qosPolicyId?: string | null | undefined;
    mac?: string | undefined;
    hostId?: string | null | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const portDelete: Operation<{
    ids: string[];
}, null, {
    ids: string[];
}>;

declare const addressGroupCreate: Operation<{
    name: string;
    description: string;
    addresses: string[];
    projectId?: string | undefined;
}, AddressGroup, {
    name?: string | undefined;
    description?: string | undefined;
    addresses?: string[] | undefined;
    projectId?: string | undefined;
}>;
declare const addressGroupGet: Operation<{
    id: string;
}, AddressGroup, {
    id: string;
}>;
declare const addressGroupList: Operation<{
    limit: number;
    name?: string | undefined;
    marker?: string | undefined;
}, AddressGroup[], {
    name?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const addressGroupUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    expectedRev?: number | undefined;
}, AddressGroup, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    expectedRev?: number | undefined;
}>;
declare const addressGroupAdd: Operation<{
    id: string;
    addresses: string[];
}, AddressGroup, {
    id: string;
    addresses: string[];
}>;
declare const addressGroupRemove: Operation<{
    id: string;
    addresses: string[];
}, AddressGroup, {
    id: string;
    addresses: string[];
}>;
declare const addressGroupDelete: Operation<{
    id: string;
    expectedRev?: number | undefined;
}, null, {
    id: string;
    expectedRev?: number | undefined;
}>;

declare const floatingIpCreate: Operation<{
    description: string;
    tags: string[];
    networkId: string;
    address?: string | undefined;
    portId?: string | undefined;
    fixedAddress?: string | undefined;
    dnsName?: string | undefined;
    dnsDomain?: string | undefined;
    subnetId?: string | undefined;
    projectId?: string | undefined;
}, FloatingIp, {
    networkId: string;
    address?: string | undefined;
    description?: string | undefined;
    portId?: string | undefined;
    fixedAddress?: string | undefined;
    dnsName?: string | undefined;
    dnsDomain?: string | undefined;
    tags?: string[] | undefined;
    subnetId?: string | undefined;
    projectId?: string | undefined;
}>;
declare const floatingIpCreateMany: Operation<{
    floatingIps: {
        description: string;
        tags: string[];
        portId?: string | undefined;
        fixedAddress?: string | undefined;
        dnsName?: string | undefined;
        dnsDomain?: string | undefined;
    }[];
    networkId: string;
    subnetId?: string | undefined;
    projectId?: string | undefined;
}, FloatingIp[], {
    floatingIps: {
        description?: string | undefined;
        portId?: string | undefined;
        fixedAddress?: string | undefined;
        dnsName?: string | undefined;
        dnsDomain?: string | undefined;
        tags?: string[] | undefined;
    }[];
    networkId: string;
    subnetId?: string | undefined;
    projectId?: string | undefined;
}>;
declare const floatingIpGet: Operation<{
    id: string;
}, FloatingIp, {
    id: string;
}>;
declare const floatingIpList: Operation<{
    limit: number;
    networkId?: string | undefined;
    portId?: string | undefined;
    routerId?: string | undefined;
    address?: string | undefined;
    status?: "ERROR" | "DOWN" | "ACTIVE" | "DELETING" | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, FloatingIp[], {
    networkId?: string | undefined;
    portId?: string | undefined;
    routerId?: string | undefined;
    address?: string | undefined;
    status?: "ERROR" | "DOWN" | "ACTIVE" | "DELETING" | undefined;
    tag?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const floatingIpUpdate: Operation<{
    id: string;
    description?: string | undefined;
    portId?: string | null | undefined;
    fixedAddress?: string | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, FloatingIp, {
    id: string;
    description?: string | undefined;
    portId?: string | null | undefined;
    fixedAddress?: string | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const floatingIpDelete: Operation<{
    ids: string[];
}, null, {
    ids: string[];
}>;

declare const portForwardingCreate: Operation<{
    floatingIpId: string;
    protocol: "tcp" | "udp" | "sctp" | "dccp" | "udplite";
    externalPorts: readonly [number, number];
    internalPorts: readonly [number, number];
    portId: string;
    description: string;
    fixedAddress?: string | undefined;
}, PortForwarding, {
    floatingIpId: string;
    protocol: "tcp" | "udp" | "sctp" | "dccp" | "udplite";
    externalPorts: number | [number, number];
    internalPorts: number | [number, number];
    portId: string;
    fixedAddress?: string | undefined;
    description?: string | undefined;
}>;
declare const portForwardingList: Operation<{
    floatingIpId: string;
}, readonly PortForwarding[], {
    floatingIpId: string;
}>;
declare const portForwardingUpdate: Operation<{
    floatingIpId: string;
    id: string;
    protocol?: "tcp" | "udp" | "sctp" | "dccp" | "udplite" | undefined;
    externalPorts?: readonly [number, number] | undefined;
    internalPorts?: readonly [number, number] | undefined;
    portId?: string | undefined;
    fixedAddress?: string | undefined;
    description?: string | undefined;
}, PortForwarding, {
    floatingIpId: string;
    id: string;
    protocol?: "tcp" | "udp" | "sctp" | "dccp" | "udplite" | undefined;
    externalPorts?: number | [number, number] | undefined;
    internalPorts?: number | [number, number] | undefined;
    portId?: string | undefined;
    fixedAddress?: string | undefined;
    description?: string | undefined;
}>;
declare const portForwardingDelete: Operation<{
    floatingIpId: string;
    id: string;
}, null, {
    floatingIpId: string;
    id: string;
}>;

/** What a port does with a packet, and which rule says so. */
interface Verdict {
    readonly passes: boolean;
    /** Absent when no rule was asked: without port security, or for an answer that is known. */
    readonly ruleId?: string;
    readonly groupId?: string;
    /** True: answers to it pass as well. */
    readonly remembered: boolean;
    /** Why it does not pass. */
    readonly reason?: 'portDown' | 'spoofed' | 'noRule';
}

/** What happened to a packet on its way. */
interface WayStep {
    readonly type: 'sent' | 'routed' | 'translated';
    /** The router, or the network on which it is sent. */
    readonly id: string;
    readonly source: string;
    readonly destination: string;
}
type LossReason = 
/** The sender or a router knows no next hop. */
'noRoute'
/** Nobody has the address. */
 | 'nobody'
/** A router is switched off. */
 | 'routerDown'
/** The next hop is a port, whose server may do anything with it. */
 | 'forwardedByPort' | 'tooManyRouters';

/** A port that judged a packet. */
interface PortStep {
    readonly type: 'let' | 'dropped';
    readonly id: string;
    readonly direction: 'ingress' | 'egress';
    readonly source: string;
    readonly destination: string;
    /** The rule that let it through; null when none was needed. */
    readonly ruleId: string | null;
    readonly groupId: string | null;
}
type ReachReason = LossReason | NonNullable<Verdict['reason']>
/** It came to another port, or to a router, or left the cloud. */
 | 'elsewhere';
interface Reach {
    /** True: the packet arrives, and the answer comes back. */
    readonly reachable: boolean;
    /** Where it fails: on the way there, or back; null when it does not. */
    readonly failsOn: 'request' | 'answer' | null;
    readonly reason: ReachReason | null;
    /** The rules that let it through, in order; one that is remembered is named once. */
    readonly ruleIds: readonly string[];
    /** Where the packet went. */
    readonly arrivesAt: string | null;
    readonly request: readonly (WayStep | PortStep)[];
    readonly answer: readonly (WayStep | PortStep)[];
}

declare const reachabilityCheck: Operation<{
    from: {
        portId?: string | undefined;
        networkId?: string | undefined;
        address?: string | undefined;
    };
    to: {
        portId?: string | undefined;
        address?: string | undefined;
    };
    protocol: string;
    sourcePort: number;
    icmpCode: number;
    port?: number | undefined;
    icmpType?: number | undefined;
}, Reach, {
    from: {
        portId?: string | undefined;
        networkId?: string | undefined;
        address?: string | undefined;
    };
    to: {
        portId?: string | undefined;
        address?: string | undefined;
    };
    protocol: string;
    port?: number | undefined;
    sourcePort?: number | undefined;
    icmpType?: number | undefined;
    icmpCode?: number | undefined;
}>;

declare const routerAddInterface: Operation<{
    id: string;
    subnetId?: string | undefined;
    portId?: string | undefined;
}, Router, {
    id: string;
    subnetId?: string | undefined;
    portId?: string | undefined;
}>;
declare const routerRemoveInterface: Operation<{
    id: string;
    subnetId?: string | undefined;
    portId?: string | undefined;
}, Router, {
    id: string;
    subnetId?: string | undefined;
    portId?: string | undefined;
}>;

declare const routerCreate: Operation<{
    name: string;
    description: string;
    adminStateUp: boolean;
    externalGateway: {
        networkId: string;
        enableSnat: boolean;
        fixedIps?: {
            subnetId?: string | undefined;
            address?: string | undefined;
        }[] | undefined;
    } | null;
    tags: string[];
    projectId?: string | undefined;
}, Router, {
    name?: string | undefined;
    description?: string | undefined;
    adminStateUp?: boolean | undefined;
    externalGateway?: {
        networkId: string;
        enableSnat?: boolean | undefined;
        fixedIps?: {
            subnetId?: string | undefined;
            address?: string | undefined;
        }[] | undefined;
    } | null | undefined;
    tags?: string[] | undefined;
    projectId?: string | undefined;
}>;
declare const routerGet: Operation<{
    id: string;
}, Router, {
    id: string;
}>;
declare const routerList: Operation<{
    limit: number;
    name?: string | undefined;
    networkId?: string | undefined;
    subnetId?: string | undefined;
    status?: "ERROR" | "BUILD" | "ACTIVE" | "DELETING" | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, Router[], {
    name?: string | undefined;
    networkId?: string | undefined;
    subnetId?: string | undefined;
    status?: "ERROR" | "BUILD" | "ACTIVE" | "DELETING" | undefined;
    tag?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const routerUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    adminStateUp?: boolean | undefined;
    externalGateway?: {
        networkId: string;
        enableSnat: boolean;
        fixedIps?: {
            subnetId?: string | undefined;
            address?: string | undefined;
        }[] | undefined;
    } | null | undefined;
    routes?: {
        destination: string;
        nexthop: string;
    }[] | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, Router, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    adminStateUp?: boolean | undefined;
    externalGateway?: {
        networkId: string;
        enableSnat?: boolean | undefined;
        fixedIps?: {
            subnetId?: string | undefined;
            address?: string | undefined;
        }[] | undefined;
    } | null | undefined;
    routes?: {
        destination: string;
        nexthop: string;
    }[] | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const routerDelete: Operation<{
    id: string;
    expectedRev?: number | undefined;
}, null, {
    id: string;
    expectedRev?: number | undefined;
}>;

declare const routerAddRoutes: Operation<{
    id: string;
    routes: {
        destination: string;
        nexthop: string;
    }[];
}, Router, {
    id: string;
    routes: {
        destination: string;
        nexthop: string;
    }[];
}>;
declare const routerRemoveRoutes: Operation<{
    id: string;
    routes: {
        destination: string;
        nexthop: string;
    }[];
}, Router, {
    id: string;
    routes: {
        destination: string;
        nexthop: string;
    }[];
}>;

declare const securityGroupCreate: Operation<{
    name: string;
    description: string;
    stateful: boolean;
    tags: string[];
    projectId?: string | undefined;
}, SecurityGroup, {
    name: string;
    description?: string | undefined;
    stateful?: boolean | undefined;
    tags?: string[] | undefined;
    projectId?: string | undefined;
}>;
declare const securityGroupGet: Operation<{
    id: string;
}, SecurityGroup, {
    id: string;
}>;
declare const securityGroupList: Operation<{
    limit: number;
    name?: string | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, SecurityGroup[], {
    name?: string | undefined;
    tag?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const securityGroupUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, SecurityGroup, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const securityGroupDelete: Operation<{
    id: string;
    expectedRev?: number | undefined;
}, null, {
    id: string;
    expectedRev?: number | undefined;
}>;

declare const securityRuleCreate: Operation<{
    groupId: string;
    direction: "ingress" | "egress";
    etherType: "IPv4" | "IPv6";
    protocol: string | null;
    portRangeMin: number | null;
    portRangeMax: number | null;
    remoteIpPrefix: string | null;
    remoteGroupId: string | null;
    remoteAddressGroupId: string | null;
    description: string;
    written?: {
        protocol?: string | undefined;
        remoteIpPrefix?: string | undefined;
    } | undefined;
}, SecurityGroupRule, {
    groupId: string;
    direction: "ingress" | "egress";
    etherType?: "IPv4" | "IPv6" | undefined;
    protocol?: string | number | null | undefined;
    portRangeMin?: number | null | undefined;
    portRangeMax?: number | null | undefined;
    remoteIpPrefix?: string | null | undefined;
    remoteGroupId?: string | null | undefined;
    remoteAddressGroupId?: string | null | undefined;
    description?: string | undefined;
    written?: {
        protocol?: string | undefined;
        remoteIpPrefix?: string | undefined;
    } | undefined;
}>;
declare const securityRuleCreateMany: Operation<{
    rules: {
        groupId: string;
        direction: "ingress" | "egress";
        etherType: "IPv4" | "IPv6";
        protocol: string | null;
        portRangeMin: number | null;
        portRangeMax: number | null;
        remoteIpPrefix: string | null;
        remoteGroupId: string | null;
        remoteAddressGroupId: string | null;
        description: string;
        written?: {
            protocol?: string | undefined;
            remoteIpPrefix?: string | undefined;
        } | undefined;
    }[];
}, SecurityGroupRule[], {
    rules: {
        groupId: string;
        direction: "ingress" | "egress";
        etherType?: "IPv4" | "IPv6" | undefined;
        protocol?: string | number | null | undefined;
        portRangeMin?: number | null | undefined;
        portRangeMax?: number | null | undefined;
        remoteIpPrefix?: string | null | undefined;
        remoteGroupId?: string | null | undefined;
        remoteAddressGroupId?: string | null | undefined;
        description?: string | undefined;
        written?: {
            protocol?: string | undefined;
            remoteIpPrefix?: string | undefined;
        } | undefined;
    }[];
}>;
declare const securityRuleGet: Operation<{
    id: string;
}, SecurityGroupRule, {
    id: string;
}>;
declare const securityRuleList: Operation<{
    limit: number;
    groupId?: string | undefined;
    groupIds?: string[] | undefined;
    direction?: "ingress" | "egress" | undefined;
    etherType?: "IPv4" | "IPv6" | undefined;
    marker?: string | undefined;
}, SecurityGroupRule[], {
    groupId?: string | undefined;
    groupIds?: string[] | undefined;
    direction?: "ingress" | "egress" | undefined;
    etherType?: "IPv4" | "IPv6" | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const securityRuleDelete: Operation<{
    ids: string[];
}, null, {
    ids: string[];
}>;

/** A block that a pool gave to a subnet. */
interface PoolAllocation {
    readonly subnetId: string;
    /** The subnet's project: what it has of the pool is bounded by the pool's quota. */
    readonly projectId: string;
    readonly cidr: string;
}
/** Blocks from which subnets are cut, so that no two of them overlap. */
interface SubnetPool extends Stored, Lent {
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    readonly version: IpVersion;
    /** Canonical, disjoint, in address order, merged where two make one. */
    readonly prefixes: readonly string[];
    /** Lengths of prefixes that subnets may have, and the one that they get unless they ask. */
    readonly minPrefix: number;
    readonly maxPrefix: number;
    readonly defaultPrefix: number;
    /** What one project may have of it: IPv4 addresses, or IPv6 blocks of /64. Null = no bound. */
    readonly defaultQuota: number | null;
    /** Changing this list changes `rev`: so two subnets can never be cut that overlap. */
    readonly allocations: readonly PoolAllocation[];
    /** True: every project may cut subnets from it. */
    readonly shared: boolean;
    /**
     * The version, if it is the pool of subnets that ask for the default one; there is one of each.
     */
    readonly defaultOf: IpVersion | null;
    readonly tags: readonly string[];
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const subnetPoolKind: Kind<SubnetPool>;

declare const subnetPoolCreate: Operation<{
    name: string;
    description: string;
    prefixes: string[];
    defaultQuota: number | null;
    shared: boolean;
    isDefault: boolean;
    tags: string[];
    minPrefix?: number | undefined;
    maxPrefix?: number | undefined;
    defaultPrefix?: number | undefined;
    projectId?: string | undefined;
}, SubnetPool, {
    name: string;
    prefixes: string[];
    description?: string | undefined;
    minPrefix?: number | undefined;
    maxPrefix?: number | undefined;
    defaultPrefix?: number | undefined;
    defaultQuota?: number | null | undefined;
    shared?: boolean | undefined;
    isDefault?: boolean | undefined;
    tags?: string[] | undefined;
    projectId?: string | undefined;
}>;
declare const subnetPoolGet: Operation<{
    id: string;
}, SubnetPool, {
    id: string;
}>;
declare const subnetPoolList: Operation<{
    limit: number;
    name?: string | undefined;
    marker?: string | undefined;
}, SubnetPool[], {
    name?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const subnetPoolUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    prefixes?: string[] | undefined;
    minPrefix?: number | undefined;
    maxPrefix?: number | undefined;
    defaultPrefix?: number | undefined;
    defaultQuota?: number | null | undefined;
    isDefault?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, SubnetPool, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    prefixes?: string[] | undefined;
    minPrefix?: number | undefined;
    maxPrefix?: number | undefined;
    defaultPrefix?: number | undefined;
    defaultQuota?: number | null | undefined;
    isDefault?: boolean | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const subnetPoolAddPrefixes: Operation<{
    id: string;
    prefixes: string[];
}, SubnetPool, {
    id: string;
    prefixes: string[];
}>;
declare const subnetPoolRemovePrefixes: Operation<{
    id: string;
    prefixes: string[];
}, SubnetPool, {
    id: string;
    prefixes: string[];
}>;
declare const subnetPoolDelete: Operation<{
    id: string;
    expectedRev?: number | undefined;
}, null, {
    id: string;
    expectedRev?: number | undefined;
}>;

declare const subnetCreate: Operation<{
    networkId: string;
    name: string;
    description: string;
    enableDhcp: boolean;
    dnsNameservers: string[];
    hostRoutes: {
        destination: string;
        nexthop: string;
    }[];
    ipv6AddressMode: "slaac" | "dhcpv6-stateful" | "dhcpv6-stateless" | null;
    ipv6RaMode: "slaac" | "dhcpv6-stateful" | "dhcpv6-stateless" | null;
    tags: string[];
    cidr?: string | undefined;
    subnetPoolId?: string | null | undefined;
    defaultPoolOf?: 4 | 6 | undefined;
    prefixLength?: number | undefined;
    gatewayIp?: string | null | undefined;
    allocationPools?: {
        start: string;
        end: string;
    }[] | undefined;
    serviceTypes?: string[] | undefined;
}, Subnet, {
    networkId: string;
    cidr?: string | undefined;
    subnetPoolId?: string | null | undefined;
    defaultPoolOf?: 4 | 6 | undefined;
    prefixLength?: number | undefined;
    name?: string | undefined;
    description?: string | undefined;
    gatewayIp?: string | null | undefined;
    enableDhcp?: boolean | undefined;
    allocationPools?: {
        start: string;
        end: string;
    }[] | undefined;
    dnsNameservers?: string[] | undefined;
    hostRoutes?: {
        destination: string;
        nexthop: string;
    }[] | undefined;
    serviceTypes?: string[] | undefined;
    ipv6AddressMode?: "slaac" | "dhcpv6-stateful" | "dhcpv6-stateless" | null | undefined;
    ipv6RaMode?: "slaac" | "dhcpv6-stateful" | "dhcpv6-stateless" | null | undefined;
    tags?: string[] | undefined;
}>;
declare const subnetGet: Operation<{
    id: string;
}, Subnet, {
    id: string;
}>;
declare const subnetList: Operation<{
    limit: number;
    name?: string | undefined;
    networkId?: string | undefined;
    version?: 4 | 6 | undefined;
    cidr?: string | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, Subnet[], {
    name?: string | undefined;
    networkId?: string | undefined;
    version?: 4 | 6 | undefined;
    cidr?: string | undefined;
    tag?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const subnetUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    gatewayIp?: string | null | undefined;
    enableDhcp?: boolean | undefined;
    allocationPools?: {
        start: string;
        end: string;
    }[] | undefined;
    dnsNameservers?: string[] | undefined;
    hostRoutes?: {
        destination: string;
        nexthop: string;
    }[] | undefined;
    serviceTypes?: string[] | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, Subnet, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    gatewayIp?: string | null | undefined;
    enableDhcp?: boolean | undefined;
    allocationPools?: {
        start: string;
        end: string;
    }[] | undefined;
    dnsNameservers?: string[] | undefined;
    hostRoutes?: {
        destination: string;
        nexthop: string;
    }[] | undefined;
    serviceTypes?: string[] | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const subnetDelete: Operation<{
    id: string;
    expectedRev?: number | undefined;
}, null, {
    id: string;
    expectedRev?: number | undefined;
}>;

/**
 * A large object: its bytes are those of others. `dynamic`: of all whose names begin with the
 * prefix, in order, as they are when it is read. `static`: of a list that was checked when it was
 * made, and is kept where other objects keep their bytes. `parts`: of parts that were uploaded for
 * it alone.
 */
type Manifest = {
    readonly type: 'dynamic';
    readonly container: string;
    readonly prefix: string;
} | {
    readonly type: 'static';
    readonly size: number;
    readonly etag: string;
} | {
    readonly type: 'parts';
    readonly size: number;
    readonly etag: string;
};
/**
 * One version of an object; its id is the key of its bytes, so no two versions ever share bytes
 * and a late writer touches nobody else's.
 */
interface ObjectVersion extends Stored {
    readonly projectId: string;
    readonly containerId: string;
    readonly name: string;
    /** The name if this is the current version, else null: of a name one version is current. */
    readonly currentName: string | null;
    /** Grows with each version of a name. */
    readonly sequence: number;
    /** True: says that the object was deleted here; it has no bytes. */
    readonly marker: boolean;
    /** True: made while the container kept versions, so that it is kept itself. */
    readonly kept: boolean;
    /** Bytes stored under the id; of one made of parts, under theirs. */
    readonly size: number;
    /** MD5 of the bytes, lower-case hex; of one made of parts, what S3 makes of theirs. */
    readonly etag: string;
    readonly sha256: string;
    readonly contentType: string;
    readonly contentEncoding: string | null;
    readonly contentDisposition: string | null;
    readonly metadata: Readonly<Record<string, string>>;
    /** Milliseconds since the epoch after which it counts as deleted; null: never. */
    readonly deleteAt: number | null;
    readonly manifest: Manifest | null;
    /** True: what is stored was found to be other bytes than those uploaded. */
    readonly damaged: boolean;
    readonly lastModified: number;
}
declare const objectKind: Kind<ObjectVersion>;
/**
 * Bytes that belong to no object: not yet (`uploading`; whoever uploads them renews the row, whose
 * id is their key), or no more (`discarded`).
 */
interface LooseBytes extends Stored {
    readonly projectId: string;
    readonly key: string;
    readonly state: 'uploading' | 'discarded';
    readonly renewedAt: number;
    /** True: what parts the object had are to go as well. */
    readonly withParts?: boolean;
}
declare const looseBytesKind: Kind<LooseBytes>;

/** What an object will be besides its bytes. */
type ObjectDescription = Pick<ObjectVersion, 'contentType' | 'contentEncoding' | 'contentDisposition' | 'metadata'>;
/**
 * An object that comes in parts, in any order and at any time (S3's multipart uploads). Its id
 * becomes that of the object. Nobody sees it as an object before it is complete.
 */
interface MultipartUpload extends Stored, ObjectDescription {
    readonly projectId: string;
    readonly containerId: string;
    readonly name: string;
    readonly createdAt: number;
}
/**
 * A part; its id is the key of its bytes. `pending`: charged by itself. `used`: belongs to the
 * object of its upload's id, which is charged for it, and goes after it.
 */
interface ObjectPart extends Stored {
    readonly projectId: string;
    readonly containerId: string;
    readonly uploadId: string;
    readonly number: number;
    readonly state: 'pending' | 'used';
    readonly size: number;
    /** MD5 of the bytes, lower-case hex. */
    readonly etag: string;
    readonly sha256: string;
    readonly lastModified: number;
}
declare const objectPartKind: Kind<ObjectPart>;

/** Keys that sign temporary URLs: two, so that one can be replaced while the other is in use. */
interface TempUrlKeys {
    readonly first: string | null;
    readonly second: string | null;
}

/**
 * `off`: an overwrite is final. `enabled`: what is overwritten or deleted stays as a version.
 * `suspended`: versions stay, and no more are made.
 */
declare const containerVersionings: readonly ["off", "enabled", "suspended"];
type ContainerVersioning = (typeof containerVersionings)[number];
interface Container extends Stored {
    readonly projectId: string;
    readonly name: string;
    readonly metadata: Readonly<Record<string, string>>;
    /** Who else may read, and who else may write: lists as Swift writes them, empty for nobody. */
    readonly readAcl: string;
    readonly writeAcl: string;
    /** Most current objects, and most bytes of objects and versions; null: no limit of its own. */
    readonly maxObjects: number | null;
    readonly maxBytes: number | null;
    readonly versioning: ContainerVersioning;
    /**
     * The older way to keep versions (Swift's `X-Versions-Location`): what is replaced moves to the
     * container of this name, and comes back when what replaced it is deleted.
     */
    readonly versionsIn: string | null;
    readonly tempUrlKeys: TempUrlKeys;
    readonly createdAt: number;
    readonly updatedAt: number;
}

/** Which keys are set: keys themselves are never shown. */
interface TempUrlKeysView {
    readonly first: boolean;
    readonly second: boolean;
}
/** A project's containers as a whole. */
interface AccountView {
    readonly projectId: string;
    readonly containers: number;
    /** Objects and versions, and the bytes of both. */
    readonly objects: number;
    readonly bytes: number;
    readonly metadata: Readonly<Record<string, string>>;
    readonly tempUrlKeys: TempUrlKeysView;
    readonly createdAt: number;
    readonly updatedAt: number;
}
/** A container as shown, with what it holds. */
interface ContainerView extends Omit<Container, 'tempUrlKeys'> {
    /** Current objects, and other versions. */
    readonly objects: number;
    readonly versions: number;
    /** Of both together. */
    readonly bytes: number;
    readonly tempUrlKeys: TempUrlKeysView;
}
/** A version of an object as shown. */
interface ObjectView {
    readonly id: string;
    readonly name: string;
    readonly isCurrent: boolean;
    /** True: says that the object was deleted here. */
    readonly isDeleteMarker: boolean;
    /** True: made while the container kept versions, so that its id tells it from others. */
    readonly isKept: boolean;
    /** Bytes that a reader gets; null for a dynamic large object until it is looked at. */
    readonly size: number | null;
    readonly etag: string | null;
    /** Of the bytes stored; null for large objects, whose bytes are those of others. */
    readonly sha256: string | null;
    readonly contentType: string;
    readonly contentEncoding: string | null;
    readonly contentDisposition: string | null;
    readonly metadata: Readonly<Record<string, string>>;
    readonly deleteAt: number | null;
    readonly manifest: Manifest | null;
    readonly damaged: boolean;
    readonly lastModified: number;
}

declare const objectAccountGet: Operation<{
    account?: string | undefined;
}, AccountView, {
    account?: string | undefined;
}>;
/** Metadata that is given replaces all of it; of the keys only those named change. */
declare const objectAccountUpdate: Operation<{
    account?: string | undefined;
    metadata?: Record<string, string> | undefined;
    tempUrlKeys?: {
        first?: string | null | undefined;
        second?: string | null | undefined;
    } | undefined;
}, AccountView, {
    account?: string | undefined;
    metadata?: Record<string, string> | undefined;
    tempUrlKeys?: {
        first?: string | null | undefined;
        second?: string | null | undefined;
    } | undefined;
}>;

type ContainerEntry = {
    readonly type: 'container';
    readonly name: string;
    readonly container: ContainerView;
} | {
    readonly type: 'prefix';
    readonly name: string;
};
declare const containerList: Operation<{
    prefix: string;
    delimiter: string;
    reverse: boolean;
    limit: number;
    marker?: string | undefined;
    endMarker?: string | undefined;
    account?: string | undefined;
}, ContainerEntry[], {
    prefix?: string | undefined;
    delimiter?: string | undefined;
    marker?: string | undefined;
    endMarker?: string | undefined;
    reverse?: boolean | undefined;
    limit?: number | undefined;
    account?: string | undefined;
}>;

/**
 * @throws CloudError `conflict` when the project has one of this name; `quotaExceeded` for
 *   `containers`; `notFound` for a project that is not there.
 */
declare const containerCreate: Operation<{
    name: string;
    metadata: Record<string, string>;
    readAcl: string;
    writeAcl: string;
    maxObjects: number | null;
    maxBytes: number | null;
    versioning: "enabled" | "off";
    versionsIn: string | null;
    account?: string | undefined;
    tempUrlKeys?: {
        first?: string | null | undefined;
        second?: string | null | undefined;
    } | undefined;
}, ContainerView, {
    name: string;
    account?: string | undefined;
    metadata?: Record<string, string> | undefined;
    readAcl?: string | undefined;
    writeAcl?: string | undefined;
    maxObjects?: number | null | undefined;
    maxBytes?: number | null | undefined;
    versioning?: "enabled" | "off" | undefined;
    versionsIn?: string | null | undefined;
    tempUrlKeys?: {
        first?: string | null | undefined;
        second?: string | null | undefined;
    } | undefined;
}>;
declare const containerGet: Operation<{
    container: string;
    referrer?: string | undefined;
    account?: string | undefined;
}, ContainerView, {
    container: string;
    referrer?: string | undefined;
    account?: string | undefined;
}>;
/**
 * What is given replaces what was. A limit below what is held keeps it, and lets in nothing more.
 *
 * @throws CloudError `conflict` for two ways to keep versions at once.
 */
declare const containerUpdate: Operation<{
    container: string;
    metadata?: Record<string, string> | undefined;
    readAcl?: string | undefined;
    writeAcl?: string | undefined;
    maxObjects?: number | null | undefined;
    maxBytes?: number | null | undefined;
    versioning?: "suspended" | "enabled" | undefined;
    versionsIn?: string | null | undefined;
    tempUrlKeys?: {
        first?: string | null | undefined;
        second?: string | null | undefined;
    } | undefined;
    account?: string | undefined;
}, ContainerView, {
    container: string;
    metadata?: Record<string, string> | undefined;
    readAcl?: string | undefined;
    writeAcl?: string | undefined;
    maxObjects?: number | null | undefined;
    maxBytes?: number | null | undefined;
    versioning?: "suspended" | "enabled" | undefined;
    versionsIn?: string | null | undefined;
    tempUrlKeys?: {
        first?: string | null | undefined;
        second?: string | null | undefined;
    } | undefined;
    account?: string | undefined;
}>;
/** @throws CloudError `conflict` while it holds objects or versions of them. */
declare const containerDelete: Operation<{
    container: string;
    account?: string | undefined;
}, void, {
    container: string;
    account?: string | undefined;
}>;

declare const objectUploadInput: z.ZodObject<{
    size: z.ZodOptional<z.ZodInt>;
    checksum: z.ZodOptional<z.ZodDiscriminatedUnion<[z.ZodObject<{
        algorithm: z.ZodLiteral<"md5">;
        value: z.ZodString;
    }, z.core.$strict>, z.ZodObject<{
        algorithm: z.ZodLiteral<"sha256">;
        value: z.ZodString;
    }, z.core.$strict>], "algorithm">>;
    dynamic: z.ZodOptional<z.ZodObject<{
        container: z.ZodString;
        prefix: z.ZodString;
    }, z.core.$strict>>;
    ifMatch: z.ZodOptional<z.ZodUnion<readonly [z.ZodLiteral<"*">, z.ZodArray<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>]>>;
    ifNoneMatch: z.ZodOptional<z.ZodUnion<readonly [z.ZodLiteral<"*">, z.ZodArray<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>]>>;
    contentType: z.ZodDefault<z.ZodString>;
    contentEncoding: z.ZodDefault<z.ZodNullable<z.ZodString>>;
    contentDisposition: z.ZodDefault<z.ZodNullable<z.ZodString>>;
    metadata: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodString>>;
    deleteAt: z.ZodDefault<z.ZodNullable<z.ZodInt>>;
    deleteAfterSeconds: z.ZodOptional<z.ZodInt>;
    account: z.ZodOptional<z.ZodString>;
    container: z.ZodString;
    name: z.ZodString;
}, z.core.$strict>;
type ObjectUploadInput = z.input<typeof objectUploadInput>;

type StoreOptions = Pick<CallOptions, 'signal' | 'requestId'>;
/**
 * Stores an object: its bytes as they come, hashed on the way, then the object in one commit.
 * Nothing is held in memory but the chunk at hand. Until that commit readers see what was there
 * before; an upload that fails leaves nothing, and of two at once the later commit stays.
 *
 * @param data chunks of any size, each taken before the next is asked for.
 * @throws CloudError `notFound` and `forbidden` for the container; `conflict` (field `ifMatch` or
 *   `ifNoneMatch`) for a condition that does not hold, at the beginning or at the end;
 *   `quotaExceeded` (`objects`, `objectBytes`, `maxObjects`, `maxBytes`); `tooLarge` and `invalid`
 *   (field `size`) for more and fewer bytes than declared; `checksumMismatch`; `aborted`.
 */
declare function uploadObject(kernel: Kernel, actor: Actor, input: ObjectUploadInput, data: AsyncIterable<Uint8Array>, options?: StoreOptions): Promise<ObjectView>;

declare const copyInput: z.ZodObject<{
    ifMatch: z.ZodOptional<z.ZodUnion<readonly [z.ZodLiteral<"*">, z.ZodArray<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>]>>;
    ifUnmodifiedSince: z.ZodOptional<z.ZodInt>;
    versionId: z.ZodOptional<z.ZodString>;
    to: z.ZodObject<{
        ifMatch: z.ZodOptional<z.ZodUnion<readonly [z.ZodLiteral<"*">, z.ZodArray<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>]>>;
        ifNoneMatch: z.ZodOptional<z.ZodUnion<readonly [z.ZodLiteral<"*">, z.ZodArray<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>]>>;
        account: z.ZodOptional<z.ZodString>;
        container: z.ZodString;
        name: z.ZodString;
    }, z.core.$strict>;
    metadata: z.ZodOptional<z.ZodRecord<z.ZodString, z.ZodString>>;
    freshMetadata: z.ZodDefault<z.ZodBoolean>;
    contentType: z.ZodOptional<z.ZodString>;
    deleteAt: z.ZodDefault<z.ZodNullable<z.ZodInt>>;
    account: z.ZodOptional<z.ZodString>;
    container: z.ZodString;
    name: z.ZodString;
}, z.core.$strict>;
type ObjectCopyInput = z.input<typeof copyInput>;
/**
 * Copies an object within the cloud: its bytes, what is said of them, its metadata. A large object
 * becomes a plain one. The copy is wholly there or not at all; what was under its name before is
 * replaced then.
 *
 * @throws CloudError what `downloadObject` and `uploadObject` throw.
 */
declare function copyObject(kernel: Kernel, actor: Actor, input: ObjectCopyInput, options?: StoreOptions): Promise<ObjectView>;

declare const downloadInput: z.ZodObject<{
    versionId: z.ZodOptional<z.ZodString>;
    referrer: z.ZodOptional<z.ZodString>;
    start: z.ZodOptional<z.ZodInt>;
    end: z.ZodOptional<z.ZodInt>;
    last: z.ZodOptional<z.ZodInt>;
    ifModifiedSince: z.ZodOptional<z.ZodInt>;
    ifUnmodifiedSince: z.ZodOptional<z.ZodInt>;
    ifMatch: z.ZodOptional<z.ZodUnion<readonly [z.ZodLiteral<"*">, z.ZodArray<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>]>>;
    ifNoneMatch: z.ZodOptional<z.ZodUnion<readonly [z.ZodLiteral<"*">, z.ZodArray<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>]>>;
    account: z.ZodOptional<z.ZodString>;
    container: z.ZodString;
    name: z.ZodString;
}, z.core.$strict>;
type ObjectDownloadInput = z.input<typeof downloadInput>;
interface ObjectDownload {
    readonly object: ObjectView;
    /** True: the reader has it already, by the conditions; there are no bytes then. */
    readonly unchanged: boolean;
    readonly start: number;
    /** Exclusive. */
    readonly end: number;
    /**
     * Throws `checksumMismatch` when what is stored is not what was uploaded: each segment that is
     * read as a whole is verified. Read it once.
     */
    readonly bytes: AsyncIterable<Uint8Array>;
    /** Others of its bytes, by the same look at what it is made of. Within its size. */
    readonly slice: (start: number, end: number) => AsyncIterable<Uint8Array>;
}
/**
 * The bytes of an object, or a range of them.
 *
 * @throws CloudError `notFound`; `forbidden`; `conflict` with the condition that does not hold as
 *   `field`, or when a segment of a large object is not what it was; `invalid` for a range outside.
 */
declare function downloadObject(kernel: Kernel, actor: Actor, input: ObjectDownloadInput, options?: StoreOptions): Promise<ObjectDownload>;
/** @param only the container in which alone segments may be, for readers who may not see others. */
declare function readObject(kernel: Kernel, actor: Actor, input: ObjectDownloadInput, options: StoreOptions, only?: string): Promise<ObjectDownload>;

/** A segment of a static large object, as its manifest names it. */
interface Segment {
    readonly container: string;
    readonly name: string;
    readonly etag: string;
    readonly size: number;
    /** The part of it that counts: from `start` to `end` (exclusive). */
    readonly start: number;
    readonly end: number;
}

declare const manifestInput: z.ZodObject<{
    segments: z.ZodArray<z.ZodObject<{
        container: z.ZodString;
        name: z.ZodString;
        etag: z.ZodOptional<z.ZodString>;
        size: z.ZodOptional<z.ZodInt>;
        start: z.ZodOptional<z.ZodInt>;
        end: z.ZodOptional<z.ZodInt>;
    }, z.core.$strict>>;
    ifMatch: z.ZodOptional<z.ZodUnion<readonly [z.ZodLiteral<"*">, z.ZodArray<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>]>>;
    ifNoneMatch: z.ZodOptional<z.ZodUnion<readonly [z.ZodLiteral<"*">, z.ZodArray<z.ZodPipe<z.ZodString, z.ZodTransform<string, string>>>]>>;
    contentType: z.ZodDefault<z.ZodString>;
    contentEncoding: z.ZodDefault<z.ZodNullable<z.ZodString>>;
    contentDisposition: z.ZodDefault<z.ZodNullable<z.ZodString>>;
    metadata: z.ZodDefault<z.ZodRecord<z.ZodString, z.ZodString>>;
    deleteAt: z.ZodDefault<z.ZodNullable<z.ZodInt>>;
    deleteAfterSeconds: z.ZodOptional<z.ZodInt>;
    account: z.ZodOptional<z.ZodString>;
    container: z.ZodString;
    name: z.ZodString;
}, z.core.$strict>;
type ObjectManifestInput = z.input<typeof manifestInput>;
/** Segments as a manifest keeps them, and what they make together. */
interface Checked {
    readonly segments: readonly Segment[];
    readonly size: number;
    readonly etag: string;
}
/** @throws CloudError `invalid` naming the segment that is not there, or not what was said. */
declare const objectManifestCheck: Operation<{
    segments: {
        container: string;
        name: string;
        etag?: string | undefined;
        size?: number | undefined;
        start?: number | undefined;
        end?: number | undefined;
    }[];
    account?: string | undefined;
}, Checked, {
    segments: {
        container: string;
        name: string;
        etag?: string | undefined;
        size?: number | undefined;
        start?: number | undefined;
        end?: number | undefined;
    }[];
    account?: string | undefined;
}>;
/**
 * Stores a static large object: a list of segments, checked now, whose bytes are read one after
 * the other. Segments stay objects of their own: one that is changed or deleted breaks the whole.
 *
 * @throws CloudError `invalid` naming the segment that is not there, or not what was said; and what
 *   `uploadObject` throws.
 */
declare function storeManifest(kernel: Kernel, actor: Actor, input: ObjectManifestInput, options?: StoreOptions): Promise<ObjectView>;
declare const objectManifestGet: Operation<{
    container: string;
    name: string;
    versionId?: string | undefined;
    account?: string | undefined;
}, readonly Segment[], {
    container: string;
    name: string;
    versionId?: string | undefined;
    account?: string | undefined;
}>;

/** A large object is looked at as a whole: with the size of all its segments. */
declare const objectGet: Operation<{
    container: string;
    name: string;
    versionId?: string | undefined;
    referrer?: string | undefined;
    account?: string | undefined;
}, ObjectView, {
    container: string;
    name: string;
    versionId?: string | undefined;
    referrer?: string | undefined;
    account?: string | undefined;
}>;
/** What is given replaces what was; metadata as a whole. The bytes stay as they are. */
declare const objectUpdate: Operation<{
    container: string;
    name: string;
    contentType?: string | undefined;
    contentEncoding?: string | null | undefined;
    contentDisposition?: string | null | undefined;
    metadata?: Record<string, string> | undefined;
    deleteAt?: number | null | undefined;
    dynamic?: {
        container: string;
        prefix: string;
    } | null | undefined;
    account?: string | undefined;
}, ObjectView, {
    container: string;
    name: string;
    contentType?: string | undefined;
    contentEncoding?: string | null | undefined;
    contentDisposition?: string | null | undefined;
    metadata?: Record<string, string> | undefined;
    deleteAt?: number | null | undefined;
    dynamic?: {
        container: string;
        prefix: string;
    } | null | undefined;
    account?: string | undefined;
}>;
/** What a deletion left. */
interface ObjectDeleted {
    /** The version that says that the object was deleted, where versions are kept. */
    readonly deleteMarkerId: string | null;
    /** True: what went was such a marker itself. */
    readonly wasDeleteMarker: boolean;
}
/**
 * Where versions are kept, the object stays as one of them, and a marker says that it was deleted.
 * With `versionId` that version goes for good, or that marker; what is current then stays so.
 *
 * @throws CloudError `notFound`; `conflict` for a condition that does not hold.
 */
declare const objectDelete: Operation<{
    promote: boolean;
    withSegments: boolean;
    container: string;
    name: string;
    versionId?: string | undefined;
    ifMatch?: string[] | "*" | undefined;
    ifNoneMatch?: string[] | "*" | undefined;
    account?: string | undefined;
}, ObjectDeleted, {
    container: string;
    name: string;
    versionId?: string | undefined;
    promote?: boolean | undefined;
    withSegments?: boolean | undefined;
    ifMatch?: string[] | "*" | undefined;
    ifNoneMatch?: string[] | "*" | undefined;
    account?: string | undefined;
}>;
/** What became of a bulk deletion. */
interface ObjectsDeleted {
    readonly deleted: number;
    /** Names of which there was no object. */
    readonly notFound: readonly string[];
}
/** One transaction, and as many statements, however many names. */
declare const objectDeleteMany: Operation<{
    container: string;
    names: string[];
    account?: string | undefined;
}, ObjectsDeleted, {
    container: string;
    names: string[];
    account?: string | undefined;
}>;
type ObjectEntry = {
    readonly type: 'object';
    readonly name: string;
    readonly object: ObjectView;
} | {
    readonly type: 'prefix';
    readonly name: string;
};
/**
 * In order of names, by code point. With a delimiter, names that share what comes before it are one
 * entry, whose cost is that of one, however many they are.
 */
declare const objectList: Operation<{
    prefix: string;
    delimiter: string;
    reverse: boolean;
    limit: number;
    container: string;
    marker?: string | undefined;
    endMarker?: string | undefined;
    account?: string | undefined;
    referrer?: string | undefined;
}, ObjectEntry[], {
    container: string;
    prefix?: string | undefined;
    delimiter?: string | undefined;
    marker?: string | undefined;
    endMarker?: string | undefined;
    reverse?: boolean | undefined;
    limit?: number | undefined;
    account?: string | undefined;
    referrer?: string | undefined;
}>;

/** Who comes without an identity: sees what access lists open to everybody, and nothing else. */
declare const anybody: Actor;
/** Reads an object of a container that is open to everybody; see `downloadObject`. */
declare function downloadPublic(kernel: Kernel, input: ObjectDownloadInput & {
    readonly account: string;
}, options?: StoreOptions): Promise<ObjectDownload>;
/** Lists a container whose listing is open to everybody. */
declare function listPublic(kernel: Kernel, input: InputOf<typeof objectList> & {
    readonly account: string;
}, options?: StoreOptions): Promise<ObjectEntry[]>;

declare const methods: readonly ["GET", "HEAD", "PUT", "POST", "DELETE"];
type Method = (typeof methods)[number];
/** Says that whoever holds it may do this with that object, until then. */
interface TempUrl {
    readonly method: Method;
    /** As it is signed: `/v1/AUTH_<project>/<container>/<object>`. */
    readonly path: string;
    /** Seconds since the epoch. */
    readonly expires: number;
    /** Names that begin so, instead of one. */
    readonly prefix: string | null;
    /** HMAC-SHA-256 in hex. */
    readonly signature: string;
}
/** @throws CloudError `conflict` when neither the container nor the account has a key. */
declare const tempUrlCreate: Operation<{
    method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
    seconds: number;
    container: string;
    name: string;
    account?: string | undefined;
}, TempUrl, {
    container: string;
    name: string;
    method?: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | undefined;
    seconds?: number | undefined;
    account?: string | undefined;
}>;
/**
 * Keys are shown to whoever owns the container and may write: as Swift shows them among the
 * metadata.
 */
declare const tempUrlKeysGet: Operation<{
    account?: string | undefined;
    container?: string | undefined;
}, TempUrlKeys, {
    account?: string | undefined;
    container?: string | undefined;
}>;
declare const tempUrlInput: z.ZodObject<{
    ipRange: z.ZodOptional<z.ZodString>;
    address: z.ZodOptional<z.ZodString>;
    prefix: z.ZodOptional<z.ZodString>;
    expires: z.ZodInt;
    signature: z.ZodString;
    root: z.ZodDefault<z.ZodString>;
    account: z.ZodString;
    container: z.ZodString;
    name: z.ZodString;
}, z.core.$strict>;
type TempUrlInput = z.input<typeof tempUrlInput>;
/** Reads an object for whoever holds a temporary URL; see `downloadObject`. */
declare function downloadByTempUrl(kernel: Kernel, url: TempUrlInput, input?: Omit<ObjectDownloadInput, 'account' | 'container' | 'name' | 'versionId'>, options?: StoreOptions): Promise<ObjectDownload>;
/** Stores an object for whoever holds a temporary URL; see `uploadObject`. */
declare function uploadByTempUrl(kernel: Kernel, url: TempUrlInput, input: Omit<ObjectUploadInput, 'account' | 'container' | 'name' | 'dynamic'>, data: AsyncIterable<Uint8Array>, options?: StoreOptions): Promise<ObjectView>;
/** What a signature lets its holder do: as this actor, in this container. */
interface SignedGrant {
    readonly actor: Actor;
    readonly account: string;
    readonly container: string;
    /** The container whose key it was, if it was not the account's: segments may be in no other. */
    readonly only: string | undefined;
}
/**
 * Checks a temporary URL. Who may read, or store, may ask for headers as well.
 *
 * @throws CloudError `unauthenticated` for whatever is wrong with it: nothing more is told.
 */
declare function verifyTempUrl(kernel: Kernel, url: TempUrlInput, method: Method): Promise<SignedGrant>;
declare const formInput: z.ZodObject<{
    redirect: z.ZodString;
    maxFileSize: z.ZodInt;
    maxFileCount: z.ZodInt;
    expires: z.ZodInt;
    signature: z.ZodString;
    root: z.ZodDefault<z.ZodString>;
    account: z.ZodString;
    container: z.ZodString;
    prefix: z.ZodString;
}, z.core.$strict>;
type ObjectFormInput = z.input<typeof formInput>;
/**
 * Checks the form by which a browser uploads (Swift's FormPOST).
 *
 * @throws CloudError `unauthenticated` for whatever is wrong with it: nothing more is told.
 */
declare function verifyForm(kernel: Kernel, form: ObjectFormInput): Promise<SignedGrant>;

/**
 * The parts named become the object, in one commit; those not named go. Asked again for the same
 * upload, it answers with the object that it became.
 *
 * @throws CloudError `notFound` (`uploadId`); `invalid` (`parts[n].number`, `parts[n].etag`,
 *   `parts[n].size`) for parts out of order, absent, other than said, or too small; `conflict` for
 *   a condition that does not hold.
 */
declare const multipartUploadComplete: Operation<{
    parts: {
        number: number;
        etag: string;
    }[];
    uploadId: string;
    container: string;
    name: string;
    ifMatch?: string[] | "*" | undefined;
    ifNoneMatch?: string[] | "*" | undefined;
    account?: string | undefined;
}, ObjectView, {
    parts: {
        number: number;
        etag: string;
    }[];
    uploadId: string;
    container: string;
    name: string;
    ifMatch?: string[] | "*" | undefined;
    ifNoneMatch?: string[] | "*" | undefined;
    account?: string | undefined;
}>;

/** An upload in parts, as shown. */
type MultipartUploadView = Omit<MultipartUpload, 'rev' | 'containerId' | 'projectId'>;
/** A part, as shown. */
type ObjectPartView = Pick<ObjectPart, 'number' | 'size' | 'etag' | 'lastModified'>;
/** @throws CloudError `quotaExceeded` (`objects`); and what `fetchContainer` throws. */
declare const multipartUploadCreate: Operation<{
    contentType: string;
    contentEncoding: string | null;
    contentDisposition: string | null;
    metadata: Record<string, string>;
    container: string;
    name: string;
    account?: string | undefined;
}, MultipartUploadView, {
    container: string;
    name: string;
    contentType?: string | undefined;
    contentEncoding?: string | null | undefined;
    contentDisposition?: string | null | undefined;
    metadata?: Record<string, string> | undefined;
    account?: string | undefined;
}>;
/** By name; those of one name in the order of their ids. */
declare const multipartUploadList: Operation<{
    container: string;
    prefix: string;
    limit: number;
    account?: string | undefined;
    nameMarker?: string | undefined;
    idMarker?: string | undefined;
}, MultipartUploadView[], {
    container: string;
    account?: string | undefined;
    prefix?: string | undefined;
    nameMarker?: string | undefined;
    idMarker?: string | undefined;
    limit?: number | undefined;
}>;
declare const objectPartList: Operation<{
    after: number;
    limit: number;
    uploadId: string;
    container: string;
    name: string;
    account?: string | undefined;
}, ObjectPartView[], {
    uploadId: string;
    container: string;
    name: string;
    after?: number | undefined;
    limit?: number | undefined;
    account?: string | undefined;
}>;
/** Its parts go with it. */
declare const multipartUploadAbort: Operation<{
    uploadId: string;
    container: string;
    name: string;
    account?: string | undefined;
}, void, {
    uploadId: string;
    container: string;
    name: string;
    account?: string | undefined;
}>;

declare const partInput: z.ZodObject<{
    number: z.ZodInt;
    size: z.ZodOptional<z.ZodInt>;
    checksum: z.ZodOptional<z.ZodDiscriminatedUnion<[z.ZodObject<{
        algorithm: z.ZodLiteral<"md5">;
        value: z.ZodString;
    }, z.core.$strict>, z.ZodObject<{
        algorithm: z.ZodLiteral<"sha256">;
        value: z.ZodString;
    }, z.core.$strict>], "algorithm">>;
    uploadId: z.ZodString;
    account: z.ZodOptional<z.ZodString>;
    container: z.ZodString;
    name: z.ZodString;
}, z.core.$strict>;
type ObjectPartInput = z.input<typeof partInput>;
/**
 * Stores a part of an object that comes in parts, instead of what its number was before.
 *
 * @param data chunks of any size, each taken before the next is asked for.
 * @throws CloudError `notFound` (`uploadId`) for an upload that is not under way, at the beginning
 *   or at the end; and what `uploadObject` throws.
 */
declare function uploadObjectPart(kernel: Kernel, actor: Actor, input: ObjectPartInput, data: AsyncIterable<Uint8Array>, options?: StoreOptions): Promise<ObjectPartView>;

/** Delete markers are versions too. */
declare const objectVersionList: Operation<{
    limit: number;
    container: string;
    marker?: string | undefined;
    account?: string | undefined;
    name?: string | undefined;
}, ObjectView[], {
    container: string;
    limit?: number | undefined;
    marker?: string | undefined;
    account?: string | undefined;
    name?: string | undefined;
}>;
type ObjectVersionEntry = {
    readonly type: 'version';
    readonly name: string;
    readonly version: ObjectView;
} | {
    readonly type: 'prefix';
    readonly name: string;
};
/** As S3 and Swift list versions: with a delimiter, names are rolled into one entry. */
declare const objectVersionBrowse: Operation<{
    container: string;
    prefix: string;
    delimiter: string;
    limit: number;
    account?: string | undefined;
    nameMarker?: string | undefined;
    versionMarker?: string | undefined;
}, ObjectVersionEntry[], {
    container: string;
    account?: string | undefined;
    prefix?: string | undefined;
    delimiter?: string | undefined;
    nameMarker?: string | undefined;
    versionMarker?: string | undefined;
    limit?: number | undefined;
}>;
/** What is current stays as a version where versions are kept, or was kept itself. */
declare const objectVersionRestore: Operation<{
    versionId: string;
    container: string;
    name: string;
    account?: string | undefined;
}, ObjectView, {
    versionId: string;
    container: string;
    name: string;
    account?: string | undefined;
}>;

/**
 * Replaces what consumers take, all or none. Consumers that are servers of this cloud are
 * compute's.
 *
 * @throws CloudError `stale` for another generation; `conflict` for servers and where there is no
 *   room; `invalid` for a provider that is not there.
 */
declare const allocationSet: Operation<{
    consumers: {
        id: string;
        projectId: string;
        userId: string;
        type: string | null;
        allocations: {
            providerId: string;
            resources: Record<string, number>;
        }[];
        generation?: number | null | undefined;
    }[];
}, {
    count: number;
}, {
    consumers: {
        id: string;
        projectId: string;
        userId: string;
        allocations: {
            providerId: string;
            resources: Record<string, number>;
        }[];
        type?: string | null | undefined;
        generation?: number | null | undefined;
    }[];
}>;
/** What one consumer takes of one provider. */
interface AllocationView {
    readonly providerId: string;
    /** Of the provider, as it is now. */
    readonly providerGeneration: number;
    readonly resources: Readonly<Record<string, number>>;
}
/** A consumer and all that it takes. */
interface ConsumerView {
    readonly id: string;
    readonly projectId: string;
    readonly userId: string;
    readonly type: string | null;
    readonly generation: number;
    /** True: a server of this cloud. */
    readonly isServer: boolean;
    readonly allocations: readonly AllocationView[];
}
declare const allocationGet: Operation<{
    id: string;
}, ConsumerView | null, {
    id: string;
}>;
/** What one consumer takes of a provider. */
interface ProviderConsumer {
    /** Of the allocation: the marker of the next page. */
    readonly id: string;
    readonly consumerId: string;
    /** Of the consumer. */
    readonly generation: number;
    readonly resources: Readonly<Record<string, number>>;
}
declare const providerAllocations: Operation<{
    id: string;
    of: "servers" | "others";
    limit: number;
    marker?: string | undefined;
}, ProviderConsumer[], {
    id: string;
    of?: "servers" | "others" | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;

/** One resource class of a provider that is not a host, as OpenStack Placement describes it. */
interface ProviderInventory {
    readonly total: number;
    readonly reserved: number;
    /** What one allocation takes at least and at most, and of what it takes a multiple. */
    readonly minUnit: number;
    readonly maxUnit: number;
    readonly stepSize: number;
    /** Capacity = floor((total − reserved) × ratio). */
    readonly ratio: number;
}

/** Any provider of resources, a host or another. */
interface ProviderView {
    readonly id: string;
    readonly name: string;
    /** Grows with each change; a writer names the one he has read. */
    readonly generation: number;
    readonly parentId: string | null;
    readonly rootId: string;
    /** True: a compute host. Compute owns its inventories. */
    readonly isHost: boolean;
    readonly traits: readonly string[];
    readonly aggregateIds: readonly string[];
    readonly inventories: Readonly<Record<string, ProviderInventory>>;
    readonly createdAt: number;
    readonly updatedAt: number;
}

/** Hosts and other providers by id; a filter is looked at row by row. */
declare const providerList: Operation<{
    limit: number;
    memberOf: string[][];
    notMemberOf: string[];
    required: string[][];
    forbidden: string[];
    marker?: string | undefined;
    id?: string | undefined;
    name?: string | undefined;
    inTree?: string | undefined;
    resources?: Record<string, number> | undefined;
}, ProviderView[], {
    limit?: number | undefined;
    marker?: string | undefined;
    id?: string | undefined;
    name?: string | undefined;
    inTree?: string | undefined;
    memberOf?: string[][] | undefined;
    notMemberOf?: string[] | undefined;
    required?: string[][] | undefined;
    forbidden?: string[] | undefined;
    resources?: Record<string, number> | undefined;
}>;

/** One way to meet an ask within one tree. */
interface Candidate {
    readonly allocations: Readonly<Record<string, Readonly<Record<string, number>>>>;
    /** By suffix, the providers that meet the group. */
    readonly mappings: Readonly<Record<string, readonly string[]>>;
}

/** A provider of a tree of which a candidate takes something. */
interface ProviderSummary extends ProviderView {
    readonly used: Readonly<Record<string, number>>;
}
interface CandidatesAnswer {
    readonly candidates: readonly Candidate[];
    readonly summaries: readonly ProviderSummary[];
}
/**
 * Where an ask could be met now; nothing is reserved. Hosts that take nothing new are left out, as
 * they are when servers are placed. The search is bounded: by the candidates asked for, by the
 * trees of providers that are no hosts (`limits.candidateProviders`), and by its steps.
 *
 * @throws CloudError `invalid` for lists of any-of traits that are too many together.
 */
declare const candidatesFind: Operation<{
    groups: {
        suffix: string;
        required: string[][];
        forbidden: string[];
        memberOf: string[][];
        notMemberOf: string[];
        resources?: Record<string, number> | undefined;
        inTree?: string | undefined;
    }[];
    groupPolicy: "none" | "isolate";
    sameSubtree: string[][];
    rootRequired: string[];
    rootForbidden: string[];
    limit: number;
}, CandidatesAnswer, {
    groups: {
        suffix: string;
        resources?: Record<string, number> | undefined;
        required?: string[][] | undefined;
        forbidden?: string[] | undefined;
        memberOf?: string[][] | undefined;
        notMemberOf?: string[] | undefined;
        inTree?: string | undefined;
    }[];
    groupPolicy?: "none" | "isolate" | undefined;
    sameSubtree?: string[][] | undefined;
    rootRequired?: string[] | undefined;
    rootForbidden?: string[] | undefined;
    limit?: number | undefined;
}>;

/**
 * Changes what a provider has. A capacity below what is used is allowed, as in OpenStack Placement:
 * it takes nothing away and stops growth. A class of which something is used cannot go.
 *
 * @throws CloudError `stale` when the generation is another one; `conflict` for a host, a class in
 *   use, a class that is or is not there; `notFound` for a class to remove that is not there.
 */
declare const providerSetInventory: Operation<{
    id: string;
    inventories: Record<string, {
        total: number;
        reserved: number;
        minUnit: number;
        maxUnit: number;
        stepSize: number;
        ratio: number;
    }>;
    replace: boolean;
    remove: string[];
    expect: "any" | "present" | "new";
    generation?: number | undefined;
}, ProviderView, {
    id: string;
    generation?: number | undefined;
    inventories?: Record<string, {
        total: number;
        reserved?: number | undefined;
        minUnit?: number | undefined;
        maxUnit?: number | undefined;
        stepSize?: number | undefined;
        ratio?: number | undefined;
    }> | undefined;
    replace?: boolean | undefined;
    remove?: string[] | undefined;
    expect?: "any" | "present" | "new" | undefined;
}>;

/**
 * Replaces the traits of a provider. Those of a host are read when a server is placed.
 *
 * @throws CloudError `stale` for another generation, `invalid` for an unknown trait, `notFound`.
 */
declare const providerSetTraits: Operation<{
    id: string;
    traits: string[];
    generation?: number | undefined;
}, ProviderView, {
    id: string;
    traits: string[];
    generation?: number | undefined;
}>;
/**
 * Replaces the aggregates of a provider. Hosts are in compute's aggregates only.
 *
 * @throws CloudError `stale` for another generation, `conflict` for an aggregate that a host cannot
 *   be in, `notFound`.
 */
declare const providerSetAggregates: Operation<{
    id: string;
    aggregateIds: string[];
    generation?: number | undefined;
}, ProviderView, {
    id: string;
    aggregateIds: string[];
    generation?: number | undefined;
}>;

/** What an idempotent definition answers. */
interface NameDefined {
    readonly name: string;
    /** False: it was there. */
    readonly created: boolean;
}
/** A trait or class, standard ones included. */
interface KnownName {
    readonly name: string;
    readonly standard: boolean;
}
declare const traitCreate: Operation<{
    name: string;
}, NameDefined, {
    name: string;
}>;
declare const traitDelete: Operation<{
    name: string;
}, void, {
    name: string;
}>;
declare const traitList: Operation<{
    used: boolean;
}, KnownName[], {
    used?: boolean | undefined;
}>;
declare const resourceClassCreate: Operation<{
    name: string;
}, NameDefined, {
    name: string;
}>;
declare const resourceClassDelete: Operation<{
    name: string;
}, void, {
    name: string;
}>;
declare const resourceClassList: Operation<Record<string, never>, KnownName[], Record<string, never>>;

/**
 * @throws CloudError `conflict` when the id or the name is taken or the tree is full, `notFound`
 *   for the parent.
 */
declare const providerCreate: Operation<{
    name: string;
    parentId: string | null;
    id?: string | undefined;
}, ProviderView, {
    name: string;
    id?: string | undefined;
    parentId?: string | null | undefined;
}>;
declare const providerGet: Operation<{
    ids: string[];
}, ProviderView[], {
    ids: string[];
}>;
/**
 * Renames a provider, or moves it with all that is beneath it to another parent.
 *
 * @throws CloudError `conflict` for a host, a taken name, a parent beneath it; `notFound`.
 */
declare const providerUpdate: Operation<{
    id: string;
    onlyRoots: boolean;
    name?: string | undefined;
    parentId?: string | null | undefined;
}, ProviderView, {
    id: string;
    name?: string | undefined;
    parentId?: string | null | undefined;
    onlyRoots?: boolean | undefined;
}>;
/** @throws CloudError `conflict` for a host, while it has children, or while something is used. */
declare const providerDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

/**
 * Moves inventories between providers together with what is allocated of them, in one commit. Hosts
 * keep their inventories: a host may be named with those that it has.
 *
 * @throws CloudError as setting inventories and allocations does.
 */
declare const reshape: Operation<{
    providers: {
        id: string;
        generation: number;
        inventories: Record<string, {
            total: number;
            reserved: number;
            minUnit: number;
            maxUnit: number;
            stepSize: number;
            ratio: number;
        }>;
    }[];
    consumers: {
        id: string;
        projectId: string;
        userId: string;
        type: string | null;
        allocations: {
            providerId: string;
            resources: Record<string, number>;
        }[];
        generation?: number | null | undefined;
    }[];
}, {
    count: number;
}, {
    providers: {
        id: string;
        generation: number;
        inventories: Record<string, {
            total: number;
            reserved?: number | undefined;
            minUnit?: number | undefined;
            maxUnit?: number | undefined;
            stepSize?: number | undefined;
            ratio?: number | undefined;
        }>;
    }[];
    consumers: {
        id: string;
        projectId: string;
        userId: string;
        allocations: {
            providerId: string;
            resources: Record<string, number>;
        }[];
        type?: string | null | undefined;
        generation?: number | null | undefined;
    }[];
}>;

/** What is used of one provider, by resource class. */
interface ProviderUsage {
    readonly generation: number;
    readonly usages: Readonly<Record<string, number>>;
}
declare const providerUsage: Operation<{
    id: string;
}, ProviderUsage, {
    id: string;
}>;
/** What consumers of one type use together. */
interface TypeUsage {
    /** Null: whoever made them did not say. */
    readonly type: string | null;
    readonly consumers: number;
    readonly usages: Readonly<Record<string, number>>;
}
/** Reads pages of consumers: its cost grows with what the project has, a statement a thousand. */
declare const placementUsageGet: Operation<{
    projectId: string;
    userId?: string | undefined;
}, TypeUsage[], {
    projectId: string;
    userId?: string | undefined;
}>;

/**
 * The life of a share as a table: every status against every event, each pair decided. The statuses
 * are those documented for Manila.
 */
declare const shareStatuses: readonly ["creating", "available", "deleting", "error", "error_deleting", "extending", "extending_error", "shrinking", "shrinking_error", "shrinking_possible_data_loss_error"];
type ShareStatus = (typeof shareStatuses)[number];
declare const shareEvents: readonly ["extend", "shrink", "delete", "done", "fail", "tooFull"];
type ShareEvent = (typeof shareEvents)[number];
type Row = Readonly<Record<ShareEvent, ShareStatus | null>>;
/** What each event makes of each status; null: refused. A share that was removed has no row. */
declare const shareTransitions: Readonly<Record<ShareStatus, Row>>;
declare const shareSnapshotStatuses: readonly ["creating", "available", "deleting", "error", "error_deleting"];
type ShareSnapshotStatus = (typeof shareSnapshotStatuses)[number];
/** `queued_to_…`: the storage has not been told yet, or has not answered. */
declare const shareAccessStates: readonly ["queued_to_apply", "active", "queued_to_deny", "error"];
type ShareAccessState = (typeof shareAccessStates)[number];
/** Statuses that work brings to an end. */
declare const unsettledShare: ReadonlySet<string>;

declare const shareProtocols: readonly ["NFS", "CIFS", "CEPHFS"];
type ShareProtocol = (typeof shareProtocols)[number];
/** How many there are, and the latest of their `askedAt`; 0 without any. */
interface ShareChildren {
    readonly count: number;
    readonly askedAt: number;
}
/** A file system that servers mount over the network. */
interface Share extends Stored {
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    readonly protocol: ShareProtocol;
    readonly sizeGb: number;
    /** What it is being extended or shrunk to; null: it is as large as it shall be. */
    readonly targetGb: number | null;
    /** What its contents were taken from; null: it was made empty. */
    readonly snapshotId: string | null;
    /** The share of that snapshot. */
    readonly originId: string | null;
    readonly status: ShareStatus;
    /** Grows with every change that the storage must be told of. */
    readonly generation: number;
    /** The generation that brought the present status about. */
    readonly askedAt: number;
    /** What hangs on it, and the generation of the last order for any of them: tells old reads. */
    readonly snapshots: ShareChildren;
    readonly rules: ShareChildren;
    /** Where it is mounted from; empty until it is there. */
    readonly exportLocations: readonly string[];
    readonly metadata: Readonly<Record<string, string>>;
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const shareKind: Kind<Share>;
interface ShareSnapshot extends Stored {
    readonly projectId: string;
    readonly shareId: string;
    readonly name: string;
    readonly sizeGb: number;
    readonly status: ShareSnapshotStatus;
    readonly askedAt: number;
    readonly createdAt: number;
}
declare const shareSnapshotKind: Kind<ShareSnapshot>;
declare const shareAccessTypes: readonly ["ip", "user", "cephx"];
type ShareAccessType = (typeof shareAccessTypes)[number];
/** Who may mount a share: addresses, a user. */
interface ShareAccess extends Stored {
    readonly projectId: string;
    readonly shareId: string;
    readonly type: ShareAccessType;
    /** An address or a prefix, or a name. */
    readonly to: string;
    readonly level: 'rw' | 'ro';
    readonly state: ShareAccessState;
    readonly askedAt: number;
    readonly createdAt: number;
}
declare const shareAccessKind: Kind<ShareAccess>;

/**
 * The rule is `queued_to_apply` when this returns, and `active` or `error` at the end.
 *
 * @throws CloudError `conflict` unless the share is available, or for somebody who has a rule;
 *   `invalid` for a type that the protocol does not know, and for what is no address.
 */
declare const shareAccessCreate: Operation<{
    shareId: string;
    type: "ip" | "user" | "cephx";
    to: string;
    level: "rw" | "ro";
}, ShareAccess, {
    shareId: string;
    type: "ip" | "user" | "cephx";
    to: string;
    level?: "rw" | "ro" | undefined;
}>;
declare const shareAccessGet: Operation<{
    id: string;
}, ShareAccess, {
    id: string;
}>;
declare const shareAccessList: Operation<{
    shareId: string;
}, ShareAccess[], {
    shareId: string;
}>;
/** The rule is `queued_to_deny` when this returns, and gone once nobody mounts by it any more. */
declare const shareAccessDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

/**
 * The share is `creating` when this returns, and `available` or `error` at the end.
 *
 * @throws CloudError `quotaExceeded`; `notFound` and `conflict` for a snapshot that cannot be used;
 *   `invalid` when the share would be smaller than its snapshot.
 */
declare const shareCreate: Operation<{
    name: string;
    description: string;
    protocol: "NFS" | "CIFS" | "CEPHFS";
    sizeGb: number;
    snapshotId: string | null;
    metadata: Record<string, string>;
}, Share, {
    name: string;
    sizeGb: number;
    description?: string | undefined;
    protocol?: "NFS" | "CIFS" | "CEPHFS" | undefined;
    snapshotId?: string | null | undefined;
    metadata?: Record<string, string> | undefined;
}>;
declare const shareGet: Operation<{
    id: string;
}, Share, {
    id: string;
}>;
declare const shareList: Operation<{
    limit: number;
    name?: string | undefined;
    status?: "error" | "deleting" | "available" | "creating" | "extending" | "error_deleting" | "extending_error" | "shrinking" | "shrinking_error" | "shrinking_possible_data_loss_error" | undefined;
    marker?: string | undefined;
}, Share[], {
    name?: string | undefined;
    status?: "error" | "deleting" | "available" | "creating" | "extending" | "error_deleting" | "extending_error" | "shrinking" | "shrinking_error" | "shrinking_possible_data_loss_error" | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const shareUpdate: Operation<{
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    metadata?: Record<string, string> | undefined;
}, Share, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    metadata?: Record<string, string> | undefined;
}>;
/** The share is `extending` when this returns, and `available` or `extending_error` at the end. */
declare const shareExtend: Operation<{
    id: string;
    sizeGb: number;
}, Share, {
    id: string;
    sizeGb: number;
}>;
/**
 * The share is `shrinking` when this returns, and `available` at the end; or
 * `shrinking_possible_data_loss_error`, unchanged, if it holds more than would be left.
 */
declare const shareShrink: Operation<{
    id: string;
    sizeGb: number;
}, Share, {
    id: string;
    sizeGb: number;
}>;
/** @throws CloudError `conflict` while it has snapshots, or while something is done to it. */
declare const shareDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

/**
 * The snapshot is `creating` when this returns, and `available` or `error` at the end.
 *
 * @throws CloudError `conflict` unless the share is available; `quotaExceeded`.
 */
declare const shareSnapshotCreate: Operation<{
    shareId: string;
    name: string;
}, ShareSnapshot, {
    shareId: string;
    name: string;
}>;
declare const shareSnapshotGet: Operation<{
    id: string;
}, ShareSnapshot, {
    id: string;
}>;
declare const shareSnapshotList: Operation<{
    limit: number;
    shareId?: string | undefined;
    marker?: string | undefined;
}, ShareSnapshot[], {
    shareId?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** The snapshot is `deleting` when this returns. Shares made of it stay. */
declare const shareSnapshotDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

/** A JSON value: what templates, properties and attributes consist of. */
type Json = string | number | boolean | null | readonly Json[] | {
    readonly [key: string]: Json;
};
type JsonMap = Readonly<Record<string, Json>>;

/**
 * States of stacks and of their resources: what is or was last done, and how that stands. Heat's
 * names.
 */
declare const stackActions: readonly ["INIT", "CREATE", "UPDATE", "ROLLBACK", "DELETE", "SUSPEND", "RESUME", "CHECK", "ADOPT", "SNAPSHOT", "RESTORE"];
type StackAction = (typeof stackActions)[number];
declare const stackStatuses: readonly ["IN_PROGRESS", "COMPLETE", "FAILED"];
type StackStatus = (typeof stackStatuses)[number];

/**
 * As whom the operations of a stack's resources are called: whoever asked for what is being done.
 * A user's roles are looked up each time anew; an embedder's own actor, which is no user that the
 * cloud knows, acts with the roles it came with.
 */
interface StackOwner {
    readonly userId: string;
    readonly domainId: string | null;
    /** Null: a user of the cloud, whose roles are those assigned when they are needed. */
    readonly roles: readonly string[] | null;
    /** True: as long as he is `admin` in the project, what is the system's is his to do as well. */
    readonly operator?: true;
}
/** A set of resources made from one template, brought about and changed as a whole. */
interface Stack extends Stored {
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    readonly tags: readonly string[];
    readonly owner: StackOwner;
    readonly action: StackAction;
    readonly status: StackStatus;
    readonly reason: string;
    /** Grows with every request: what resources have been brought to is compared with it. */
    readonly generation: number;
    /** The definition that its resources are brought to. */
    readonly definitionId: string;
    /** The last definition that was brought about wholly: where a rollback goes. */
    readonly completeId: string | null;
    /** True: what fails is undone. */
    readonly rollback: boolean;
    /** Somebody asked that what is under way be given up. */
    readonly cancelled: boolean;
    /** True: it goes, and its resources stay. */
    readonly abandoned?: boolean;
    /** How long an action may take, and when the one under way is given up. */
    readonly timeoutMs: number;
    readonly deadline: number;
    /** The stack whose resource this one is, and how many there are above it. */
    readonly parentId: string | null;
    readonly depth: number;
    readonly requestId: string;
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const stackKind: Kind<Stack>;
/** What a stack was made from at some time, to go back to. Data of its resources stay theirs. */
interface StackSnapshot extends Stored {
    readonly stackId: string;
    readonly projectId: string;
    readonly name: string;
    /** A copy, which is the snapshot's own. */
    readonly definitionId: string;
    /** What the stack had, by the names of the resources. */
    readonly resources: Readonly<Record<string, SnapshotResource>>;
    readonly createdAt: number;
}
interface SnapshotResource {
    readonly type: string;
    readonly physicalId: string | null;
    readonly action: StackAction;
    readonly status: StackStatus;
}
/** What happened to a stack or one of its resources. */
interface StackEvent extends Stored {
    readonly stackId: string;
    readonly projectId: string;
    /** Null: of the stack itself. */
    readonly resource: string | null;
    /** Its type in the template. */
    readonly type: string | null;
    readonly physicalId: string | null;
    readonly action: StackAction;
    readonly status: StackStatus;
    readonly reason: string;
    readonly at: number;
}

declare const deletionPolicies: readonly ["Delete", "Retain", "Snapshot"];
type DeletionPolicy = (typeof deletionPolicies)[number];
/** Where a resource may be held, until somebody says that it may go on. Heat's names. */
declare const stackHooks: readonly ["pre-create", "pre-update", "pre-delete", "post-create", "post-update"];
type StackHook = (typeof stackHooks)[number];
/** A hook of a generation of the stack: the next one meets it anew. */
interface HookAt {
    readonly name: StackHook;
    readonly generation: number;
}
/**
 * One resource of a stack. What is to be done, and under which idempotency key, is written before
 * it is done: whoever takes over asks for the same again, and gets the first answer.
 */
interface StackResource extends Stored {
    readonly stackId: string;
    readonly projectId: string;
    /** As in the template; members of a group are `group/0`, `group/1` … */
    readonly name: string;
    /** As in the template: the registry may have named another. */
    readonly type: string;
    /** The type that the registry names for it: one that the cloud has, or a file. */
    readonly implementation: string;
    readonly action: StackAction;
    readonly status: StackStatus;
    readonly reason: string;
    /** `invoke`: it is not known yet whether the operation was done. `wait`: it goes on. */
    readonly step: 'invoke' | 'wait' | null;
    /** The stack's generation that this row was brought to, or is being brought to. */
    readonly generation: number;
    /** What the service calls it; null before it is there. */
    readonly physicalId: string | null;
    /** The idempotency key of the operation under way; of the last one else. */
    readonly key: string | null;
    /** Which of the members, when one operation makes several with one key. */
    readonly member: number;
    /** Operations begun on it: a part of the next key. */
    readonly attempt: number;
    /** Tries of the present operation that failed for the moment. */
    readonly tries: number;
    /** When this action began, and is given up. */
    readonly since: number;
    /** Properties that it has, and those that it is to have. */
    readonly properties: JsonMap | null;
    readonly target: JsonMap | null;
    readonly attributes: JsonMap;
    readonly metadata: JsonMap;
    /** Names of resources that must be there before it, and gone after it. */
    readonly requires: readonly string[];
    readonly deletionPolicy: DeletionPolicy;
    /** True: it was there before the stack and stays after it. */
    readonly external: boolean;
    /** True: it takes signals. */
    readonly signals: boolean;
    /** The hook that holds it. */
    readonly hook: HookAt | null;
    /** Hooks of the latest generation that held it, and were lifted. */
    readonly lifted: readonly HookAt[];
    /** Its name, which one row of a stack holds; null when another has taken it. */
    readonly liveName: string | null;
    readonly createdAt: number;
    readonly updatedAt: number;
}

/** What a configuration takes or tells, as its author declared it. Heat's names. */
interface SoftwareField {
    readonly name: string;
    readonly type: 'String' | 'Number' | 'CommaDelimitedList' | 'Json' | 'Boolean';
    readonly description: string;
    /** Of an input that is not given; null for none, and for outputs. */
    readonly default: Json;
    /** Of an output: whatever it says means that the deployment has failed. */
    readonly errorOutput: boolean;
}
/** Configuration of software, such as a script. It is never changed: there is another instead. */
interface SoftwareConfig extends Stored {
    readonly projectId: string;
    readonly name: string;
    /** What on the server understands it, e.g. `script`. */
    readonly group: string;
    /** A text, or the structure that some groups take. */
    readonly config: Json;
    readonly options: JsonMap;
    readonly inputs: readonly SoftwareField[];
    readonly outputs: readonly SoftwareField[];
    readonly createdAt: number;
}
/** How what runs on the server answers; `NO_SIGNAL`: it does not. */
declare const signalTransports: readonly ["CFN_SIGNAL", "TEMP_URL_SIGNAL", "NO_SIGNAL"];
type SignalTransport = (typeof signalTransports)[number];
/** The resource of a stack that a deployment belongs to. */
interface DeployedBy {
    readonly stackId: string;
    readonly stackName: string;
    /** Its name in the template. */
    readonly resource: string;
    readonly transport: SignalTransport;
}
/** A configuration that a server is to be brought to, and what came of it. */
interface SoftwareDeployment extends Stored {
    readonly projectId: string;
    readonly configId: string;
    /** What the user calls the server: nothing is looked for. */
    readonly serverId: string;
    /** Of a resource's: one of `deployActions`. Of a user's: any word. */
    readonly action: string;
    readonly status: StackStatus;
    readonly reason: string;
    readonly inputValues: JsonMap;
    readonly outputValues: JsonMap;
    /** Another with each change, so that the server can tell what it has done. */
    readonly derivedId: string;
    /** Who knows it may say what came of it: part of a URL that the server is given. */
    readonly key: string;
    /** The row of the stack's resource; null for one that a user made. */
    readonly resourceId: string | null;
    /** Its name among those of the resource. */
    readonly name: string;
    readonly by: DeployedBy | null;
    readonly createdAt: number;
    readonly updatedAt: number;
}

/** What a server is to do: a configuration with the values of a deployment. */
interface DerivedConfig {
    /** Another for each change. */
    readonly id: string;
    readonly deploymentId: string;
    readonly name: string;
    readonly group: string;
    readonly config: Json;
    readonly options: JsonMap;
    readonly inputs: readonly DerivedInput[];
    readonly outputs: readonly SoftwareField[];
    readonly createdAt: number;
}
interface DerivedInput {
    readonly name: string;
    readonly type: SoftwareField['type'];
    readonly description: string;
    readonly value: Json;
}
/** The input that says where to answer: a path beneath the base of the API, with its key. */
declare const signalInputName = "deploy_signal_id";

/** A stack as its users see it. */
interface StackView {
    readonly id: string;
    readonly rev: number;
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    readonly tags: readonly string[];
    readonly action: Stack['action'];
    readonly status: Stack['status'];
    /** Both, e.g. `CREATE_COMPLETE`. */
    readonly stackStatus: string;
    readonly reason: string;
    readonly userId: string;
    readonly rollback: boolean;
    readonly timeoutMinutes: number;
    readonly parentId: string | null;
    readonly createdAt: number;
    readonly updatedAt: number;
}
interface StackOutput {
    readonly name: string;
    readonly description: string;
    readonly value: Json;
    /** Why there is no value; null when there is. */
    readonly error: string | null;
}
/** A stack with what it was made from, and what it tells. */
interface StackDetail extends StackView {
    /** Hidden ones are covered. */
    readonly parameters: JsonMap;
    readonly outputs: readonly StackOutput[];
}
/** A resource of a stack as its users see it. */
interface StackResourceView {
    readonly id: string;
    readonly stackId: string;
    readonly name: string;
    readonly type: string;
    /** True: it is a stack of its own, whose id is the physical one. */
    readonly isStack: boolean;
    readonly physicalId: string | null;
    readonly action: StackResource['action'];
    readonly status: StackResource['status'];
    readonly resourceStatus: string;
    readonly reason: string;
    readonly requires: readonly string[];
    readonly attributes: JsonMap;
    readonly metadata: JsonMap;
    /** Of a server that takes configurations of software, where it is shown alone. */
    readonly deployments?: readonly DerivedConfig[];
    readonly createdAt: number;
    readonly updatedAt: number;
}

/** Deletes a stack with its resources, whatever is under way; what it waits for is given up. */
declare const stackDelete: Operation<{
    id: string;
}, StackView, {
    id: string;
}>;
/** Stops what can be stopped, such as servers. */
declare const stackSuspend: Operation<{
    id: string;
}, StackView, {
    id: string;
}>;
declare const stackResume: Operation<{
    id: string;
}, StackView, {
    id: string;
}>;
/** Looks whether everything is there and well, and reads its attributes anew. */
declare const stackCheck: Operation<{
    id: string;
}, StackView, {
    id: string;
}>;
/**
 * Gives up what is under way.
 *
 * @throws CloudError `conflict` when nothing is, or there is nothing to go back to.
 */
declare const stackCancel: Operation<{
    id: string;
    rollback: boolean;
}, StackView, {
    id: string;
    rollback?: boolean | undefined;
}>;

/** What a property takes. */
interface PropertySpec {
    readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'list' | 'map' | 'any';
    readonly description?: string;
    readonly required?: boolean;
    readonly default?: Json;
    /** True: may be changed while the resource stays; otherwise it is replaced. */
    readonly updatable?: boolean;
    readonly allowed?: readonly Json[];
    readonly min?: number;
    readonly max?: number;
    /** Of each item of a list. */
    readonly items?: PropertySpec;
    /** Of the members of a map; any without it. */
    readonly members?: PropertySpecs;
    /** Heat's older name for it, which templates still use. */
    readonly alias?: string;
}
type PropertySpecs = Readonly<Record<string, PropertySpec>>;

/** What is set beside a template: values for parameters, and other types for names of types. */
interface Environment {
    /** Win over `parameterDefaults`. */
    readonly parameters: JsonMap;
    /** Count only for parameters that the template has. */
    readonly parameterDefaults: JsonMap;
    readonly registry: Readonly<Record<string, string>>;
    /** What holds for single resources: hooks, restrictions, types of their own. */
    readonly rules: JsonMap;
}

/** Types of parameters. */
declare const parameterTypes: readonly ["string", "number", "comma_delimited_list", "json", "boolean"];
type ParameterType = (typeof parameterTypes)[number];

/** What a parameter's value must be like. */
interface Constraint {
    /** Undefined when the value is fine. */
    readonly check: (value: Json) => string | undefined;
    /** As it was written: for those who ask what a template takes. */
    readonly source: JsonMap;
}

interface ParameterDecl {
    readonly name: string;
    readonly type: ParameterType;
    readonly label: string;
    readonly description: string;
    /** Undefined = a value must be given. */
    readonly default: Json | undefined;
    readonly hidden: boolean;
    readonly immutable: boolean;
    readonly tags: readonly string[];
    readonly constraints: readonly Constraint[];
}

interface ParameterGroup {
    readonly label: string;
    readonly description: string;
    readonly parameters: readonly string[];
}

/** A type of resource as templates may use it. */
interface ResourceTypeView {
    readonly name: string;
    readonly summary: string;
    /** Null: any. */
    readonly properties: PropertySpecs | null;
    readonly attributes: Readonly<Record<string, string>>;
}
declare const stackTypeList: Operation<Record<string, never>, {
    readonly name: string;
    readonly summary: string;
}[], Record<string, never>>;
declare const stackTypeGet: Operation<{
    name: string;
}, ResourceTypeView, {
    name: string;
}>;
/** A version of templates and what may be used in it. */
interface TemplateVersionView {
    readonly version: string;
    readonly aliases: readonly string[];
    readonly functions: readonly string[];
    readonly conditionFunctions: readonly string[];
}
declare const stackVersionList: Operation<Record<string, never>, TemplateVersionView[], Record<string, never>>;
/** What a template takes: for those who are to fill it in. */
interface TemplateView {
    readonly version: string;
    readonly description: string;
    readonly parameters: readonly ParameterView[];
    /** What the environments came to. */
    readonly environment: Environment;
    /** Files that are used as types of resources. */
    readonly usedFiles: readonly string[];
    /** Stacks within, by the names of resources, when they are asked for. */
    readonly nested: Readonly<Record<string, NestedTemplateView>>;
    readonly parameterGroups: readonly ParameterGroup[];
    readonly resources: readonly {
        readonly name: string;
        readonly type: string;
    }[];
    readonly outputs: readonly string[];
}
/** What a template within takes, and gets. */
interface NestedTemplateView extends Pick<TemplateView, 'description' | 'parameters' | 'parameterGroups' | 'nested'> {
    readonly type: string;
}
interface ParameterView extends Omit<ParameterDecl, 'constraints' | 'default'> {
    /** Null when a value must be given. */
    readonly default: Json;
    /** What was given for it; absent when nothing was. */
    readonly value?: Json;
    readonly constraints: readonly Json[];
}
/** @throws CloudError `invalid` with the path of the first thing that is wrong. */
declare const stackValidate: Operation<{
    nested: boolean;
    parameters: Record<string, unknown>;
    environments: string[];
    files: Record<string, string>;
    template: string;
}, TemplateView, {
    template: string;
    nested?: boolean | undefined;
    parameters?: Record<string, unknown> | undefined;
    environments?: string[] | undefined;
    files?: Record<string, string> | undefined;
}>;

/**
 * Creates a stack. Everything that can be wrong with its template is told now; its resources are
 * then made by durable work.
 *
 * @throws CloudError `invalid` with the path in the template; `conflict` for a name that is taken;
 *   `quotaExceeded`.
 */
declare const stackCreate: Operation<{
    tags: string[];
    timeoutMinutes: number;
    rollback: boolean;
    parameters: Record<string, unknown>;
    environments: string[];
    files: Record<string, string>;
    name: string;
    template: string;
    adopted?: Record<string, string> | undefined;
}, StackView, {
    name: string;
    template: string;
    adopted?: Record<string, string> | undefined;
    tags?: string[] | undefined;
    timeoutMinutes?: number | undefined;
    rollback?: boolean | undefined;
    parameters?: Record<string, unknown> | undefined;
    environments?: string[] | undefined;
    files?: Record<string, string> | undefined;
}>;

/** What would become of one resource. */
interface PreviewedResource {
    readonly name: string;
    readonly type: string;
    readonly requires: readonly string[];
    /** What is not known before it is there is null. */
    readonly properties: JsonMap;
    /** The group that it is a member of. */
    readonly group: string | null;
    /** Names of what it will tell. */
    readonly attributes: readonly string[];
    readonly metadata: JsonMap;
    /** Of a stack within the stack: its resources. */
    readonly nested: readonly PreviewedResource[] | null;
}
/** What a creation would make. */
interface StackCreationPreview extends StackPreview {
    readonly description: string;
    /** Hidden ones are covered. */
    readonly parameters: JsonMap;
}
/** What an update would do, by the names of resources. */
interface StackPreview {
    readonly added: readonly PreviewedResource[];
    readonly updated: readonly PreviewedResource[];
    readonly replaced: readonly PreviewedResource[];
    readonly unchanged: readonly string[];
    readonly deleted: readonly string[];
}
declare const stackPreview: Operation<{
    tags: string[];
    timeoutMinutes: number;
    rollback: boolean;
    parameters: Record<string, unknown>;
    environments: string[];
    files: Record<string, string>;
    name: string;
    template: string;
    adopted?: Record<string, string> | undefined;
}, StackCreationPreview, {
    name: string;
    template: string;
    adopted?: Record<string, string> | undefined;
    tags?: string[] | undefined;
    timeoutMinutes?: number | undefined;
    rollback?: boolean | undefined;
    parameters?: Record<string, unknown> | undefined;
    environments?: string[] | undefined;
    files?: Record<string, string> | undefined;
}>;
/**
 * What an update would do as things are now: compared resource by resource, each after those that
 * it depends on.
 */
declare const stackPreviewUpdate: Operation<{
    existing: boolean;
    clearParameters: string[];
    parameters: Record<string, unknown>;
    environments: string[];
    files: Record<string, string>;
    id: string;
    tags?: string[] | undefined;
    timeoutMinutes?: number | undefined;
    rollback?: boolean | undefined;
    expectedRev?: number | undefined;
    template?: string | undefined;
}, StackPreview, {
    id: string;
    existing?: boolean | undefined;
    clearParameters?: string[] | undefined;
    tags?: string[] | undefined;
    timeoutMinutes?: number | undefined;
    rollback?: boolean | undefined;
    expectedRev?: number | undefined;
    parameters?: Record<string, unknown> | undefined;
    environments?: string[] | undefined;
    files?: Record<string, string> | undefined;
    template?: string | undefined;
}>;

declare const stackGet: Operation<{
    id: string;
    outputs: boolean;
}, StackDetail, {
    id: string;
    outputs?: boolean | undefined;
}>;
/**
 * Finds a stack by what people call it.
 *
 * @throws CloudError `notFound`.
 */
declare const stackFind: Operation<{
    name: string;
}, StackView, {
    name: string;
}>;
declare const stackList: Operation<{
    nested: boolean;
    limit: number;
    name?: string | undefined;
    action?: "DELETE" | "INIT" | "CREATE" | "UPDATE" | "ROLLBACK" | "SUSPEND" | "RESUME" | "CHECK" | "ADOPT" | "SNAPSHOT" | "RESTORE" | undefined;
    status?: "IN_PROGRESS" | "COMPLETE" | "FAILED" | undefined;
    tag?: string | undefined;
    marker?: string | undefined;
}, StackView[], {
    name?: string | undefined;
    action?: "DELETE" | "INIT" | "CREATE" | "UPDATE" | "ROLLBACK" | "SUSPEND" | "RESUME" | "CHECK" | "ADOPT" | "SNAPSHOT" | "RESTORE" | undefined;
    status?: "IN_PROGRESS" | "COMPLETE" | "FAILED" | undefined;
    tag?: string | undefined;
    nested?: boolean | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const stackTemplate: Operation<{
    id: string;
}, Readonly<Record<string, Json>>, {
    id: string;
}>;
/** What a stack was made from, besides its template. */
interface StackSource {
    /** Values given by the user or by environments; hidden ones are covered. */
    readonly parameters: JsonMap;
    readonly registry: Readonly<Record<string, string>>;
    /** What holds for single resources, by their names. */
    readonly rules: JsonMap;
    readonly files: Readonly<Record<string, string>>;
}
declare const stackSource: Operation<{
    id: string;
}, StackSource, {
    id: string;
}>;
declare const stackEventList: Operation<{
    stackId: string;
    limit: number;
    resource?: string | undefined;
    marker?: string | undefined;
}, StackEvent[], {
    stackId: string;
    resource?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** @throws CloudError `notFound` also for an event of another stack. */
declare const stackEventGet: Operation<{
    stackId: string;
    id: string;
}, StackEvent, {
    stackId: string;
    id: string;
}>;

declare const stackResourceList: Operation<{
    stackId: string;
    limit: number;
    type?: string | undefined;
    status?: "IN_PROGRESS" | "COMPLETE" | "FAILED" | undefined;
    marker?: string | undefined;
}, StackResourceView[], {
    stackId: string;
    type?: string | undefined;
    status?: "IN_PROGRESS" | "COMPLETE" | "FAILED" | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const stackResourceGet: Operation<{
    stackId: string;
    name: string;
}, StackResourceView, {
    stackId: string;
    name: string;
}>;
/**
 * Tells a resource that something has happened, such as that a server is ready.
 *
 * @throws CloudError `conflict` when the resource takes no signals, or has had as many as it takes,
 *   or is not held by the hook.
 */
declare const stackResourceSignal: Operation<{
    stackId: string;
    name: string;
    status: "SUCCESS" | "FAILURE";
    reason: string;
    data: string;
    signalId?: string | undefined;
    unsetHook?: "pre-create" | "pre-update" | "pre-delete" | "post-create" | "post-update" | undefined;
}, null, {
    stackId: string;
    name: string;
    status?: "SUCCESS" | "FAILURE" | undefined;
    reason?: string | undefined;
    signalId?: string | undefined;
    data?: string | undefined;
    unsetHook?: "pre-create" | "pre-update" | "pre-delete" | "post-create" | "post-update" | undefined;
}>;
/**
 * Says that a resource is broken: the next update replaces it. Nothing is done to it now.
 *
 * @throws CloudError `conflict` while something is under way on it.
 */
declare const stackResourceMark: Operation<{
    stackId: string;
    name: string;
    unhealthy: boolean;
    reason: string;
}, StackResourceView, {
    stackId: string;
    name: string;
    unhealthy: boolean;
    reason?: string | undefined;
}>;

/**
 * Changes a stack to another template or other parameters. It may be asked for while something
 * else is under way: then that is brought to the new template too.
 *
 * @throws CloudError `invalid` with the path in the template, or for a changed parameter that is
 *   immutable; `conflict` when the state forbids it; `stale`.
 */
declare const stackUpdate: Operation<{
    existing: boolean;
    clearParameters: string[];
    parameters: Record<string, unknown>;
    environments: string[];
    files: Record<string, string>;
    id: string;
    tags?: string[] | undefined;
    timeoutMinutes?: number | undefined;
    rollback?: boolean | undefined;
    expectedRev?: number | undefined;
    template?: string | undefined;
}, StackView, {
    id: string;
    existing?: boolean | undefined;
    clearParameters?: string[] | undefined;
    tags?: string[] | undefined;
    timeoutMinutes?: number | undefined;
    rollback?: boolean | undefined;
    expectedRev?: number | undefined;
    parameters?: Record<string, unknown> | undefined;
    environments?: string[] | undefined;
    files?: Record<string, string> | undefined;
    template?: string | undefined;
}>;

/**
 * Follows a stack until nothing is under way on it. Woken by doorbells; a lost one costs at most a
 * poll interval.
 *
 * @returns the stack as it is then.
 * @throws CloudError `notFound` when it is gone, `aborted`.
 */
declare function watchStack(kernel: Kernel, actor: Actor, id: string, options?: {
    readonly signal?: AbortSignal;
}): Promise<StackDetail>;

/** A configuration as its users see it. */
type SoftwareConfigView = Omit<SoftwareConfig, 'rev'>;
/** @throws CloudError `quotaExceeded`. */
declare const softwareConfigCreate: Operation<{
    name: string;
    group: string;
    config: unknown;
    options: Readonly<Record<string, Json>>;
    inputs: {
        name: string;
        type: "String" | "Number" | "CommaDelimitedList" | "Json" | "Boolean";
        description: string;
        default: unknown;
        errorOutput: boolean;
    }[];
    outputs: {
        name: string;
        type: "String" | "Number" | "CommaDelimitedList" | "Json" | "Boolean";
        description: string;
        default: unknown;
        errorOutput: boolean;
    }[];
}, SoftwareConfigView, {
    name?: string | undefined;
    group?: string | undefined;
    config?: unknown;
    options?: Record<string, unknown> | undefined;
    inputs?: {
        name: string;
        type?: "String" | "Number" | "CommaDelimitedList" | "Json" | "Boolean" | undefined;
        description?: string | undefined;
        default?: unknown;
        errorOutput?: boolean | undefined;
    }[] | undefined;
    outputs?: {
        name: string;
        type?: "String" | "Number" | "CommaDelimitedList" | "Json" | "Boolean" | undefined;
        description?: string | undefined;
        default?: unknown;
        errorOutput?: boolean | undefined;
    }[] | undefined;
}>;
declare const softwareConfigGet: Operation<{
    id: string;
}, SoftwareConfigView, {
    id: string;
}>;
declare const softwareConfigList: Operation<{
    limit: number;
    marker?: string | undefined;
}, SoftwareConfigView[], {
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** @throws CloudError `conflict` while there are deployments of it. */
declare const softwareConfigDelete: Operation<{
    id: string;
}, null, {
    id: string;
}>;

/** A deployment as its users see it: never with its key. */
type SoftwareDeploymentView = Omit<SoftwareDeployment, 'rev' | 'key' | 'resourceId'>;

/**
 * Says that a server is to be brought to a configuration. What runs on the server does it, and says
 * what came of it.
 *
 * @throws CloudError `notFound` for a configuration of nobody, or of others; `quotaExceeded`.
 */
declare const softwareDeploymentCreate: Operation<{
    configId: string;
    serverId: string;
    action: string;
    status: "IN_PROGRESS" | "COMPLETE" | "FAILED";
    reason: string;
    inputValues: Readonly<Record<string, Json>>;
}, SoftwareDeploymentView, {
    configId: string;
    serverId: string;
    action?: string | undefined;
    status?: "IN_PROGRESS" | "COMPLETE" | "FAILED" | undefined;
    reason?: string | undefined;
    inputValues?: Record<string, unknown> | undefined;
}>;
declare const softwareDeploymentGet: Operation<{
    id: string;
}, SoftwareDeploymentView, {
    id: string;
}>;
declare const softwareDeploymentList: Operation<{
    limit: number;
    serverId?: string | undefined;
    marker?: string | undefined;
}, SoftwareDeploymentView[], {
    serverId?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
/** Changes what is to be deployed, or says what came of it. */
declare const softwareDeploymentUpdate: Operation<{
    id: string;
    configId?: string | undefined;
    action?: string | undefined;
    status?: "IN_PROGRESS" | "COMPLETE" | "FAILED" | undefined;
    reason?: string | undefined;
    inputValues?: Readonly<Record<string, Json>> | undefined;
    outputValues?: Readonly<Record<string, Json>> | undefined;
}, SoftwareDeploymentView, {
    id: string;
    configId?: string | undefined;
    action?: string | undefined;
    status?: "IN_PROGRESS" | "COMPLETE" | "FAILED" | undefined;
    reason?: string | undefined;
    inputValues?: Record<string, unknown> | undefined;
    outputValues?: Record<string, unknown> | undefined;
}>;
/** Forgets a deployment: nothing is done on the server. */
declare const softwareDeploymentDelete: Operation<{
    id: string;
}, null, {
    id: string;
}>;

/** With what a server needs to answer, so for those alone who may write. */
declare const softwareDeploymentMetadata: Operation<{
    serverId: string;
    limit: number;
    marker?: string | undefined;
}, DerivedConfig[], {
    serverId: string;
    limit?: number | undefined;
    marker?: string | undefined;
}>;

/**
 * Says what came of a deployment. One on which nothing is awaited stays as it is.
 *
 * @throws CloudError `notFound`, also for a wrong key.
 */
declare const softwareDeploymentSignal: Operation<{
    id: string;
    outputs: Readonly<Record<string, Json>>;
    key?: string | undefined;
}, SoftwareDeploymentView, {
    id: string;
    key?: string | undefined;
    outputs?: Record<string, unknown> | undefined;
}>;

/** All that a stack is: enough to make another one that takes over its resources. */
interface StackExport {
    readonly stack: StackView;
    readonly template: JsonMap;
    /** Parameters are those that were given, hidden ones too: they are needed again. */
    readonly source: StackSource;
    readonly resources: readonly StackResourceView[];
}
/** For those alone who may write: it tells hidden parameters. */
declare const stackExport: Operation<{
    id: string;
}, StackExport, {
    id: string;
}>;
/**
 * Deletes a stack and leaves its resources as they are.
 *
 * @throws CloudError `conflict` while something is under way, or when there are stacks within.
 */
declare const stackAbandon: Operation<{
    id: string;
}, StackExport, {
    id: string;
}>;

/** A snapshot as users see it. */
type StackSnapshotView = Omit<StackSnapshot, 'rev'>;
/**
 * Keeps what a stack is made from, to go back to. The data on volumes and servers are not kept.
 *
 * @throws CloudError `conflict` unless the stack is complete; `quotaExceeded` when it has as many
 *   as it may.
 */
declare const stackSnapshotCreate: Operation<{
    stackId: string;
    name: string;
}, StackSnapshotView, {
    stackId: string;
    name?: string | undefined;
}>;
declare const stackSnapshotGet: Operation<{
    stackId: string;
    id: string;
}, StackSnapshotView, {
    stackId: string;
    id: string;
}>;
declare const stackSnapshotList: Operation<{
    stackId: string;
    limit: number;
    marker?: string | undefined;
}, StackSnapshotView[], {
    stackId: string;
    limit?: number | undefined;
    marker?: string | undefined;
}>;
declare const stackSnapshotDelete: Operation<{
    stackId: string;
    id: string;
}, null, {
    stackId: string;
    id: string;
}>;
/**
 * Brings a stack back to what was kept of it, as an update does.
 *
 * @throws CloudError `conflict` when the stack's state forbids it.
 */
declare const stackRestore: Operation<{
    stackId: string;
    id: string;
}, StackView, {
    stackId: string;
    id: string;
}>;

export { type AccessRule, type AccessedCall, type AccountView, type ActionAnswer, type Actor, type ActorScope, type Address, type AddressGroup, type Aggregate, type AggregateView, type Allocation, type AllocationView, type AnswerOf, type ApplicationCredentialRef, type ApplicationCredentialView, type ApplyOptions, type Assignment, type Attachment, type AttachmentStatus, type AttachmentView, type Attributes, type AuditHead, type AuditKernel, type AuditLink, type AuditOptions, type AuditRecord, type AuditRecordView, type AuthenticatedToken, type Backup, type BackupRecord, type BackupRestored, type BackupStatus, type BackupTarget, type BackupView, type BalancedRequest, type BalancerConfig, type BalancerDriver, type BalancerOptions, type BalancerReport, type BatchOutcome, type BatchProgress, type Bus, type CallOptions, type Candidate, type CandidatesAnswer, type Capacity, type CapacityAnswer, type CapacityTrend, type CatalogEndpoint, type CatalogRegion, type CatalogService, type ChainFault, type ChainHead, type ChainVerdict, type Change, type ChangeBody, type Child, type ChildView, type Claim, type Clock, CloudError, type CloudErrorOptions, CommitConflict, Committer, type Conflict, type ConnectionTarget, type ConsumerView, type Container, type ContainerEntry, type ContainerVersioning, type ContainerView, ControlPlane, type Counter, type CounterAdd, type CounterConflict, type CounterLimit, type CounterName, type Credential, type DefragmentPlan, type Delay, type DerivedConfig, type DerivedInput, type Digest, type DigestAlgorithm, type DigestBatch, type DigestStream, type Domain, type DomainRef, type Draft, type EffectiveRole, type ErrorCode, type EventCause, type EventGroup, type EventPage, type EventRecord, type EventView, type Explanation, type FaultFilter, type FaultKind, type FenceBounds, type Finding, type Flavor, type FlavorAccess, type FleetCapacity, type FleetStats, type FloatingIp, type FloatingIpConfig, type FollowOptions, type Group, GroupExpansion, type GroupMembers, type GroupRule, type GroupSnapshot, type GroupSnapshotView, type GroupStatus, type GroupType, type GroupView, type GroupedPort, type Guest, type GuestName, type GuestPower, type GuestReport, type GuestTarget, type HealthMonitor, type HeldRule, type Host, type HostDrainPlan, type HostLoad, type HostServer, type HostToEmpty, type HostUsage, type HostView, type HostsCreated, type Hypervisor, type IdempotencyRecord, type Ids, type Image, type ImageDownload, type ImageDownloadInput, type ImageMember, type ImageSortKey, type ImageStore, type ImageStoreInfo, type ImageTask, type ImageUploadInput, type ImageView, type IndexSpec, type IndexValue, type InputOf, type InstanceAsk, type Invariant, type Inventory, type IssuedToken, type Json, type JsonMap, type Kernel, type KeyPair, type Kind, type KindWrites, type KnownName, type L7Policy, type L7Rule, type Listener, type ListenerConfig, LiveAudit, type LoadBalancer, type LoadBalancerStatus, type LoadBalancerView, type LogLevel, type Logger, type LooseBytes, type Manifest, type Member, type MemberChange, type MemberConfig, type MemberHealth, type Membership, type MembershipAnswer, MemoryBus, MemoryImageStore, MemoryObjectStore, type MetadefNamespace, type MetadefObject, type MetadefPart, type MetadefProperty, type MetadefTarget, type Meter, type Migration, type MigrationView, type MonitorConfig, type MonitorRequest, type MovableClaim, type MultipartUploadView, type NameDefined, type NestedTemplateView, type Network, type NetworkAddresses, type NetworkDriver, type NetworkObject, type NetworkObjectType, type NewApplicationCredential, type ObjectCopyInput, type ObjectDeleted, type ObjectDownload, type ObjectDownloadInput, type ObjectEntry, type ObjectFormInput, type ObjectManifestInput, type ObjectPart, type ObjectPartInput, type ObjectPartView, type ObjectReport, type ObjectStore, type ObjectUploadInput, type ObjectVersion, type ObjectVersionEntry, type ObjectView, type ObjectsDeleted, type OpenOptions, type OperatingStatus, type Operation, type OperationRow, type ParameterView, type PasswordHasher, type PlacementAnswer, type PlacementAsk, type PlacementPolicy, type PlanAnswer, type PlanAsk, type PlannedMigration, type PlannedMove, type Policy, type PolicyConfig, type Pool, type PoolAllocation, type PoolConfig, type Port, type PortForwarding, type PortReport, type PortStep, type PortTarget, type Ports, type PreviewedResource, type Project, type ProjectQuota, type ProjectRef, type ProvenCredential, type ProviderConsumer, type ProviderInventory, type ProviderSummary, type ProviderUsage, type ProviderView, type ProvisioningStatus, type QosPolicy, type QosRule, type Query, type QuotaName, type QuotaView, type Random, type RbacPolicy, type Reach, type ReachReason, type RefusalReason, RememberedPasswords, type ResourceTrend, type ResourceTypeView, type ResourceUsage, type Resources, type Retry, type Role, type RoleAssignment, type RoleRef, type RoleRule, RoutedImageStore, type RoutedImageStoreOptions, type RoutedStore, type Router, type RouterConfig, type Routing, type RuleConfig, type Scheduler, type ScopeRef, ScryptPasswords, type SecurityGroup, type SecurityGroupRule, SeededRandom, type Segment, type Server, type ServerAction, type ServerActionName, type ServerAddress, type ServerBatch, type ServerBatchView, type ServerDetails, type ServerFault, type ServerFlavor, type ServerGroup, type ServerGroupView, type ServerImage, type ServerStatus, type ServerTask, type ServerView, type ServerVolume, type Settings, type Share, type ShareAccess, type ShareDriver, type ShareGrant, type ShareReport, type ShareSnapshot, type ShareTarget, type SignedBy, type SignedGrant, type SimulatedBalancer, SimulatedBalancers, type SimulatedBalancersOptions, SimulatedFleet, type SimulatedFleetOptions, type SimulatedGuest, SimulatedNetwork, type SimulatedNetworkOptions, type SimulatedPort, type SimulatedShare, SimulatedShares, SimulatedVolumes, type SimulatedVolumesOptions, type Snapshot, type SnapshotStatus, type SnapshotTarget, type SnapshotView, type SoftwareConfigView, type SoftwareDeploymentView, type SoftwareField, type StackCreationPreview, type StackDetail, type StackEvent, type StackExport, type StackOutput, type StackPreview, type StackResourceView, type StackSnapshotView, type StackSource, type StackView, type StatusTree, type StorageReport, type StorageTarget, type Store, type StoreCapabilities, type StoreStats, type Stored, type StuckClaim, type StuckServer, type Subnet, type SubnetAddresses, type SubnetPool, type Telemetry, type TempUrl, type TempUrlInput, type TemplateVersionView, type TemplateView, TimeIds, type Token, type TokenMethod, type TokenRequest, type TokenScope, type Tracer, type Traffic, type TransferAccepted, type TransferOffer, type TransferView, type Trust, type TrustView, type TypeQuotaView, type TypeUsage, type UnmanagedThing, type UsageMeter, type UsagePeriod, type UsagePeriodView, type UsageReport, type UserPlaces, type UserRef, type UserView, type Vip, VirtualClock, type VmState, type Volume, type VolumeDriver, type VolumeEncryption, type VolumeGroup, type VolumeMessage, type VolumePool, type VolumePoolView, type VolumeQos, type VolumeStatus, type VolumeSummary, type VolumeTarget, type VolumeType, type VolumeTypeAccess, type VolumeUploaded, type VolumeView, type VolumesCreated, type WayStep, type WebPolicy, type WebRequest, type WebResponse, type WebSource, type Work, type WriteBatch, type WriteResult, Writes, type Zone, accessKeyCreate, accessRuleDelete, accessRuleGet, accessRuleList, actionAllowed, addressGroupAdd, addressGroupCreate, addressGroupDelete, addressGroupGet, addressGroupKind, addressGroupList, addressGroupRemove, addressGroupUpdate, addressKind, afterPrefix, aggregateAddHosts, aggregateCreate, aggregateDelete, aggregateGet, aggregateHosts, aggregateList, aggregateRemoveHosts, aggregateSetMetadata, aggregateUpdate, allocationGet, allocationKind, allocationSet, anybody, applicationCredentialCreate, applicationCredentialDelete, applicationCredentialGet, applicationCredentialList, attachmentComplete, attachmentCreate, attachmentDeclare, attachmentDelete, attachmentGet, attachmentKind, attachmentList, attachmentStatuses, attachmentUpdate, audit, auditChainVerify, auditHeadId, auditHeadKind, auditKind, auditLinkKind, auditRecordList, auditTargets, authenticateAccessKey, authenticateApplicationCredential, authenticatePassword, authenticateToken, backupCreate, backupDelete, backupExport, backupGet, backupImport, backupKind, backupList, backupResetStatus, backupRestore, backupStatuses, backupUpdate, balancerPoolCreate, balancerPoolDelete, balancerPoolGet, poolKind as balancerPoolKind, balancerPoolList, balancerPoolUpdate, balancerScope, batchOutcomes, batchScope, builtInRegionId, candidatesFind, capacityAsk, capacityGet, capacityTrend, catalogEndpointCreate, catalogEndpointDelete, catalogEndpointUpdate, catalogGet, catalogServiceCreate, catalogServiceDelete, catalogServiceUpdate, changeBody, checkBatches, checkEquals, checkInteger, checkKey, checkKeys, checkLookup, checkPage, checkQuery, compareIndexValues, compareRecords, compareText, containerCreate, containerDelete, containerFormats, containerGet, containerList, containerUpdate, copyObject, counterKey, credentialCreate, credentialDelete, credentialGet, credentialList, credentialUpdate, defaultDomainId, defaultSettings, defineKind, defineOperation, diskFormats, domainCreate, domainDelete, domainGet, domainList, domainUpdate, downloadByTempUrl, downloadImage, downloadObject, downloadPublic, dscpMarks, ec2Directory, ec2Entry, edgeAllowed, errorCodes, eventKind, eventList, everyRow, faultKinds, fieldOf, flavorAccessGrant, flavorAccessList, flavorAccessRevoke, flavorCreate, flavorDelete, flavorGet, flavorList, flavorUpdate, fleetDefragment, floatingIpCreate, floatingIpCreateMany, floatingIpDelete, floatingIpGet, floatingIpKind, floatingIpList, floatingIpTargets, floatingIpUpdate, followEvents, groupAddUser, groupCheckUser, groupCreate, groupDelete, groupGet, groupList, groupListUsers, groupRemoveUser, groupResetStatus, groupSnapshotCreate, groupSnapshotDelete, groupSnapshotGet, groupSnapshotList, groupSnapshotResetStatus, groupSnapshotUpdate, groupStatuses, groupTypeCreate, groupTypeDelete, groupTypeGet, groupTypeList, groupTypeUpdate, groupUpdate, hasRole, healthMonitorCreate, healthMonitorDelete, healthMonitorGet, healthMonitorKind, healthMonitorList, healthMonitorUpdate, heldIps, hostCapacity, hostCreate, hostDelete, hostDrain, hostGet, hostKind, hostList, hostLoads, hostScope, hostServers, hostUpdate, hostUsage, idempotencyKind, imageCreate, imageDataKey, imageDataKeys, imageDeactivate, imageDelete, imageFind, imageGet, imageImport, imageKind, imageList, imageMemberCreate, imageMemberDelete, imageMemberGet, imageMemberList, imageMemberStatuses, imageMemberUpdate, imagePlaces, imageReactivate, imageSortKeys, imageStatuses, imageStoreDelete, imageStores, imageTagAdd, imageTagRemove, imageTaskGet, imageTaskList, transitions as imageTransitions, imageUpdate, imageVisibilities, importMethods, indexOf, invariants, invoke, isAccessAllowed, isCloudError, issueToken, keyPairCreate, keyPairDelete, keyPairGet, keyPairList, kinds, kindsByName, l7PolicyCreate, l7PolicyDelete, l7PolicyGet, l7PolicyKind, l7PolicyList, l7PolicyUpdate, l7RuleCreate, l7RuleDelete, l7RuleGet, l7RuleKind, l7RuleList, l7RuleUpdate, limits, listPublic, listenerCreate, listenerDelete, listenerGet, listenerKind, listenerList, listenerStats, listenerUpdate, loadBalancerCreate, loadBalancerDelete, loadBalancerFailover, loadBalancerGet, loadBalancerKind, loadBalancerList, loadBalancerStats, loadBalancerStatusKind, loadBalancerStatusTree, loadBalancerUpdate, looseBytesKind, memberKind, memoryStore, mergeAdds, messageDelete, messageGet, messageList, metaData, metadefCreate, metadefDefine, metadefDelete, metadefGet, metadefList, metadefTag, metadefUndefine, metadefUpdate, migrationKind, migrationList, migrationStatuses, migrationTypes, multipartUploadAbort, multipartUploadComplete, multipartUploadCreate, multipartUploadList, networkAddressesGet, networkAddressesList, networkCreate, networkCreateMany, networkData, networkDelete, networkGet, networkKind, networkList, networkUpdate, nodeDigest, objectAccountGet, objectAccountUpdate, objectDelete, objectDeleteMany, objectGet, objectKind, objectList, objectManifestCheck, objectManifestGet, objectPartKind, objectPartList, objectUpdate, objectVersionBrowse, objectVersionList, objectVersionRestore, openedKind, operations, parseInput, placementPolicies, placementUsageGet, placesOf, plainValue, poolCreate, poolDelete, poolGet, poolList, poolMemberCreate, poolMemberDelete, poolMemberGet, poolMemberList, poolMemberReplace, poolMemberUpdate, poolUnmanaged, poolUpdate, portCreate, portCreateMany, portDelete, portForwardingCreate, portForwardingDelete, portForwardingList, portForwardingUpdate, portGet, portKind, portList, portUpdate, projectCreate, projectDelete, projectEnsure, projectGet, projectList, projectUpdate, providerAllocations, providerCreate, providerDelete, providerGet, providerList, providerSetAggregates, providerSetInventory, providerSetTraits, providerUpdate, providerUsage, qosCreate, qosDelete, qosGet, qosList, qosPolicyCreate, qosPolicyDelete, qosPolicyGet, qosPolicyKind, qosPolicyList, qosPolicyUpdate, qosRuleCreate, qosRuleDelete, qosRuleUpdate, qosUpdate, quotaDefaults, quotaGet, quotaList, quotaNames, quotaSet, rbacPolicyCreate, rbacPolicyDelete, rbacPolicyGet, rbacPolicyKind, rbacPolicyList, rbacPolicyUpdate, reachabilityCheck, readCatalog, readGuest, readObject, refusalReasons, regionCreate, regionDelete, regionUpdate, reshape, resolveActor, resourceClassCreate, resourceClassDelete, resourceClassList, revokeToken, roleAssign, roleAssignmentList, roleCreate, roleDelete, roleGet, roleImply, roleList, roleListEffective, roleUnassign, roleUnimply, roleUpdate, roles, routerAddInterface, routerAddRoutes, routerCreate, routerDelete, routerGet, routerKind, routerList, routerRemoveInterface, routerRemoveRoutes, routerUpdate, scopeOf, securityGroupCreate, securityGroupDelete, securityGroupGet, securityGroupKind, securityGroupList, securityGroupRuleKind, securityGroupUpdate, securityRuleCreate, securityRuleCreateMany, securityRuleDelete, securityRuleGet, securityRuleList, serverActionList, serverActions, serverAddTags, serverAttachInterface, serverAttachVolumes, serverBackup, serverBatchGet, serverBatchKind, serverBatchProgress, serverConfirmResize, serverConsoleOutput, serverCount, serverCreate, serverCreateImage, serverDelete, serverDeleteMetadata, serverDetachInterface, serverDetachVolumes, serverEvacuate, serverForceDelete, serverGet, serverGetDetails, serverGroupCreate, serverGroupDelete, serverGroupGet, serverGroupList, serverGroupMembers, serverGroupMembersOf, serverKind, serverList, serverListDetails, serverLiveMigrate, serverLock, serverMergeMetadata, serverMigrate, serverPause, serverReboot, serverRebootHard, serverRebuild, serverRemoveTags, serverReplaceMetadata, serverReplaceTags, serverRescue, serverResetState, serverResize, serverResume, serverRevertResize, serverShelve, serverSortKeys, serverStart, serverStatus, serverStatuses, serverStop, serverSuspend, serverTasks, serverUnlock, serverUnpause, serverUnrescue, serverUnshelve, serverUpdate, shareAccessCreate, shareAccessDelete, shareAccessGet, shareAccessKind, shareAccessList, shareAccessTypes, shareCreate, shareDelete, shareExtend, shareGet, shareKind, shareList, shareProtocols, shareShrink, shareSnapshotCreate, shareSnapshotDelete, shareSnapshotGet, shareSnapshotKind, shareSnapshotList, shareTransitions, shareUpdate, signalInputName, silentTelemetry, snapshotCreate, snapshotDelete, snapshotGet, snapshotKind, snapshotList, snapshotManage, snapshotResetStatus, snapshotStatuses, snapshotUnmanage, snapshotUpdate, softwareConfigCreate, softwareConfigDelete, softwareConfigGet, softwareConfigList, softwareDeploymentCreate, softwareDeploymentDelete, softwareDeploymentGet, softwareDeploymentList, softwareDeploymentMetadata, softwareDeploymentSignal, softwareDeploymentUpdate, stackAbandon, stackCancel, stackCheck, stackCreate, stackDelete, stackEventGet, stackEventList, stackExport, stackFind, stackGet, stackKind, stackList, stackPreview, stackPreviewUpdate, stackResourceGet, stackResourceList, stackResourceMark, stackResourceSignal, stackRestore, stackResume, stackSnapshotCreate, stackSnapshotDelete, stackSnapshotGet, stackSnapshotList, stackSource, stackSuspend, stackTemplate, stackTypeGet, stackTypeList, stackUpdate, stackValidate, stackVersionList, stageImage, storeLimits, storeManifest, subnetCreate, subnetDelete, subnetGet, subnetKind, subnetList, subnetPoolAddPrefixes, subnetPoolCreate, subnetPoolDelete, subnetPoolGet, subnetPoolKind, subnetPoolList, subnetPoolRemovePrefixes, subnetPoolUpdate, subnetUpdate, tempUrlCreate, tempUrlKeysGet, throwIfAborted, traitCreate, traitDelete, traitList, transferAccept, transferCreate, transferDelete, transferGet, transferList, trustCreate, trustDelete, trustGet, trustList, typeQuotaGet, typeQuotaSet, uniqueKey, unlimited, unsettledShare, uploadByTempUrl, uploadImage, uploadObject, uploadObjectPart, usageGet, usageList, usagePeriodKind, useTrust, userCreate, userDelete, userGet, userList, userListGroups, userListProjects, userSetPassword, userUpdate, verifyChain, verifyForm, verifyTempUrl, versionPrefix, vmStates, volumeCreate, volumeCreateMany, volumeDelete, volumeDetaching, volumeExtend, volumeForceDelete, volumeGet, volumeGroupCopy, volumeGroupCreate, volumeGroupDelete, volumeGroupGet, volumeGroupList, volumeGroupUpdate, volumeImageMetadata, volumeKind, volumeList, volumeManage, volumeMigrate, volumeReimage, volumeResetStatus, volumeRetype, volumeRevert, volumeStatuses, volumeSummary, volumeTypeAccessList, volumeTypeCreate, volumeTypeDelete, volumeTypeGet, volumeTypeGrant, volumeTypeList, volumeTypeRevoke, volumeTypeUpdate, volumeUnmanage, volumeUpdate, volumeUpload, watchBatch, watchStack, workKind, workTopic, zoneList };
