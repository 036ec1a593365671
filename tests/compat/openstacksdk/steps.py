"""What a program does with openstacksdk, one step a run: `steps.py NAME`, with OS_* variables.

A step that is wrong ends in a traceback and a status that is not 0.
"""

import io
import sys
import tarfile
import uuid

import openstack
from keystoneauth1.exceptions.http import Unauthorized
from openstack import exceptions


def same(found, wanted):
    if found != wanted:
        raise AssertionError(f'{found!r} is not {wanted!r}')


def raises(kind, call):
    try:
        call()
    except kind:
        return
    raise AssertionError(f'{kind.__name__} was not raised')


def boot(cloud):
    image = cloud.image.find_image('nephos-boot', ignore_missing=False)
    flavor = cloud.compute.find_flavor('m1.tiny', ignore_missing=False)
    network = cloud.network.find_network('private', ignore_missing=False)
    return {'image_id': image.id, 'flavor_id': flavor.id, 'networks': [{'uuid': network.id}]}


def signs_in(cloud):
    same(cloud.current_project.name, 'demo')
    types = {entry['type'] for entry in cloud.config.get_service_catalog().catalog}
    wanted = {'compute', 'identity', 'image', 'network', 'object-store', 'volumev3'}
    same(wanted - types, set())
    raises(exceptions.NotFoundException, lambda: cloud.compute.get_server(str(uuid.uuid4())))
    raises(exceptions.HttpException, lambda: list(cloud.identity.users()))


def networks(cloud):
    net = cloud.network
    network = net.create_network(name='backend', description='made by a program')
    subnet = net.create_subnet(
        network_id=network.id, name='backend', ip_version=4, cidr='10.20.0.0/24',
        dns_nameservers=['9.9.9.9'],
        allocation_pools=[{'start': '10.20.0.10', 'end': '10.20.0.200'}])
    port = net.create_port(network_id=network.id, fixed_ips=[
        {'subnet_id': subnet.id, 'ip_address': '10.20.0.77'}])
    same([ip['ip_address'] for ip in port.fixed_ips], ['10.20.0.77'])
    group = net.create_security_group(name='web')
    rule = net.create_security_group_rule(
        security_group_id=group.id, direction='ingress', ethertype='IPv4', protocol='tcp',
        port_range_min=443, port_range_max=443, remote_ip_prefix='10.0.0.0/8')
    same(rule.port_range_max, 443)
    net.update_port(port, security_groups=[group.id])
    same(net.get_port(port.id).security_group_ids, [group.id])
    public = net.find_network('public', ignore_missing=False)
    router = net.create_router(name='r', external_gateway_info={'network_id': public.id})
    net.add_interface_to_router(router, subnet_id=subnet.id)
    floating = net.create_ip(floating_network_id=public.id, port_id=port.id)
    same(floating.fixed_ip_address, '10.20.0.77')
    raises(exceptions.ConflictException, lambda: net.delete_subnet(subnet, ignore_missing=False))
    net.delete_ip(floating)
    net.remove_interface_from_router(router, subnet_id=subnet.id)
    net.delete_router(router, ignore_missing=False)
    net.delete_port(port, ignore_missing=False)
    net.delete_network(network, ignore_missing=False)
    net.delete_security_group(group, ignore_missing=False)
    same([n.name for n in net.networks(name='backend')], [])


def servers(cloud):
    compute = cloud.compute
    compute.create_server(name='many', min_count=500, max_count=500, **boot(cloud))
    made = list(compute.servers(name='^many-', limit=100))
    same(len(made), 500)
    first = compute.wait_for_server(made[0], interval=0.2, wait=60)
    same((first.status, len(first.addresses['private'])), ('ACTIVE', 1))
    compute.set_server_metadata(first, role='web')
    same(compute.get_server_metadata(first).metadata, {'role': 'web'})
    compute.stop_server(first)
    compute.wait_for_server(first, status='SHUTOFF', interval=0.2, wait=60)
    compute.start_server(first)
    compute.wait_for_server(first, interval=0.2, wait=60)
    for server in made[:50]:
        compute.delete_server(server)
    for server in made[:50]:
        compute.wait_for_delete(server, interval=0.2, wait=60)
    same(len(list(compute.servers(name='^many-', limit=1000))), 450)


def volumes(cloud):
    storage, compute = cloud.block_storage, cloud.compute
    server = compute.create_server(name='holder', **boot(cloud))
    volume = storage.create_volume(name='data', size=2, metadata={'kind': 'test'})
    volume = storage.wait_for_status(volume, interval=0.2, wait=60)
    compute.wait_for_server(server, interval=0.2, wait=60)
    cloud.attach_volume(server, volume, wait=True, timeout=60)
    volume = storage.get_volume(volume)
    same([found['server_id'] for found in volume.attachments], [server.id])
    cloud.detach_volume(server, volume, wait=True, timeout=60)
    snapshot = storage.create_snapshot(volume_id=volume.id, name='before')
    storage.wait_for_status(snapshot, 'available', interval=0.2, wait=60)
    copy = storage.create_volume(name='copy', size=2, snapshot_id=snapshot.id)
    storage.wait_for_status(copy, interval=0.2, wait=60)
    storage.extend_volume(copy, 3)
    copy = storage.wait_for_status(storage.get_volume(copy), interval=0.2, wait=60)
    same(copy.size, 3)
    backup = storage.create_backup(volume_id=volume.id, name='kept')
    storage.wait_for_status(backup, 'available', interval=0.2, wait=60)
    storage.delete_backup(backup, ignore_missing=False)
    storage.wait_for_delete(backup, interval=0.2, wait=60)
    for thing in (copy, snapshot):
        delete = storage.delete_volume if thing is copy else storage.delete_snapshot
        delete(thing, ignore_missing=False)
        storage.wait_for_delete(thing, interval=0.2, wait=60)
    compute.delete_server(server)


def images(cloud):
    content = b'no more than a few bytes ' * 1000
    image = cloud.image.create_image(
        name='of-a-program', disk_format='raw', container_format='bare', data=content,
        validate_checksum=True, wait=True)
    image = cloud.image.get_image(image.id)
    same((image.status, image.size), ('active', len(content)))
    same(cloud.image.download_image(image).content, content)
    cloud.image.update_image(image, name='renamed')
    cloud.image.add_tag(image, 'gold')
    same([found.name for found in cloud.image.images(tag='gold')], ['renamed'])
    cloud.image.delete_image(image, ignore_missing=False)
    raises(exceptions.NotFoundException, lambda: cloud.image.get_image(image.id))


def objects(cloud):
    store = cloud.object_store
    store.create_container('files')
    store.upload_object('files', 'a/one', data=b'one')
    store.upload_object('files', 'a/two', data=b'two')
    same(store.download_object('a/one', container='files'), b'one')
    same([found.name for found in store.objects('files', prefix='a/')], ['a/one', 'a/two'])
    store.set_object_metadata('a/one', container='files', colour='red')
    same(store.get_object_metadata('a/one', container='files').metadata['colour'], 'red')
    large = b'0123456789abcdef' * 65536
    cloud.create_object('files', 'large', data=large)
    same(store.download_object('large', container='files'), large)
    pack = io.BytesIO()
    with tarfile.open(fileobj=pack, mode='w') as tar:
        entry = tarfile.TarInfo('packed')
        entry.size = 3
        tar.addfile(entry, io.BytesIO(b'abc'))
    answer = store.put('/files?extract-archive=tar', data=pack.getvalue())
    same(answer.status_code, 200)
    same(store.download_object('packed', container='files'), b'abc')
    for name in ('a/one', 'a/two', 'large', 'packed'):
        store.delete_object(name, container='files', ignore_missing=False)
    store.delete_container('files', ignore_missing=False)


def balancers(cloud):
    lb = cloud.load_balancer
    subnet = cloud.network.find_subnet('private-subnet', ignore_missing=False)
    balancer = lb.create_load_balancer(name='lb', vip_subnet_id=subnet.id)

    def settled():
        return lb.wait_for_load_balancer(balancer.id, interval=0.2, wait=60)

    settled()
    listener = lb.create_listener(
        load_balancer_id=balancer.id, protocol='HTTP', protocol_port=80, name='web')
    settled()
    pool = lb.create_pool(
        listener_id=listener.id, protocol='HTTP', lb_algorithm='ROUND_ROBIN', name='web')
    settled()
    for last in (11, 12):
        lb.create_member(pool, address=f'10.0.250.{last}', protocol_port=8080,
                         subnet_id=subnet.id)
        settled()
    same(len(list(lb.members(pool))), 2)
    monitor = lb.create_health_monitor(
        pool_id=pool.id, type='HTTP', delay=5, timeout=3, max_retries=3, url_path='/')
    settled()
    same(lb.get_health_monitor(monitor).url_path, '/')
    lb.delete_load_balancer(balancer, cascade=True, ignore_missing=False)


def stacks(cloud):
    template = {
        'heat_template_version': '2021-04-16',
        'parameters': {'range': {'type': 'string', 'default': '10.30.0.0/24'}},
        'resources': {
            'network': {'type': 'OS::Neutron::Net'},
            'subnet': {'type': 'OS::Neutron::Subnet', 'properties': {
                'network': {'get_resource': 'network'}, 'cidr': {'get_param': 'range'}}},
        },
        'outputs': {'network': {'value': {'get_resource': 'network'}}},
    }
    heat = cloud.orchestration
    stack = heat.create_stack(name='net', template=template)
    stack = heat.wait_for_status(stack, 'CREATE_COMPLETE', ['CREATE_FAILED'], 0.5, 60)
    same(sorted(r.name for r in heat.resources(stack)), ['network', 'subnet'])
    network = heat.get_stack(stack.id).outputs[0]['output_value']
    same(cloud.network.get_network(network).id, network)
    heat.delete_stack(stack, ignore_missing=False)
    heat.wait_for_delete(heat.get_stack(stack.id), interval=0.5, wait=60)
    raises(exceptions.NotFoundException, lambda: cloud.network.get_network(network))


def people(cloud):
    identity = cloud.identity
    project = identity.create_project(name='research', domain_id='default')
    user = identity.create_user(
        name='ada', domain_id='default', password='a secret', default_project_id=project.id)
    member = identity.find_role('member', ignore_missing=False)
    identity.assign_project_role_to_user(project, user, member)
    hers = openstack.connection.Connection(
        region_name='RegionOne', identity_api_version='3', auth={
            'auth_url': cloud.config.auth['auth_url'], 'username': 'ada', 'password': 'a secret',
            'project_name': 'research', 'user_domain_id': 'default',
            'project_domain_id': 'default'})
    same(list(hers.compute.servers()), [])
    made = hers.identity.create_application_credential(user=user.id, name='robot')
    robot = openstack.connection.Connection(
        region_name='RegionOne', auth_type='v3applicationcredential', auth={
            'auth_url': cloud.config.auth['auth_url'],
            'application_credential_id': made.id,
            'application_credential_secret': made.secret})
    same(robot.current_project_id, project.id)
    flavor = cloud.compute.create_flavor(name='c2', vcpus=2, ram=1024, disk=5)
    same(cloud.compute.get_flavor(flavor.id).vcpus, 2)
    same({host.state for host in cloud.compute.hypervisors(details=True)}, {'up'})
    identity.delete_user(user, ignore_missing=False)
    raises(Unauthorized, lambda: list(robot.compute.servers()))
    cloud.compute.delete_flavor(flavor, ignore_missing=False)
    identity.delete_project(project, ignore_missing=False)


def main():
    steps = {step.__name__: step for step in (
        signs_in, networks, servers, volumes, images, objects, balancers, stacks, people)}
    steps[sys.argv[1]](openstack.connect())
    print(f'{sys.argv[1]}: done')


main()
