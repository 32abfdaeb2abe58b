import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHeaderValue } from '#src/delivery/bounces/header-value.ts';

test('a value and its parameter, as servers write them', () => {
  const cases: readonly [text: string, value: string, boundary: string | null][] = [
    ['multipart/report; report-type=delivery-status; boundary="b 1"', 'multipart/report', 'b 1'],
    ['MULTIPART/Report;BOUNDARY=b1', 'multipart/report', 'b1'],
    [' multipart / report ; boundary = "b1" ', 'multipart/report', 'b1'],
    ['multipart/report (a (nested \\) one) comment); boundary=b1 (and)', 'multipart/report', 'b1'],
    ['multipart/report; boundary="a\\"b"', 'multipart/report', 'a"b'],
    ['multipart/report; x="; boundary=no"; boundary=b1', 'multipart/report', 'b1'],
    ['multipart/report; x=a(b; boundary=b(1)', 'multipart/report', 'b(1)'],
    ['multipart/report; boundary="(b1)"', 'multipart/report', '(b1)'],
    ['multipart/report; boundary=a=b=', 'multipart/report', 'a=b='],
    ['multipart/report; boundary*1="2"; boundary*0="b;"', 'multipart/report', 'b;2'],
    ["multipart/report; boundary*=us-ascii'fr'b%201", 'multipart/report', 'b 1'],
    ["multipart/report; boundary*0*=utf-8''%62; boundary*1=%31", 'multipart/report', 'b%31'],
    ['multipart/report; boundary', 'multipart/report', null],
    ['multipart/report; boundary*x=1', 'multipart/report', null],
    ['base64 (of course)', 'base64', null],
    ['"base64"', 'base64', null],
    ['', '', null],
    [';;;', '', null],
  ];
  for (const [text, value, boundary] of cases) {
    const read = readHeaderValue(text);
    assert.deepEqual([read.value, read.parameter('boundary')], [value, boundary], text);
  }
});
