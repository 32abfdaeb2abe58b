import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { forgetPeak, memory } from '../../../bench/setting/usage.ts';
import { untilSent } from '../../setting/afterwards.ts';
import type { Node } from '../../setting/node.ts';
import { hasten, type Queueing, tenNumbers, untilCame, untilTried } from '../../setting/queued-mails.ts';
import type { Scene } from '../../setting/scene.ts';
import { accept, type GatewayManner, type SmsGateway } from '../../setting/sms-gateway.ts';
import type { Trial } from '../../trial.ts';

const others = 40;
const mostMeanwhileMs = 20_000;
const mostMemoryMb = 30;
/** Whole seconds for which a gateway wants to be left alone. */
const restSeconds = 5;

/** What an SMS gateway does at once with everything. */
const hasty: Readonly<Record<string, GatewayManner>> = {
  'breaks off': (response) => response.destroy(),
  'answers 500': (response) => response.writeHead(500).end(),
  'answers nonsense': (response) => response.writeHead(202).end('<html>'),
  'answers 200 with something else': (response) => response.writeHead(200).end('{"status":"ok"}'),
  'redirects to itself': (response) => response.writeHead(307, { location: '/messages' }).end(),
  'answers without end': endless,
  'takes the SMS, then breaks off': takeAndBreak,
};

const glance: Readonly<Record<string, GatewayManner>> = {
  'answers without end': endless,
  'takes the SMS, then breaks off': takeAndBreak,
};

/** … or after as long as it is waited for. */
const slow: Readonly<Record<string, GatewayManner>> = {
  'does not answer': () => {},
  'answers a byte at a time': (response) => {
    const timer = setInterval(() => response.write(' '), 200);
    response.on('close', () => clearInterval(timer)).writeHead(200);
  },
  'takes the SMS, then does not answer': (_response, take) => take(),
};

function endless(response: ServerResponse): void {
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536, 'a')));
  };
  response.on('drain', more).writeHead(200);
  more();
}

function takeAndBreak(response: ServerResponse, take: () => void): void {
  take();
  response.destroy();
}

interface Lying {
  readonly trial: Trial;
  readonly scene: Scene;
  readonly queueing: Queueing;
  readonly gateway: SmsGateway;
  readonly worker: Node;
}

/** Mails go on meanwhile, the worker reads no more of an answer than it needs, and the SMS leave later, each once. */
export async function tryGateways(lying: Lying): Promise<void> {
  const { trial, scene, queueing, gateway, worker } = lying;
  const manners = Object.entries(trial.paced(glance, { ...hasty, ...slow }));
  forgetPeak(worker.pid());
  const { now } = memory(worker.pid());
  for (const [index, [manner, answer]] of manners.entries()) {
    trial.say(`the SMS gateway ${manner}`);
    gateway.answer(answer);
    const asked = gateway.requests.length;
    const numbers = tenNumbers(index + 1);
    await queueing.sms(numbers);
    await wait(500);
    const good = Array.from({ length: others }, (_, n) => `sms-${index}-${n}@exemple.fr`);
    const queuedAt = performance.now();
    await queueing.mails(good);
    const meanwhile = await untilCame(trial, scene, good, queuedAt);
    trial.measured(
      `an SMS gateway that ${manner}: seconds until mails have left`,
      (meanwhile / 1000).toFixed(1),
      meanwhile < mostMeanwhileMs,
    );
    await untilTried(trial, scene);
    gateway.answer(accept);
    await hasten(scene);
    const waiting = await untilSent(trial, scene);
    const sent = new Set(gateway.requests.slice(asked)).size;
    trial.measured(
      'SMS that have left once it is well again, each under one reference, of 10',
      `${sent}, ${waiting} wait`,
      waiting === 0 && sent === numbers.length,
    );
  }
  const more = memory(worker.pid()).peak - now;
  trial.measured('megabytes more in the memory of the worker', Math.round(more), more < mostMemoryMb);
  await leaveAlone(lying, tenNumbers(manners.length + 1));
}

/** 429 with `Retry-After`: it is not asked before that. */
async function leaveAlone({ trial, scene, queueing, gateway }: Lying, numbers: readonly string[]) {
  gateway.answer((response) => response.writeHead(429, { 'retry-after': String(restSeconds) }).end());
  const asked = gateway.requests.length;
  await queueing.sms(numbers);
  await untilTried(trial, scene);
  await hasten(scene);
  await wait((restSeconds - 2) * 1_000);
  const early = gateway.requests.length - asked - numbers.length;
  gateway.answer(accept);
  await wait(2_500);
  await hasten(scene);
  const waiting = await untilSent(trial, scene);
  trial.measured(
    `an SMS gateway that asks for ${restSeconds} s of peace (429): SMS that come before, and that have left later`,
    `${early}, ${new Set(gateway.requests.slice(asked)).size} of ${numbers.length}`,
    early === 0 && waiting === 0,
  );
}
