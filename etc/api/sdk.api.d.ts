// ---- @nephos/sdk ----
import { C as Cloud, a as CloudStats } from './cloud.js';
export { B as BatchResult, b as Bound, c as BoundList, P as ProjectApi, d as ProjectSession, S as ServerBatch, e as ServerOutcome, f as ServerRequest, g as SystemApi } from './cloud.js';
import { Hypervisor, NetworkDriver, BalancerDriver, VolumeDriver, ImageStore, ObjectStore, ShareDriver, WebSource, Store, Bus, Scheduler, Clock, Random, Telemetry, Settings, Ports, Finding, PlacementPolicy } from '@nephos/core';
export { CloudError, ErrorCode, isCloudError } from '@nephos/core';
import 'zod';

/**
 * What a cloud is made of. Everything has a default: without options it lives in memory, on
 * simulated hosts.
 */
interface CloudOptions {
    /** Where the truth is kept; in memory by default. */
    readonly store?: Store;
    /** Doorbells between processes; within this process by default. */
    readonly bus?: Bus;
    /** The placement engine; WebAssembly by default. */
    readonly scheduler?: Scheduler;
    readonly drivers?: CloudDrivers;
    readonly clock?: Clock;
    readonly random?: Random;
    readonly telemetry?: Telemetry;
    readonly settings?: Partial<Settings>;
    /** False: this process decides and records, another one works. */
    readonly work?: boolean;
    /** Whether this process compares and mends, and keeps house; as `work` unless it is said. */
    readonly reconcile?: boolean;
    /**
     * Every port at once, such as those that a simulated world gives to a process. Nothing else may
     * be named but `settings`, `work` and `reconcile`.
     */
    readonly ports?: Ports;
}
interface CloudDrivers {
    /** Compute hosts; a simulated fleet by default. */
    readonly hypervisor?: Hypervisor;
    readonly network?: NetworkDriver;
    /** What carries load balancers; simulated by default. */
    readonly balancers?: BalancerDriver;
    /** Back-ends of block storage; simulated by default. */
    readonly volumes?: VolumeDriver;
    /** Where image bytes are kept; in memory by default. */
    readonly images?: ImageStore;
    /** Where the bytes of objects are kept; in memory by default. */
    readonly objects?: ObjectStore;
    /** Storage of shares; simulated by default. */
    readonly shares?: ShareDriver;
    /** What users may have read from the web, to make images of it; nothing by default. */
    readonly web?: WebSource;
}
/**
 * Assembles and opens a cloud.
 *
 * @throws CloudError `unavailable` when the store cannot be opened, `invalid` for settings out of
 *   range.
 */
declare function createCloud(options?: CloudOptions): Promise<Cloud>;

/** Servers of one flavor within a tenant's batch: one request. */
interface ServerAsk {
    readonly vcpus: number;
    readonly ramMb: number;
    /** One entry per server: milliseconds from arrival to departure, or null when it never leaves. */
    readonly livesMs: readonly (number | null)[];
}
/** What one tenant asks for at one instant. */
interface TenantBatch {
    /** Milliseconds on the workload's own time line. Batches come in order of it. */
    readonly atMs: number;
    /** One per flavor, in the order in which the flavors first appear. */
    readonly asks: readonly ServerAsk[];
}

/**
 * A workload from a CSV file, plain or gzipped (`.gz`): see `workloadColumns`. The first line names
 * the columns, in any order; others are ignored, and so are blank lines. Streamed: memory holds one
 * batch, whatever the file's size.
 *
 * @throws CloudError while it is read: `notFound`, or `invalid` naming file, line and column.
 */
declare function csvWorkload(file: string): AsyncGenerator<TenantBatch, void, undefined>;

/** Mean density within an interval of workload time; null while no host was in use. */
interface DensityPoint {
    readonly fromMs: number;
    readonly toMs: number;
    readonly density: number | null;
}

interface PlotLabels {
    readonly title: string;
    /** Drawn as a line across. */
    readonly mean: number;
}
/** Packing density over time, as an SVG of 800 by 400 without script, style sheet or font file. */
declare function densityPlot(points: readonly DensityPoint[], labels: PlotLabels): string;

/** Quantiles in milliseconds. */
interface LatencyQuantiles {
    readonly p50: number;
    readonly p99: number;
    readonly max: number;
}

/** What a replay measured. Times named real are of the machine, all others of the workload. */
interface ReplayReport {
    /** Calls of `servers.create`: one per flavor of a batch. */
    readonly requests: number;
    /** Servers that the accepted requests made. */
    readonly servers: number;
    /** Requests that got nothing. */
    readonly refused: number;
    /** Servers that the refused requests asked for. */
    readonly refusedServers: number;
    /** Refused requests by code, and by main reason where there is one: `noValidHost:resources`. */
    readonly reasons: Readonly<Record<string, number>>;
    /** Real milliseconds from the call of `servers.create` to its durable acceptance. */
    readonly acceptMs: LatencyQuantiles;
    /**
     * vCPU allocated on hosts in use, divided by their vCPU: mean over the time from the first
     * arrival to the last, leaving out time in which no host was in use.
     */
    readonly density: number;
    readonly densitySeries: readonly DensityPoint[];
    /** Hosts of the cloud. */
    readonly hosts: number;
    readonly peakHostsUsed: number;
    readonly peakServers: number;
    readonly deleteRequests: number;
    readonly serversDeleted: number;
    /** From the first arrival to the last event. */
    readonly spanMs: number;
    /** Real time from the first arrival to the last event done. */
    readonly realMs: number;
    /** Store transactions, statements and bus messages of the replay proper, set-up left out. */
    readonly stats: CloudStats;
    readonly findings: readonly Finding[];
}
/** How far a replay has come; handed out after each instant. */
interface ReplayProgress {
    readonly spanMs: number;
    readonly requests: number;
    /** Made so far. */
    readonly servers: number;
    /** There now. */
    readonly alive: number;
    readonly hostsUsed: number;
}

interface ReplayOptions {
    /** Batches in order of time: `csvWorkload(file)`, `syntheticWorkload({ seed })`, or your own. */
    readonly workload: AsyncIterable<TenantBatch>;
    /** Hosts of 64 vCPU and 192 GiB, all in one zone. 1,000 by default. */
    readonly hosts?: number;
    /** Stop after this many requests; servers of those leave as the workload says. */
    readonly limit?: number;
    /** `pack` by default. */
    readonly policy?: PlacementPolicy;
    /** Of placement, ids and all other chance. 1 by default. */
    readonly seed?: number;
    /** An empty store; in memory by default. */
    readonly store?: Store;
    /** True: each server has a port with an address of 10.0.0.0/8. */
    readonly networks?: boolean;
    /** Called after each instant of the workload. */
    readonly onProgress?: (progress: ReplayProgress) => void;
    readonly signal?: AbortSignal;
}
/**
 * Replays a workload through a whole cloud in simulated time: each batch is one `servers.create`
 * per flavor, each departure a delete, departures of a batch at one instant one bulk delete. At
 * equal times departures come first. Refused requests are counted and skipped.
 *
 * @throws CloudError `invalid` for a workload out of order, `conflict` for a store that is not
 *   empty, whatever the workload throws, and errors that are no answer to a request.
 */
declare function replay(options: ReplayOptions): Promise<ReplayReport>;

interface SyntheticOptions {
    readonly seed: number;
    /** Servers, give or take the last batch. 20,000 by default. */
    readonly servers?: number;
}
/**
 * One day of a public cloud, drawn from a seed: Poisson arrivals of batches, heavy-tailed batch
 * sizes and lives. The numbers follow what is published of Azure's 2017 trace (Cortez et al.,
 * SOSP'17; Bergsma et al., SOSP'21); the rows are ours.
 */
declare function syntheticWorkload(options: SyntheticOptions): AsyncGenerator<TenantBatch, void, undefined>;

export { Cloud, type CloudDrivers, type CloudOptions, CloudStats, type DensityPoint, type LatencyQuantiles, type PlotLabels, type ReplayOptions, type ReplayProgress, type ReplayReport, type ServerAsk, type SyntheticOptions, type TenantBatch, createCloud, csvWorkload, densityPlot, replay, syntheticWorkload };

// ---- @nephos/sdk/http ----
import { C as Cloud } from '../cloud.js';
import '@nephos/core';
import 'zod';

/** Answers one request; never rejects. */
type Handler = (request: Request) => Promise<Response>;

interface ListenOptions {
    /** Loopback by default: nobody else can knock. */
    readonly host?: string;
    /** 0, the default: any that is free. */
    readonly port?: number;
    /** HTTPS, with this certificate (and those that it rests on) and its key, in PEM. */
    readonly tls?: {
        readonly cert: string;
        readonly key: string;
    };
}
interface Listening extends AsyncDisposable {
    readonly host: string;
    readonly port: number;
    /** `http://127.0.0.1:5000`, or `https://…` */
    readonly url: string;
    /** Takes no more requests, and ends when those under way are answered. */
    readonly close: () => Promise<void>;
}
/**
 * Listens for HTTP on a socket.
 *
 * @throws CloudError `invalid` when the certificate or its key is none.
 * @throws CloudError `unavailable` when the address cannot be had: taken, or not this machine's.
 */
declare function listen(handler: Handler, options?: ListenOptions): Promise<Listening>;

interface CorsOptions {
    /** Origins whose scripts may use the cloud: `https://console.example`; `*` for all. */
    readonly origins: readonly string[];
}

interface RateOptions {
    /** What each user of each project may spend in a second: a read costs 1, a change 5. */
    readonly perSecond: number;
    /** What he may have saved: 10 seconds' worth unless said, and at least one change. */
    readonly burst?: number;
}

interface ServeOptions {
    /**
     * The origin that clients use, such as `https://cloud.example`: links and the catalogue name it.
     * Without it, it is what each request's `Host` says.
     */
    readonly url?: string;
    /**
     * Shared with the proxy that brings guests' questions about themselves, which signs with it
     * (Nova's `metadata_proxy_shared_secret`). Without it, guests are told nothing.
     */
    readonly metadataSecret?: string;
    /** Which scripts of other origins may use it; none unless said. */
    readonly cors?: CorsOptions;
    /** How much each user of each project may ask for; as much as he likes unless said. */
    readonly rate?: RateOptions;
}
/**
 * OpenStack's HTTP interfaces to a cloud, as a function from a request to a response: to be called
 * in the process without a socket, by `listen`, or within any framework that speaks `fetch`.
 */
declare function serve(cloud: Cloud, options?: ServeOptions): Handler;

type Json = Readonly<Record<string, unknown>>;
/**
 * The OpenAPI 3.1 document of one HTTP interface (https://spec.openapis.org/oas/v3.1.0), from its
 * table of endpoints.
 *
 * @param name of the interface: `compute`.
 * @throws CloudError `notFound` for an interface that there is not.
 */
declare function openApi(name: string): Json;

export { type CorsOptions, type Handler, type ListenOptions, type Listening, type RateOptions, type ServeOptions, listen, openApi, serve };

// ---- ./cloud.js ----
import * as _nephos_core from '@nephos/core';
import { ControlPlane, Actor, CallOptions, TempUrlInput, ObjectDownloadInput, ObjectDownload, ObjectUploadInput, ObjectView, InputOf, objectList, ObjectEntry, ServerBatchView, BatchProgress, ServerView, serverCreate, FollowOptions, EventView, auditRecordList, AuditRecordView, auditChainVerify, AnswerOf, usageGet, usageList, UsagePeriodView, ImageView, ImageUploadInput, ImageDownloadInput, ImageDownload, hostDrain, ActorScope, Operation, Finding, StoreStats } from '@nephos/core';
import * as zod from 'zod';

/** Who calls through which control plane: what every bound function shares. */
interface Session {
    readonly plane: ControlPlane;
    readonly actor: Actor;
}
/** An operation as a function of its input. */
type Bound<In, O> = (input: In, options?: CallOptions) => Promise<O>;
/**
 * A list as an async iterator over its items: pages are fetched as they are consumed. Items may be
 * deleted meanwhile; only where the order is not the id's, at least one item of a page must be left
 * when the next page is fetched.
 */
type BoundList<In, T> = (filter?: Omit<In, 'marker' | 'limit'> & {
    readonly pageSize?: number;
}, options?: Pick<CallOptions, 'signal'>) => AsyncGenerator<T, void, undefined>;

type Options = Pick<CallOptions, 'signal' | 'requestId'>;
type Place = 'account' | 'container' | 'name';
/** Object storage for those who come without an identity: what transports serve to the world. */
type ObjectAccess = ReturnType<typeof objectAccess>;
declare function objectAccess({ kernel }: ControlPlane): Readonly<{
    /** For the holder of a temporary URL. */
    download(url: TempUrlInput, input?: Omit<ObjectDownloadInput, Place | "versionId">, options?: Options): Promise<ObjectDownload>;
    /** For the holder of a temporary URL. */
    upload(url: TempUrlInput, input: Omit<ObjectUploadInput, Place | "dynamic">, data: AsyncIterable<Uint8Array>, options?: Options): Promise<ObjectView>;
    /** From a container that is open to everybody. */
    downloadPublic(input: ObjectDownloadInput & {
        readonly account: string;
    }, options?: Options): Promise<ObjectDownload>;
    /** Of a container whose listing is open to everybody. */
    listPublic(input: InputOf<typeof objectList> & {
        readonly account: string;
    }, options?: Options): Promise<ObjectEntry[]>;
}>;

/** What became of one member of a batch. */
interface ServerOutcome {
    readonly id: string;
    readonly name: string;
    readonly status: ServerView['status'];
    /** Why it is in ERROR, or null. */
    readonly fault: string | null;
}
interface BatchResult extends BatchProgress {
    /** One per member that still exists, in order of creation. */
    readonly servers: readonly ServerOutcome[];
}
/**
 * An accepted request for servers. The members exist already; this follows them until each has
 * settled.
 */
declare class ServerBatch {
    #private;
    readonly id: string;
    readonly requestId: string;
    readonly name: string;
    /** Members: between the minCount and the maxCount that were asked. */
    readonly count: number;
    readonly hostsUsed: number;
    constructor(session: Session, view: ServerBatchView);
    /**
     * Resolves when every member is ACTIVE, in ERROR or deleted, with an outcome each. Members in
     * ERROR do not reject.
     *
     * @throws CloudError `aborted` when the signal fires; the batch goes on all the same.
     */
    done(options?: Pick<CallOptions, 'signal'>): Promise<BatchResult>;
    /** The progress now, and then each time it has changed, until nothing is pending. */
    progress(options?: Pick<CallOptions, 'signal'>): AsyncGenerator<BatchProgress, void, undefined>;
    /** The members, oldest first. */
    servers(options?: Pick<CallOptions, 'signal'>): AsyncGenerator<ServerView, void, undefined>;
    /** Begins to delete every member, in one request. */
    delete(options?: CallOptions): Promise<{
        readonly count: number;
    }>;
}

/** Input of `servers.create`: what is wanted, and how to call. */
type ServerRequest = InputOf<typeof serverCreate> & CallOptions;

/**
 * What happens, as it happens: in a project, or, for operators, everywhere. In the order of the
 * commits, each event once; go on after the cursor of the last one, in whatever process. It has no
 * end: break off, or fire the signal.
 */
type FollowEvents = (options?: FollowOptions) => AsyncGenerator<EventView, void, undefined>;
/** Who asked for what. */
interface AuditLogApi {
    readonly list: BoundList<InputOf<typeof auditRecordList>, AuditRecordView>;
    /** Operators: whether any record was changed, removed or put in since it was sealed. */
    readonly verify: Bound<InputOf<typeof auditChainVerify>, AnswerOf<typeof auditChainVerify>>;
}

/** What was used between two instants; operators name a project. */
interface UsageApi {
    /** The sum of each resource class, clipped to the span. */
    readonly get: Bound<InputOf<typeof usageGet>, AnswerOf<typeof usageGet>>;
    /** The periods that ended in the span, resource by resource, by their end. */
    readonly list: BoundList<InputOf<typeof usageList>, UsagePeriodView>;
}

/**
 * What the members of a project do, each function acting as the session's user with that user's
 * roles.
 */
type ProjectApi = ReturnType<typeof projectApi>;
declare function projectApi(session: Session, project: {
    readonly id: string;
    readonly name: string;
}): Readonly<{
    stacks: Readonly<{
        configs: Readonly<{
            create: Bound<{
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
            }, _nephos_core.SoftwareConfigView>;
            get: Bound<{
                id: string;
            }, _nephos_core.SoftwareConfigView>;
            list: BoundList<{
                limit?: number | undefined;
                marker?: string | undefined;
            }, _nephos_core.SoftwareConfigView>;
            delete: Bound<{
                id: string;
            }, null>;
        }>;
        deployments: Readonly<{
            create: Bound<{
                configId: string;
                serverId: string;
                action?: string | undefined;
                status?: "IN_PROGRESS" | "COMPLETE" | "FAILED" | undefined;
                reason?: string | undefined;
                inputValues?: Record<string, unknown> | undefined;
            }, _nephos_core.SoftwareDeploymentView>;
            get: Bound<{
                id: string;
            }, _nephos_core.SoftwareDeploymentView>;
            list: BoundList<{
                serverId?: string | undefined;
                limit?: number | undefined;
                marker?: string | undefined;
            }, _nephos_core.SoftwareDeploymentView>;
            update: Bound<{
                id: string;
                configId?: string | undefined;
                action?: string | undefined;
                status?: "IN_PROGRESS" | "COMPLETE" | "FAILED" | undefined;
                reason?: string | undefined;
                inputValues?: Record<string, unknown> | undefined;
                outputValues?: Record<string, unknown> | undefined;
            }, _nephos_core.SoftwareDeploymentView>;
            delete: Bound<{
                id: string;
            }, null>;
            signal: Bound<{
                id: string;
                key?: string | undefined;
                outputs?: Record<string, unknown> | undefined;
            }, _nephos_core.SoftwareDeploymentView>;
            ofServer: Bound<{
                serverId: string;
                limit?: number | undefined;
                marker?: string | undefined;
            }, _nephos_core.DerivedConfig[]>;
        }>;
        create: Bound<{
            name: string;
            template: string;
            adopted?: Record<string, string> | undefined;
            tags?: string[] | undefined;
            timeoutMinutes?: number | undefined;
            rollback?: boolean | undefined;
            parameters?: Record<string, unknown> | undefined;
            environments?: string[] | undefined;
            files?: Record<string, string> | undefined;
        }, _nephos_core.StackView>;
        get: Bound<{
            id: string;
            outputs?: boolean | undefined;
        }, _nephos_core.StackDetail>;
        find: Bound<{
            name: string;
        }, _nephos_core.StackView>;
        list: BoundList<{
            name?: string | undefined;
            action?: "DELETE" | "INIT" | "CREATE" | "UPDATE" | "ROLLBACK" | "SUSPEND" | "RESUME" | "CHECK" | "ADOPT" | "SNAPSHOT" | "RESTORE" | undefined;
            status?: "IN_PROGRESS" | "COMPLETE" | "FAILED" | undefined;
            tag?: string | undefined;
            nested?: boolean | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.StackView>;
        update: Bound<{
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
        }, _nephos_core.StackView>;
        preview: Bound<{
            name: string;
            template: string;
            adopted?: Record<string, string> | undefined;
            tags?: string[] | undefined;
            timeoutMinutes?: number | undefined;
            rollback?: boolean | undefined;
            parameters?: Record<string, unknown> | undefined;
            environments?: string[] | undefined;
            files?: Record<string, string> | undefined;
        }, _nephos_core.StackCreationPreview>;
        previewUpdate: Bound<{
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
        }, _nephos_core.StackPreview>;
        delete: Bound<{
            id: string;
        }, _nephos_core.StackView>;
        suspend: Bound<{
            id: string;
        }, _nephos_core.StackView>;
        resume: Bound<{
            id: string;
        }, _nephos_core.StackView>;
        check: Bound<{
            id: string;
        }, _nephos_core.StackView>;
        cancel: Bound<{
            id: string;
            rollback?: boolean | undefined;
        }, _nephos_core.StackView>;
        export: Bound<{
            id: string;
        }, _nephos_core.StackExport>;
        abandon: Bound<{
            id: string;
        }, _nephos_core.StackExport>;
        snapshots: Readonly<{
            create: Bound<{
                stackId: string;
                name?: string | undefined;
            }, _nephos_core.StackSnapshotView>;
            get: Bound<{
                stackId: string;
                id: string;
            }, _nephos_core.StackSnapshotView>;
            list: BoundList<{
                stackId: string;
                limit?: number | undefined;
                marker?: string | undefined;
            }, _nephos_core.StackSnapshotView>;
            delete: Bound<{
                stackId: string;
                id: string;
            }, null>;
            restore: Bound<{
                stackId: string;
                id: string;
            }, _nephos_core.StackView>;
        }>;
        template: Bound<{
            id: string;
        }, Readonly<Record<string, _nephos_core.Json>>>;
        source: Bound<{
            id: string;
        }, _nephos_core.StackSource>;
        done(input: {
            readonly id: string;
        }, options?: Pick<CallOptions, "signal">): Promise<_nephos_core.StackDetail | null>;
        resources: Readonly<{
            list: BoundList<{
                stackId: string;
                type?: string | undefined;
                status?: "IN_PROGRESS" | "COMPLETE" | "FAILED" | undefined;
                limit?: number | undefined;
                marker?: string | undefined;
            }, _nephos_core.StackResourceView>;
            get: Bound<{
                stackId: string;
                name: string;
            }, _nephos_core.StackResourceView>;
            signal: Bound<{
                stackId: string;
                name: string;
                status?: "SUCCESS" | "FAILURE" | undefined;
                reason?: string | undefined;
                signalId?: string | undefined;
                data?: string | undefined;
                unsetHook?: "pre-create" | "pre-update" | "pre-delete" | "post-create" | "post-update" | undefined;
            }, null>;
            mark: Bound<{
                stackId: string;
                name: string;
                unhealthy: boolean;
                reason?: string | undefined;
            }, _nephos_core.StackResourceView>;
        }>;
        events: Readonly<{
            list: BoundList<{
                stackId: string;
                resource?: string | undefined;
                limit?: number | undefined;
                marker?: string | undefined;
            }, _nephos_core.StackEvent>;
            get: Bound<{
                stackId: string;
                id: string;
            }, _nephos_core.StackEvent>;
        }>;
        types: Readonly<{
            list: Bound<Record<string, never>, {
                readonly name: string;
                readonly summary: string;
            }[]>;
            get: Bound<{
                name: string;
            }, _nephos_core.ResourceTypeView>;
        }>;
        versions: Bound<Record<string, never>, _nephos_core.TemplateVersionView[]>;
        validate: Bound<{
            template: string;
            nested?: boolean | undefined;
            parameters?: Record<string, unknown> | undefined;
            environments?: string[] | undefined;
            files?: Record<string, string> | undefined;
        }, _nephos_core.TemplateView>;
    }>;
    flavors: Readonly<{
        get: Bound<{
            id: string;
        }, _nephos_core.Flavor>;
        list: BoundList<{
            minRamMb?: number | undefined;
            minDiskGb?: number | undefined;
            isPublic?: boolean | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.Flavor>;
    }>;
    keyPairs: Readonly<{
        create: Bound<{
            name: string;
            publicKey: string;
            type?: "x509" | "ssh" | undefined;
        }, _nephos_core.KeyPair>;
        get: Bound<{
            name: string;
        }, _nephos_core.KeyPair>;
        list: BoundList<{
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.KeyPair>;
        delete: Bound<{
            name: string;
        }, void>;
    }>;
    serverGroups: Readonly<{
        create: Bound<{
            name: string;
            policy: "affinity" | "anti-affinity" | "soft-affinity" | "soft-anti-affinity";
            maxServerPerHost?: number | undefined;
        }, _nephos_core.ServerGroupView>;
        get: Bound<{
            id: string;
        }, _nephos_core.ServerGroupView>;
        list: BoundList<{
            projectId?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.ServerGroup>;
        delete: Bound<{
            id: string;
        }, void>;
    }>;
    zones: Bound<Record<string, never>, {
        readonly zones: readonly _nephos_core.Zone[];
    }>;
    /** Limits and use of this project. */
    quota: Bound<{
        projectId?: string | undefined;
    }, _nephos_core.QuotaView>;
    /** What this project used, over any time. */
    usage: UsageApi;
    /** What happens in this project, in order. */
    events: FollowEvents;
    /** Who asked for what in this project; for its managers. */
    auditLog: AuditLogApi;
    volumeTypes: Readonly<{
        get: Bound<{
            id: string;
        }, _nephos_core.VolumeType>;
        list: BoundList<{
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.VolumeType>;
        quota: Bound<{
            projectId?: string | undefined;
        }, _nephos_core.TypeQuotaView[]>;
    }>;
    volumeMessages: Readonly<{
        get: Bound<{
            id: string;
        }, _nephos_core.VolumeMessage>;
        list: BoundList<{
            resourceType?: "backup" | "volume" | "snapshot" | "attachment" | undefined;
            resourceId?: string | undefined;
            requestId?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.VolumeMessage>;
        delete: Bound<{
            ids: string[];
        }, {
            readonly count: number;
        }>;
    }>;
    backups: Readonly<{
        create: Bound<{
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
        }, _nephos_core.BackupView>;
        get: Bound<{
            id: string;
        }, _nephos_core.BackupView>;
        list: BoundList<{
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
        }, _nephos_core.BackupView>;
        update: Bound<{
            id: string;
            name?: string | undefined;
            description?: string | undefined;
            metadata?: Record<string, string> | undefined;
        }, _nephos_core.BackupView>;
        restore: Bound<{
            id: string;
            volumeId?: string | undefined;
            name?: string | undefined;
        }, _nephos_core.BackupRestored>;
        delete: Bound<{
            ids: string[];
        }, {
            readonly count: number;
        }>;
    }>;
    volumeTransfers: Readonly<{
        create: Bound<{
            volumeId: string;
            name?: string | undefined;
            withSnapshots?: boolean | undefined;
        }, _nephos_core.TransferOffer>;
        get: Bound<{
            id: string;
        }, _nephos_core.TransferView>;
        list: BoundList<{
            name?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.TransferView>;
        accept: Bound<{
            id: string;
            authKey: string;
        }, _nephos_core.TransferAccepted>;
        delete: Bound<{
            id: string;
        }, null>;
    }>;
    volumeGroups: Readonly<{
        create: Bound<{
            groupTypeId: string;
            volumeTypes: string[];
            name?: string | undefined;
            description?: string | undefined;
            availabilityZone?: string | undefined;
        }, _nephos_core.GroupView>;
        copy: Bound<{
            name?: string | undefined;
            description?: string | undefined;
            groupSnapshotId?: string | undefined;
            sourceGroupId?: string | undefined;
        }, _nephos_core.GroupView>;
        get: Bound<{
            id: string;
        }, _nephos_core.GroupView>;
        list: BoundList<{
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
        }, _nephos_core.GroupView>;
        update: Bound<{
            id: string;
            name?: string | undefined;
            description?: string | undefined;
            addVolumeIds?: string[] | undefined;
            removeVolumeIds?: string[] | undefined;
        }, _nephos_core.GroupView>;
        delete: Bound<{
            id: string;
            deleteVolumes?: boolean | undefined;
        }, null>;
    }>;
    volumeGroupSnapshots: Readonly<{
        create: Bound<{
            groupId: string;
            name?: string | undefined;
            description?: string | undefined;
        }, _nephos_core.GroupSnapshotView>;
        get: Bound<{
            id: string;
        }, _nephos_core.GroupSnapshotView>;
        list: BoundList<{
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
        }, _nephos_core.GroupSnapshotView>;
        update: Bound<{
            id: string;
            name?: string | undefined;
            description?: string | undefined;
        }, _nephos_core.GroupSnapshotView>;
        delete: Bound<{
            id: string;
        }, null>;
    }>;
    volumeGroupTypes: Readonly<{
        get: Bound<{
            id: string;
        }, _nephos_core.GroupType>;
        list: BoundList<{
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.GroupType>;
    }>;
    volumes: Readonly<{
        create: Bound<{
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
        }, _nephos_core.VolumeView>;
        createMany: Bound<{
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
        }, _nephos_core.VolumesCreated>;
        get: Bound<{
            id: string;
        }, _nephos_core.VolumeView>;
        list: BoundList<{
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
        }, _nephos_core.VolumeView>;
        update: Bound<{
            id: string;
            readOnly?: boolean | undefined;
            bootable?: boolean | undefined;
            metadata?: Record<string, string> | undefined;
            addMetadata?: Record<string, string> | undefined;
            removeMetadata?: string[] | undefined;
            name?: string | undefined;
            description?: string | undefined;
        }, _nephos_core.VolumeView>;
        extend: Bound<{
            id: string;
            sizeGb: number;
        }, _nephos_core.VolumeView>;
        revert: Bound<{
            id: string;
            snapshotId: string;
        }, _nephos_core.VolumeView>;
        retype: Bound<{
            id: string;
            volumeType: string;
            migrationPolicy?: "never" | "on-demand" | undefined;
        }, _nephos_core.VolumeView>;
        upload: Bound<{
            id: string;
            imageName: string;
            diskFormat?: "ami" | "ari" | "aki" | "vhd" | "vhdx" | "vmdk" | "raw" | "qcow2" | "vdi" | "iso" | "ploop" | undefined;
            containerFormat?: "ami" | "ari" | "aki" | "bare" | "ovf" | "ova" | "docker" | "compressed" | undefined;
            visibility?: "shared" | "public" | "community" | "private" | undefined;
            protected?: boolean | undefined;
            force?: boolean | undefined;
        }, _nephos_core.VolumeUploaded>;
        reimage: Bound<{
            id: string;
            imageId: string;
        }, _nephos_core.VolumeView>;
        imageMetadata: Bound<{
            id: string;
            set?: Record<string, string> | undefined;
            unset?: string[] | undefined;
        }, _nephos_core.VolumeView>;
        summary: Bound<{
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
        }, _nephos_core.VolumeSummary>;
        detaching: Bound<{
            id: string;
            begin: boolean;
        }, null>;
        delete: Bound<{
            ids: string[];
            cascade?: boolean | undefined;
        }, {
            readonly count: number;
        }>;
    }>;
    snapshots: Readonly<{
        create: Bound<{
            volumeId: string;
            name?: string | undefined;
            description?: string | undefined;
            metadata?: Record<string, string> | undefined;
            force?: boolean | undefined;
        }, _nephos_core.SnapshotView>;
        get: Bound<{
            id: string;
        }, _nephos_core.SnapshotView>;
        list: BoundList<{
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
        }, _nephos_core.SnapshotView>;
        update: Bound<{
            id: string;
            metadata?: Record<string, string> | undefined;
            addMetadata?: Record<string, string> | undefined;
            removeMetadata?: string[] | undefined;
            name?: string | undefined;
            description?: string | undefined;
        }, _nephos_core.SnapshotView>;
        delete: Bound<{
            ids: string[];
        }, {
            readonly count: number;
        }>;
    }>;
    attachments: Readonly<{
        create: Bound<{
            volumeId: string;
            mode?: "rw" | "ro" | undefined;
            instanceId?: string | undefined;
            connector?: Record<string, string> | undefined;
        }, _nephos_core.AttachmentView>;
        update: Bound<{
            id: string;
            connector: Record<string, string>;
        }, _nephos_core.AttachmentView>;
        declare: Bound<{
            volumeId: string;
            mode?: "rw" | "ro" | undefined;
            instanceId?: string | undefined;
            hostName?: string | undefined;
            device?: string | undefined;
        }, _nephos_core.AttachmentView>;
        complete: Bound<{
            id: string;
        }, _nephos_core.AttachmentView>;
        get: Bound<{
            id: string;
        }, _nephos_core.AttachmentView>;
        list: BoundList<{
            volumeId?: string | undefined;
            volumeIds?: string[] | undefined;
            serverId?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.AttachmentView>;
        delete: Bound<{
            ids: string[];
        }, {
            readonly count: number;
        }>;
    }>;
    shares: Readonly<{
        create: Bound<{
            name: string;
            sizeGb: number;
            description?: string | undefined;
            protocol?: "NFS" | "CIFS" | "CEPHFS" | undefined;
            snapshotId?: string | null | undefined;
            metadata?: Record<string, string> | undefined;
        }, _nephos_core.Share>;
        get: Bound<{
            id: string;
        }, _nephos_core.Share>;
        list: BoundList<{
            name?: string | undefined;
            status?: "error" | "deleting" | "available" | "creating" | "extending" | "error_deleting" | "extending_error" | "shrinking" | "shrinking_error" | "shrinking_possible_data_loss_error" | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.Share>;
        update: Bound<{
            id: string;
            name?: string | undefined;
            description?: string | undefined;
            metadata?: Record<string, string> | undefined;
        }, _nephos_core.Share>;
        extend: Bound<{
            id: string;
            sizeGb: number;
        }, _nephos_core.Share>;
        shrink: Bound<{
            id: string;
            sizeGb: number;
        }, _nephos_core.Share>;
        delete: Bound<{
            id: string;
        }, void>;
        access: Readonly<{
            create: Bound<{
                shareId: string;
                type: "ip" | "user" | "cephx";
                to: string;
                level?: "rw" | "ro" | undefined;
            }, _nephos_core.ShareAccess>;
            get: Bound<{
                id: string;
            }, _nephos_core.ShareAccess>;
            list: Bound<{
                shareId: string;
            }, _nephos_core.ShareAccess[]>;
            delete: Bound<{
                id: string;
            }, void>;
        }>;
    }>;
    shareSnapshots: Readonly<{
        create: Bound<{
            shareId: string;
            name: string;
        }, _nephos_core.ShareSnapshot>;
        get: Bound<{
            id: string;
        }, _nephos_core.ShareSnapshot>;
        list: BoundList<{
            shareId?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.ShareSnapshot>;
        delete: Bound<{
            id: string;
        }, void>;
    }>;
    containers: Readonly<{
        create: Bound<{
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
        }, _nephos_core.ContainerView>;
        get: Bound<{
            container: string;
            referrer?: string | undefined;
            account?: string | undefined;
        }, _nephos_core.ContainerView>;
        list: (filter?: Parameters<(filter: Omit<{
            prefix?: string | undefined;
            delimiter?: string | undefined;
            marker?: string | undefined;
            endMarker?: string | undefined;
            reverse?: boolean | undefined;
            limit?: number | undefined;
            account?: string | undefined;
        }, "limit" | "marker"> & {
            readonly marker?: string;
            readonly pageSize?: number;
        }, options?: Pick<CallOptions, "signal">) => AsyncGenerator<_nephos_core.ContainerEntry, void, undefined>>[0], options?: {}) => AsyncGenerator<_nephos_core.ContainerEntry, void, undefined>;
        update: Bound<{
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
        }, _nephos_core.ContainerView>;
        delete: Bound<{
            container: string;
            account?: string | undefined;
        }, void>;
    }>;
    objects: Readonly<{
        get: Bound<{
            container: string;
            name: string;
            versionId?: string | undefined;
            referrer?: string | undefined;
            account?: string | undefined;
        }, _nephos_core.ObjectView>;
        list: (filter: Omit<{
            container: string;
            prefix?: string | undefined;
            delimiter?: string | undefined;
            marker?: string | undefined;
            endMarker?: string | undefined;
            reverse?: boolean | undefined;
            limit?: number | undefined;
            account?: string | undefined;
            referrer?: string | undefined;
        }, "limit" | "marker"> & {
            readonly marker?: string;
            readonly pageSize?: number;
        }, options?: Pick<CallOptions, "signal">) => AsyncGenerator<_nephos_core.ObjectEntry, void, undefined>;
        update: Bound<{
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
        }, _nephos_core.ObjectView>;
        delete: Bound<{
            container: string;
            name: string;
            versionId?: string | undefined;
            promote?: boolean | undefined;
            withSegments?: boolean | undefined;
            ifMatch?: string[] | "*" | undefined;
            ifNoneMatch?: string[] | "*" | undefined;
            account?: string | undefined;
        }, _nephos_core.ObjectDeleted>;
        deleteMany: Bound<{
            container: string;
            names: string[];
            account?: string | undefined;
        }, _nephos_core.ObjectsDeleted>;
        segments: Bound<{
            container: string;
            name: string;
            versionId?: string | undefined;
            account?: string | undefined;
        }, readonly _nephos_core.Segment[]>;
        versions: BoundList<{
            container: string;
            limit?: number | undefined;
            marker?: string | undefined;
            account?: string | undefined;
            name?: string | undefined;
        }, _nephos_core.ObjectView>;
        browseVersions: Bound<{
            container: string;
            account?: string | undefined;
            prefix?: string | undefined;
            delimiter?: string | undefined;
            nameMarker?: string | undefined;
            versionMarker?: string | undefined;
            limit?: number | undefined;
        }, _nephos_core.ObjectVersionEntry[]>;
        restore: Bound<{
            versionId: string;
            container: string;
            name: string;
            account?: string | undefined;
        }, _nephos_core.ObjectView>;
        temporaryUrl: Bound<{
            container: string;
            name: string;
            method?: "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | undefined;
            seconds?: number | undefined;
            account?: string | undefined;
        }, _nephos_core.TempUrl>;
        upload(input: _nephos_core.ObjectUploadInput, data: AsyncIterable<Uint8Array>, options?: {
            readonly signal?: AbortSignal;
            readonly requestId?: string;
        }): Promise<_nephos_core.ObjectView>;
        download(input: _nephos_core.ObjectDownloadInput, options?: {
            readonly signal?: AbortSignal;
            readonly requestId?: string;
        }): Promise<_nephos_core.ObjectDownload>;
        copy(input: _nephos_core.ObjectCopyInput, options?: {
            readonly signal?: AbortSignal;
            readonly requestId?: string;
        }): Promise<_nephos_core.ObjectView>;
        join(input: _nephos_core.ObjectManifestInput, options?: {
            readonly signal?: AbortSignal;
            readonly requestId?: string;
        }): Promise<_nephos_core.ObjectView>;
    }>;
    objectUploads: Readonly<{
        create: Bound<{
            container: string;
            name: string;
            contentType?: string | undefined;
            contentEncoding?: string | null | undefined;
            contentDisposition?: string | null | undefined;
            metadata?: Record<string, string> | undefined;
            account?: string | undefined;
        }, _nephos_core.MultipartUploadView>;
        list: Bound<{
            container: string;
            account?: string | undefined;
            prefix?: string | undefined;
            nameMarker?: string | undefined;
            idMarker?: string | undefined;
            limit?: number | undefined;
        }, _nephos_core.MultipartUploadView[]>;
        put: (input: _nephos_core.ObjectPartInput, data: AsyncIterable<Uint8Array>, options?: {
            readonly signal?: AbortSignal;
            readonly requestId?: string;
        }) => Promise<_nephos_core.ObjectPartView>;
        parts: Bound<{
            uploadId: string;
            container: string;
            name: string;
            after?: number | undefined;
            limit?: number | undefined;
            account?: string | undefined;
        }, _nephos_core.ObjectPartView[]>;
        complete: Bound<{
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
        }, _nephos_core.ObjectView>;
        abort: Bound<{
            uploadId: string;
            container: string;
            name: string;
            account?: string | undefined;
        }, void>;
    }>;
    objectAccount: Readonly<{
        get: Bound<{
            account?: string | undefined;
        }, _nephos_core.AccountView>;
        update: Bound<{
            account?: string | undefined;
            metadata?: Record<string, string> | undefined;
            tempUrlKeys?: {
                first?: string | null | undefined;
                second?: string | null | undefined;
            } | undefined;
        }, _nephos_core.AccountView>;
    }>;
    loadBalancers: Readonly<{
        create: Bound<{
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
        }, _nephos_core.LoadBalancerView>;
        get: Bound<{
            id: string;
        }, _nephos_core.LoadBalancerView>;
        list: BoundList<{
            name?: string | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.LoadBalancerView>;
        update: Bound<{
            id: string;
            description?: string | undefined;
            name?: string | undefined;
            adminStateUp?: boolean | undefined;
            tags?: string[] | undefined;
            expectedRev?: number | undefined;
        }, _nephos_core.LoadBalancerView>;
        delete: Bound<{
            id: string;
            cascade?: boolean | undefined;
            expectedRev?: number | undefined;
        }, null>;
        failover: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, _nephos_core.LoadBalancerView>;
        status: Bound<{
            id: string;
        }, _nephos_core.StatusTree>;
        stats: Bound<{
            id: string;
        }, _nephos_core.Traffic>;
    }>;
    listeners: Readonly<{
        create: Bound<{
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
        }, _nephos_core.ChildView<_nephos_core.Listener>>;
        get: Bound<{
            id: string;
        }, _nephos_core.ChildView<_nephos_core.Listener>>;
        list: BoundList<{
            protocolPort?: number | undefined;
            name?: string | undefined;
            balancerId?: string | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.ChildView<_nephos_core.Listener>>;
        update: Bound<{
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
        }, _nephos_core.ChildView<_nephos_core.Listener>>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
        stats: Bound<{
            id: string;
        }, _nephos_core.Traffic>;
    }>;
    pools: Readonly<{
        create: Bound<{
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
        }, _nephos_core.ChildView<_nephos_core.Pool>>;
        get: Bound<{
            id: string;
        }, _nephos_core.ChildView<_nephos_core.Pool>>;
        list: BoundList<{
            protocol?: "TCP" | "UDP" | "SCTP" | "HTTP" | "HTTPS" | "PROXY" | "PROXYV2" | undefined;
            name?: string | undefined;
            balancerId?: string | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.ChildView<_nephos_core.Pool>>;
        update: Bound<{
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
        }, _nephos_core.ChildView<_nephos_core.Pool>>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    members: Readonly<{
        create: Bound<{
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
        }, _nephos_core.ChildView<_nephos_core.Member>[]>;
        get: Bound<{
            id: string;
        }, _nephos_core.ChildView<_nephos_core.Member>>;
        list: BoundList<{
            poolId?: string | undefined;
            address?: string | undefined;
            name?: string | undefined;
            balancerId?: string | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.ChildView<_nephos_core.Member>>;
        update: Bound<{
            id: string;
            weight?: number | undefined;
            backup?: boolean | undefined;
            monitorAddress?: string | null | undefined;
            monitorPort?: number | null | undefined;
            name?: string | undefined;
            adminStateUp?: boolean | undefined;
            tags?: string[] | undefined;
            expectedRev?: number | undefined;
        }, _nephos_core.ChildView<_nephos_core.Member>>;
        delete: Bound<{
            ids: string[];
        }, null>;
        replace: Bound<{
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
        }, _nephos_core.ChildView<_nephos_core.Member>[]>;
    }>;
    healthMonitors: Readonly<{
        create: Bound<{
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
        }, _nephos_core.ChildView<_nephos_core.HealthMonitor>>;
        get: Bound<{
            id: string;
        }, _nephos_core.ChildView<_nephos_core.HealthMonitor>>;
        list: BoundList<{
            poolId?: string | undefined;
            type?: "TCP" | "SCTP" | "HTTP" | "HTTPS" | "PING" | "TLS-HELLO" | "UDP-CONNECT" | undefined;
            name?: string | undefined;
            balancerId?: string | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.ChildView<_nephos_core.HealthMonitor>>;
        update: Bound<{
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
        }, _nephos_core.ChildView<_nephos_core.HealthMonitor>>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    l7Policies: Readonly<{
        create: Bound<{
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
        }, _nephos_core.ChildView<_nephos_core.L7Policy>>;
        get: Bound<{
            id: string;
        }, _nephos_core.ChildView<_nephos_core.L7Policy>>;
        list: BoundList<{
            listenerId?: string | undefined;
            action?: "REJECT" | "REDIRECT_TO_URL" | "REDIRECT_PREFIX" | "REDIRECT_TO_POOL" | undefined;
            name?: string | undefined;
            balancerId?: string | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.ChildView<_nephos_core.L7Policy>>;
        update: Bound<{
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
        }, _nephos_core.ChildView<_nephos_core.L7Policy>>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    l7Rules: Readonly<{
        create: Bound<{
            policyId: string;
            type: "HOST_NAME" | "PATH" | "FILE_TYPE" | "HEADER" | "COOKIE" | "SSL_CONN_HAS_CERT" | "SSL_VERIFY_RESULT" | "SSL_DN_FIELD";
            compareType: "REGEX" | "STARTS_WITH" | "ENDS_WITH" | "CONTAINS" | "EQUAL_TO";
            value: string;
            key?: string | null | undefined;
            invert?: boolean | undefined;
            adminStateUp?: boolean | undefined;
            tags?: string[] | undefined;
        }, _nephos_core.ChildView<_nephos_core.L7Rule>>;
        get: Bound<{
            id: string;
        }, _nephos_core.ChildView<_nephos_core.L7Rule>>;
        list: BoundList<{
            policyId?: string | undefined;
            type?: "HOST_NAME" | "PATH" | "FILE_TYPE" | "HEADER" | "COOKIE" | "SSL_CONN_HAS_CERT" | "SSL_VERIFY_RESULT" | "SSL_DN_FIELD" | undefined;
            balancerId?: string | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.ChildView<_nephos_core.L7Rule>>;
        update: Bound<{
            id: string;
            type?: "HOST_NAME" | "PATH" | "FILE_TYPE" | "HEADER" | "COOKIE" | "SSL_CONN_HAS_CERT" | "SSL_VERIFY_RESULT" | "SSL_DN_FIELD" | undefined;
            compareType?: "REGEX" | "STARTS_WITH" | "ENDS_WITH" | "CONTAINS" | "EQUAL_TO" | undefined;
            key?: string | null | undefined;
            value?: string | undefined;
            invert?: boolean | undefined;
            adminStateUp?: boolean | undefined;
            tags?: string[] | undefined;
            expectedRev?: number | undefined;
        }, _nephos_core.ChildView<_nephos_core.L7Rule>>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    addressGroups: Readonly<{
        create: Bound<{
            name?: string | undefined;
            description?: string | undefined;
            addresses?: string[] | undefined;
            projectId?: string | undefined;
        }, _nephos_core.AddressGroup>;
        get: Bound<{
            id: string;
        }, _nephos_core.AddressGroup>;
        list: BoundList<{
            name?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.AddressGroup>;
        update: Bound<{
            id: string;
            name?: string | undefined;
            description?: string | undefined;
            expectedRev?: number | undefined;
        }, _nephos_core.AddressGroup>;
        addAddresses: Bound<{
            id: string;
            addresses: string[];
        }, _nephos_core.AddressGroup>;
        removeAddresses: Bound<{
            id: string;
            addresses: string[];
        }, _nephos_core.AddressGroup>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    securityGroups: Readonly<{
        create: Bound<{
            name: string;
            description?: string | undefined;
            stateful?: boolean | undefined;
            tags?: string[] | undefined;
            projectId?: string | undefined;
        }, _nephos_core.SecurityGroup>;
        get: Bound<{
            id: string;
        }, _nephos_core.SecurityGroup>;
        list: BoundList<{
            name?: string | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.SecurityGroup>;
        update: Bound<{
            id: string;
            name?: string | undefined;
            description?: string | undefined;
            tags?: string[] | undefined;
            expectedRev?: number | undefined;
        }, _nephos_core.SecurityGroup>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    securityGroupRules: Readonly<{
        create: Bound<{
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
        }, _nephos_core.SecurityGroupRule>;
        get: Bound<{
            id: string;
        }, _nephos_core.SecurityGroupRule>;
        list: BoundList<{
            groupId?: string | undefined;
            groupIds?: string[] | undefined;
            direction?: "ingress" | "egress" | undefined;
            etherType?: "IPv4" | "IPv6" | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.SecurityGroupRule>;
        delete: Bound<{
            ids: string[];
        }, null>;
    }>;
    qosPolicies: Readonly<{
        create: Bound<{
            name: string;
            description?: string | undefined;
            shared?: boolean | undefined;
            isDefault?: boolean | undefined;
            tags?: string[] | undefined;
            projectId?: string | undefined;
        }, _nephos_core.QosPolicy>;
        get: Bound<{
            id: string;
        }, _nephos_core.QosPolicy>;
        list: BoundList<{
            name?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.QosPolicy>;
        update: Bound<{
            id: string;
            name?: string | undefined;
            description?: string | undefined;
            shared?: boolean | undefined;
            isDefault?: boolean | undefined;
            tags?: string[] | undefined;
            expectedRev?: number | undefined;
        }, _nephos_core.QosPolicy>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
        addRule: Bound<{
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
        }, _nephos_core.QosRule>;
        updateRule: Bound<{
            policyId: string;
            id: string;
            direction?: "ingress" | "egress" | undefined;
            maxKbps?: number | undefined;
            maxBurstKbits?: number | undefined;
            dscpMark?: number | undefined;
            minKbps?: number | undefined;
        }, _nephos_core.QosRule>;
        removeRule: Bound<{
            policyId: string;
            id: string;
        }, null>;
    }>;
    rbacPolicies: Readonly<{
        create: Bound<{
            objectType: "securityGroup" | "addressGroup" | "qosPolicy" | "network" | "subnetPool";
            objectId: string;
            target: string;
            action?: "accessAsShared" | "accessAsExternal" | undefined;
        }, _nephos_core.RbacPolicy>;
        get: Bound<{
            id: string;
        }, _nephos_core.RbacPolicy>;
        list: BoundList<{
            objectType?: "securityGroup" | "addressGroup" | "qosPolicy" | "network" | "subnetPool" | undefined;
            objectId?: string | undefined;
            action?: "accessAsShared" | "accessAsExternal" | undefined;
            target?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.RbacPolicy>;
        update: Bound<{
            id: string;
            target: string;
        }, _nephos_core.RbacPolicy>;
        delete: Bound<{
            id: string;
        }, null>;
    }>;
    reachability: Bound<{
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
    }, _nephos_core.Reach>;
    subnetPools: Readonly<{
        create: Bound<{
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
        }, _nephos_core.SubnetPool>;
        get: Bound<{
            id: string;
        }, _nephos_core.SubnetPool>;
        list: BoundList<{
            name?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.SubnetPool>;
        update: Bound<{
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
        }, _nephos_core.SubnetPool>;
        addPrefixes: Bound<{
            id: string;
            prefixes: string[];
        }, _nephos_core.SubnetPool>;
        removePrefixes: Bound<{
            id: string;
            prefixes: string[];
        }, _nephos_core.SubnetPool>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    routers: Readonly<{
        create: Bound<{
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
        }, _nephos_core.Router>;
        get: Bound<{
            id: string;
        }, _nephos_core.Router>;
        list: BoundList<{
            name?: string | undefined;
            networkId?: string | undefined;
            subnetId?: string | undefined;
            status?: "ERROR" | "BUILD" | "ACTIVE" | "DELETING" | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.Router>;
        update: Bound<{
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
        }, _nephos_core.Router>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
        addInterface: Bound<{
            id: string;
            subnetId?: string | undefined;
            portId?: string | undefined;
        }, _nephos_core.Router>;
        removeInterface: Bound<{
            id: string;
            subnetId?: string | undefined;
            portId?: string | undefined;
        }, _nephos_core.Router>;
        addRoutes: Bound<{
            id: string;
            routes: {
                destination: string;
                nexthop: string;
            }[];
        }, _nephos_core.Router>;
        removeRoutes: Bound<{
            id: string;
            routes: {
                destination: string;
                nexthop: string;
            }[];
        }, _nephos_core.Router>;
    }>;
    floatingIps: Readonly<{
        create: Bound<{
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
        }, _nephos_core.FloatingIp>;
        createMany: Bound<{
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
        }, _nephos_core.FloatingIp[]>;
        get: Bound<{
            id: string;
        }, _nephos_core.FloatingIp>;
        list: BoundList<{
            networkId?: string | undefined;
            portId?: string | undefined;
            routerId?: string | undefined;
            address?: string | undefined;
            status?: "ERROR" | "DOWN" | "ACTIVE" | "DELETING" | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.FloatingIp>;
        update: Bound<{
            id: string;
            description?: string | undefined;
            portId?: string | null | undefined;
            fixedAddress?: string | undefined;
            tags?: string[] | undefined;
            expectedRev?: number | undefined;
        }, _nephos_core.FloatingIp>;
        delete: Bound<{
            ids: string[];
        }, null>;
    }>;
    portForwardings: Readonly<{
        create: Bound<{
            floatingIpId: string;
            protocol: "tcp" | "udp" | "sctp" | "dccp" | "udplite";
            externalPorts: number | [number, number];
            internalPorts: number | [number, number];
            portId: string;
            fixedAddress?: string | undefined;
            description?: string | undefined;
        }, _nephos_core.PortForwarding>;
        list: Bound<{
            floatingIpId: string;
        }, readonly _nephos_core.PortForwarding[]>;
        update: Bound<{
            floatingIpId: string;
            id: string;
            protocol?: "tcp" | "udp" | "sctp" | "dccp" | "udplite" | undefined;
            externalPorts?: number | [number, number] | undefined;
            internalPorts?: number | [number, number] | undefined;
            portId?: string | undefined;
            fixedAddress?: string | undefined;
            description?: string | undefined;
        }, _nephos_core.PortForwarding>;
        delete: Bound<{
            floatingIpId: string;
            id: string;
        }, null>;
    }>;
    networks: Readonly<{
        create: Bound<{
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
        }, _nephos_core.Network>;
        createMany: Bound<{
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
        }, _nephos_core.Network[]>;
        addresses: Bound<{
            id: string;
        }, _nephos_core.NetworkAddresses>;
        listAddresses: BoundList<{
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.NetworkAddresses>;
        get: Bound<{
            id: string;
        }, _nephos_core.Network>;
        list: BoundList<{
            name?: string | undefined;
            shared?: boolean | undefined;
            external?: boolean | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.Network>;
        update: Bound<{
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
        }, _nephos_core.Network>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    subnets: Readonly<{
        create: Bound<{
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
        }, _nephos_core.Subnet>;
        get: Bound<{
            id: string;
        }, _nephos_core.Subnet>;
        list: BoundList<{
            name?: string | undefined;
            networkId?: string | undefined;
            version?: 4 | 6 | undefined;
            cidr?: string | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.Subnet>;
        update: Bound<{
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
        }, _nephos_core.Subnet>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    ports: Readonly<{
        create: Bound<{
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
        }, _nephos_core.Port>;
        createMany: Bound<{
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
        }, _nephos_core.Port[]>;
        get: Bound<{
            id: string;
        }, _nephos_core.Port>;
        list: BoundList<{
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
        }, _nephos_core.Port>;
        update: Bound<{
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
        }, _nephos_core.Port>;
        delete: Bound<{
            ids: string[];
        }, null>;
    }>;
    id: string;
    name: string;
    servers: Readonly<{
        create: (request: ServerRequest, options?: CallOptions) => Promise<ServerBatch>;
        batch(id: string, options?: CallOptions): Promise<ServerBatch>;
        get: Bound<{
            ids: string[];
        }, _nephos_core.ServerView[]>;
        list: BoundList<{
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
        }, _nephos_core.ServerView>;
        getDetails: Bound<{
            ids: string[];
        }, _nephos_core.ServerDetails[]>;
        listDetails: BoundList<{
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
        }, _nephos_core.ServerDetails>;
        count: Bound<Record<string, never>, {
            count: number;
        }>;
        actions: Bound<{
            id: string;
        }, readonly _nephos_core.ServerAction[]>;
        attachInterface: Bound<{
            serverId: string;
            networkId?: string | undefined;
            portId?: string | undefined;
            subnetIds?: string[] | undefined;
            address?: string | undefined;
        }, {
            portId: string;
        }>;
        detachInterface: Bound<{
            serverId: string;
            portId: string;
        }, null>;
        createImage: Bound<{
            id: string;
            name: string;
            properties?: Record<string, string> | undefined;
        }, _nephos_core.ServerImage>;
        backup: Bound<{
            id: string;
            name: string;
            backupType: string;
            rotation: number;
            properties?: Record<string, string> | undefined;
        }, _nephos_core.ServerImage>;
        consoleOutput: Bound<{
            id: string;
            lines?: number | undefined;
        }, {
            readonly output: string;
        }>;
        update: Bound<{
            id: string;
            description?: string | null | undefined;
            hostname?: string | undefined;
            accessIPv4?: string | undefined;
            accessIPv6?: string | undefined;
            diskConfig?: "AUTO" | "MANUAL" | undefined;
            name?: string | undefined;
        }, _nephos_core.ServerView>;
        setMetadata: Bound<{
            id: string;
            metadata: Record<string, string>;
        }, _nephos_core.ServerView>;
        mergeMetadata: Bound<{
            id: string;
            metadata: Record<string, string>;
        }, _nephos_core.ServerView>;
        deleteMetadata: Bound<{
            id: string;
            key: string;
        }, _nephos_core.ServerView>;
        setTags: Bound<{
            id: string;
            tags: string[];
        }, _nephos_core.ServerView>;
        addTags: Bound<{
            id: string;
            tags: string[];
        }, _nephos_core.ServerView>;
        removeTags: Bound<{
            id: string;
            tags: string[];
        }, _nephos_core.ServerView>;
        lock: Bound<{
            id: string;
            reason?: string | undefined;
        }, _nephos_core.ServerView>;
        unlock: Bound<{
            id: string;
        }, _nephos_core.ServerView>;
        start: Bound<{
            ids: string[];
        }, _nephos_core.ActionAnswer>;
        stop: Bound<{
            ids: string[];
        }, _nephos_core.ActionAnswer>;
        pause: Bound<{
            ids: string[];
        }, _nephos_core.ActionAnswer>;
        unpause: Bound<{
            ids: string[];
        }, _nephos_core.ActionAnswer>;
        suspend: Bound<{
            ids: string[];
        }, _nephos_core.ActionAnswer>;
        resume: Bound<{
            ids: string[];
        }, _nephos_core.ActionAnswer>;
        rescue: Bound<{
            ids: string[];
            imageId?: string | undefined;
        }, _nephos_core.ActionAnswer>;
        unrescue: Bound<{
            ids: string[];
        }, _nephos_core.ActionAnswer>;
        shelve: Bound<{
            ids: string[];
        }, _nephos_core.ActionAnswer>;
        unshelve: Bound<{
            ids: string[];
        }, _nephos_core.ActionAnswer>;
        reboot: Bound<{
            ids: string[];
        }, _nephos_core.ActionAnswer>;
        rebootHard: Bound<{
            ids: string[];
        }, _nephos_core.ActionAnswer>;
        rebuild: Bound<{
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
        }, _nephos_core.ActionAnswer>;
        resize: Bound<{
            id: string;
            flavorId: string;
            diskConfig?: "AUTO" | "MANUAL" | undefined;
        }, _nephos_core.ActionAnswer>;
        confirmResize: Bound<{
            id: string;
        }, _nephos_core.ActionAnswer>;
        revertResize: Bound<{
            id: string;
        }, _nephos_core.ActionAnswer>;
        attachVolumes: Bound<{
            attachments: {
                serverId: string;
                volumeId: string;
                device?: string | undefined;
                mode?: "rw" | "ro" | undefined;
                deleteOnTermination?: boolean | undefined;
            }[];
        }, {
            readonly attachments: readonly _nephos_core.AttachmentView[];
        }>;
        detachVolumes: Bound<{
            attachments: {
                serverId: string;
                volumeId: string;
            }[];
        }, {
            readonly count: number;
        }>;
        delete: Bound<{
            ids: string[];
        } | {
            batchId: string;
        }, _nephos_core.ActionAnswer>;
        forceDelete: Bound<{
            ids: string[];
        } | {
            batchId: string;
        }, _nephos_core.ActionAnswer>;
    }>;
    images: Readonly<{
        create: Bound<{
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
        }, ImageView>;
        get: Bound<{
            id: string;
        }, ImageView>;
        list: BoundList<{
            name?: string | undefined;
            status?: "active" | "deleted" | "uploading" | "queued" | "saving" | "importing" | "deactivated" | "killed" | "pending_delete" | undefined;
            visibility?: "shared" | "public" | "community" | "private" | undefined;
            hidden?: boolean | undefined;
            tag?: string | undefined;
            memberStatus?: "pending" | "accepted" | "rejected" | undefined;
            projectId?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, ImageView>;
        /** A page of what is looked for, in any order. */
        find: Bound<{
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
        }, ImageView[]>;
        update: Bound<{
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
        }, ImageView>;
        delete: Bound<{
            id: string;
        }, void>;
        /**
         * Stores the bytes of a queued image as they come, hashed on the way; then the image is active.
         */
        upload(input: ImageUploadInput, data: AsyncIterable<Uint8Array>, options?: Pick<CallOptions, "signal" | "requestId">): Promise<ImageView>;
        /** As `upload`, for bytes that an import makes the image's. */
        stage(input: ImageUploadInput, data: AsyncIterable<Uint8Array>, options?: Pick<CallOptions, "signal" | "requestId">): Promise<ImageView>;
        /** Makes an image of what was staged, or of a page of the web; its task tells how it went. */
        import: Bound<{
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
        }, _nephos_core.ImageTask>;
        /** Removes the image from one of several stores. */
        deleteFromStore: Bound<{
            id: string;
            store: string;
        }, ImageView>;
        tasks: Readonly<{
            get: Bound<{
                id: string;
            }, _nephos_core.ImageTask>;
            list: BoundList<{
                imageId?: string | undefined;
                status?: "success" | "failure" | "pending" | "processing" | undefined;
                limit?: number | undefined;
                marker?: string | undefined;
            }, _nephos_core.ImageTask>;
        }>;
        tags: Readonly<{
            add: Bound<{
                id: string;
                tag: string;
            }, ImageView>;
            remove: Bound<{
                id: string;
                tag: string;
            }, ImageView>;
        }>;
        deactivate: Bound<{
            id: string;
        }, ImageView>;
        reactivate: Bound<{
            id: string;
        }, ImageView>;
        /** The bytes of an active image, or a range of them, verified. */
        download(input: ImageDownloadInput, options?: Pick<CallOptions, "signal" | "requestId">): Promise<ImageDownload>;
        members: Readonly<{
            create: Bound<{
                imageId: string;
                projectId: string;
            }, _nephos_core.ImageMember>;
            list: Bound<{
                imageId: string;
            }, _nephos_core.ImageMember[]>;
            update: Bound<{
                status: "pending" | "accepted" | "rejected";
                imageId: string;
                projectId: string;
            }, _nephos_core.ImageMember>;
            delete: Bound<{
                imageId: string;
                projectId: string;
            }, void>;
        }>;
    }>;
    /** Definitions of what metadata may say. */
    metadefs: Readonly<{
        get: Bound<{
            namespace: string;
        }, _nephos_core.MetadefNamespace>;
        list: BoundList<{
            visibility?: "public" | "private" | undefined;
            resourceTypes?: string[] | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.MetadefNamespace>;
    }>;
}>;

/** What operators do. */
type SystemApi = ReturnType<typeof systemApi>;
declare function systemApi(session: Session): Readonly<{
    domains: Readonly<{
        create: Bound<{
            name: string;
            description?: string | undefined;
            enabled?: boolean | undefined;
        }, _nephos_core.Domain>;
        get: Bound<{
            id: string;
        }, _nephos_core.Domain>;
        list: BoundList<{
            name?: string | undefined;
            enabled?: boolean | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.Domain>;
        update: Bound<{
            id: string;
            name?: string | undefined;
            description?: string | undefined;
            enabled?: boolean | undefined;
        }, _nephos_core.Domain>;
        delete: Bound<{
            id: string;
        }, void>;
    }>;
    projects: Readonly<{
        create: Bound<{
            name: string;
            domainId?: string | undefined;
            description?: string | undefined;
            enabled?: boolean | undefined;
            parentId?: string | null | undefined;
            tags?: string[] | undefined;
            extra?: Record<string, string | number | boolean | null> | undefined;
        }, _nephos_core.Project>;
        get: Bound<{
            id: string;
        }, _nephos_core.Project>;
        list: BoundList<{
            domainId?: string | undefined;
            name?: string | undefined;
            parentId?: string | undefined;
            enabled?: boolean | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.Project>;
        update: Bound<{
            id: string;
            name?: string | undefined;
            description?: string | undefined;
            enabled?: boolean | undefined;
            tags?: string[] | undefined;
            extra?: Record<string, string | number | boolean | null> | undefined;
        }, _nephos_core.Project>;
        delete: Bound<{
            id: string;
        }, void>;
    }>;
    users: Readonly<{
        create: Bound<{
            name: string;
            domainId?: string | undefined;
            description?: string | undefined;
            email?: string | null | undefined;
            enabled?: boolean | undefined;
            password?: string | undefined;
            defaultProjectId?: string | null | undefined;
            extra?: Record<string, string | number | boolean | null> | undefined;
        }, _nephos_core.UserView>;
        get: Bound<{
            id: string;
        }, _nephos_core.UserView>;
        list: BoundList<{
            domainId?: string | undefined;
            name?: string | undefined;
            enabled?: boolean | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.UserView>;
        update: Bound<{
            id: string;
            name?: string | undefined;
            description?: string | undefined;
            email?: string | null | undefined;
            enabled?: boolean | undefined;
            defaultProjectId?: string | null | undefined;
            extra?: Record<string, string | number | boolean | null> | undefined;
        }, _nephos_core.UserView>;
        setPassword: Bound<{
            id: string;
            password: string | null;
            original?: string | undefined;
        }, void>;
        delete: Bound<{
            id: string;
        }, void>;
    }>;
    roles: Readonly<{
        assign: Bound<{
            role: string;
            inherited?: boolean | undefined;
            projectId?: string | undefined;
            domainId?: string | undefined;
            system?: true | undefined;
            userId?: string | undefined;
            groupId?: string | undefined;
        }, _nephos_core.RoleAssignment>;
        unassign: Bound<{
            role: string;
            inherited?: boolean | undefined;
            projectId?: string | undefined;
            domainId?: string | undefined;
            system?: true | undefined;
            userId?: string | undefined;
            groupId?: string | undefined;
        }, void>;
        list: BoundList<{
            projectId?: string | undefined;
            domainId?: string | undefined;
            system?: true | undefined;
            userId?: string | undefined;
            groupId?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.RoleAssignment>;
    }>;
    quotas: Readonly<{
        get: Bound<{
            projectId?: string | undefined;
        }, _nephos_core.QuotaView>;
        set: Bound<{
            projectId: string;
            limits: Partial<Record<"loadBalancers" | "instances" | "cores" | "ram" | "keyPairs" | "serverGroups" | "images" | "imageBytes" | "containers" | "objects" | "objectBytes" | "shares" | "shareGigabytes" | "shareSnapshots" | "networks" | "subnets" | "ports" | "securityGroups" | "securityGroupRules" | "volumes" | "gigabytes" | "snapshots" | "backups" | "backupGigabytes" | "volumeGroups" | "perVolumeGigabytes" | "routers" | "floatingIps" | "addressGroups" | "subnetPools" | "rbacPolicies" | "qosPolicies" | "stacks" | "softwareConfigs" | "softwareDeployments" | "listeners" | "pools" | "members" | "healthMonitors" | "l7Policies", number>>;
        }, _nephos_core.QuotaView>;
        list: BoundList<{
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.ProjectQuota>;
        defaults: Bound<Record<string, never>, Readonly<Record<"loadBalancers" | "instances" | "cores" | "ram" | "keyPairs" | "serverGroups" | "images" | "imageBytes" | "containers" | "objects" | "objectBytes" | "shares" | "shareGigabytes" | "shareSnapshots" | "networks" | "subnets" | "ports" | "securityGroups" | "securityGroupRules" | "volumes" | "gigabytes" | "snapshots" | "backups" | "backupGigabytes" | "volumeGroups" | "perVolumeGigabytes" | "routers" | "floatingIps" | "addressGroups" | "subnetPools" | "rbacPolicies" | "qosPolicies" | "stacks" | "softwareConfigs" | "softwareDeployments" | "listeners" | "pools" | "members" | "healthMonitors" | "l7Policies", number>>>;
    }>;
    addressGroups: Readonly<{
        create: Bound<{
            name?: string | undefined;
            description?: string | undefined;
            addresses?: string[] | undefined;
            projectId?: string | undefined;
        }, _nephos_core.AddressGroup>;
        get: Bound<{
            id: string;
        }, _nephos_core.AddressGroup>;
        list: BoundList<{
            name?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.AddressGroup>;
        update: Bound<{
            id: string;
            name?: string | undefined;
            description?: string | undefined;
            expectedRev?: number | undefined;
        }, _nephos_core.AddressGroup>;
        addAddresses: Bound<{
            id: string;
            addresses: string[];
        }, _nephos_core.AddressGroup>;
        removeAddresses: Bound<{
            id: string;
            addresses: string[];
        }, _nephos_core.AddressGroup>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    securityGroups: Readonly<{
        create: Bound<{
            name: string;
            description?: string | undefined;
            stateful?: boolean | undefined;
            tags?: string[] | undefined;
            projectId?: string | undefined;
        }, _nephos_core.SecurityGroup>;
        get: Bound<{
            id: string;
        }, _nephos_core.SecurityGroup>;
        list: BoundList<{
            name?: string | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.SecurityGroup>;
        update: Bound<{
            id: string;
            name?: string | undefined;
            description?: string | undefined;
            tags?: string[] | undefined;
            expectedRev?: number | undefined;
        }, _nephos_core.SecurityGroup>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    securityGroupRules: Readonly<{
        create: Bound<{
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
        }, _nephos_core.SecurityGroupRule>;
        get: Bound<{
            id: string;
        }, _nephos_core.SecurityGroupRule>;
        list: BoundList<{
            groupId?: string | undefined;
            groupIds?: string[] | undefined;
            direction?: "ingress" | "egress" | undefined;
            etherType?: "IPv4" | "IPv6" | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.SecurityGroupRule>;
        delete: Bound<{
            ids: string[];
        }, null>;
    }>;
    qosPolicies: Readonly<{
        create: Bound<{
            name: string;
            description?: string | undefined;
            shared?: boolean | undefined;
            isDefault?: boolean | undefined;
            tags?: string[] | undefined;
            projectId?: string | undefined;
        }, _nephos_core.QosPolicy>;
        get: Bound<{
            id: string;
        }, _nephos_core.QosPolicy>;
        list: BoundList<{
            name?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.QosPolicy>;
        update: Bound<{
            id: string;
            name?: string | undefined;
            description?: string | undefined;
            shared?: boolean | undefined;
            isDefault?: boolean | undefined;
            tags?: string[] | undefined;
            expectedRev?: number | undefined;
        }, _nephos_core.QosPolicy>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
        addRule: Bound<{
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
        }, _nephos_core.QosRule>;
        updateRule: Bound<{
            policyId: string;
            id: string;
            direction?: "ingress" | "egress" | undefined;
            maxKbps?: number | undefined;
            maxBurstKbits?: number | undefined;
            dscpMark?: number | undefined;
            minKbps?: number | undefined;
        }, _nephos_core.QosRule>;
        removeRule: Bound<{
            policyId: string;
            id: string;
        }, null>;
    }>;
    rbacPolicies: Readonly<{
        create: Bound<{
            objectType: "securityGroup" | "addressGroup" | "qosPolicy" | "network" | "subnetPool";
            objectId: string;
            target: string;
            action?: "accessAsShared" | "accessAsExternal" | undefined;
        }, _nephos_core.RbacPolicy>;
        get: Bound<{
            id: string;
        }, _nephos_core.RbacPolicy>;
        list: BoundList<{
            objectType?: "securityGroup" | "addressGroup" | "qosPolicy" | "network" | "subnetPool" | undefined;
            objectId?: string | undefined;
            action?: "accessAsShared" | "accessAsExternal" | undefined;
            target?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.RbacPolicy>;
        update: Bound<{
            id: string;
            target: string;
        }, _nephos_core.RbacPolicy>;
        delete: Bound<{
            id: string;
        }, null>;
    }>;
    reachability: Bound<{
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
    }, _nephos_core.Reach>;
    subnetPools: Readonly<{
        create: Bound<{
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
        }, _nephos_core.SubnetPool>;
        get: Bound<{
            id: string;
        }, _nephos_core.SubnetPool>;
        list: BoundList<{
            name?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.SubnetPool>;
        update: Bound<{
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
        }, _nephos_core.SubnetPool>;
        addPrefixes: Bound<{
            id: string;
            prefixes: string[];
        }, _nephos_core.SubnetPool>;
        removePrefixes: Bound<{
            id: string;
            prefixes: string[];
        }, _nephos_core.SubnetPool>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    routers: Readonly<{
        create: Bound<{
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
        }, _nephos_core.Router>;
        get: Bound<{
            id: string;
        }, _nephos_core.Router>;
        list: BoundList<{
            name?: string | undefined;
            networkId?: string | undefined;
            subnetId?: string | undefined;
            status?: "ERROR" | "BUILD" | "ACTIVE" | "DELETING" | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.Router>;
        update: Bound<{
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
        }, _nephos_core.Router>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
        addInterface: Bound<{
            id: string;
            subnetId?: string | undefined;
            portId?: string | undefined;
        }, _nephos_core.Router>;
        removeInterface: Bound<{
            id: string;
            subnetId?: string | undefined;
            portId?: string | undefined;
        }, _nephos_core.Router>;
        addRoutes: Bound<{
            id: string;
            routes: {
                destination: string;
                nexthop: string;
            }[];
        }, _nephos_core.Router>;
        removeRoutes: Bound<{
            id: string;
            routes: {
                destination: string;
                nexthop: string;
            }[];
        }, _nephos_core.Router>;
    }>;
    floatingIps: Readonly<{
        create: Bound<{
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
        }, _nephos_core.FloatingIp>;
        createMany: Bound<{
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
        }, _nephos_core.FloatingIp[]>;
        get: Bound<{
            id: string;
        }, _nephos_core.FloatingIp>;
        list: BoundList<{
            networkId?: string | undefined;
            portId?: string | undefined;
            routerId?: string | undefined;
            address?: string | undefined;
            status?: "ERROR" | "DOWN" | "ACTIVE" | "DELETING" | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.FloatingIp>;
        update: Bound<{
            id: string;
            description?: string | undefined;
            portId?: string | null | undefined;
            fixedAddress?: string | undefined;
            tags?: string[] | undefined;
            expectedRev?: number | undefined;
        }, _nephos_core.FloatingIp>;
        delete: Bound<{
            ids: string[];
        }, null>;
    }>;
    portForwardings: Readonly<{
        create: Bound<{
            floatingIpId: string;
            protocol: "tcp" | "udp" | "sctp" | "dccp" | "udplite";
            externalPorts: number | [number, number];
            internalPorts: number | [number, number];
            portId: string;
            fixedAddress?: string | undefined;
            description?: string | undefined;
        }, _nephos_core.PortForwarding>;
        list: Bound<{
            floatingIpId: string;
        }, readonly _nephos_core.PortForwarding[]>;
        update: Bound<{
            floatingIpId: string;
            id: string;
            protocol?: "tcp" | "udp" | "sctp" | "dccp" | "udplite" | undefined;
            externalPorts?: number | [number, number] | undefined;
            internalPorts?: number | [number, number] | undefined;
            portId?: string | undefined;
            fixedAddress?: string | undefined;
            description?: string | undefined;
        }, _nephos_core.PortForwarding>;
        delete: Bound<{
            floatingIpId: string;
            id: string;
        }, null>;
    }>;
    networks: Readonly<{
        create: Bound<{
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
        }, _nephos_core.Network>;
        createMany: Bound<{
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
        }, _nephos_core.Network[]>;
        addresses: Bound<{
            id: string;
        }, _nephos_core.NetworkAddresses>;
        listAddresses: BoundList<{
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.NetworkAddresses>;
        get: Bound<{
            id: string;
        }, _nephos_core.Network>;
        list: BoundList<{
            name?: string | undefined;
            shared?: boolean | undefined;
            external?: boolean | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.Network>;
        update: Bound<{
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
        }, _nephos_core.Network>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    subnets: Readonly<{
        create: Bound<{
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
        }, _nephos_core.Subnet>;
        get: Bound<{
            id: string;
        }, _nephos_core.Subnet>;
        list: BoundList<{
            name?: string | undefined;
            networkId?: string | undefined;
            version?: 4 | 6 | undefined;
            cidr?: string | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.Subnet>;
        update: Bound<{
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
        }, _nephos_core.Subnet>;
        delete: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    ports: Readonly<{
        create: Bound<{
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
        }, _nephos_core.Port>;
        createMany: Bound<{
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
        }, _nephos_core.Port[]>;
        get: Bound<{
            id: string;
        }, _nephos_core.Port>;
        list: BoundList<{
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
        }, _nephos_core.Port>;
        update: Bound<{
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
        }, _nephos_core.Port>;
        delete: Bound<{
            ids: string[];
        }, null>;
    }>;
    snapshots: Readonly<{
        resetStatus: Bound<{
            id: string;
            status: "error" | "deleting" | "available" | "creating" | "error_deleting";
        }, null>;
        manage: Bound<{
            volumeId: string;
            reference: string;
            name?: string | undefined;
            description?: string | undefined;
            metadata?: Record<string, string> | undefined;
        }, _nephos_core.SnapshotView>;
        unmanage: Bound<{
            id: string;
        }, null>;
    }>;
    backups: Readonly<{
        resetStatus: Bound<{
            id: string;
            status: "error" | "deleting" | "available" | "creating" | "error_deleting" | "restoring";
        }, null>;
        export: Bound<{
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
        }>;
        import: Bound<{
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
        }, _nephos_core.BackupView>;
    }>;
    volumeGroups: Readonly<{
        resetStatus: Bound<{
            id: string;
            status: "error" | "deleting" | "available" | "creating" | "error_deleting" | "updating";
        }, null>;
    }>;
    volumeGroupSnapshots: Readonly<{
        resetStatus: Bound<{
            id: string;
            status: "error" | "deleting" | "available" | "creating" | "error_deleting";
        }, null>;
    }>;
    volumeGroupTypes: Readonly<{
        create: Bound<{
            name: string;
            description?: string | undefined;
            isPublic?: boolean | undefined;
            specs?: Record<string, string> | undefined;
        }, _nephos_core.GroupType>;
        get: Bound<{
            id: string;
        }, _nephos_core.GroupType>;
        list: BoundList<{
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.GroupType>;
        update: Bound<{
            id: string;
            name?: string | undefined;
            description?: string | undefined;
            isPublic?: boolean | undefined;
            specs?: Record<string, string | null> | undefined;
        }, _nephos_core.GroupType>;
        delete: Bound<{
            id: string;
        }, null>;
    }>;
    volumePools: Readonly<{
        create: Bound<{
            name: string;
            totalGb: number;
            zone?: string | undefined;
            reservedPercent?: number | undefined;
            overSubscription?: number | undefined;
            capabilities?: Record<string, string> | undefined;
            enabled?: boolean | undefined;
        }, _nephos_core.VolumePoolView>;
        get: Bound<{
            id: string;
        }, _nephos_core.VolumePoolView>;
        list: BoundList<{
            backend?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.VolumePoolView>;
        update: Bound<{
            id: string;
            totalGb?: number | undefined;
            reservedPercent?: number | undefined;
            overSubscription?: number | undefined;
            capabilities?: Record<string, string> | undefined;
            enabled?: boolean | undefined;
            disabledReason?: string | null | undefined;
        }, _nephos_core.VolumePoolView>;
        delete: Bound<{
            id: string;
        }, null>;
        unmanaged: Bound<{
            id: string;
        }, readonly _nephos_core.UnmanagedThing[]>;
    }>;
    volumeQos: Readonly<{
        create: Bound<{
            name: string;
            consumer?: "front-end" | "back-end" | "both" | undefined;
            specs?: Record<string, string> | undefined;
        }, _nephos_core.VolumeQos>;
        get: Bound<{
            id: string;
        }, _nephos_core.VolumeQos>;
        list: BoundList<{
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.VolumeQos>;
        update: Bound<{
            id: string;
            consumer?: "front-end" | "back-end" | "both" | undefined;
            specs?: Record<string, string> | undefined;
        }, _nephos_core.VolumeQos>;
        delete: Bound<{
            id: string;
        }, null>;
    }>;
    volumeTypes: Readonly<{
        create: Bound<{
            name: string;
            description?: string | undefined;
            isPublic?: boolean | undefined;
            isDefault?: boolean | undefined;
            extraSpecs?: Record<string, string> | undefined;
            qosId?: string | undefined;
            multiattach?: boolean | undefined;
            encrypted?: boolean | undefined;
        }, _nephos_core.VolumeType>;
        get: Bound<{
            id: string;
        }, _nephos_core.VolumeType>;
        list: BoundList<{
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.VolumeType>;
        update: Bound<{
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
        }, _nephos_core.VolumeType>;
        delete: Bound<{
            id: string;
        }, null>;
        grant: Bound<{
            typeId: string;
            projectId: string;
        }, _nephos_core.VolumeTypeAccess>;
        revoke: Bound<{
            typeId: string;
            projectId: string;
        }, null>;
        access: Bound<{
            typeId: string;
        }, _nephos_core.VolumeTypeAccess[]>;
        setQuota: Bound<{
            projectId: string;
            typeId: string;
            volumes?: number | undefined;
            gigabytes?: number | undefined;
            snapshots?: number | undefined;
        }, null>;
        quota: Bound<{
            projectId?: string | undefined;
        }, _nephos_core.TypeQuotaView[]>;
    }>;
    volumes: Readonly<{
        list: BoundList<{
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
        }, _nephos_core.VolumeView>;
        get: Bound<{
            id: string;
        }, _nephos_core.VolumeView>;
        migrate: Bound<{
            id: string;
            poolId?: string | undefined;
        }, _nephos_core.VolumeView>;
        resetStatus: Bound<{
            id: string;
            status: "error" | "deleting" | "available" | "reserved" | "attaching" | "detaching" | "creating" | "in-use" | "extending" | "reverting" | "retyping" | "maintenance" | "backing-up" | "restoring-backup" | "awaiting-transfer" | "uploading" | "downloading" | "error_deleting" | "error_extending" | "error_restoring";
        }, null>;
        forceDelete: Bound<{
            id: string;
        }, null>;
        manage: Bound<{
            projectId: string;
            poolId: string;
            reference: string;
            volumeType?: string | undefined;
            bootable?: boolean | undefined;
            name?: string | undefined;
            description?: string | undefined;
            metadata?: Record<string, string> | undefined;
        }, _nephos_core.VolumeView>;
        unmanage: Bound<{
            id: string;
        }, null>;
    }>;
    placement: Readonly<{
        providers: Readonly<{
            create: Bound<{
                name: string;
                id?: string | undefined;
                parentId?: string | null | undefined;
            }, _nephos_core.ProviderView>;
            get: Bound<{
                ids: string[];
            }, _nephos_core.ProviderView[]>;
            list: BoundList<{
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
            }, _nephos_core.ProviderView>;
            update: Bound<{
                id: string;
                name?: string | undefined;
                parentId?: string | null | undefined;
                onlyRoots?: boolean | undefined;
            }, _nephos_core.ProviderView>;
            setInventory: Bound<{
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
            }, _nephos_core.ProviderView>;
            setTraits: Bound<{
                id: string;
                traits: string[];
                generation?: number | undefined;
            }, _nephos_core.ProviderView>;
            setAggregates: Bound<{
                id: string;
                aggregateIds: string[];
                generation?: number | undefined;
            }, _nephos_core.ProviderView>;
            usage: Bound<{
                id: string;
            }, _nephos_core.ProviderUsage>;
            allocations: BoundList<{
                id: string;
                of?: "servers" | "others" | undefined;
                limit?: number | undefined;
                marker?: string | undefined;
            }, _nephos_core.ProviderConsumer>;
            delete: Bound<{
                id: string;
            }, void>;
        }>;
        traits: Readonly<{
            create: Bound<{
                name: string;
            }, _nephos_core.NameDefined>;
            list: Bound<{
                used?: boolean | undefined;
            }, _nephos_core.KnownName[]>;
            delete: Bound<{
                name: string;
            }, void>;
        }>;
        resourceClasses: Readonly<{
            create: Bound<{
                name: string;
            }, _nephos_core.NameDefined>;
            list: Bound<Record<string, never>, _nephos_core.KnownName[]>;
            delete: Bound<{
                name: string;
            }, void>;
        }>;
        allocations: Readonly<{
            set: Bound<{
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
            }, {
                count: number;
            }>;
            get: Bound<{
                id: string;
            }, _nephos_core.ConsumerView | null>;
        }>;
        candidates: Bound<{
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
        }, _nephos_core.CandidatesAnswer>;
        reshape: Bound<{
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
        }, {
            count: number;
        }>;
        usage: Bound<{
            projectId: string;
            userId?: string | undefined;
        }, _nephos_core.TypeUsage[]>;
    }>;
    loadBalancers: Readonly<{
        get: Bound<{
            id: string;
        }, _nephos_core.LoadBalancerView>;
        list: BoundList<{
            name?: string | undefined;
            tag?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.LoadBalancerView>;
        failover: Bound<{
            id: string;
            expectedRev?: number | undefined;
        }, _nephos_core.LoadBalancerView>;
        delete: Bound<{
            id: string;
            cascade?: boolean | undefined;
            expectedRev?: number | undefined;
        }, null>;
    }>;
    hosts: Readonly<{
        create: Bound<{
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
        }, _nephos_core.HostsCreated>;
        get: Bound<{
            ids: string[];
        }, _nephos_core.Host[]>;
        list: BoundList<{
            zone?: string | undefined;
            name?: string | undefined;
            number?: number | undefined;
            enabled?: boolean | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.Host>;
        update: Bound<{
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
        }, _nephos_core.Host>;
        delete: Bound<{
            ids: string[];
        }, {
            count: number;
        }>;
        usage: Bound<{
            id: string;
        }, _nephos_core.HostUsage>;
        servers: BoundList<{
            id: string;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.HostServer>;
        capacity: Bound<Record<string, never>, _nephos_core.Capacity>;
        zones: Bound<Record<string, never>, {
            readonly zones: readonly _nephos_core.Zone[];
        }>;
        /**
         * A plan that empties a host, named by its id or as `{ id }`: each of its servers with where
         * it could go, or why it is stuck. Nothing moves.
         */
        drain: (host: string | InputOf<typeof hostDrain>, options?: CallOptions) => Promise<_nephos_core.HostDrainPlan>;
    }>;
    capacity: Bound<{
        flavorId: string;
        availabilityZones?: string[] | undefined;
        groupId?: string | undefined;
    }, _nephos_core.CapacityAnswer>;
    capacityTrend: Bound<{
        days?: number | undefined;
        ahead?: number | undefined;
    }, _nephos_core.CapacityTrend>;
    usage: UsageApi;
    events: FollowEvents;
    auditLog: AuditLogApi;
    defragment: Bound<{
        moves: number;
        hosts?: number | undefined;
    }, _nephos_core.DefragmentPlan>;
    aggregates: Readonly<{
        create: Bound<{
            name: string;
            metadata?: Record<string, string> | undefined;
        }, _nephos_core.AggregateView>;
        get: Bound<{
            id: string;
        }, _nephos_core.AggregateView>;
        list: BoundList<{
            name?: string | undefined;
            number?: number | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.AggregateView>;
        update: Bound<{
            id: string;
            name: string;
        }, _nephos_core.Aggregate>;
        setMetadata: Bound<{
            id: string;
            metadata?: Record<string, string> | undefined;
            remove?: string[] | undefined;
        }, _nephos_core.Aggregate>;
        addHosts: Bound<{
            id: string;
            hostIds: string[];
        }, _nephos_core.MembershipAnswer>;
        removeHosts: Bound<{
            id: string;
            hostIds: string[];
        }, _nephos_core.MembershipAnswer>;
        delete: Bound<{
            id: string;
        }, void>;
    }>;
    flavors: Readonly<{
        create: Bound<{
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
        }, _nephos_core.Flavor>;
        get: Bound<{
            id: string;
        }, _nephos_core.Flavor>;
        list: BoundList<{
            minRamMb?: number | undefined;
            minDiskGb?: number | undefined;
            isPublic?: boolean | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.Flavor>;
        update: Bound<{
            id: string;
            description?: string | undefined;
            extraSpecs?: Record<string, string | null> | undefined;
        }, _nephos_core.Flavor>;
        delete: Bound<{
            id: string;
        }, void>;
        grant: Bound<{
            flavorId: string;
            projectId: string;
        }, _nephos_core.FlavorAccess>;
        revoke: Bound<{
            flavorId: string;
            projectId: string;
        }, void>;
        access: Bound<{
            flavorId: string;
        }, _nephos_core.FlavorAccess[]>;
    }>;
    servers: Readonly<{
        list: BoundList<{
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
        }, _nephos_core.ServerView>;
        forceDelete: Bound<{
            ids: string[];
        } | {
            batchId: string;
        }, _nephos_core.ActionAnswer>;
        /** Moves a server to another host; to be confirmed or reverted, as a resize. */
        migrate: Bound<{
            id: string;
            hostId?: string | undefined;
        }, _nephos_core.ActionAnswer>;
        /** Moves a server to another host while it runs. */
        liveMigrate: Bound<{
            id: string;
            hostId?: string | undefined;
        }, _nephos_core.ActionAnswer>;
        /** Builds a server whose host is down on another one. */
        evacuate: Bound<{
            id: string;
            hostId?: string | undefined;
        }, _nephos_core.ActionAnswer>;
        /** Records of moves to other hosts, newest first. */
        migrations: BoundList<{
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
        }, _nephos_core.MigrationView>;
        /** Says what state servers are in, when nothing else helps. */
        resetState: Bound<{
            ids: string[];
            state: "active" | "error";
        }, _nephos_core.ActionAnswer>;
    }>;
    shares: Readonly<{
        list: BoundList<{
            name?: string | undefined;
            status?: "error" | "deleting" | "available" | "creating" | "extending" | "error_deleting" | "extending_error" | "shrinking" | "shrinking_error" | "shrinking_possible_data_loss_error" | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.Share>;
    }>;
    metadefs: Readonly<{
        create: Bound<{
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
                            enum?: zod.JSONType[] | undefined;
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
                                enum?: zod.JSONType[] | undefined;
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
                        enum?: zod.JSONType[] | undefined;
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
                            enum?: zod.JSONType[] | undefined;
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
        }, _nephos_core.MetadefNamespace>;
        get: Bound<{
            namespace: string;
        }, _nephos_core.MetadefNamespace>;
        list: BoundList<{
            visibility?: "public" | "private" | undefined;
            resourceTypes?: string[] | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.MetadefNamespace>;
        update: Bound<{
            namespace: string;
            displayName?: string | undefined;
            description?: string | undefined;
            visibility?: "public" | "private" | undefined;
            protected?: boolean | undefined;
            rename?: string | undefined;
        }, _nephos_core.MetadefNamespace>;
        delete: Bound<{
            namespace: string;
        }, null>;
        define: Bound<{
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
                        enum?: zod.JSONType[] | undefined;
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
                            enum?: zod.JSONType[] | undefined;
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
                    enum?: zod.JSONType[] | undefined;
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
                        enum?: zod.JSONType[] | undefined;
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
        }, _nephos_core.MetadefNamespace>;
        undefine: Bound<{
            namespace: string;
            part: "tags" | "objects" | "properties" | "resourceTypes";
            name?: string | undefined;
        }, _nephos_core.MetadefNamespace>;
        tag: Bound<{
            namespace: string;
            names: string[];
            append?: boolean | undefined;
        }, _nephos_core.MetadefNamespace>;
    }>;
    images: Readonly<{
        deactivate: Bound<{
            id: string;
        }, _nephos_core.ImageView>;
        reactivate: Bound<{
            id: string;
        }, _nephos_core.ImageView>;
    }>;
}>;

/**
 * Where a cloud keeps its control plane, for transports: a symbol that every copy of this package
 * shares.
 */
declare const planeKey: unique symbol;
interface CloudStats extends StoreStats {
    /** Bus messages published by this process. */
    readonly messages: number;
}
/** A user in a project: what the roles there allow. */
interface ProjectSession {
    readonly project: ProjectApi;
    readonly system: SystemApi;
}
/** An open cloud. */
declare class Cloud implements AsyncDisposable {
    #private;
    /** Hosts, aggregates, flavors, projects, users, quotas: what operators do. */
    readonly system: SystemApi;
    /** Object storage for those without an identity: temporary URLs, open containers. */
    readonly objectAccess: ObjectAccess;
    readonly [planeKey]: ControlPlane;
    constructor(plane: ControlPlane);
    /** Hosts, as operators see them: the same as `system.hosts`. */
    get hosts(): SystemApi['hosts'];
    /**
     * How many servers of a flavor would fit now, in zones and in a group as a request would name
     * them, and why not one more.
     */
    get capacity(): SystemApi['capacity'];
    /** A plan that frees hosts by at most so many moves. Nothing moves. */
    get defragment(): SystemApi['defragment'];
    /**
     * The project of this name in the default domain, made if absent, acted in as its admin: for the
     * embedder's own code. Use `as` to act as one of its users, with that user's roles.
     */
    project(name: string, options?: CallOptions): Promise<ProjectApi>;
    /**
     * What a user may do in a scope, with the roles assigned there and no more.
     *
     * @throws CloudError `forbidden` when the user has no role there, or is disabled.
     */
    as(scope: ActorScope & {
        readonly projectId: string;
    }): Promise<ProjectSession>;
    as(scope: ActorScope): Promise<{
        readonly system: SystemApi;
    }>;
    /** Any operation, as any actor: for transports and tools built on top. */
    invoke<I, O>(actor: Actor, operation: Operation<I, O>, input: unknown, options?: CallOptions): Promise<O>;
    /**
     * Recomputes every invariant from the rows; an empty list is what you want to see.
     *
     * @throws CloudError `aborted` when the signal fires.
     */
    audit(options?: Pick<CallOptions, 'signal'>): Promise<Finding[]>;
    /** Runs every reconciler once, now. */
    reconcile(): Promise<void>;
    /**
     * Waits until no work is left, or the time is over.
     *
     * @returns the workflows still unfinished: 0 unless the time was over.
     */
    settle(options: {
        readonly timeoutMs: number;
        readonly signal?: AbortSignal;
    }): Promise<number>;
    get stats(): CloudStats;
    /**
     * Finishes what is being written, hands back unfinished work, closes store and drivers.
     * Idempotent.
     */
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}

export { type BatchResult as B, Cloud as C, type ProjectApi as P, ServerBatch as S, type CloudStats as a, type Bound as b, type BoundList as c, type ProjectSession as d, type ServerOutcome as e, type ServerRequest as f, type SystemApi as g };
