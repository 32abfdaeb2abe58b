import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBookings } from '#src/passwords/bookings.ts';

test('each person who begins books the time of two hashes, one after the other, and time works it off', () => {
  let time = 1_000;
  const bookings = openBookings(() => time, 1_000);
  assert.equal(bookings.leftMs(), 0);
  bookings.add(100);
  bookings.add(50);
  assert.equal(bookings.leftMs(), 300);
  time += 120;
  assert.equal(bookings.leftMs(), 180);
  time += 500;
  assert.equal(bookings.leftMs(), 0);
  bookings.add(100);
  assert.equal(bookings.leftMs(), 200, 'idle time is not saved up');
});

test('however many begin at once, they book no more than the longest time that is looked ahead', () => {
  let time = 1_000;
  const bookings = openBookings(() => time, 1_000);
  for (let i = 0; i < 600; i += 1) bookings.add(100);
  assert.equal(bookings.leftMs(), 1_000);
  time += 900;
  assert.equal(bookings.leftMs(), 100);
});
