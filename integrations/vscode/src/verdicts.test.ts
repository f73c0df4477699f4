import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, verdicts } from './verdicts';

const finding = { rule: 'missing-completion', message: 'nothing answers', line: 5, verdict: 'confirmed', witness: ['1. t = 0 ms: it starts', '2. t = 10 000 ms: it is stopped'] };

test('a run reads as it does on the command line', () => {
  assert.equal(
    describe('send.js', [finding, { ...finding, line: 9, verdict: 'unconfirmed', witness: [] }]),
    `send.js:5: nothing answers [missing-completion]
confirmed
  1. t = 0 ms: it starts
  2. t = 10 000 ms: it is stopped

send.js:9: nothing answers [missing-completion]
unconfirmed
`,
  );
});

test('other answers are no verdicts', () => {
  assert.deepEqual(verdicts({ findings: [finding] }), [finding]);
  for (const answer of [null, undefined, 'text', { applied: true }, { findings: 3 }]) {
    assert.equal(verdicts(answer), undefined);
  }
});
