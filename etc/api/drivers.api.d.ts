// ---- @nephos/drivers ----
export { FsImagesOptions, fsImages } from './image/fs/index.js';
export { FsObjectsOptions, fsObjects } from './object/fs/index.js';
export { J as JsonTelemetryOptions, S as SystemClock, a as SystemRandom, j as jsonTelemetry } from './system-random.js';
export { SqliteConstructor, SqliteDatabase, SqliteOptions, SqliteStatement, sqlite } from './storage/sqlite/index.js';
import '@nephos/core';

// ---- @nephos/drivers/runtime ----
export { J as JsonTelemetryOptions, S as SystemClock, a as SystemRandom, j as jsonTelemetry } from '../system-random.js';
import { WebSource, WebPolicy, WebRequest, WebResponse } from '@nephos/core';

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

export { NodeWeb, type NodeWebOptions };

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
