import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steps } from '#src/exercise/steps.ts';
import { sequenceOf } from '#src/workshop/papers/sequence.ts';

test('the parts of a session take all of its minutes and no more, however short', () => {
  const faults = [{ at: 'account', fault: 'phishing-mail' }] as const;
  for (const walked of [steps, steps.slice(0, 2), ['sign-in', 'account'] as const])
    for (let minutes = 15; minutes <= 120; minutes += 1)
      for (const thrown of [[], faults]) {
        const parts = sequenceOf({ steps: [...walked], faults: [...thrown], minutes });
        assert.equal(
          parts.reduce((sum, part) => sum + part.minutes, 0),
          minutes,
        );
        assert.ok(parts.every((part) => part.minutes >= 1));
        assert.deepEqual(
          parts.flatMap((part) => part.steps),
          walked,
        );
      }
});
