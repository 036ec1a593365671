// ---- @nephos/drivers ----
export { NatsCallback, NatsConnection, NatsMessage, NatsOptions, NatsSubscription, nats } from './bus/nats/index.js';
export { FsImagesOptions, fsImages } from './image/fs/index.js';
export { FsObjectsOptions, fsObjects } from './object/fs/index.js';
export { J as JsonTelemetryOptions, S as SystemClock, a as SystemRandom, j as jsonTelemetry } from './system-random.js';
export { PostgresClient, PostgresOptions, PostgresPool, PostgresQuery, PostgresResult, postgres } from './storage/postgres/index.js';
export { SqliteConstructor, SqliteDatabase, SqliteOptions, SqliteStatement, sqlite } from './storage/sqlite/index.js';
import '@nephos/core';

// ---- @nephos/drivers/runtime ----
export { J as JsonTelemetryOptions, S as SystemClock, a as SystemRandom, j as jsonTelemetry } from '../system-random.js';
import { Digest, WebSource, WebPolicy, WebRequest, WebResponse, Telemetry, Clock } from '@nephos/core';

/**
 * Hashing by the runtime's own crypto; several hashes of one long stream are made in threads of
 * their own, so that who receives the bytes has the time to.
 */
declare const threadedDigest: Digest;

interface NodeWebOptions extends Partial<WebPolicy> {
    /** Milliseconds without a byte after which a server is given up; 60,000 by default. */
    readonly stallMs?: number;
}
type Options = {
    readonly signal?: AbortSignal;
};
/**
 * The web, by this process's own connections: no proxy, no connection kept, nothing sent but the
 * path and the host. It connects to the address that it is told, never to a name.
 */
declare class NodeWeb implements WebSource {
    #private;
    readonly policy: WebPolicy;
    constructor(options?: NodeWebOptions);
    lookup(name: string, { signal }?: Options): Promise<readonly string[]>;
    open({ address, url }: WebRequest, { signal }?: Options): Promise<WebResponse>;
}

/** Several telemetries as one: each is told everything. Spans lie within each other, in order. */
declare function allTelemetry(...parts: readonly Telemetry[]): Telemetry;

type Plain = Record<string, string | number | boolean>;
/** What is used of `@opentelemetry/api`: its tracer, and its meter. */
interface OpenTelemetrySpan {
    setStatus(status: {
        code: number;
        message?: string;
    }): unknown;
    recordException(error: Error): void;
    end(): void;
}
interface OpenTelemetryTracer {
    startActiveSpan<T>(name: string, options: {
        attributes?: Plain;
    }, run: (span: OpenTelemetrySpan) => T): T;
}
interface Instrument {
    readonly add: (value: number, attributes?: Plain) => void;
}
interface Distribution {
    readonly record: (value: number, attributes?: Plain) => void;
}
interface OpenTelemetryMeter {
    createCounter(name: string): Instrument;
    createHistogram(name: string, options?: {
        unit?: string;
    }): Distribution;
}
interface OpenTelemetryOptions {
    /** `trace.getTracer('nephos')` */
    readonly tracer: OpenTelemetryTracer;
    /** `metrics.getMeter('nephos')` */
    readonly meter: OpenTelemetryMeter;
    /** Takes log lines; nowhere by default. */
    readonly logger?: Telemetry['logger'];
}
/**
 * Telemetry by way of OpenTelemetry's API (https://opentelemetry.io/docs/specs/otel): the exporters
 * are the embedder's. Spans are active while they run, so that what a driver does lies beneath
 * them.
 */
declare function openTelemetry({ tracer, meter, logger }: OpenTelemetryOptions): Telemetry;

/** A value that is read when the page is: `nephos_` and the name. */
interface PrometheusGauge {
    readonly name: string;
    readonly help: string;
    readonly value: () => number;
}
interface PrometheusOptions {
    /** Attributes that become labels: of few values each, for each set of them is a series. */
    readonly labels?: readonly string[];
    readonly gauges?: readonly PrometheusGauge[];
    /** Series kept at most; what comes later is counted as dropped. */
    readonly mostSeries?: number;
    readonly clock?: Clock;
}
/** Telemetry that can be read as a page. */
interface PrometheusTelemetry extends Telemetry {
    /** What `GET /metrics` answers, of this type. */
    readonly contentType: string;
    readonly page: () => string;
}
/**
 * Counts and distributions as Prometheus reads them (text format 0.0.4). A distribution whose name
 * ends with `_ms` is told in seconds; spans are `nephos_span_seconds`. Logs go nowhere: put it
 * beside another telemetry with `allTelemetry`.
 *
 * @throws CloudError `invalid` for a label that is no name of one, or that looks secret.
 */
declare function prometheusTelemetry(options?: PrometheusOptions): PrometheusTelemetry;

export { NodeWeb, type NodeWebOptions, type OpenTelemetryMeter, type OpenTelemetryOptions, type OpenTelemetrySpan, type OpenTelemetryTracer, type PrometheusGauge, type PrometheusOptions, type PrometheusTelemetry, allTelemetry, openTelemetry, prometheusTelemetry, threadedDigest };

// ---- @nephos/drivers/bus/nats ----
import { Bus } from '@nephos/core';

/** The shape of a NATS connection: what `@nats-io/transport-node` has. */
interface NatsConnection {
    publish(subject: string, payload: string): void;
    subscribe(subject: string, options: {
        callback: NatsCallback;
    }): NatsSubscription;
    /** What befalls the connection: `disconnect`, `reconnect` and others. */
    status(): AsyncIterable<{
        readonly type: string;
    }>;
    isClosed(): boolean;
    drain(): Promise<void>;
    close(): Promise<void>;
}
type NatsCallback = (error: Error | null, message: NatsMessage) => void;
interface NatsMessage {
    string(): string;
}
interface NatsSubscription {
    unsubscribe(): void;
}

interface NatsOptions {
    /** A connection of `@nats-io/transport-node`, or one of its shape. It is not closed. */
    readonly connection?: NatsConnection;
    /**
     * Instead of a connection: `nats://host:port`, several with commas. The bus connects by itself,
     * with the optional peer `@nats-io/transport-node`, for as long as it takes; meanwhile it rings
     * within its process only.
     */
    readonly servers?: string;
    /** What tells the clouds of one broker apart. `nephos.bells` by default. */
    readonly subject?: string;
}

/**
 * Doorbells between processes, over core NATS: nothing is stored, so a broker that is lost, wiped
 * or away costs latency only. Listeners of the same process are rung at once, broker or not.
 *
 *     const bus = nats({ servers: 'nats://127.0.0.1:4222' })
 *
 * @throws CloudError `invalid` for options that cannot work.
 */
declare function nats(options: NatsOptions): Bus;

export { type NatsCallback, type NatsConnection, type NatsMessage, type NatsOptions, type NatsSubscription, nats };

// ---- @nephos/drivers/image/fs ----
import { ImageStore } from '@nephos/core';

interface FsImagesOptions {
    /** Made when absent. Holds `data` and `tmp`; must be one file system, of one cloud only. */
    readonly directory: string;
}
/**
 * Image bytes as files. A put is durable when it resolves and visible only as a whole: it writes a
 * temporary file, syncs it, renames it, and syncs the directory. What a crash leaves is removed
 * when a store is next opened.
 *
 * @throws CloudError `unavailable` when the directory cannot be used.
 */
declare function fsImages(options: FsImagesOptions): Promise<ImageStore>;

export { type FsImagesOptions, fsImages };

// ---- @nephos/drivers/object/fs ----
import { ObjectStore } from '@nephos/core';

interface FsObjectsOptions {
    /** Made when absent. Holds `data` and `tmp`; must be one file system, of one cloud only. */
    readonly directory: string;
}
/**
 * Bytes of objects as files, spread by a hash of their names over 4,096 directories, so that none
 * grows too large to be read: ten million objects are some 2,500 in each. A put is durable when it
 * resolves and visible only as a whole: it writes a temporary file, syncs it, renames it, and syncs
 * the directories. What a crash leaves is removed when a store is next opened.
 *
 * @throws CloudError `unavailable` when the directory cannot be used.
 */
declare function fsObjects(options: FsObjectsOptions): Promise<ObjectStore>;

export { type FsObjectsOptions, fsObjects };

// ---- @nephos/drivers/storage/postgres ----
import { Store } from '@nephos/core';

/**
 * The shape of a PostgreSQL pool: what `pg` has. It stays its owner's: a store never ends it. With
 * PgBouncer in between, transaction mode will do: nothing is left in a session.
 */
interface PostgresPool {
    connect(): Promise<PostgresClient>;
    /** Losing an idle connection is told here; `pg` ends the process when nobody listens. */
    on?(event: 'error', listener: (error: Error) => void): unknown;
}
interface PostgresClient {
    query(query: PostgresQuery): Promise<PostgresResult>;
    /** As of a pool, while the connection is lent: who waits for an answer is told as well. */
    on?(event: 'error', listener: (error: Error) => void): unknown;
    off?(event: 'error', listener: (error: Error) => void): unknown;
    /** Gives the connection back; with `true` or an error, it is ended instead. */
    release(broken?: Error | boolean): void;
}
interface PostgresQuery {
    readonly text: string;
    /** Absent: `text` may be several statements. */
    values?: unknown[];
    /** Rows are lists of columns. */
    rowMode: 'array';
    /** Milliseconds after which the client gives up: a network that went silent answers nothing. */
    query_timeout?: number;
}
interface PostgresResult {
    readonly rows: unknown[];
    readonly rowCount: number | null;
}

interface PostgresOptions {
    /** A pool of `pg`, or one of its shape: `new Pool({ connectionString })`. It is not ended. */
    readonly pool?: PostgresPool;
    /**
     * Instead of a pool: `postgres://user@host:port/database`. The store makes a pool of its own, of
     * the optional peer `pg`, on opening, and ends it on closing.
     */
    readonly url?: string;
    /** Where the tables are; made when absent. `nephos` by default. One cloud, one schema. */
    readonly schema?: string;
    /**
     * Milliseconds after which the server ends a statement of a write, a wait for a lock within one,
     * or a transaction whose process has stopped. 15,000 by default. Reads are as the pool, or the
     * role, has them. What is not answered 5,000 later, read or write, is given up with its
     * connection.
     */
    readonly statementTimeoutMs?: number;
}

/**
 * A durable store in a PostgreSQL schema, for any number of processes at once. The server must be
 * version 14 or newer; it is touched by `open` only.
 *
 *     const store = postgres({ url: 'postgres://nephos@db/nephos' })
 *
 * @throws CloudError `invalid` for options that cannot work.
 */
declare function postgres(options: PostgresOptions): Store;

export { type PostgresClient, type PostgresOptions, type PostgresPool, type PostgresQuery, type PostgresResult, postgres };

// ---- @nephos/drivers/storage/sqlite ----
import { Store } from '@nephos/core';

/**
 * The shape of a synchronous SQLite client: what `libsql` and `better-sqlite3` have in common. The
 * SQLite within must be 3.45 or newer (JSON operators, generated columns).
 */
type SqliteConstructor = new (file: string) => SqliteDatabase;
interface SqliteDatabase {
    prepare(sql: string): SqliteStatement;
    exec(sql: string): unknown;
    close(): unknown;
    /** True between BEGIN and COMMIT or ROLLBACK. */
    readonly inTransaction: boolean;
}
interface SqliteStatement {
    run(...parameters: unknown[]): {
        readonly changes: number;
        readonly lastInsertRowid: number | bigint;
    };
    all(...parameters: unknown[]): unknown[];
    /** The first row; undefined without one. */
    get(...parameters: unknown[]): unknown;
    /** Rows as arrays instead of objects. */
    raw(enabled?: boolean): SqliteStatement;
}

interface SqliteOptions {
    /** Path of the database file; made when absent. Its directory must exist. */
    readonly file: string;
    /**
     * The client's constructor: `libsql` or `better-sqlite3`. By default `libsql`, imported on
     * opening.
     */
    readonly database?: SqliteConstructor;
    /**
     * `full` (default): what is acknowledged survives a power cut. `normal`: it survives the end of
     * the process, a power cut may take the last moments. `off`: for tests and benchmarks.
     */
    readonly synchronous?: 'full' | 'normal' | 'off';
    /** Milliseconds to wait, on opening, for a process that holds the file. 1,000 by default. */
    readonly busyTimeoutMs?: number;
}

/**
 * A durable store in one file, for one process at a time. The file is touched by `open` only.
 *
 *     const store = sqlite({ file: 'cloud.db' })
 *
 * @throws CloudError `invalid` for options that cannot work.
 */
declare function sqlite(options: SqliteOptions): Store;

export { type SqliteConstructor, type SqliteDatabase, type SqliteOptions, type SqliteStatement, sqlite };

// ---- ./system-random.js ----
import { LogLevel, Attributes, Clock, Telemetry, Random } from '@nephos/core';

interface JsonTelemetryOptions {
    /** Takes one line, with its line feed: `(line) => process.stderr.write(line)`. */
    readonly write: (line: string) => unknown;
    /** Lines below this level are not written. `info` by default. */
    readonly level?: LogLevel;
    /** Added to every line: the name of the service, of the process. */
    readonly base?: Attributes;
    readonly clock?: Clock;
}
/**
 * Telemetry as lines of JSON: logs at their level; spans, counts and measurements at `debug`. Keys
 * that look secret are hidden, long texts cut. It never throws: a line that cannot be written is
 * lost.
 *
 * @throws CloudError `invalid` for an unknown level.
 */
declare function jsonTelemetry(options: JsonTelemetryOptions): Telemetry;

/** The machine's own time. */
declare class SystemClock implements Clock {
    now(): number;
    elapsed(): number;
    turn(): Promise<void>;
    /** @throws CloudError `aborted`. */
    sleep(ms: number, options?: {
        readonly signal?: AbortSignal;
        readonly background?: boolean;
    }): Promise<void>;
}

/**
 * The system's cryptographic randomness, fit for secrets. Drawn in advance; what was given is
 * wiped.
 */
declare class SystemRandom implements Random {
    #private;
    uint32(): number;
    /** @throws CloudError `invalid` unless length is a whole number from 0 to 1 MiB. */
    bytes(length: number): Uint8Array;
}

export { type JsonTelemetryOptions as J, SystemClock as S, SystemRandom as a, jsonTelemetry as j };
