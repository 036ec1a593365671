// ---- @nephos/sdk ----
import * as _nephos_core from '@nephos/core';
import { CallOptions, ControlPlane, Actor, BatchProgress, ServerView, ServerBatchView, InputOf, serverCreate, ImageView, ImageUploadInput, ImageDownloadInput, ImageDownload, hostDrain, ActorScope, Operation, Finding, StoreStats, Hypervisor, NetworkDriver, ImageStore, Store, Bus, Scheduler, Clock, Random, Telemetry, Settings, PlacementPolicy } from '@nephos/core';
export { CloudError, ErrorCode, isCloudError } from '@nephos/core';

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
 * What the members of a project do, each function acting as the session's user with that user's
 * roles.
 */
type ProjectApi = ReturnType<typeof projectApi>;
declare function projectApi(session: Session, project: {
    readonly id: string;
    readonly name: string;
}): Readonly<{
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
    networks: Readonly<{
        create: Bound<{
            name: string;
            description?: string | undefined;
            adminStateUp?: boolean | undefined;
            shared?: boolean | undefined;
            portSecurity?: boolean | undefined;
            mtu?: number | undefined;
            tags?: string[] | undefined;
            projectId?: string | undefined;
        }, _nephos_core.Network>;
        get: Bound<{
            id: string;
        }, _nephos_core.Network>;
        list: BoundList<{
            name?: string | undefined;
            shared?: boolean | undefined;
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
            portSecurity?: boolean | undefined;
            mtu?: number | undefined;
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
            tags?: string[] | undefined;
        }, _nephos_core.Port>;
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
            status?: "DOWN" | "BUILD" | "ACTIVE" | "ERROR" | undefined;
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
            tags?: string[] | undefined;
            expectedRev?: number | undefined;
        }, _nephos_core.Port>;
        delete: Bound<{
            ids: string[];
        }, null>;
    }>;
    securityGroups: Readonly<{
        create: Bound<{
            name: string;
            description?: string | undefined;
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
            description?: string | undefined;
        }, _nephos_core.SecurityGroupRule>;
        get: Bound<{
            id: string;
        }, _nephos_core.SecurityGroupRule>;
        list: BoundList<{
            groupId?: string | undefined;
            direction?: "ingress" | "egress" | undefined;
            etherType?: "IPv4" | "IPv6" | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.SecurityGroupRule>;
        delete: Bound<{
            ids: string[];
        }, null>;
    }>;
    id: string;
    name: string;
    servers: Readonly<{
        create(request: ServerRequest, options?: CallOptions): Promise<ServerBatch>;
        batch(id: string, options?: CallOptions): Promise<ServerBatch>;
        get: Bound<{
            ids: string[];
        }, _nephos_core.ServerView[]>;
        list: BoundList<{
            batchId?: string | undefined;
            name?: string | undefined;
            projectId?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.ServerView>;
        count: Bound<Record<string, never>, {
            count: number;
        }>;
        actions: Bound<{
            id: string;
        }, readonly _nephos_core.ServerAction[]>;
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
        reboot: Bound<{
            ids: string[];
        }, _nephos_core.ActionAnswer>;
        rebootHard: Bound<{
            ids: string[];
        }, _nephos_core.ActionAnswer>;
        rebuild: Bound<{
            ids: string[];
            imageId: string;
        }, _nephos_core.ActionAnswer>;
        resize: Bound<{
            id: string;
            flavorId: string;
        }, _nephos_core.ActionAnswer>;
        confirmResize: Bound<{
            id: string;
        }, _nephos_core.ActionAnswer>;
        revertResize: Bound<{
            id: string;
        }, _nephos_core.ActionAnswer>;
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
        }, ImageView>;
        get: Bound<{
            id: string;
        }, ImageView>;
        list: BoundList<{
            name?: string | undefined;
            status?: "active" | "deleted" | "queued" | "saving" | "uploading" | "importing" | "deactivated" | "killed" | "pending_delete" | undefined;
            visibility?: "shared" | "public" | "community" | "private" | undefined;
            hidden?: boolean | undefined;
            tag?: string | undefined;
            memberStatus?: "pending" | "accepted" | "rejected" | undefined;
            projectId?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, ImageView>;
        update: Bound<{
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
        }, ImageView>;
        delete: Bound<{
            id: string;
        }, void>;
        /**
         * Stores the bytes of a queued image as they come, hashed on the way; then the image is active.
         */
        upload(input: ImageUploadInput, data: AsyncIterable<Uint8Array>, options?: Pick<CallOptions, "signal" | "requestId">): Promise<ImageView>;
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
            userId: string;
            role: "admin" | "manager" | "member" | "reader";
            inherited?: boolean | undefined;
            projectId?: string | undefined;
            domainId?: string | undefined;
            system?: true | undefined;
        }, _nephos_core.RoleAssignment>;
        unassign: Bound<{
            userId: string;
            role: "admin" | "manager" | "member" | "reader";
            inherited?: boolean | undefined;
            projectId?: string | undefined;
            domainId?: string | undefined;
            system?: true | undefined;
        }, void>;
        list: BoundList<{
            projectId?: string | undefined;
            domainId?: string | undefined;
            system?: true | undefined;
            userId?: string | undefined;
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
            limits: Partial<Record<"instances" | "cores" | "ram" | "keyPairs" | "serverGroups" | "images" | "imageBytes" | "networks" | "subnets" | "ports" | "securityGroups" | "securityGroupRules", number>>;
        }, _nephos_core.QuotaView>;
        defaults: Bound<Record<string, never>, Readonly<Record<"instances" | "cores" | "ram" | "keyPairs" | "serverGroups" | "images" | "imageBytes" | "networks" | "subnets" | "ports" | "securityGroups" | "securityGroupRules", number>>>;
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
            enabled?: boolean | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.Host>;
        update: Bound<{
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
            batchId?: string | undefined;
            name?: string | undefined;
            projectId?: string | undefined;
            limit?: number | undefined;
            marker?: string | undefined;
        }, _nephos_core.ServerView>;
        forceDelete: Bound<{
            ids: string[];
        } | {
            batchId: string;
        }, _nephos_core.ActionAnswer>;
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
}
interface CloudDrivers {
    /** Compute hosts; a simulated fleet by default. */
    readonly hypervisor?: Hypervisor;
    readonly network?: NetworkDriver;
    /** Where image bytes are kept; in memory by default. */
    readonly images?: ImageStore;
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

export { type BatchResult, type Bound, type BoundList, Cloud, type CloudDrivers, type CloudOptions, type CloudStats, type DensityPoint, type LatencyQuantiles, type PlotLabels, type ProjectApi, type ProjectSession, type ReplayOptions, type ReplayProgress, type ReplayReport, type ServerAsk, ServerBatch, type ServerOutcome, type ServerRequest, type SyntheticOptions, type SystemApi, type TenantBatch, createCloud, csvWorkload, densityPlot, replay, syntheticWorkload };
