import assert from 'node:assert/strict';
import type { NetworkInterfaceInfo } from 'node:os';
import { test } from 'node:test';
import { isOwnHost, nowAndThen, reachableAddresses } from '#src/workshop/network/addresses.ts';

function ipv4(address: string, internal = false): NetworkInterfaceInfo {
  return { address, internal, family: 'IPv4', netmask: '255.255.255.0', mac: '', cidr: `${address}/24` };
}

const laptop = {
  lo: [ipv4('127.0.0.1', true)],
  docker0: [ipv4('172.17.0.1')],
  'br-5e': [ipv4('192.168.99.1')],
  eth0: [ipv4('169.254.9.9')],
  wlan0: [ipv4('192.168.1.20')],
  usb0: [ipv4('10.42.0.1')],
  eth1: [ipv4('172.20.1.2')],
};

test('the network of the room comes before those that programs make inside the machine', () => {
  assert.deepEqual(reachableAddresses(laptop), [
    '192.168.1.20',
    '10.42.0.1',
    '172.20.1.2',
    '169.254.9.9',
    '192.168.99.1',
    '172.17.0.1',
  ]);
  assert.deepEqual(reachableAddresses({ lo: [ipv4('127.0.0.1', true)], none: undefined }), []);
});

test('a request names this machine by its own addresses and names only', () => {
  const own = { interfaces: () => laptop, hostname: 'PC-de-Nadia', names: ['atelier.mediatheque.lan'] };
  for (const host of [
    'localhost:3000',
    '127.0.0.1:3000',
    '127.0.0.2',
    '[::1]:3000',
    '192.168.1.20:3000',
    '192.168.1.20:80',
    'pc-de-nadia.local:3000',
    'PC-de-Nadia',
    'atelier.mediatheque.lan:3000',
  ])
    assert.ok(isOwnHost(host, own), host);
  for (const host of [
    '',
    '192.168.1.21:3000',
    '8.8.8.8',
    'pirate.example:3000',
    '192.168.1.20.pirate.example',
    'localhost.pirate.example',
    'pirate.example@192.168.1.20',
    '3232235796',
    '0300.0250.1.20',
    '0.0.0.0:3000',
    '127.0.0.1:3000/x',
    'a'.repeat(300),
  ])
    assert.equal(isOwnHost(host, own), false, host);
});

test('a network that is joined later is known two seconds later', () => {
  let at = 0;
  let reads = 0;
  const read = nowAndThen(
    () => {
      reads += 1;
      return laptop;
    },
    () => at,
  );
  read();
  read();
  assert.equal(reads, 1);
  at = 2_001;
  read();
  assert.equal(reads, 2);
});
