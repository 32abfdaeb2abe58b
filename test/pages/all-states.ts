import { accountPages, forgottenPages } from './states/account.ts';
import { appPages } from './states/app.ts';
import { codePages } from './states/codes.ts';
import { latePages, waitingPages } from './states/confirmation.ts';
import { disputePages, lateDisputes } from './states/disputes.ts';
import { contactPages, identityPages, proofPages, termsAndPasswordPages } from './states/enrolment.ts';
import { franceConnectOutcomes, franceConnectPages } from './states/franceconnect.ts';
import { letterPages } from './states/letters.ts';
import { messagePages } from './states/messages.ts';
import { notEligiblePages } from './states/not-eligible.ts';
import { unsubscribePages } from './states/notices.ts';
import { paperPages } from './states/papers.ts';
import { paymentPages } from './states/payments.ts';
import { publicPages } from './states/public.ts';
import { demoPages, troublePages } from './states/trouble.ts';
import { wordingPages } from './states/wordings.ts';
import type { State, Story, World } from './world.ts';

const stories: readonly Story[] = [
  unsubscribePages,
  publicPages,
  identityPages,
  proofPages,
  notEligiblePages,
  letterPages,
  termsAndPasswordPages,
  contactPages,
  codePages,
  waitingPages,
  accountPages,
  paperPages,
  paymentPages,
  messagePages,
  forgottenPages,
  disputePages,
  appPages,
  franceConnectPages,
  franceConnectOutcomes,
  wordingPages,
  demoPages,
  troublePages,
  latePages,
  lateDisputes,
];

/** Every page in every state, in the order of the stories that lead there. */
export async function allStates(world: World): Promise<State[]> {
  const states: State[] = [];
  for (const story of stories) for await (const seen of story(world)) states.push(seen);
  return states;
}
