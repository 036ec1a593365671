"""nova's own choice of a host, in this process: its filters, its weighers, and what it takes off the
chosen host, with its defaults. No database, no message bus and no placement service takes part, so
what is measured is less than what a request costs there.

Usage: python3 nova-filter-scheduler.py <hosts> <instances> <rounds>
Prints one JSON object; {"reason": ...} when nova cannot be imported or driven.
"""

import json
import statistics
import sys
import time

MIB_PER_GIB = 1024
HOST = {"vcpus": 64, "ram_mb": 192 * MIB_PER_GIB, "disk_gb": 4000}
FLAVOR = {"vcpus": 2, "ram_mb": 4 * MIB_PER_GIB, "disk_gb": 20}


def fail(reason):
    print(json.dumps({"reason": reason}))
    sys.exit(0)


try:
    import datetime
    import logging

    from nova import conf, objects, version
    from nova.scheduler import host_manager
except Exception as error:
    fail("nova cannot be imported: %s" % str(error).splitlines()[0])

logging.disable(logging.CRITICAL)


class Manager(host_manager.HostManager):
    """Of the host manager, all that does not need a database."""

    def refresh_cells_caches(self):
        self.cells = {}
        self.enabled_cells = []

    def _init_aggregates(self):
        pass


def host_state(number):
    state = host_manager.HostState("host-%d" % number, "host-%d" % number, None)
    state.uuid = "00000000-0000-4000-8000-%012d" % number
    state.total_usable_ram_mb = state.free_ram_mb = HOST["ram_mb"]
    state.total_usable_disk_gb = HOST["disk_gb"]
    state.free_disk_mb = HOST["disk_gb"] * MIB_PER_GIB
    state.vcpus_total = HOST["vcpus"]
    state.cpu_allocation_ratio = 1.0
    state.ram_allocation_ratio = 1.0
    state.disk_allocation_ratio = 1.0
    state.supported_instances = []
    state.stats = {}
    state.hypervisor_type = "QEMU"
    state.hypervisor_version = 7002000
    seen = datetime.datetime.utcnow()
    state.service = {
        "binary": "nova-compute",
        "host": state.host,
        "disabled": False,
        "forced_down": False,
        "last_seen_up": seen,
        "created_at": seen,
    }
    return state


def request():
    return objects.RequestSpec(
        num_instances=1,
        flavor=objects.Flavor(
            vcpus=FLAVOR["vcpus"],
            memory_mb=FLAVOR["ram_mb"],
            root_gb=FLAVOR["disk_gb"],
            ephemeral_gb=0,
            swap=0,
            extra_specs={},
        ),
        image=objects.ImageMeta(properties=objects.ImageMetaProps()),
        instance_uuid="00000000-0000-4000-8000-000000000001",
        instance_group=None,
        numa_topology=None,
        pci_requests=None,
        requested_destination=None,
        ignore_hosts=None,
        force_hosts=None,
        force_nodes=None,
        availability_zone=None,
        scheduler_hints={},
        limits=objects.SchedulerLimits(),
        retry=None,
        project_id="project",
        user_id="user",
    )


def schedule(manager, states, spec, instances):
    """As many instances as one request asks for, each among what the one before left."""
    hosts = states
    for index in range(instances):
        fitting = [
            state
            for state in manager.get_filtered_hosts(hosts, spec, index)
            # What the placement service leaves out before the filters see it.
            if state.free_ram_mb >= FLAVOR["ram_mb"]
            and state.vcpus_total - state.vcpus_used >= FLAVOR["vcpus"]
        ]
        if not fitting:
            raise RuntimeError("no host has room")
        weighed = manager.get_weighed_hosts(fitting, spec)
        weighed[0].obj.consume_from_request(spec)
        hosts = [each.obj for each in weighed]


def main(hosts, instances, rounds):
    conf.CONF([], project="nova", default_config_files=[])
    conf.CONF.set_override("track_instance_changes", False, "filter_scheduler")
    conf.CONF.set_override("service_down_time", 10**9)
    objects.register_all()
    manager = Manager()
    spec = request()
    took = []
    for _ in range(rounds):
        states = [host_state(number) for number in range(hosts)]
        started = time.process_time()
        schedule(manager, states, spec, instances)
        took.append((time.process_time() - started) * 1e3 / instances)
    print(
        json.dumps(
            {
                "version": version.version_string(),
                "hosts": hosts,
                "instances": instances,
                "rounds": rounds,
                "cpuMsPerInstance": {"median": statistics.median(took), "best": min(took)},
            }
        )
    )


if __name__ == "__main__":
    try:
        main(*[int(word) for word in sys.argv[1:4]])
    except Exception as error:
        fail("nova cannot be driven: %s: %s" % (type(error).__name__, str(error).splitlines()[:1]))
