import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageOf, pageQuery } from '#src/account/paging.ts';

const lines = Array.from({ length: 41 }, (_, index) => index + 1);

for (const [asked, here, first, last] of [
  [undefined, 1, 1, 20],
  ['2', 2, 21, 40],
  ['3', 3, 41, 41],
  ['4', 3, 41, 41],
  ['99999', 1, 1, 20],
  ['0', 1, 1, 20],
  ['-1', 1, 1, 20],
  ['deux', 1, 1, 20],
] as const)
  test(`page ${asked} of 41 lines`, () => {
    const page = pageOf(lines, new URLSearchParams(asked && { page: asked }));
    assert.deepEqual([page.here, page.first, page.last, page.pages], [here, first, last, 3]);
    assert.deepEqual([page.shown[0], page.shown.at(-1)], [first, last]);
  });

test('a list without lines has one page', () => {
  const { pages, shown } = pageOf([], new URLSearchParams({ page: '3' }));
  assert.deepEqual([pages, shown], [1, []]);
});

test('the first page needs no number', () => {
  const besides = new URLSearchParams({ nature: 'soins' });
  assert.deepEqual(
    [1, 2].map((page) => String(pageQuery(page, besides))),
    ['nature=soins', 'nature=soins&page=2'],
  );
});
