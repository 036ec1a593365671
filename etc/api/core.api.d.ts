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
interface Kind<T extends Stored = Stored> {
    readonly name: string;
    readonly indexes: Readonly<Record<string, IndexSpec>>;
    /** True: ids that change are listed in the change feed. */
    readonly feed: boolean;
    /** Type carrier only; never set. */
    readonly record?: T;
}
declare function defineKind<T extends Stored>(name: string, indexes: Readonly<Record<string, IndexSpec>>, options?: {
    readonly feed?: boolean;
}): Kind<T>;

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
type GuestPower = 'running' | 'stopped' | 'paused' | 'absent';
interface GuestTarget {
    readonly serverId: string;
    readonly hostId: string;
    /** Grows with every change of the server's desired state. */
    readonly generation: number;
    readonly power: GuestPower;
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
    readonly resources: Readonly<Record<string, number>>;
    readonly ports: readonly {
        readonly id: string;
        readonly mac: string;
    }[];
}
interface GuestReport {
    readonly serverId: string;
    readonly hostId: string;
    /** What the host runs now, whatever was asked. */
    readonly power: GuestPower | 'unknown';
    readonly generation: number;
    /**
     * Present when the target could not be reached. `retry` tells whether another attempt, or another
     * host, may help.
     */
    readonly fault?: {
        readonly message: string;
        readonly retry: 'sameHost' | 'otherHost' | 'never';
    };
}
interface Hypervisor {
    /**
     * Brings each guest to its target and reports each as soon as it is known, in any order, exactly
     * once per target. Bounded in time by the driver's own limit and by the signal; a target that
     * could not be decided in time is reported as `unknown` with a fault.
     */
    apply(targets: readonly GuestTarget[], options?: {
        readonly signal?: AbortSignal;
    }): AsyncIterable<readonly GuestReport[]>;
    /** What these hosts run now, fact by fact; a host that does not answer is in `silent`. */
    observe(hostIds: readonly string[], options?: {
        readonly signal?: AbortSignal;
    }): Promise<{
        readonly guests: readonly GuestReport[];
        readonly silent: readonly string[];
    }>;
    close(): Promise<void>;
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
 * - `best-fit` fills the fullest host, and opens an empty one only when no other is left.
 */
declare const placementPolicies: readonly ["pack", "spread", "balance", "best-fit"];
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
    /** Power fails: guests stop, and the host is silent until `restoreHost`. */
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
    readonly state: 'active' | 'down';
}
/** The data plane in memory: the executable specification of `NetworkDriver`. */
declare class SimulatedNetwork implements NetworkDriver {
    #private;
    /** @throws CloudError `invalid` for options out of range. */
    constructor(options: SimulatedNetworkOptions);
    /** Ports plugged in now. */
    get ports(): number;
    /** The signal ends a call early, with faults, not with an error. @throws CloudError `closed`. */
    apply(targets: readonly PortTarget[], options?: {
        readonly signal?: AbortSignal;
    }): Promise<readonly PortReport[]>;
    /** Calls under way end with faults; later ones throw `closed`. Idempotent. */
    close(): Promise<void>;
    /** Takes ports as they were last observed. One that is known already changes only if older. */
    adopt(ports: Iterable<SimulatedPort>): void;
    /** The port, or undefined when it is not plugged in. */
    port(portId: string): SimulatedPort | undefined;
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
    /** Bytes of one image. 16 TiB; the quota is usually lower. */
    readonly imageBytes: number;
    /** Servers that one work row carries: bounds a step's memory and its transaction. */
    readonly workServers: 1000;
    /** Work rows that a worker runs at once, and driver calls it has in flight. */
    readonly workConcurrency: 16;
    readonly driverConcurrency: 64;
    /** Bytes of a password: hashing a long one must not be a weapon (OSSA-2012-002). */
    readonly passwordBytes: 1024;
    /** Levels of a project tree (Keystone's default: 5). */
    readonly projectDepth: 5;
    /** Roles one user may have on targets: bounds what a deletion or a check reads. */
    readonly userAssignments: 1000;
    /** Projects that one image is shared with (Glance: 128), or that may use one private flavor. */
    readonly imageMembers: 128;
    readonly flavorAccess: 1000;
    /** Milliseconds without a byte after which an upload counts as interrupted. */
    readonly imageStallMs: 600000;
    /** Uploads of one image that a crash may interrupt before it is given up as killed. */
    readonly imageUploadAttempts: 64;
    /** Characters of an SSH public key line; RSA of 16,384 bits takes some 2,800. */
    readonly publicKeyLength: 8192;
    /** Subnets of one network: bounds what a request for ports reads. */
    readonly networkSubnets: 64;
    /** Allocation pools, DNS servers (Neutron: 5) and host routes (Neutron: 20) of one subnet. */
    readonly subnetPools: 32;
    readonly subnetDnsServers: 5;
    readonly subnetHostRoutes: 20;
    /** Allowed address pairs of one port (Neutron: 10). */
    readonly portAddressPairs: 10;
    /** Rules of one security group, whatever the quota: bounds what its deletion reads. */
    readonly groupRules: 1000;
    /** Ports, or rules, of one bulk creation. */
    readonly bulkPorts: 1000;
    readonly bulkRules: 100;
};

/** Collects what one decision writes; it becomes one `WriteBatch`, wholly applied or not at all. */
declare class Writes {
    #private;
    insert<T extends Stored>(kind: Kind<T>, ...rows: readonly Draft<T>[]): this;
    update<T extends Stored>(kind: Kind<T>, ...rows: readonly T[]): this;
    remove<T extends Stored>(kind: Kind<T>, ...rows: readonly T[]): this;
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

/**
 * Room taken in the projection for a decision that is not committed yet. It ends in one of two
 * ways, once: `keep` when the decision was committed, `release` when it was not.
 */
interface Reservation {
    readonly assignments: readonly Assignment[];
    readonly placed: number;
    /** The store holds it now. */
    keep(): void;
    /** Gives the room back. */
    release(): void;
}
/**
 * The placement projection: the Scheduler port kept in step with the store. Loaded at opening, then
 * fed by what this process decides (at once) and by the change feed (what others decided).
 */
declare class Fleet {
    #private;
    constructor(scheduler: Scheduler, store: Store, origin: string);
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
    /** Gives back what committed deletions freed. */
    release(claims: readonly Claim[]): void;
    /** Instances that an ask could get at most now. */
    room(ask: InstanceAsk): number;
    /** The enabled hosts in use that hold the least, the emptiest first. */
    lightest(limit: number): readonly string[];
    /** Where claims could move; changes nothing. */
    plan(ask: PlanAsk): PlanAnswer;
    capacity(): FleetCapacity;
    usage(hostId: string): Resources | undefined;
}

/** Hashing as a parameter: pure, but its implementation belongs to the runtime. */
type DigestAlgorithm = 'md5' | 'sha256' | 'sha512';
interface Digest {
    /** Hex digest of a text (UTF-8) or of bytes. */
    hash(algorithm: DigestAlgorithm, data: string | Uint8Array): string;
    /** An incremental hash for streams. */
    stream(algorithm: DigestAlgorithm): DigestStream;
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

/** Where image bytes live. Keys are opaque: never joined to a path unchecked. */
interface ImageStore {
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
    readonly ipv6AddressMode: Ipv6Mode | null;
    readonly ipv6RaMode: Ipv6Mode | null;
    /** As its network's. */
    readonly shared: boolean;
    readonly tags: readonly string[];
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
    readonly updatedAt: number;
}

/**
 * One address of one subnet that is, or was, held. Its id is `subnetId/key` with the address as
 * fixed-width hex, so the store itself refuses a second holder, and rows of a subnet lie in address
 * order. Batches write hundreds of these: the id says which address it is, `portId` whether it is
 * held, `turn` all that finding the next one needs.
 */
interface Address extends Stored {
    /** Holder; null = free for reuse. */
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
    readonly hypervisor: Hypervisor;
    readonly network: NetworkDriver;
    readonly committer: Committer;
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
    /** Placement policy when a request names none. */
    readonly policy: PlacementPolicy;
    /** A transitional state that lasts longer ends in ERROR. */
    readonly buildDeadlineMs: number;
    /** A work row that is not renewed for so long is taken over. */
    readonly leaseMs: number;
    /** Longest time between looks for due work when no doorbell rings. */
    readonly pollMs: number;
    /** How often each reconciler runs without being woken. */
    readonly reconcileMs: number;
}

/** A rule that the rows break. */
interface Finding {
    /** Number of the invariant in docs/ARCHITECTURE.md. */
    readonly invariant: number;
    /** The row or counter concerned, as `kind:id`. */
    readonly subject: string;
    readonly message: string;
}
/** Recomputes an invariant from the rows, page by page, and yields what breaks it. */
type Checker = (kernel: Kernel) => AsyncIterable<Finding>;

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
    });
    /** The project acted in. Operations whose policy has project scope may rely on it. */
    get projectId(): string;
    /**
     * Commits a decision with its audit record and idempotency key, durably, in one transaction.
     *
     * @param targets ids of the resources concerned, for the audit.
     * @param answer what the operation will return: kept under the idempotency key, so a repeat
     *   answers alike.
     * @throws CommitConflict: let it pass; the operation is run again on fresh reads.
     */
    commit(writes: Writes, targets: readonly string[], answer: unknown): Promise<void>;
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
    readonly hypervisor: Hypervisor;
    readonly network: NetworkDriver;
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
     * Recomputes every invariant from the rows and yields what breaks one. Read-only; exact when
     * nothing is under way.
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
    readonly zone: string;
    readonly aggregateIds: readonly string[];
    readonly traits: readonly string[];
    readonly inventory: Readonly<Record<string, Inventory>>;
    /** Disabled by an operator: keeps its servers, takes no new ones. */
    readonly enabled: boolean;
    readonly disabledReason: string | null;
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const hostKind: Kind<Host>;
/** Capacity per resource class. */
declare function hostCapacity(host: Pick<Host, 'inventory'>): Record<string, number>;

/**
 * The server's state machine, as tables. A server has a `vmState` (what it is) and a `task` (what
 * is being done to it, or null). An action is allowed from listed pairs only and sets a task; a
 * task ends in one of two listed states. The public status is computed from both (Nova's Compute
 * API reference, "Server status").
 */
declare const vmStates: readonly ["building", "active", "stopped", "paused", "resized", "error"];
type VmState = (typeof vmStates)[number];
declare const serverTasks: readonly ["spawning", "starting", "stopping", "rebooting", "rebootingHard", "pausing", "unpausing", "rebuilding", "resizing", "confirmingResize", "revertingResize", "deleting"];
type ServerTask = (typeof serverTasks)[number];
declare const serverActionNames: readonly ["start", "stop", "reboot", "rebootHard", "pause", "unpause", "rebuild", "resize", "confirmResize", "revertResize", "delete", "forceDelete"];
type ServerActionName = (typeof serverActionNames)[number];
type ServerStatus = 'BUILD' | 'ACTIVE' | 'SHUTOFF' | 'PAUSED' | 'REBOOT' | 'HARD_REBOOT' | 'REBUILD' | 'RESIZE' | 'VERIFY_RESIZE' | 'REVERT_RESIZE' | 'ERROR' | 'DELETED';
/** The public status of a server in this state, with this task under way. */
declare function serverStatus(vmState: VmState, task: ServerTask | null): ServerStatus;
/** True if the action may begin now. */
declare function actionAllowed(action: ServerActionName, vmState: VmState, task: ServerTask | null): boolean;

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
}
interface ServerFault {
    readonly message: string;
    readonly at: number;
}
/** The other side of an open resize: where the server was, and what it took there. */
interface ServerResize {
    readonly hostId: string;
    readonly zone: string;
    readonly flavor: ServerFlavor;
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
    readonly name: string;
    readonly flavor: ServerFlavor;
    readonly imageId: string | null;
    readonly hostId: string;
    readonly zone: string;
    readonly groupId: string | null;
    readonly vmState: VmState;
    readonly task: ServerTask | null;
    readonly desired: ServerDesired;
    /** Grows with every change of `desired` or `hostId`: the fence that hosts check. */
    readonly generation: number;
    /** Hosts on which building failed. */
    readonly failedHostIds: readonly string[];
    readonly fault: ServerFault | null;
    readonly resize: ServerResize | null;
    readonly locked: boolean;
    readonly metadata: Readonly<Record<string, string>>;
    readonly tags: readonly string[];
    readonly actions: readonly ServerAction[];
    readonly createdAt: number;
    readonly updatedAt: number;
    /** When it first became ACTIVE; null before. */
    readonly launchedAt: number | null;
}
interface ServerDesired {
    readonly power: 'running' | 'stopped' | 'paused' | 'absent';
    /** Restarts asked for so far, and whether the last was a hard one. */
    readonly boots: number;
    readonly hard: boolean;
    /** Builds asked for so far: 1, plus one for each rebuild. */
    readonly builds: number;
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
    readonly createdAt: number;
    readonly updatedAt: number;
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
/** A network interface. Server batches write hundreds of these: keep it small. */
interface Port extends Stored {
    readonly projectId: string;
    readonly networkId: string;
    readonly name: string;
    readonly description: string;
    readonly mac: string;
    readonly fixedIps: readonly FixedIp[];
    readonly securityGroupIds: readonly string[];
    /** The server it belongs to, or null. */
    readonly deviceId: string | null;
    /** `compute:nova` on a server's port, else empty. */
    readonly deviceOwner: string;
    /** Where it is bound; null until its server is placed. */
    readonly hostId: string | null;
    readonly status: PortStatus;
    readonly adminStateUp: boolean;
    readonly portSecurity: boolean;
    readonly allowedAddressPairs: readonly AddressPair[];
    /** True: made for its server, and deleted with it. False: made by a user, and only detached. */
    readonly deleteWithDevice: boolean;
    readonly tags: readonly string[];
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
    readonly updatedAt: number;
}
/**
 * Every index costs on each server's creation. Whether a network or a security group is in use is a
 * counter's question, so neither has an index of its own.
 */
declare const portKind: Kind<Port>;

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

/** Hashing by the runtime's own crypto. Pure: equal bytes give equal digests. */
declare const nodeDigest: Digest;

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

/**
 * Every invariant, recomputed from the rows. Exact when nothing is under way; memory does not grow
 * with the cloud.
 *
 * @throws CloudError `aborted` when the signal fires.
 */
declare function audit(kernel: Kernel, options?: Pick<CallOptions, 'signal'>): AsyncGenerator<Finding>;

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

/**
 * How a batch gets on, each time it has changed, until every member has settled. Woken by
 * doorbells; a lost one costs at most a poll interval.
 *
 * @throws CloudError `notFound`, `aborted`.
 */
declare function watchBatch(kernel: Kernel, actor: Actor, id: string, options?: {
    readonly signal?: AbortSignal;
}): AsyncGenerator<BatchProgress, void, undefined>;

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
    readonly createdAt: number;
    readonly updatedAt: number;
}

/**
 * The user with this name and password. An unknown name, a wrong password and a disabled user give
 * the same error, and each costs one hash, so that names cannot be probed.
 *
 * @throws CloudError `unauthenticated`.
 */
declare function authenticatePassword(kernel: Kernel, input: {
    readonly name: string;
    readonly password: string;
    readonly domainId?: string;
}): Promise<User>;

/**
 * The life of an image as a table: every status against every event, each pair decided. The edges
 * are those documented for Glance v2.
 */
declare const imageStatuses: readonly ["queued", "saving", "uploading", "importing", "active", "deactivated", "killed", "deleted", "pending_delete"];
type ImageStatus = (typeof imageStatuses)[number];

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
interface Image extends Stored {
    readonly projectId: string;
    readonly name: string;
    readonly status: ImageStatus;
    readonly visibility: ImageVisibility;
    readonly diskFormat: DiskFormat;
    readonly containerFormat: ContainerFormat;
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
    readonly createdAt: number;
    readonly updatedAt: number;
}

/** An image as shown. Digests and size are null until it is active. */
interface ImageView extends Omit<Image, 'digests' | 'attempt' | 'upload'> {
    readonly size: number | null;
    readonly checksum: string | null;
    readonly sha256: string | null;
    readonly osHashAlgo: ImageDigests['osHashAlgo'] | null;
    readonly osHashValue: string | null;
}

declare const downloadInput: z.ZodObject<{
    id: z.ZodString;
    start: z.ZodOptional<z.ZodInt>;
    end: z.ZodOptional<z.ZodInt>;
}, z.core.$strict>;
type ImageDownloadInput = z.input<typeof downloadInput>;
interface ImageDownload {
    readonly image: ImageView;
    readonly start: number;
    /** Exclusive. */
    readonly end: number;
    /** Throws `checksumMismatch` at its end when the bytes are not those uploaded. Read it once. */
    readonly bytes: AsyncIterable<Uint8Array>;
}
/**
 * The bytes of an active image, or a range of them. A whole read is verified against the digest
 * taken at the upload, a range by its length.
 *
 * @throws CloudError `notFound`, `conflict` when it has no bytes, `forbidden` when deactivated
 *   (operators may still read), `invalid` for a range outside.
 */
declare function downloadImage(kernel: Kernel, actor: Actor, input: ImageDownloadInput, options?: Pick<CallOptions, 'signal' | 'requestId'>): Promise<ImageDownload>;

/** What the caller of an upload says of the bytes to come. */
declare const uploadInput: z.ZodObject<{
    id: z.ZodString;
    size: z.ZodOptional<z.ZodInt>;
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
 *   chunks; `checksumMismatch`; `aborted` when the signal fires.
 */
declare function uploadImage(kernel: Kernel, actor: Actor, input: ImageUploadInput, data: AsyncIterable<Uint8Array>, options?: Pick<CallOptions, 'signal' | 'requestId'>): Promise<ImageView>;

/** Every operation of every service, as a table: transports, tests and docs read it. */
declare const operations: readonly OperationRow[];

/** Every row of a kind, or of the leading values of an index, page by page. */
declare function everyRow<T extends Stored>(kernel: Kernel, kind: Kind<T>, query?: {
    readonly index?: string;
    readonly equals?: readonly IndexValue[];
}): AsyncGenerator<readonly T[]>;

/**
 * Quotas are bounded counters, one per project and resource, charged in the transaction that makes
 * the resource. A project's counters exist from its creation; −1 in settings means no limit.
 */
declare const quotaNames: readonly ["instances", "cores", "ram", "keyPairs", "serverGroups", "images", "imageBytes", "networks", "subnets", "ports", "securityGroups", "securityGroupRules"];
type QuotaName = (typeof quotaNames)[number];
/** The limit that stands for "no limit". */
declare const unlimited: number;

/**
 * Defaults that make a request for 500 or 5,000 servers ordinary; an operator lowers what must be
 * scarce.
 */
declare const defaultSettings: Settings;

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
    marker?: string | undefined;
}, AggregateView[], {
    name?: string | undefined;
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
    enabled?: boolean | undefined;
    marker?: string | undefined;
}, Host[], {
    zone?: string | undefined;
    name?: string | undefined;
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

/** A user's public SSH key, put into the servers he creates. The private half never comes here. */
interface KeyPair extends Stored {
    readonly userId: string;
    /** The project in which it was imported, and whose quota it counts against. */
    readonly projectId: string;
    /** Unique for the user. */
    readonly name: string;
    /** The whole line, comment included. */
    readonly publicKey: string;
    /** `SHA256:` and unpadded base64, as OpenSSH prints it. */
    readonly fingerprint: string;
    /** MD5 in hex with colons, as the older form. */
    readonly fingerprintMd5: string;
    readonly createdAt: number;
}

/**
 * Imports a public key. Keys belong to the user and count against the project in which they were
 * imported; there is no making of private keys here.
 *
 * @throws CloudError `invalid` for a malformed key; `conflict` when the user has a key of this
 *   name; `quotaExceeded`.
 */
declare const keyPairCreate: Operation<{
    name: string;
    publicKey: string;
}, KeyPair, {
    name: string;
    publicKey: string;
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
/** Re-creates servers from an image, keeping their id, addresses, host and allocation. */
declare const serverRebuild: Operation<{
    ids: string[];
    imageId: string;
}, ActionAnswer, {
    ids: string[];
    imageId: string;
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
    name: string;
    flavorId: string;
    imageId: string;
    minCount: number;
    networks: {
        networkId?: string | undefined;
        portId?: string | undefined;
        address?: string | undefined;
    }[];
    metadata: Record<string, string>;
    tags: string[];
    maxCount?: number | undefined;
    securityGroupIds?: string[] | undefined;
    keyName?: string | undefined;
    userData?: string | undefined;
    availabilityZones?: string[] | undefined;
    groupId?: string | undefined;
    policy?: "pack" | "spread" | "balance" | "best-fit" | undefined;
}, ServerBatchView, {
    name: string;
    flavorId: string;
    imageId: string;
    minCount?: number | undefined;
    maxCount?: number | undefined;
    networks?: {
        networkId?: string | undefined;
        portId?: string | undefined;
        address?: string | undefined;
    }[] | undefined;
    securityGroupIds?: string[] | undefined;
    keyName?: string | undefined;
    userData?: string | undefined;
    metadata?: Record<string, string> | undefined;
    tags?: string[] | undefined;
    availabilityZones?: string[] | undefined;
    groupId?: string | undefined;
    policy?: "pack" | "spread" | "balance" | "best-fit" | undefined;
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
/** @throws CloudError `conflict` while it has members. */
declare const serverGroupDelete: Operation<{
    id: string;
}, void, {
    id: string;
}>;

declare const serverUpdate: Operation<{
    id: string;
    name: string;
}, ServerView, {
    id: string;
    name: string;
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
}, ServerView, {
    id: string;
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
    limit: number;
    batchId?: string | undefined;
    name?: string | undefined;
    projectId?: string | undefined;
    marker?: string | undefined;
}, ServerView[], {
    batchId?: string | undefined;
    name?: string | undefined;
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
 * Moves a server to another flavor: room for the new one is claimed beside the old, which is kept
 * until the resize is confirmed or reverted.
 */
declare const serverResize: Operation<{
    id: string;
    flavorId: string;
}, ActionAnswer, {
    id: string;
    flavorId: string;
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
/** @throws CloudError `conflict` while the domain is enabled, or has projects or users. */
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
}, Project, {
    name: string;
    domainId?: string | undefined;
    description?: string | undefined;
    enabled?: boolean | undefined;
    parentId?: string | null | undefined;
    tags?: string[] | undefined;
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
}, Project, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    enabled?: boolean | undefined;
    tags?: string[] | undefined;
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
    limits: Partial<Record<"instances" | "cores" | "ram" | "keyPairs" | "serverGroups" | "images" | "imageBytes" | "networks" | "subnets" | "ports" | "securityGroups" | "securityGroupRules", number>>;
}, QuotaView, {
    projectId: string;
    limits: Partial<Record<"instances" | "cores" | "ram" | "keyPairs" | "serverGroups" | "images" | "imageBytes" | "networks" | "subnets" | "ports" | "securityGroups" | "securityGroupRules", number>>;
}>;
declare const quotaDefaults: Operation<Record<string, never>, Readonly<Record<"instances" | "cores" | "ram" | "keyPairs" | "serverGroups" | "images" | "imageBytes" | "networks" | "subnets" | "ports" | "securityGroups" | "securityGroupRules", number>>, Record<string, never>>;

type TargetType = 'project' | 'domain' | 'system';
/**
 * One role of one user on one target. Its id is made of these, so that the store refuses a second
 * one.
 */
interface RoleAssignment extends Stored {
    readonly userId: string;
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

interface RoleView {
    readonly name: Role;
    /** The roles that come with it. */
    readonly implies: readonly Role[];
}
declare const roleList: Operation<Record<string, never>, readonly RoleView[], Record<string, never>>;
/**
 * Gives a role; giving it again changes nothing. Nobody gives more than he has: an operator acts
 * anywhere; a manager of a domain, on it and on its projects; a manager of a project, on that
 * project; the latter two with users of the domain.
 *
 * @throws CloudError `forbidden` for a role beyond the caller's own; `notFound` for the user or the
 *   target;
 *   `quotaExceeded` when the user has too many roles.
 */
declare const roleAssign: Operation<{
    inherited: boolean;
    userId: string;
    role: "admin" | "manager" | "member" | "reader";
    projectId?: string | undefined;
    domainId?: string | undefined;
    system?: true | undefined;
}, RoleAssignment, {
    userId: string;
    role: "admin" | "manager" | "member" | "reader";
    inherited?: boolean | undefined;
    projectId?: string | undefined;
    domainId?: string | undefined;
    system?: true | undefined;
}>;
/** @throws CloudError `notFound` when there is no such assignment. */
declare const roleUnassign: Operation<{
    inherited: boolean;
    userId: string;
    role: "admin" | "manager" | "member" | "reader";
    projectId?: string | undefined;
    domainId?: string | undefined;
    system?: true | undefined;
}, void, {
    userId: string;
    role: "admin" | "manager" | "member" | "reader";
    inherited?: boolean | undefined;
    projectId?: string | undefined;
    domainId?: string | undefined;
    system?: true | undefined;
}>;
/** By user, by target, or (operators) all. An actor of a project sees those on it, and his own. */
declare const roleAssignmentList: Operation<{
    limit: number;
    projectId?: string | undefined;
    domainId?: string | undefined;
    system?: true | undefined;
    userId?: string | undefined;
    marker?: string | undefined;
}, readonly RoleAssignment[], {
    projectId?: string | undefined;
    domainId?: string | undefined;
    system?: true | undefined;
    userId?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;

/** A user as shown: whether there is a password, never its hash. */
interface UserView extends Omit<User, 'passwordHash'> {
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
}, UserView, {
    name: string;
    domainId?: string | undefined;
    description?: string | undefined;
    email?: string | null | undefined;
    enabled?: boolean | undefined;
    password?: string | undefined;
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
}, UserView, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    email?: string | null | undefined;
    enabled?: boolean | undefined;
}>;
/**
 * Sets a password (null removes it). Managers set any; a user his own, proving the old one if there
 * is one.
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
 * @throws CloudError `forbidden` for a public image by anyone but an operator; `quotaExceeded`.
 */
declare const imageCreate: Operation<{
    name: string;
    visibility: "shared" | "public" | "community" | "private";
    diskFormat: "ami" | "ari" | "aki" | "vhd" | "vhdx" | "vmdk" | "raw" | "qcow2" | "vdi" | "iso" | "ploop";
    containerFormat: "ami" | "ari" | "aki" | "bare" | "ovf" | "ova" | "docker" | "compressed";
    minDiskGb: number;
    minRamMb: number;
    virtualSize: number | null;
    protected: boolean;
    hidden: boolean;
    tags: string[];
    properties: Record<string, string>;
    projectId?: string | undefined;
}, ImageView, {
    name: string;
    projectId?: string | undefined;
    visibility?: "shared" | "public" | "community" | "private" | undefined;
    diskFormat?: "ami" | "ari" | "aki" | "vhd" | "vhdx" | "vmdk" | "raw" | "qcow2" | "vdi" | "iso" | "ploop" | undefined;
    containerFormat?: "ami" | "ari" | "aki" | "bare" | "ovf" | "ova" | "docker" | "compressed" | undefined;
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
 * @throws CloudError `forbidden` to publish without being an operator; `conflict` to change a
 *   format after upload.
 */
declare const imageUpdate: Operation<{
    id: string;
    name?: string | undefined;
    visibility?: "shared" | "public" | "community" | "private" | undefined;
    diskFormat?: "ami" | "ari" | "aki" | "vhd" | "vhdx" | "vmdk" | "raw" | "qcow2" | "vdi" | "iso" | "ploop" | undefined;
    containerFormat?: "ami" | "ari" | "aki" | "bare" | "ovf" | "ova" | "docker" | "compressed" | undefined;
    minDiskGb?: number | undefined;
    minRamMb?: number | undefined;
    protected?: boolean | undefined;
    hidden?: boolean | undefined;
    tags?: string[] | undefined;
    properties?: Record<string, string> | undefined;
}, ImageView, {
    id: string;
    name?: string | undefined;
    visibility?: "shared" | "public" | "community" | "private" | undefined;
    diskFormat?: "ami" | "ari" | "aki" | "vhd" | "vhdx" | "vmdk" | "raw" | "qcow2" | "vdi" | "iso" | "ploop" | undefined;
    containerFormat?: "ami" | "ari" | "aki" | "bare" | "ovf" | "ova" | "docker" | "compressed" | undefined;
    minDiskGb?: number | undefined;
    minRamMb?: number | undefined;
    protected?: boolean | undefined;
    hidden?: boolean | undefined;
    tags?: string[] | undefined;
    properties?: Record<string, string> | undefined;
}>;
/** Only operators see its bytes then, and no server starts from it. */
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

/**
 * The project's own images, public ones, and those shared with it that it accepted; community
 * images of others only when `visibility` asks for them. Operators see all.
 */
declare const imageList: Operation<{
    hidden: boolean;
    memberStatus: "pending" | "accepted" | "rejected";
    limit: number;
    name?: string | undefined;
    status?: "active" | "deleted" | "queued" | "saving" | "uploading" | "importing" | "deactivated" | "killed" | "pending_delete" | undefined;
    visibility?: "shared" | "public" | "community" | "private" | undefined;
    tag?: string | undefined;
    projectId?: string | undefined;
    marker?: string | undefined;
}, ImageView[], {
    name?: string | undefined;
    status?: "active" | "deleted" | "queued" | "saving" | "uploading" | "importing" | "deactivated" | "killed" | "pending_delete" | undefined;
    visibility?: "shared" | "public" | "community" | "private" | undefined;
    hidden?: boolean | undefined;
    tag?: string | undefined;
    memberStatus?: "pending" | "accepted" | "rejected" | undefined;
    projectId?: string | undefined;
    limit?: number | undefined;
    marker?: string | undefined;
}>;

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

type NetworkStatus = 'ACTIVE' | 'DOWN' | 'BUILD' | 'ERROR';
/** A layer 2 segment. */
interface Network extends Stored {
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    readonly status: NetworkStatus;
    readonly adminStateUp: boolean;
    /** True: every project may see it and put ports on it. */
    readonly shared: boolean;
    /** Default of its ports. */
    readonly portSecurity: boolean;
    /** Bytes. */
    readonly mtu: number;
    /** Changing this list changes `rev`: so two subnets can never be added that overlap. */
    readonly subnetIds: readonly string[];
    readonly tags: readonly string[];
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
    readonly updatedAt: number;
}

declare const networkCreate: Operation<{
    name: string;
    description: string;
    adminStateUp: boolean;
    shared: boolean;
    portSecurity: boolean;
    mtu: number;
    tags: string[];
    projectId?: string | undefined;
}, Network, {
    name: string;
    description?: string | undefined;
    adminStateUp?: boolean | undefined;
    shared?: boolean | undefined;
    portSecurity?: boolean | undefined;
    mtu?: number | undefined;
    tags?: string[] | undefined;
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
    tag?: string | undefined;
    marker?: string | undefined;
}, Network[], {
    name?: string | undefined;
    shared?: boolean | undefined;
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
    portSecurity?: boolean | undefined;
    mtu?: number | undefined;
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}, Network, {
    id: string;
    name?: string | undefined;
    description?: string | undefined;
    adminStateUp?: boolean | undefined;
    shared?: boolean | undefined;
    portSecurity?: boolean | undefined;
    mtu?: number | undefined;
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
    status?: "DOWN" | "BUILD" | "ACTIVE" | "ERROR" | undefined;
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
    status?: "DOWN" | "BUILD" | "ACTIVE" | "ERROR" | undefined;
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
    tags?: string[] | undefined;
    expectedRev?: number | undefined;
}>;
declare const portDelete: Operation<{
    ids: string[];
}, null, {
    ids: string[];
}>;

/** A named set of rules that allow traffic; what no rule allows is dropped. */
interface SecurityGroup extends Stored {
    readonly projectId: string;
    readonly name: string;
    readonly description: string;
    /** True: the project's own, made with it, never deleted alone, not charged to its quota. */
    readonly isDefault: boolean;
    readonly tags: readonly string[];
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
    readonly updatedAt: number;
}
declare const ruleDirections: readonly ["ingress", "egress"];
type RuleDirection = (typeof ruleDirections)[number];
declare const etherTypes: readonly ["IPv4", "IPv6"];
type EtherType = (typeof etherTypes)[number];
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
    /** A CIDR without host bits. At most one of this and `remoteGroupId` is set; neither = any. */
    readonly remoteIpPrefix: string | null;
    readonly remoteGroupId: string | null;
    /** Everything that tells rules of all groups apart: equal keys are duplicates. */
    readonly key: string;
    /** False: came with a default group, not charged to the quota. */
    readonly charged: boolean;
    /** Milliseconds since the epoch. */
    readonly createdAt: number;
}

declare const securityGroupCreate: Operation<{
    name: string;
    description: string;
    tags: string[];
    projectId?: string | undefined;
}, SecurityGroup, {
    name: string;
    description?: string | undefined;
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
    description: string;
}, SecurityGroupRule, {
    groupId: string;
    direction: "ingress" | "egress";
    etherType?: "IPv4" | "IPv6" | undefined;
    protocol?: string | number | null | undefined;
    portRangeMin?: number | null | undefined;
    portRangeMax?: number | null | undefined;
    remoteIpPrefix?: string | null | undefined;
    remoteGroupId?: string | null | undefined;
    description?: string | undefined;
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
        description: string;
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
        description?: string | undefined;
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
    direction?: "ingress" | "egress" | undefined;
    etherType?: "IPv4" | "IPv6" | undefined;
    marker?: string | undefined;
}, SecurityGroupRule[], {
    groupId?: string | undefined;
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

declare const subnetCreate: Operation<{
    networkId: string;
    cidr: string;
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
    gatewayIp?: string | null | undefined;
    allocationPools?: {
        start: string;
        end: string;
    }[] | undefined;
}, Subnet, {
    networkId: string;
    cidr: string;
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

export { type ActionAnswer, type Actor, type ActorScope, type Aggregate, type AggregateView, type Allocation, type AnswerOf, type Assignment, type Attributes, type BatchOutcome, type BatchProgress, type Bus, type CallOptions, type Capacity, type CapacityAnswer, type Change, type ChangeBody, type Checker, type Claim, type Clock, CloudError, type CloudErrorOptions, CommitConflict, Committer, type Conflict, ControlPlane, type Counter, type CounterAdd, type CounterConflict, type CounterLimit, type CounterName, type DefragmentPlan, type Delay, type Digest, type DigestAlgorithm, type DigestStream, type Domain, type Draft, type ErrorCode, type Explanation, type FaultFilter, type FaultKind, type FenceBounds, type Finding, type Flavor, type FlavorAccess, type FleetCapacity, type FleetStats, type GroupRule, type GuestPower, type GuestReport, type GuestTarget, type Host, type HostDrainPlan, type HostServer, type HostToEmpty, type HostUsage, type HostView, type HostsCreated, type Hypervisor, type Ids, type ImageDownload, type ImageDownloadInput, type ImageMember, type ImageStore, type ImageUploadInput, type ImageView, type IndexSpec, type IndexValue, type InputOf, type InstanceAsk, type Inventory, type Kernel, type KeyPair, type Kind, type KindWrites, type LogLevel, type Logger, type MembershipAnswer, MemoryBus, MemoryImageStore, type Meter, type MovableClaim, type Network, type NetworkDriver, type OpenOptions, type Operation, type OperationRow, type PasswordHasher, type PlacementAnswer, type PlacementAsk, type PlacementPolicy, type PlanAnswer, type PlanAsk, type PlannedMigration, type PlannedMove, type Policy, type Port, type PortReport, type PortTarget, type Ports, type Project, type Query, type QuotaName, type QuotaView, type Random, type RefusalReason, type Resources, type Retry, type Role, type RoleAssignment, type Scheduler, ScryptPasswords, type SecurityGroup, type SecurityGroupRule, SeededRandom, type Server, type ServerAction, type ServerBatch, type ServerBatchView, type ServerFault, type ServerFlavor, type ServerGroup, type ServerGroupView, type ServerStatus, type ServerTask, type ServerView, type Settings, SimulatedFleet, type SimulatedFleetOptions, type SimulatedGuest, SimulatedNetwork, type SimulatedNetworkOptions, type SimulatedPort, type Store, type StoreCapabilities, type StoreStats, type Stored, type StuckClaim, type StuckServer, type Subnet, type Telemetry, TimeIds, type Tracer, type UserView, VirtualClock, type VmState, type Work, type WriteBatch, type WriteResult, Writes, type Zone, actionAllowed, addressKind, afterPrefix, aggregateAddHosts, aggregateCreate, aggregateDelete, aggregateGet, aggregateHosts, aggregateList, aggregateRemoveHosts, aggregateSetMetadata, aggregateUpdate, allocationKind, audit, authenticatePassword, batchOutcomes, batchScope, capacityAsk, capacityGet, changeBody, checkBatches, checkEquals, checkInteger, checkKey, checkKeys, checkLookup, checkPage, checkQuery, compareIndexValues, compareRecords, compareText, counterKey, defaultDomainId, defaultSettings, defineKind, defineOperation, domainCreate, domainDelete, domainGet, domainList, domainUpdate, downloadImage, errorCodes, everyRow, faultKinds, fieldOf, flavorAccessGrant, flavorAccessList, flavorAccessRevoke, flavorCreate, flavorDelete, flavorGet, flavorList, flavorUpdate, fleetDefragment, hasRole, hostCapacity, hostCreate, hostDelete, hostDrain, hostGet, hostKind, hostList, hostScope, hostServers, hostUpdate, hostUsage, imageCreate, imageDeactivate, imageDelete, imageGet, imageList, imageMemberCreate, imageMemberDelete, imageMemberGet, imageMemberList, imageMemberUpdate, imageReactivate, imageUpdate, indexOf, invoke, isCloudError, keyPairCreate, keyPairDelete, keyPairGet, keyPairList, kinds, kindsByName, limits, memoryStore, mergeAdds, networkCreate, networkDelete, networkGet, networkList, networkUpdate, nodeDigest, openedKind, operations, placementPolicies, plainValue, portCreate, portCreateMany, portDelete, portGet, portKind, portList, portUpdate, projectCreate, projectDelete, projectEnsure, projectGet, projectList, projectUpdate, quotaDefaults, quotaGet, quotaNames, quotaSet, refusalReasons, resolveActor, roleAssign, roleAssignmentList, roleList, roleUnassign, roles, securityGroupCreate, securityGroupDelete, securityGroupGet, securityGroupList, securityGroupUpdate, securityRuleCreate, securityRuleCreateMany, securityRuleDelete, securityRuleGet, securityRuleList, serverActionList, serverAddTags, serverBatchGet, serverBatchKind, serverBatchProgress, serverConfirmResize, serverCount, serverCreate, serverDelete, serverDeleteMetadata, serverForceDelete, serverGet, serverGroupCreate, serverGroupDelete, serverGroupGet, serverGroupList, serverGroupMembers, serverKind, serverList, serverLock, serverMergeMetadata, serverPause, serverReboot, serverRebootHard, serverRebuild, serverRemoveTags, serverReplaceMetadata, serverReplaceTags, serverResize, serverRevertResize, serverStart, serverStatus, serverStop, serverTasks, serverUnlock, serverUnpause, serverUpdate, silentTelemetry, storeLimits, subnetCreate, subnetDelete, subnetGet, subnetList, subnetUpdate, throwIfAborted, uniqueKey, unlimited, uploadImage, userCreate, userDelete, userGet, userList, userSetPassword, userUpdate, vmStates, watchBatch, workKind, workTopic, zoneList };
