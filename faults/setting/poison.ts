/**
 * Loaded before the program, which knows nothing of it: does to the process what a defect could. Messages with these words
 * never end, or take all memory; SIGUSR2 begins a leak, inside the heap of JavaScript or outside it.
 */
const { parse } = JSON;
const held: unknown[] = [];
const takeHeap = () => held.push(new Array(100_000).fill(held));
const takeMemory = () => held.push(Buffer.alloc(1_000_000, 1));

JSON.parse = (text, reviver) => {
  if (text.includes('poison-sans-fin')) for (;;);
  if (text.includes('poison-memoire')) for (;;) takeHeap();
  return parse(text, reviver);
};

process.on('SIGUSR2', () => setInterval(process.env.LEAK === 'heap' ? takeHeap : takeMemory, 3));
