import { Readable } from 'node:stream';
import { findSeen } from '#src/account/documents/seen.ts';
import { threadNamed } from '#src/account/messages/addressee.ts';
import { writeMonthlyStatement, writeTaxStatement } from '#src/account/statements/write-statement.ts';
import { ofAccount } from '#src/api/account/of-account.ts';
import type { ApiRequest, Endpoint } from '#src/api/endpoint.ts';
import { problem } from '#src/api/problem.ts';
import type { KeptDocument } from '#src/archive/document.ts';
import { findDocument, readContent } from '#src/archive/store.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { isUuid } from '#src/crypto/uuid.ts';
import { extensions, mediaTypes } from '#src/files/media-type.ts';
import type { Services } from '#src/services.ts';
import { languageOf } from '#src/texts/language.ts';
import type { FileAnswer } from '#src/web/page.ts';

type Needed = Pick<Services, 'db' | 'keyring' | 'policy' | 'pdf' | 'caisses'>;

/**
 * The files of an account, as the pages give them. A program that fetches everything has read nothing: a document counts
 * as opened once the person opens it on its page, so that one that matters still goes on paper.
 */
export function fileEndpoints(services: Needed): readonly Endpoint[] {
  const { db, keyring, policy } = services;
  const reader = ({ voice, now }: ApiRequest) => ({
    voice,
    language: languageOf(voice),
    serviceName: policy.serviceName,
    now,
  });
  const month = ofAccount(
    async (request) =>
      (await writeMonthlyStatement(services, reader(request), request.account, request.parameter('mois'))) ??
      problem('unknown-address'),
  );
  const year = ofAccount(
    async (request) =>
      (await writeTaxStatement(services, reader(request), request.account, request.parameter('annee'))) ??
      problem('unknown-address'),
  );

  const document = ofAccount(async ({ account, parameter, now }) => {
    const found = await findSeen(services, account, parameter('id'), now);
    return found ? fileOf(services, found, 'document') : problem('unknown-address');
  });

  const attachment = ofAccount(async (request) => {
    const [thread, id] = [
      await threadNamed(services, request, request.parameter('fil')),
      request.parameter('piece'),
    ];
    if (!thread || !isUuid(id)) return problem('unknown-address');
    const found = await findDocument(db, keyring, personKeys(keyring, request.account.contact.nir), id);
    const isAttached = thread.messages.some((message) => message.id === found?.messageId);
    return found && isAttached ? fileOf(services, found, 'piece-jointe') : problem('unknown-address');
  });

  const about = { method: 'GET', status: 200, problems: ['unknown-address'] } as const;
  const [pdf] = mediaTypes;
  return [
    { ...about, id: 'statement', path: '/mon-compte/releves/:mois.pdf', file: [pdf], handle: month },
    { ...about, id: 'taxStatement', path: '/mon-compte/releve-fiscal/:annee.pdf', file: [pdf], handle: year },
    {
      ...about,
      id: 'documentFile',
      path: '/mon-compte/documents/:id/fichier',
      file: mediaTypes,
      handle: document,
    },
    {
      ...about,
      id: 'messageFile',
      path: '/mon-compte/messages/:fil/pieces/:piece',
      file: mediaTypes,
      handle: attachment,
    },
  ];
}

function fileOf({ db, keyring }: Needed, document: KeptDocument, name: string): FileAnswer {
  const { type, bytes } = document;
  const content = Readable.from(readContent(db, keyring, document), { objectMode: false });
  return { kind: 'file', type, name: `${name}.${extensions[type]}`, content, bytes };
}
