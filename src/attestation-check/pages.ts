import { access, type SitePage } from '#src/access/access.ts';
import { checkCode } from '#src/attestation-check/check-code.ts';
import { checkTexts } from '#src/attestation-check/texts.ts';
import { answerView, blockedView, checkView } from '#src/attestation-check/view.ts';
import { readAttestationCode } from '#src/attestations/code.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';
import { refused } from '#src/web/forms/form-page.ts';
import type { Answer, PageRequest } from '#src/web/page.ts';

/** «Vérifier une attestation»: for a person who was given one. */
export function checkPage(services: Services): SitePage {
  return definePage({
    path: paths.check,
    about: {
      part: 'Papers',
      shows: 'where the code of an attestation is typed',
      form: 'says whether the attestation is valid, of which day, and its initials; an unknown code is counted',
    },
    access: access.code,
    aboutNobody: true,
    show: (request, shown) => checkView(request, shown),
    submit: async (request) => {
      const { typed, visit } = request;
      const code = readAttestationCode(withoutAddress(typed.text('code')));
      if (code !== null) return answer(services, request, code);
      return checkView(request, refused(typed, { field: 'code', text: checkTexts[visit.voice].codeProblem }));
    },
  });
}

/** The address on an attestation: its answer at once. What cannot be a code is answered as one that is unknown. */
export function checkCodePage(services: Services): SitePage {
  return definePage({
    path: paths.checkCode,
    about: {
      part: 'Papers',
      shows: 'the same for the code in the address; an unknown code is counted',
      form: null,
    },
    access: access.link,
    aboutNobody: true,
    show: async (request) => {
      const code = readAttestationCode(request.token);
      return code === null ? answerView(request, { kind: 'unknown' }) : answer(services, request, code);
    },
  });
}

async function answer(services: Services, request: PageRequest, code: string): Promise<Answer> {
  const checked = await checkCode(services, code, request.sender.ip, request.now);
  return checked.kind === 'blocked' ? blockedView(request, checked.until) : answerView(request, checked);
}

/** Somebody may copy the whole address from the paper: its code is what stands at the end. */
function withoutAddress(typed: string): string {
  const before = `${paths.check}/`;
  const at = typed.lastIndexOf(before);
  return at < 0 ? typed : typed.slice(at + before.length);
}
